"""Privacy at the door: personal data that the reports never need do not get past intake.

Columns that nothing maps are not loaded. In texts, e-mail addresses, phone numbers, identity codes and IP addresses
are replaced by a mark; identifiers that are such data, or names, become pseudonyms. The person whose own 360 report is
made keeps the name (`reviewee_ids`). All is counted in the import log.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kohtaamo_utils.engagement.settings import DateParts, Product, columns_named
from kohtaamo_utils.errors import say
from kohtaamo_utils.intake.notes.personal_data import (
    KINDS,
    MARK,
    PersonalKind,
    heading_kind,
    is_person,
    kinds_in,
    name_in_order,
    redacted,
)
from kohtaamo_utils.intake.values.cells import Cell, as_text, distinct

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    import numpy as np
    from numpy.typing import NDArray

    from kohtaamo_utils.engagement import Source
    from kohtaamo_utils.intake.columns.mapping import Chosen
    from kohtaamo_utils.intake.notes.findings import Findings
    from kohtaamo_utils.intake.sheets.bound import Bound
    from kohtaamo_utils.intake.sheets.sheet import Titled
    from kohtaamo_utils.tables import Column

KEPT = frozenset({"reviewee_id", "reviewee_name"})
"""The person's own report needs them: `reviewee_ids` says how, and disclosure control keeps them out of all others."""
FREE_TEXTS = frozenset({"comment", "text"})
IDENTIFYING: frozenset[PersonalKind] = frozenset({"email", "identity_code", "ip_address"})
"""Kinds that are recognised in an identifier cell by cell; a phone number looks too much like any other number."""
UNMAPPED = "unmapped"
LOOKED_AT = 500
"""How many rows of a column that is not read are looked at, to tell what it holds."""


@dataclass(frozen=True)
class Pseudonyms:
    """The pseudonyms of one engagement: the same identifier has the same one in every file and table.

    Parameters
    ----------
    client
        The client's name, the salt (`releases.salt_of`): another client's data give other pseudonyms. It keeps identifiers out of sight;
        whoever has the client's register can still make the same pseudonyms from it.

    Examples
    --------
    >>> own = Pseudonyms("Esimerkki Oy")
    >>> own.of("Aino@esimerkki.fi") == own.of("aino@esimerkki.fi "), own.of("Aino Salo") == own.of("Salo, Aino")
    (True, True)
    """

    client: str

    def of(self, identifier: str) -> str:
        """Return an identifier's pseudonym, ``p-`` and ten hexadecimal digits.

        Case, blanks and the order of a name's words do not matter: a register has Virtanen Matti, and people write Matti Virtanen.
        """
        plain = name_in_order(identifier)
        return "p-" + hashlib.sha256(f"{self.client}\n{plain}".encode()).hexdigest()[:10]


def protect(column: Bound, rule: Column, pseudonyms: Pseudonyms, findings: Findings) -> Bound:
    """Return a canonical column without personal data; what was done is logged.

    Parameters
    ----------
    column
        Its raw cells.
    rule
        What it must hold; only texts and identifiers can hold personal data.
    pseudonyms
        The engagement's.
    """
    if column.name in KEPT:
        return column
    if rule.kind == "id":
        return pseudonymised(column, pseudonyms, findings)
    return _redacted(column, findings) if rule.kind == "text" else column


def _redacted(column: Bound, findings: Findings) -> Bound:
    codes, cells = distinct(column.cells)
    if heading_kind(column.label, broad=column.name in FREE_TEXTS) == "name":
        texts: list[Cell] = [MARK if as_text(cell) else cell for cell in cells]
        found: list[dict[PersonalKind, int]] = [{"name": 1} if as_text(cell) else {} for cell in cells]
    else:
        pairs = [redacted(cell) if isinstance(cell, str) else (cell, {}) for cell in cells]
        texts, found = [text for text, _ in pairs], [counts for _, counts in pairs]
    totals = _totals(codes, found)
    for kind, count in totals.items():
        findings.note(
            "redacted",
            kind,
            count,
            say("{kinds} taken out of {name}", kinds=KINDS[kind], name=column.name),
            column=column.name,
        )
    return with_cells(column, codes, texts) if totals else column


