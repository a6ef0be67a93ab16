"""Each template, run by papermill through the delivery code on the sample: the page a client gets, and its figures."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from engagements import plain, sections
from finished_reports import STEMS, finished, results
from sample_files import read

from kohtaamo_utils.presentation import catalogs
from kohtaamo_utils.presentation.controls import script
from kohtaamo_utils.presentation.wording import Wording
from kohtaamo_utils.reports import current_state, review_360, roi

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from kohtaamo_utils.engagement import Language
    from kohtaamo_utils.reports.report import Report

SHORTEST = 12
"""Message ids of this length or shorter may be words of both languages."""
ONLY_SLOWLY = [pytest.param(language, marks=pytest.mark.slow) for language in ("sv", "en")]
TITLES = {
    "current_state/management": "How well do we meet our customers and one another?",
    "current_state/supervisor.Tampere": "How are your customers met?",
    "current_state/employee": "What do customers value when they meet you?",
    "roi/roi": "Does developing our encounters pay?",
    "review_360/r01": "How do others experience meeting you?",
    "review_360/group": "How are we met by one another?",
}
SUBJECTS = {"roi/roi": None, "current_state/supervisor.Tampere": "supervisor/Tampere"}
OPENED: dict[str, tuple[str, Callable[[str, Language], Report]]] = {
    "current_state/management": ("current_state", current_state.open_report),
    "current_state/supervisor.Tampere": (
        "supervisor",
        lambda folder, language: current_state.open_supervisor(folder, language, "Tampere"),
    ),
    "current_state/employee": ("employee", current_state.open_employee),
    "roi/roi": ("roi", roi.open_report),
    "review_360/r01": ("person", lambda folder, language: review_360.open_person(folder, "r01", language)),
    "review_360/group": ("group", review_360.open_group),
}

each_language = pytest.mark.parametrize("language", ["fi", *ONLY_SLOWLY])
each_report = pytest.mark.parametrize("stem", STEMS)


@pytest.fixture
def reports(tmp_path_factory: pytest.TempPathFactory, project: Path, worker_id: str, language: Language) -> Path:
    base = tmp_path_factory.getbasetemp()
    return finished(base if worker_id == "master" else base.parent, project / "data" / "sample", language)


@pytest.fixture
def page(reports: Path, stem: str, language: Language) -> str:
    return (reports / f"{stem}.{language}.html").read_text(encoding="utf-8")


@each_language
@each_report
def test_results_are_the_report_s_own(reports: Path, stem: str, language: Language) -> None:
    """What a template records is what the report gives outside the notebook: the same figures and the same hidden ones."""
    kind, opened = OPENED[stem]
    report = opened(str(reports.parent), language)
    sections(report, kind)
    own, recorded = report.results().as_dict(), results(reports, stem, language)
    assert len(recorded["figures"]) > (10 if stem.endswith("/employee") else 40)
    assert recorded["figures"] == own["figures"]
    assert recorded["hidden"] == own["hidden"]
    assert {key: recorded[key] for key in ("schema", "report", "client", "language")} == {
        "schema": 1, "report": stem.split("/", maxsplit=1)[0], "client": "Mallikauppa Oy", "language": language,
    }  # fmt: skip
    assert recorded["subject"] == SUBJECTS.get(stem, stem.split("/")[1])
    assert set(recorded["provenance"]) >= {"kohtaamo", "inputs", "settings_sha256", "template_sha256"}


@each_language
@each_report
def test_page_has_its_parts(page: str, stem: str, language: Language) -> None:
    """A page has the client's name, its title, contents that lead to every part and its sources; a 360 page no file's print."""
    t, text = Wording(language), plain(page)
    assert text.count("Mallikauppa Oy") >= 2
    assert f'<html lang="{language}"' in page
    assert f"<h1>{t(TITLES[stem])}</h1>" in page
    assert t("Where the figures come from") in text
    fingerprint = re.search(r"\.(csv|xlsx) \([0-9a-f]{12}\)", text)
    assert (fingerprint is None) == stem.startswith("review_360/")  # a guess of all ratings could be tried against it
    contents = re.findall(r'<li><a href="#([^"]+)"', page)
    assert len(contents) >= 4
    assert contents == re.findall(r'<section aria-labelledby="([^"]+)"', page)
    assert all(page.count(f'id="{anchor}"') == 1 for anchor in contents)


@each_language
@each_report
def test_page_opens_with_its_answer(page: str, stem: str, language: Language) -> None:
    """The first part after the contents is the headline: a sentence before any figure or table."""
    part = page.split("<section aria-labelledby=")[1].split("</section>", maxsplit=1)[0]
    assert re.search(r'<p class="lead">[^<]{20,}', part), (stem, language)


@each_language
@pytest.mark.parametrize(("stem", "period"), [("current_state/management", True), ("roi/roi", True)])
def test_page_has_the_period(page: str, period: bool, language: Language) -> None:
    """A report of a period says which, in the language's own way of writing dates."""
    dates = {"fi": "1.1.2025–31.12.2025", "sv": "1.1.2025–31.12.2025", "en": "01/01/2025–31/12/2025"}
    assert (dates[language] in plain(page)) == period


