"""What was left out of the files: each rule counted, told in every report, and written down for the consultant."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING, Any

import pytest
from command_line import kohtaamo
from engagements import make_engagement, text_of
from intake_support import dataset, engagement, put, survey

from kohtaamo_utils.engagement import load
from kohtaamo_utils.errors import SettingsError
from kohtaamo_utils.intake import read
from kohtaamo_utils.reports import current_state, review_360, roi

if TYPE_CHECKING:
    from pathlib import Path

ITEMS = ("heard", "understood", "valued", "listening", "trust")
QUALTRICS_ROWS = (
    ("Survey Preview", 1, 100, "54545"), ("Survey Test", 1, 100, "54545"), ("IP Address", 0, 100, "54545"),
    ("IP Address", 1, 10, "54545"), ("IP Address", 1, 100, "33333"), ("IP Address", 1, 10, "33333"), ("IP Address", 1, 90, "45454"),
)  # fmt: skip
"""Status, finished, seconds and five scores: two previews, one unfinished, one too fast, one straight line, one both."""
ORDERS = (
    "Order,Customer,Day,Quantity,Price\n1,a,2025-01-02,1,5\nC2,a,2025-01-02,1,5\n3,b,2025-01-02,1,0\nC4,b,2025-01-02,1,0\n"
    "5,,2025-01-02,1,5\n6,b,2025-01-03,2,4\n"
)
RULES = [
    {"column": "Order", "matches": "^C", "reason": "cancelled"},
    {"column": "Price", "at_most": 0},
]


def qualtrics() -> str:
    heads = ["Status", "Finished", "Duration (in seconds)", *ITEMS]
    lines = [",".join(heads), ",".join(heads), ",".join('"{""ImportId"":""x""}"' for _ in heads)]
    lines += [",".join([status, str(done), str(time), *scores]) for status, done, time, scores in QUALTRICS_ROWS]
    return "\n".join(lines) + "\n"


def orders(folder: Path) -> dict[str, Any]:
    names = {
        "order_id": "Order",
        "customer_id": "Customer",
        "ordered_on": "Day",
        "amount": {"product": ["Quantity", "Price"]},
    }
    return {"file": put(folder, "orders.csv", ORDERS), "columns": names, "exclude": RULES}


def test_careless_answers_are_counted_and_used(tmp_path: Path) -> None:
    """Without a request speeders and straight-liners are flagged, each by its own count, and stay."""
    found = survey(tmp_path, qualtrics())
    counts = {
        (entry.kind, entry.rule): entry.count for entry in found.log.of("survey", "preview", "incomplete", "flagged")
    }
    assert counts == {
        ("preview", "preview"): 2, ("incomplete", "incomplete"): 1, ("flagged", "too_fast"): 2, ("flagged", "straight_lining"): 2,
    }  # fmt: skip
    assert (found.log.rows_in("survey"), found.log.left_out("survey"), found.log.rows_out("survey")) == (7, 3, 4)


@pytest.mark.parametrize(
    ("asked", "counts", "used"),
    [
        ("too_fast", {"too_fast": 2, "flagged": 1}, 2),
        ("straight_lining", {"straight_lining": 2, "flagged": 2}, 2),
        (["too_fast", "straight_lining"], {"too_fast": 2, "straight_lining": 1}, 1),
    ],
)
def test_careless_answers_are_left_out_on_request(
    asked: Any, counts: dict[str, int], used: int, tmp_path: Path
) -> None:
    """`exclude_flagged` leaves them out, each row counted by the first rule that it breaks; rows in less out is used."""
    found = survey(tmp_path, qualtrics(), exclude_flagged=asked)
    assert {
        entry.kind: entry.count for entry in found.log.of("survey", "too_fast", "straight_lining", "flagged")
    } == counts
    assert len(found.tables["survey"]) == found.log.rows_out("survey") == used
    assert found.log.rows_in("survey") - found.log.left_out("survey") == used


@pytest.mark.parametrize(
    ("table", "asked", "said"),
    [
        ("survey", "slow", "too_fast or straight_lining"),
        ("transactions", "too_fast", "`exclude_flagged` is for the survey only"),
    ],
)
def test_wrong_requests_are_refused(table: str, asked: str, said: str, tmp_path: Path) -> None:
    """An unknown sign of carelessness, and a request for a table that has none, are errors of the settings."""
    folder = make_engagement(tmp_path, {"sources": {table: {"file": "a.csv", "exclude_flagged": asked}}}, {})
    with pytest.raises(SettingsError, match=said):
        load(folder)


def test_cancelled_orders_and_zero_prices_are_counted(tmp_path: Path) -> None:
    """Each rule counts its rows, a row that two rules fit by the first; the rule's reason goes into the log."""
    found = read(engagement(tmp_path, {"transactions": orders(tmp_path)})).log
    told = [(entry.detail, entry.count, entry.reason) for entry in found.of("transactions", "excluded", "no_customer")]
    assert told == [
        ("Order matches ^C", 2, "cancelled"), ("Price at most 0", 1, ""), ("rows without a customer", 1, ""),
    ]  # fmt: skip
    assert (found.rows_in("transactions"), found.left_out("transactions"), found.rows_out("transactions")) == (6, 4, 2)


