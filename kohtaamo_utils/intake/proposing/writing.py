"""Putting proposals into the text of ``engagement.yaml``."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kohtaamo_utils.engagement.additions import CannotAddError, Entry, Items, add, checked
from kohtaamo_utils.errors import say

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kohtaamo_utils.engagement import EngagementSettings, Source
    from kohtaamo_utils.intake.proposing.proposal import Proposal

CONSTANTS = "constants."
WIDE_ITEMS = "wide.items"


@dataclass(frozen=True)
class Block:
    """A source to add.

    Parameters
    ----------
    source
        File, sheet and format.
    head
        The proposal that the file is this table.
    inside
        Proposals for its columns and constants.
    files
        Other files of the same table with the same columns.
    """

    source: Source
    head: Proposal
    inside: tuple[Proposal, ...]
    files: tuple[str, ...] = ()

    @property
    def shape(self) -> tuple[object, ...]:
        """What two files must share to be read as one."""
        said = tuple((each.name, each.heading) for each in self.inside if each.sure)
        return (self.head.table, self.source.sheet, self.source.format, said)

    @property
    def all_files(self) -> list[str]:
        """All its files."""
        return [*self.source.file, *self.files]

    def noted(self, told: Callable[[str], str]) -> Block:
        """Return the block with the comments of its proposals."""
        return replace(self, head=self.head.noted(told), inside=tuple(each.noted(told) for each in self.inside))

    def proposals(self, *, written: bool, reason: str = "") -> list[Proposal]:
        """Return the proposals, marked as written or with the reason why not."""
        head = replace(self.head, file=", ".join(self.all_files), written=written, reason=reason or self.head.reason)
        return [head, *(replace(each, file=head.file, written=written and each.sure) for each in self.inside)]


def write_columns(text: str, table: str, number: int, found: list[Proposal]) -> tuple[str, list[Proposal]]:
    """Add sure columns and constants to a source that is there; those that cannot be added say why."""
    done: list[Proposal] = []
    for each in found:
        if not each.sure:
            done.append(each)
            continue
        block = "constants" if _is_constant(each) else "columns"
        try:
            text = _into_source(text, table, number, block, _entry(each))
            done.append(replace(each, written=True))
        except CannotAddError as error:
            done.append(
                replace(each, reason=say("not written, {why}; {reason}", why=error.message, reason=each.reason))
            )
    return text, done


def _into_source(text: str, table: str, number: int, block: str, entry: Entry) -> str:
    last: CannotAddError | None = None
    for place in (("sources", table), ("sources", table, number)):
        for path, added in (((*place, block), entry), (place, Entry(block, (entry,)))):
            try:
                return checked(text, add(text, path, [added]))
            except CannotAddError as error:
                last = last or error
    raise last or CannotAddError(say("there is no place for it"))


def write_sources(text: str, settings: EngagementSettings, blocks: Sequence[Block]) -> tuple[str, list[Proposal]]:
    """Add new sources; files of one table with the same columns become one source."""
    done: list[Proposal] = []
    there = "sources" in settings.model_fields_set
    for table, several in _by_table(blocks).items():
        try:
            if table in settings.sources:
                text = checked(text, _with_items(text, table, several))
            else:
                text = checked(text, _with_table(text, table, several, there=there))
            there = True
            done += [each for block in several for each in block.proposals(written=True)]
        except CannotAddError as error:
            why = say("not written, {why}", why=error.message)
            done += [each for block in several for each in block.proposals(written=False, reason=why)]
    return text, done


def _by_table(blocks: Sequence[Block]) -> dict[str, list[Block]]:
    merged: dict[tuple[object, ...], Block] = {}
    for block in blocks:
        first = merged.get(block.shape)
        merged[block.shape] = block if first is None else replace(first, files=(*first.files, *block.source.file))
    tables: dict[str, list[Block]] = {}
    for block in merged.values():
        tables.setdefault(block.head.table, []).append(block)
    return tables


def _with_items(text: str, table: str, blocks: list[Block]) -> str:
    """Add files to a table that has a list of sources."""
    items = [Entry("", _entries(block), block.head.note) for block in blocks]
    try:
        return add(text, ("sources", table), items)
    except CannotAddError:
        message = say(
            "`{place}` is one block already: make a list of it (- file: ...) to add another file",
            place=f"sources.{table}",
        )
        raise CannotAddError(message) from None


def _with_table(text: str, table: str, blocks: list[Block], *, there: bool) -> str:
    """Add a table that has no source yet."""
    value = _entries(blocks[0]) if len(blocks) == 1 else Items(tuple(_entries(block) for block in blocks))
    added = Entry(table, value, blocks[0].head.note)
    return add(text, ("sources",), [added]) if there else add(text, (), [Entry("sources", (added,))])


def _entries(block: Block) -> tuple[Entry, ...]:
    files = block.all_files
    entries = [Entry("file", files[0] if len(files) == 1 else files)]
    if block.source.format != "auto":
        entries.append(Entry("format", block.source.format))
    if block.source.sheet is not None:
        entries.append(Entry("sheet", block.source.sheet))
    sure = [each for each in block.inside if each.sure]
    wide = [each for each in sure if each.name == WIDE_ITEMS]
    columns = tuple(_entry(each) for each in sure if not _is_constant(each) and each not in wide)
    constants = tuple(_entry(each) for each in sure if _is_constant(each))
    entries += [Entry("columns", columns)] if columns else []
    entries += [Entry("wide", (Entry("items", list(each.factors), each.note),)) for each in wide]
    return (*entries, Entry("constants", constants)) if constants else tuple(entries)


def _entry(each: Proposal) -> Entry:
    if each.factors:
        return Entry(each.name, (Entry(each.made, list(each.factors)),), each.note)
    return Entry(each.name.removeprefix(CONSTANTS), each.heading, each.note)


def _is_constant(each: Proposal) -> bool:
    return each.name.startswith(CONSTANTS)