@each_language
@each_report
def test_tables_and_charts_are_captioned(page: str, stem: str, language: Language) -> None:
    """Every table has a caption and every chart a caption and a description."""
    tables, figures = page.split("<table")[1:], page.split("<figure")[1:]
    assert len(tables) >= (1 if stem.endswith("/employee") else 2), (stem, language)
    assert all("<caption" in table.split("</table>")[0] for table in tables)
    assert all("<figcaption" in figure.split("</figure>")[0] for figure in figures)
    assert all(
        re.search(r"<title|aria-label|aria-describedby|alt=", figure.split("</figure>")[0]) for figure in figures
    )


@each_language
@each_report
def test_page_has_no_code_and_no_paths(page: str, reports: Path, stem: str, language: Language) -> None:
    """Nothing of the notebook, the parameters or the machine is in the page."""
    text = plain(page)
    for word in (
        "report.headline",
        "report.results",
        "import kohtaamo",
        "papermill",
        "open_report",
        "In [",
        "Out[",
        "http://",
        str(reports.parent),
    ):
        assert word not in text, (stem, language)
    assert page.count("<script") == page.count(f"<script>{script()}</script>") == (stem == "roi/roi")
    assert not re.search(r'(?:src|href)="(?!#|data:)', page)


each_translation = pytest.mark.parametrize("language", ["fi", pytest.param("sv", marks=pytest.mark.slow)])


@each_translation
@each_report
def test_no_message_is_left_in_english(page: str, stem: str, language: Language) -> None:
    """No message of the kit stands in a Finnish or Swedish page as it is in English, unless its translation is the same."""
    text, catalog, left = plain(page), catalogs.read(language), []
    for message in catalogs.messages():
        for form in (message.id,) if isinstance(message.id, str) else message.id:
            known = catalog.get(form)
            if known is None or known.string == form:
                continue
            left += [
                part for part in re.split(r"\{\w+\}", form) if len(part.strip()) > SHORTEST and part.strip() in text
            ]
    assert not left, (stem, left)


@each_translation
@each_report
def test_no_english_word_is_left(page: str, stem: str, language: Language) -> None:
    """No sentence went past the catalogs: the commonest English words are in no Finnish or Swedish page."""
    assert not re.findall(r"\b(?:the|The|this|with|which|than|fewer|their|not shown)\b", plain(page)), (stem, language)


@pytest.mark.parametrize("language", ["fi"])
@pytest.mark.parametrize("stem", ["review_360/r01", "review_360/group"])
def test_page_names_no_other_reviewee(page: str, project: Path, stem: str) -> None:
    """A reviewee's page names that person only, the group's page nobody, and neither bears an id of a rater."""
    rows = read(project / "data" / "sample" / "data", "arviot_360.csv")
    names = dict(zip(rows["arvioitava"], rows["arvioitavan nimi"], strict=True))
    subject = stem.split("/")[1]
    assert {reviewee for reviewee, name in names.items() if name in page} == {subject} & set(names)
    assert not {rater for rater in set(rows["arvioija"]) if re.search(rf"\b{re.escape(rater)}\b", page)}


@pytest.mark.parametrize("language", ["fi"])
@pytest.mark.parametrize("stem", ["review_360/r01", "review_360/group"])
def test_results_of_a_review_are_printed(page: str, reports: Path, stem: str, language: Language) -> None:
    """Every value in a 360's figures stands in a cell of the page's tables, in Finnish numbers."""
    cells = {plain(cell).strip().split(" (")[0] for cell in re.findall(r"<t[dh][^>]*>.*?</t[dh]>", page, re.DOTALL)}
    two = ("icc1", "icc2", "reliability", "alpha", "agreement_rwg", "agreement_rwg_skewed", "agreement_ad")
    decimals = dict.fromkeys(two, 2) | dict.fromkeys(("raters", "raters_needed", "answers"), 0)
    for figure in results(reports, stem, language)["figures"]:
        text = f"{figure['value']:.{decimals.get(figure['name'], 1)}f}".replace(".", ",").replace("-", "−")
        if figure["name"] in ("gap", "item_gap", "change") and figure["value"] > 0:
            text = f"+{text}"
        assert text in cells, figure


@pytest.mark.parametrize("language", ["fi"])
@each_report
def test_results_hold_no_hidden_scope(reports: Path, stem: str, language: Language) -> None:
    """No figure has the name and scope of a hidden one, and each hidden one says why."""
    recorded = results(reports, stem, language)
    keys = [
        {(entry["name"], tuple(sorted(entry["scope"].items()))) for entry in recorded[kind]}
        for kind in ("figures", "hidden")
    ]
    assert not keys[0] & keys[1]
    assert len(keys[0]) == len(recorded["figures"])
    assert all(entry["reason"] for entry in recorded["hidden"])