def test_reports_tell_what_was_left_out(tmp_path: Path) -> None:
    """The sections on data name each rule with its count; what a rule compares with only where it is a number."""
    put(tmp_path, "survey.csv", qualtrics())
    survey_source = {
        "file": "survey.csv", "constants": {"respondent_group": "customer"}, "exclude_flagged": "too_fast",
        "exclude": [{"column": "Status", "equals": "Survey Test"}],
    }  # fmt: skip
    ratings = "reviewee_id,rater_id,rater_group,item,score\n" + "a,b,peer,x,4\n" * 2 + "a,c,peer,x,3\n"
    sources = {
        "survey": survey_source,
        "transactions": orders(tmp_path),
        "ratings_360": {"file": put(tmp_path, "r.csv", ratings), "duplicates": "drop_exact"},
    }
    folder = str(make_engagement(tmp_path, {"sources": sources}, {}))
    survey_text = text_of(current_state.open_report(folder, "en").data_quality())
    assert "Survey: 2 previews or tests; 1 unfinished responses; 2 answered too fast" in survey_text
    assert "Used, although they may have been given without care: 1 with the same score to every item." in survey_text
    sales_text = text_of(roi.open_report(folder, "en").data_quality())
    assert (
        "Transactions: 2 rows of cancelled orders; 1 where “Price” is at most 0; 1 rows without a customer"
        in sales_text
    )
    assert "360 ratings: 1 exact repeats" in text_of(review_360.open_group(folder, "en").data_quality())


def test_a_text_that_a_rule_compares_with_stays_out_of_the_report(tmp_path: Path) -> None:
    """It may be a person's name: the report tells the column only, the import log everything."""
    rows = [{"respondent_group": "customer", "nps": 9, "channel": name} for name in ["Maija Testaaja", *["web"] * 6]]
    folder = make_engagement(tmp_path, {}, {"survey": rows})
    settings = json.loads((folder / "engagement.yaml").read_text(encoding="utf-8"))
    settings["sources"]["survey"]["exclude"] = [{"column": "channel", "equals": "Maija Testaaja"}]
    (folder / "engagement.yaml").write_text(json.dumps(settings), encoding="utf-8")
    text = text_of(current_state.open_report(str(folder), "en").data_quality())
    assert "1 by a rule on “channel”" in text
    assert "Maija" not in text
    assert read(load(folder)).log.of("survey", "excluded")[0].value == "Maija Testaaja"


def test_a_reason_stands_in_the_reader_s_language_or_as_it_was_written(tmp_path: Path) -> None:
    """`cancelled`, `zero_price` and `test` are translated; a reason in other words is told in those, in every language."""
    source = orders(tmp_path)
    source["exclude"] = [{**RULES[0]}, {**RULES[1], "reason": "muovikassit"}]
    folder = str(make_engagement(tmp_path, {"sources": {"transactions": source}}, {}))
    texts = {language: text_of(roi.open_report(folder, language).data_quality()) for language in ("fi", "sv")}
    assert "peruttujen tilausten rivejä 2; muovikassit: 1" in texts["fi"]
    assert "rader som gäller annullerade beställningar: 2; muovikassit: 1" in texts["sv"]


def test_the_log_is_written_for_people_and_machines(tmp_path: Path) -> None:
    """`run` leaves the log as JSON and as CSV that a spreadsheet opens, with nothing in it that would be computed."""
    rows = [{"respondent_group": "customer", "nps": 9, "=cmd": n} for n in range(6)]
    folder = make_engagement(tmp_path / "e", {}, {"survey": rows})
    settings = json.loads((folder / "engagement.yaml").read_text(encoding="utf-8"))
    source = settings["sources"]["survey"]
    del source["columns"]["=cmd"]
    source["exclude"] = [{"column": "=cmd", "equals": 5, "reason": "+358 test"}]
    (folder / "engagement.yaml").write_text(json.dumps(settings), encoding="utf-8")
    done = kohtaamo("run", "e", "--report", "current_state", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    internal = folder / "reports" / "internal"
    entries = json.loads((internal / "import_log.json").read_text(encoding="utf-8"))
    with (internal / "import_log.csv").open(encoding="utf-8-sig", newline="") as stream:
        table = list(csv.DictReader(stream, delimiter=";"))
    assert [(row["kind"], row["rule"], int(row["count"])) for row in table] == [
        (entry["kind"], entry["rule"], entry["count"]) for entry in entries
    ]
    (excluded,) = [row for row in table if row["kind"] == "excluded"]
    assert (excluded["column"], excluded["reason"], excluded["count"]) == ("'=cmd", "'+358 test", "1")


def test_plain_tables_have_no_flags(tmp_path: Path) -> None:
    """Only surveys are looked at for careless answers."""
    found = dataset(tmp_path, "customer_id,ordered_on,amount\na,2025-01-01,1\n", "transactions")
    assert found.log.of("transactions", "flagged") == ()


@pytest.mark.parametrize(
    ("alike", "told"), [(10, "10 with the same score to every item"), (11, "most with the same score to every item")]
)
def test_how_many_answered_alike_is_told_up_to_half(tmp_path: Path, alike: int, told: str) -> None:
    """That all, or all but a few, gave one score to every item would tell of each person how he answered."""
    names = ("listening", "expertise", "value", "trust", "solution")
    same = [dict.fromkeys(names, 4) for _ in range(alike)]
    others = [dict.fromkeys(names, 4) | {"listening": 2} for _ in range(20 - alike)]
    rows = [{"respondent_group": "employee", **row} for row in (*same, *others)]
    make_engagement(tmp_path, {}, {"survey": rows})
    report = current_state.open_report(str(tmp_path), "en")
    assert f"without care: {told}." in text_of(report.data_quality())
