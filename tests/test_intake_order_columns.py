"""Columns of order lines that are not read but say which lines are sales, and in what money."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as parquet
import pytest
from intake_support import dataset, engagement, put
from large_support import outcome
from ruamel.yaml import YAML

from kohtaamo_utils.engagement import load
from kohtaamo_utils.errors import DataError
from kohtaamo_utils.intake import check, read
from kohtaamo_utils.intake.large import beginning
from kohtaamo_utils.intake.large import read as large

if TYPE_CHECKING:
    from pathlib import Path

HEAD = "customer_id;order_id;ordered_on;amount;"


def lines(heading: str, *cells: str) -> str:
    rows = [f"c{place % 7};{place};2025-03-{place % 28 + 1:02d};10.50;{cell}" for place, cell in enumerate(cells * 5)]
    return f"{HEAD}{heading}\n" + "\n".join(rows) + "\n"


def told(folder: Path, text: str, **source: object) -> list[str]:
    found = dataset(folder, text, "transactions", **source)
    return [entry.detail for entry in found.log.of("transactions", "unsettled") if entry.rule == "status"]


@pytest.fixture(params=["held", "large"])
def any_size(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Read each file as one that is held, and as one that is too large for it."""
    if request.param == "large":
        monkeypatch.setattr(large, "LARGE_TEXT", 1)
    return str(request.param)


@pytest.mark.usefixtures("any_size")
@pytest.mark.parametrize(
    ("words", "rule"),
    [
        (("Toimitettu", "Peruttu"), 'equals: "Peruttu"'),
        (("Valmis", "Osittain palautettu", "PERUTTU"), 'matches: "^(Osittain palautettu|PERUTTU)$"'),
        (("Levererad", "Makulerad"), 'equals: "Makulerad"'),
        (("completed", "on-hold", "refunded"), 'matches: "^(on-hold|refunded)$"'),
        (("Sale", "Payment"), 'equals: "Payment"'),
        (
            ("Express Checkout Payment", "General Withdrawal", "Payment Refund"),
            'matches: "^(General Withdrawal|Payment Refund)$"',
        ),
        (("wc-completed", "wc-refunded"), 'equals: "wc-refunded"'),
        (("Closed Won", "Closed Lost"), 'equals: "Closed Lost"'),
        (("", "refunded"), 'equals: "refunded"'),  # a mark on some rows, and nothing on the others
    ],
)
def test_lines_that_are_no_sales_are_told(tmp_path: Path, words: tuple[str, ...], rule: str) -> None:
    """A column of statuses that is not read is told with the rule that leaves the lines out; that rule then settles it."""
    text = lines("Tila", *words)
    (detail,) = told(tmp_path, text)
    entry = f'exclude: [{{column: "Tila", {rule}}}]'
    assert entry in detail
    assert "only an amount below zero is taken off" in detail
    put(tmp_path, "engagement.yaml", f"client: Yritys\nsources:\n  transactions:\n    file: t.csv\n    {entry}\n")
    put(tmp_path, "t.csv", text)
    found = read(load(tmp_path))
    assert [entry for entry in found.log.of("transactions", "unsettled") if entry.rule == "status"] == []
    assert found.ledger is not None
    assert found.ledger.totals().orders == 5


@pytest.mark.usefixtures("any_size")
@pytest.mark.parametrize(
    ("heading", "cells"),
    [
        ("Tila", ("Toimitettu", "Lähetetty")),
        ("Tuote", ("Palautuspullo", "Testikirja")),
        ("Maksutapa", ("Kortti", "Tilisiirto", "Transfer")),
        ("Tila", ("Peruttu",)),  # nothing else is there: no line would be left
    ],
)
def test_other_columns_are_no_statuses(tmp_path: Path, heading: str, cells: tuple[str, ...]) -> None:
    """Statuses that are all sales, and products that merely begin like one, are not told of."""
    assert told(tmp_path, lines(heading, *cells)) == []