def pseudonymised(column: Bound, pseudonyms: Pseudonyms, findings: Findings, *, names: bool = True) -> Bound:
    """Return identifiers without those that are personal data; how many were replaced is logged.

    Parameters
    ----------
    column
        Their raw cells.
    pseudonyms
        The engagement's.
    findings
        Takes the entries.
    names
        Whether people's names are replaced too.
    """
    codes, cells = distinct(column.cells)
    whole = heading_kind(column.label, broad=True)
    kinds = [_kind_of(as_text(cell), whole) for cell in cells]
    kinds = [kind if names or kind != "name" else None for kind in kinds]
    totals = _totals(codes, [{} if kind is None else {kind: 1} for kind in kinds])
    for kind, count in totals.items():
        detail = say("{kinds} in {name} made into pseudonyms", kinds=KINDS[kind], name=column.name)
        findings.note("pseudonymised", kind, count, detail, column=column.name)
    ids = [cell if kind is None else pseudonyms.of(as_text(cell)) for cell, kind in zip(cells, kinds, strict=True)]
    return with_cells(column, codes, ids) if totals else column


def _kind_of(text: str, whole: PersonalKind | None) -> PersonalKind | None:
    """Return what an identifier is: what it shows itself, or what its column's heading says of all."""
    if not text:
        return None
    shown = [kind for kind in kinds_in(text) if kind in IDENTIFYING or (kind == "phone" and text.startswith("+"))]
    return shown[0] if shown else whole or ("name" if is_person(text) else None)


def _totals(codes: NDArray[np.intp], found: list[dict[PersonalKind, int]]) -> dict[PersonalKind, int]:
    rows = Counter(codes.tolist())
    totals: dict[PersonalKind, int] = {}
    for code, counts in enumerate(found):
        for kind, count in counts.items():
            totals[kind] = totals.get(kind, 0) + count * rows[code]
    return totals


def with_cells(column: Bound, codes: NDArray[np.intp], cells: list[Cell]) -> Bound:
    """Return a column with other cells: for each row the code of its cell among these."""
    import pandas as pd

    return replace(column, cells=pd.Series([cells[code] for code in codes], index=column.cells.index, dtype=object))


def note_dropped(sheet: Titled, bound: Mapping[str, Bound | Chosen], source: Source, findings: Findings) -> None:
    """Log each of the file's columns that is not read, and what personal data it holds."""
    used = {name.casefold() for name in labels_of(bound.values(), source)}
    for place, name in enumerate(sheet.names):
        aliases = sheet.aliases[place] if sheet.aliases else ()
        if not name or not used.isdisjoint({given.casefold() for given in (name, *aliases)}):
            continue
        kind = personal_kind(sheet, place)
        detail = (
            say("{name}: not mapped, not read", name=name)
            if kind is None
            else say("{name}: holds {kinds}, not read", name=name, kinds=KINDS[kind])
        )
        findings.note("dropped", kind or UNMAPPED, 1, detail, column=name)


def labels_of(bound: Iterable[Bound | Chosen], source: Source) -> Iterator[str]:
    """Yield the names of the file's columns that are read, those of products and dates of several columns with them."""
    yield from (column.label for column in bound if not column.constant)
    for rule in source.columns.values():
        if isinstance(rule, Product | DateParts):
            yield from columns_named(rule)


def personal_kind(sheet: Titled, place: int) -> PersonalKind | None:
    """Return which personal data a file's column holds, by its heading or by its first cells; None for none."""
    aliases = sheet.aliases[place] if sheet.aliases else ()
    named = (heading_kind(name, broad=True) for name in (sheet.names[place], *aliases))
    said = next((kind for kind in named if kind is not None), None)
    if said is not None:
        return said
    cells = sheet.first(place, LOOKED_AT)
    held = Counter(kind for cell in cells if isinstance(cell, str) for kind in kinds_in(cell))
    return held.most_common(1)[0][0] if held else None
