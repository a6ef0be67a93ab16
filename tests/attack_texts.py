"""The corpus of hostile texts (``tests/attacks/texts.json``), and an engagement that has each in every column of text."""

from __future__ import annotations

import json
import unicodedata
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
from engagements import sections
from nbformat.v4 import new_code_cell, new_notebook, new_output

from kohtaamo_utils.delivery.page import compose
from kohtaamo_utils.reports import current_state, review_360, roi
from kohtaamo_utils.visible import visible
from kohtaamo_utils.widgets import DataCheck

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kohtaamo_utils.delivery.page import Page
    from kohtaamo_utils.reports.report import Report

CORPUS = Path(__file__).resolve().parent / "attacks" / "texts.json"
BETWEEN = " \u00a6 "
"""Stands between texts where one place must hold many."""
LONG = 300


@dataclass(frozen=True)
class Attack:
    """One hostile text and what kind of trick it is."""

    kind: str
    text: str


def attacks() -> tuple[Attack, ...]:
    """Return the corpus."""
    return tuple(Attack(**entry) for entry in json.loads(CORPUS.read_text(encoding="utf-8")))


def hostile() -> list[str]:
    """Return the corpus' texts."""
    return [attack.text for attack in attacks()]


LINE = "\n"


def harmless(texts: Sequence[str]) -> list[str]:
    """Return as many texts that nobody has to fear, as long and as much alike as these are."""
    plain = [shown(text).casefold() for text in texts]
    return [
        f"Tavallinen {plain.index(same)}{LINE if LINE in text else ' '}{'sana ' * 200 if len(text) >= LONG else ''}rivi"
        if same
        else ""
        for text, same in zip(texts, plain, strict=True)
    ]


def shown(text: str) -> str:
    """Return a text as a reader should see it, every run of white space as one space."""
    return " ".join(visible(unicodedata.normalize("NFC", text)).split())


def many(texts: Sequence[str]) -> str:
    """Return the shorter texts as one; each can still close what stands around it."""
    return BETWEEN.join(text for text in texts if len(text) < LONG)


def engagement(folder: Path, texts: Sequence[str]) -> Path:
    """Write an engagement with each text in each column of text, and in the settings.

    Parameters
    ----------
    folder
        Where to; made if it is not there.
    texts
        Hostile or harmless ones.
    """
    (folder / "data").mkdir(parents=True)
    sources = {}
    for table, rows in _TABLES.items():
        frame = pd.DataFrame(rows(texts))
        frame.to_parquet(folder / "data" / f"{table}.parquet")
        columns = {name: name for name in frame.columns if name != "group"}
        columns |= {"segment": {texts[0]: "group"}} if "group" in frame.columns else {}
        sources[table] = {"file": f"data/{table}.parquet", "columns": columns}
    sources["operations"] = _with_hostile_names(folder / "data", texts)
    touchpoints = [
        {"name": name, "owner": owner, "channel": owner, "phase": "during", "volume_per_month": 10}
        for name, owner in zip(dict.fromkeys(_name(text) for text in texts if shown(text)), texts, strict=False)
    ]
    settings = {
        "client": many(texts),
        "language": "en",
        "touchpoints": touchpoints,
        "sources": sources,
        "roi": _roi(texts),
    }
    (folder / "engagement.yaml").write_text(_yaml(settings), encoding="utf-8")
    return folder


def _with_hostile_names(data: Path, texts: Sequence[str]) -> dict[str, Any]:
    """Write the operations anew in a file, and under headings, with such names; a column that nothing maps for each text."""
    short = [text for text in texts if 0 < len(text) < LONG and "/" not in text and "\\0" not in text]
    frame = pd.read_parquet(data / "operations.parquet")
    headings = list({shown(text).casefold(): text for text in texts if shown(text) and len(text) < LONG}.values())
    mapping = dict(zip(frame.columns, headings, strict=False))
    unmapped = pd.DataFrame({heading: ["x"] * len(frame) for heading in headings[len(mapping) :]})
    file = data / f"{''.join(short[:9])[:80]}.parquet"
    pd.concat([frame.rename(columns=mapping), unmapped], axis=1).to_parquet(file)
    (data / "operations.parquet").unlink()
    return {"file": f"data/{file.name}", "columns": mapping}


def _yaml(settings: dict[str, Any]) -> str:
    """Return settings as JSON that is YAML as well: what YAML does not take as it is, escaped."""
    plain = json.dumps(settings, ensure_ascii=False)
    return "".join(
        sign if sign.isprintable() else f"\\U{ord(sign):08x}" if ord(sign) > 0xFFFF else f"\\u{ord(sign):04x}"
        for sign in plain
    )


def _name(text: str) -> str:
    return visible(text).strip() or "-"