@pytest.mark.usefixtures("any_size")
@pytest.mark.parametrize("codes", [("EUR", "SEK"), ("SEK", "SEK"), ("EUR", "eur", "NOK")])
def test_other_currencies_are_refused(tmp_path: Path, codes: tuple[str, ...]) -> None:
    """Amounts of several currencies, or of another one than the engagement's, are not summed."""
    text = lines("Valuutta", *codes)
    with pytest.raises(DataError, match=r"several currencies or in another one: .*(SEK|NOK)"):
        dataset(tmp_path, text, "transactions")
    assert dataset(tmp_path, lines("Valuutta", "EUR"), "transactions").ledger is not None
    kept = engagement(
        tmp_path,
        {
            "transactions": {
                "file": put(tmp_path, "k.csv", text),
                "exclude": [{"column": "Valuutta", "matches": "^(SEK|NOK)$"}],
            }
        },
    )
    if "EUR" in codes:
        assert read(kept).ledger is not None


@pytest.mark.usefixtures("any_size")
@pytest.mark.parametrize(
    ("heading", "texts", "rule"),
    [
        ("Valuutta", ("€", "kr"), 'equals: "kr"'), ("presentment_currency", ("EUR", "sek"), 'equals: "sek"'),
        ("Val.", ("€", "$", "kr."), 'matches: "^([$]|kr[.])$"'), ("Currency Code (ISO)", ("€", "EUR"), None),
        ("Valuutta", ("EUR", "SEK", "N/A", "-"), 'equals: "SEK"'), ("Valuutta", ("EUR", "n/a"), None), ("Val.", ("ovia", "kr"), None),
    ],
)  # fmt: skip
def test_currencies_as_files_write_them(tmp_path: Path, heading: str, texts: tuple[str, ...], rule: str | None) -> None:
    """Signs stand for currencies as codes do, and headings are shortened or joined; what is no currency is left alone."""
    sources: dict[str, Any] = {"transactions": {"file": put(tmp_path, "t.csv", lines(heading, *texts))}}
    problems, _ = check(engagement(tmp_path, sources))
    assert [problem.kind for problem in problems] == ([] if rule is None else ["currency"])
    for problem in problems:
        assert f'{{column: "{heading}", {rule}}}' in problem.advice
        sources["transactions"] |= YAML(typ="safe", pure=True).load(problem.advice.split("`")[1])
        kept = read(engagement(tmp_path, sources)).ledger
        assert kept is not None
        assert kept.totals().orders == 5 * sum(text not in {"$", "kr", "kr.", "SEK", "sek"} for text in texts)


@pytest.mark.parametrize("in_pieces", [False, True])
@pytest.mark.parametrize(("called", "sold"), [("Tila", "Valmis"), ("Lisätieto", "Valmis"), ("Lisätieto", "")])
def test_all_rows_of_a_large_file_are_looked_at(
    called: str, sold: str, in_pieces: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A currency or a status that only begins far below the first rows of a large file is seen as in one that is held, whatever its heading."""
    monkeypatch.setattr(beginning, "LENGTH", 500)
    missing = {"customer_id": ["c9"]} if in_pieces else {}
    heading, first = f"Valuutta;{called}", [f"EUR;{sold}"] * 30
    found = []
    for limit in (10**12, 1):
        monkeypatch.setattr(large, "LARGE_TEXT", limit)
        found.append(told(tmp_path, lines(heading, *first, "EUR;Peruttu"), missing=missing))
        with pytest.raises(DataError, match=r"several currencies or in another one: \"?EUR\"?.*SEK"):
            dataset(tmp_path, lines(heading, *first, f"SEK;{sold}"), "transactions", missing=missing)
        source = {"exclude": [{"column": "Valuutta", "equals": "SEK"}], "missing": missing}
        assert told(tmp_path, lines(heading, *first, "SEK;Peruttu"), **source) == []
    assert found[0] == found[1] != []


@pytest.mark.usefixtures("any_size")
def test_many_words_are_no_statuses(tmp_path: Path) -> None:
    """A column of more than forty texts is none of statuses, though some of them are such a word: notes of people, or products."""
    notes = [f"ostos {chr(97 + place % 26)}{chr(97 + place // 26)}" for place in range(41)]
    assert told(tmp_path, lines("Lisätieto", *["Valmis"] * 40, *notes, "peruttu")) == []


@pytest.mark.usefixtures("any_size")
@pytest.mark.parametrize(
    ("heading", "cells", "rule"),
    [
        ("Cancelled at", ("", "2025-03-04 10:00:00 +0200"), "empty: false"),
        ("Peruttu", ("Ei", "Kyllä"), 'equals: "Kyllä"'),
        ("is_test", ("0", "1"), 'equals: "1"'),
        ("Makulerad", ("", "x"), 'equals: "x"'),
        ("Cancelled at", ("",), None),
        ("Peruttu", ("Ei",), None),
        ("Test", ("A", "B"), None),  # a name of something, on each line
        ("Cancellation policy", ("", "Kyllä"), None),
    ],
)
def test_columns_that_mark_lines(tmp_path: Path, heading: str, cells: tuple[str, ...], rule: str | None) -> None:
    """A column called *Cancelled at* or *Peruttu* that marks some lines, by a day or a yes, is told with the rule that leaves them out; the rule settles it."""
    found = told(tmp_path, lines(heading, *cells))
    assert len(found) == (rule is not None)
    if rule is not None:
        assert f'exclude: [{{column: "{heading}", {rule}}}]' in found[0]
        key, value = YAML(typ="safe").load(f"{{{rule}}}").popitem()
        exclude = [{"column": heading, key: value}]
        left = dataset(tmp_path, lines(heading, *cells), "transactions", exclude=exclude)
        assert left.ledger is not None
        assert left.ledger.totals().orders == 5


@pytest.mark.parametrize("cells", [[True, False], [1.0, 0.0], [None, True], [1, 0]])
def test_marks_in_parquet(tmp_path: Path, cells: list[object]) -> None:
    """A mark of any type in Parquet is told alike of a small and a large file."""
    n = 20
    columns = {
        "customer_id": [f"C{place % 9}" for place in range(n)], "order_id": [str(place) for place in range(n)],
        "ordered_on": [date(2025, 1, place + 1) for place in range(n)], "amount": [10.5] * n, "Cancelled": cells * (n // 2),
    }  # fmt: skip
    parquet.write_table(pa.table(columns), tmp_path / "t.parquet")
    held, large = (outcome(tmp_path, {"file": "t.parquet"}, large=size) for size in (False, True))
    assert held == large
    assert any("Cancelled is not read, and holds" in str(key) for key in held[1])  # type: ignore[attr-defined]


@pytest.mark.usefixtures("any_size")
@pytest.mark.parametrize(
    ("heading", "cells", "is_told"),
    [
        ("Amount Refunded", ("0.00", "4.25"), True),
        ("Refunded Amount", ("", "10.50"), True),
        ("Palautettu summa (€)", ("0,00", "4,25 €"), True),
        ("Återbetalt belopp", ("0", "3"), True),
        ("Order Refund Amount", ("0", ""), False),
        ("Refund reason", ("", "2 pcs broken"), False),
    ],
)
def test_refunds_in_a_column_of_their_own(tmp_path: Path, heading: str, cells: tuple[str, ...], is_told: bool) -> None:
    """Refunds that nothing reads are told where some are not 0: sales with a part paid back would count in full without a word."""
    found = dataset(tmp_path, lines(heading, *["0"] * 30, *cells), "transactions")
    entries = [entry for entry in found.log.of("transactions", "unsettled") if entry.rule == "refunds"]
    assert [(entry.column, heading in entry.detail) for entry in entries] == [(heading, True)] * is_told


@pytest.mark.usefixtures("any_size")
@pytest.mark.parametrize(
    ("amount", "codes", "other"),
    [("amount", ("EUR", "sek"), "Currency"), ("amount", ("EUR", "EUR"), None), ("Converted Amount", ("EUR", "SEK"), "Converted Currency")],
)  # fmt: skip
def test_the_currency_of_the_amounts(tmp_path: Path, amount: str, codes: tuple[str, str], other: str | None) -> None:
    """Of two columns of currencies that of the amounts counts: a payment service's *Converted Currency* is of *Converted Amount*, *Currency* of the other."""
    own, beside = ("{0};NOK", "{0};EUR") if amount == "amount" else ("NOK;{0}", "EUR;{0}")
    cells = [f"{own.format(codes[0])};7.5", f"{beside.format(codes[1])};7.5"]
    text = lines("Currency;Converted Currency;Converted Amount", *cells)
    source = {"file": put(tmp_path, "t.csv", text), "columns": {"amount": amount}}
    problems, _ = check(engagement(tmp_path, {"transactions": source}))
    assert [problem.column for problem in problems] == ([] if other is None else [other])