def _survey(texts: Sequence[str]) -> list[dict[str, Any]]:
    return [
        {
            "respondent_group": "customer", "nps": (place + number) % 11, "csat": 1 + (place + number) % 5,
            "touchpoint": text, "channel": text, "unit": text, "group": text, "comment": text,
        }
        for place, text in enumerate(texts)
        for number in range(5)
    ]  # fmt: skip


def _mystery(texts: Sequence[str]) -> list[dict[str, Any]]:
    return [
        {
            "visit_id": f"v{place}-{number}", "criterion": text, "score": number, "maximum": 3, "touchpoint": text,
            "unit": text, "critical": "yes", "element": "trust",
        }
        for place, text in enumerate(text for text in texts if shown(text))
        for number in range(2)
    ]  # fmt: skip


def _operations(texts: Sequence[str]) -> list[dict[str, Any]]:
    return [
        {"month": f"2025-0{month}-01", "measure": text, "value": month, "higher_is_better": "yes"}
        for text in {shown(text).casefold(): _name(text) for text in texts}.values()
        for month in (1, 2)
    ]


def _ratings(texts: Sequence[str]) -> list[dict[str, Any]]:
    raters = [("self", 1), ("manager", 1), ("peer", 5), ("report", 5)]
    items = list({shown(text).casefold(): _name(text) for text in texts}.values())
    competencies = [*items[::8], "listening"]
    return [
        {
            "reviewee_id": reviewee, "reviewee_name": many(texts) if reviewee == "r1" else "", "item": item,
            "rater_id": f"{group}{number}-{reviewee}", "rater_group": group, "score": 3 + (place + number) % 3,
            "competency": competency, "comment": text,
        }
        for reviewee in ("r1", "r2", "r3")
        for group, count in raters
        for number in range(count)
        for place, (item, text, competency) in enumerate(zip(items, texts, cycle(competencies), strict=False))
        if reviewee == "r1" or place < len(competencies)
    ]  # fmt: skip


def _orders(texts: Sequence[str]) -> list[dict[str, Any]]:
    return [
        {"customer_id": f"k{number}", "order_id": f"o{number}-{day}", "ordered_on": day, "amount": 10 + number, "unit": texts[number % len(texts)]}
        for number in range(60)
        for day in ("2024-03-01", "2024-09-01", "2025-03-01")
    ]  # fmt: skip


def _employees(texts: Sequence[str]) -> list[dict[str, Any]]:
    return [
        {
            "employee_id": f"e{place}", "started_on": "2023-01-01", "ended_on": "2025-06-01" if place % 3 == 0 else "",
            "end_reason": text, "role": text, "unit": text, "monthly_salary": 3000,
        }
        for place, text in enumerate(texts)
    ]  # fmt: skip


_TABLES: dict[str, Callable[[Sequence[str]], list[dict[str, Any]]]] = {
    "survey": _survey,
    "mystery_shopping": _mystery,
    "operations": _operations,
    "ratings_360": _ratings,
    "transactions": _orders,
    "employees": _employees,
}


def _roi(texts: Sequence[str]) -> dict[str, Any]:
    effect = {
        "low": 0,
        "likely": 0.01,
        "high": 0.02,
        "unit": "relative",
        "source": many(texts),
        "grade": "C",
        "override": many(texts),
    }
    alike = {shown(text).casefold(): _name(text) for text in texts}  # as `harmless` takes them for the same
    names = [name for name in dict.fromkeys(alike.values()) if len(name) < LONG]
    return {
        "costs": {"initial": 1000},
        "basket": {"margin_rate": 0.3, "effect": effect},
        "prices": {"index": 1.01, "source": many(texts)},
        "scenarios": {name: {"basket": 0.015} for name in names},
        "simulations": 1000,
    }


OPENED: dict[str, Callable[[str], Report]] = {
    "current_state": current_state.open_report,
    "roi": roi.open_report,
    "person": lambda folder: review_360.open_person(folder, "r1"),
    "group": review_360.open_group,
}


def page_of(report: Report, kind: str) -> Page:
    """Return a report composed as `kohtaamo run` does, without a kernel."""
    return _composed([report.cover(), *sections(report, kind).values(), report.results()])


def check_page(folder: Path) -> Page:
    """Return what the data check shows of an engagement, as a page."""
    bench = DataCheck.open(str(folder), "en")
    return _composed([bench.files(), bench.columns(), bench.problems(), bench.import_log(), bench.contents()])


def _composed(shown_objects: Sequence[Any]) -> Page:
    cells = [new_code_cell("", outputs=[new_output("display_data", one._repr_mimebundle_())]) for one in shown_objects]
    return compose(new_notebook(cells=cells))
