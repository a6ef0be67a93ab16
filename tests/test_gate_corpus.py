"""The gate against a corpus: every planted leak is caught wherever it is put, and clean pages and words pass whole."""

from __future__ import annotations

import json
from html import escape
from typing import TYPE_CHECKING

import pytest
from finished_reports import STEMS, finished
from leaks import CLEAN, MARKUP, OTHER, PLACES, SIBLING, TEXTS, USER

from kohtaamo_utils.delivery import secrets as known
from kohtaamo_utils.delivery.gate import Secrets, pass_or_refuse
from kohtaamo_utils.delivery.workbook_gate import pass_or_refuse_workbook
from kohtaamo_utils.errors import DeliveryError

if TYPE_CHECKING:
    from pathlib import Path

PAGE = '<!DOCTYPE html><html lang="fi"><head><title>Raportti</title></head><body><main><p>Hyvää työtä.</p>BODY</main></body></html>'


@pytest.fixture
def secrets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Secrets:
    """Return the secrets of an engagement that lies beside another client's, on a machine with a user."""
    for folder, client in (("oma", "Oma Oy"), ("naapuri", SIBLING), ("toinen", f'"{SIBLING}"  # sama')):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "engagement.yaml").write_text(f"client: {client}\nlanguage: fi\n", encoding="utf-8")
    monkeypatch.setattr(known, "_user", lambda: USER)
    return Secrets(tmp_path / "oma", (OTHER,), minimum_respondents=5, minimum_raters=3)


def reason(page: str, secrets: Secrets, results: dict[str, object] | None = None) -> str:
    """Return why a page is refused; empty if it passes."""
    try:
        pass_or_refuse(page, secrets, results)
    except DeliveryError as error:
        return str(error).removeprefix("The report is not delivered, because the page holds ").split(". Earlier")[0]
    return ""


def placed(text: str, place: str) -> str:
    """Return a page with a text in a place, as a writer of pages would write it there: data as JSON."""
    written = json.dumps([text], ensure_ascii=False) if place == "data" else text
    return PAGE.replace("BODY", PLACES[place].format(escape(written)))


@pytest.mark.parametrize(("user", "refused"), [("ensin", False), ("Ilo", False), ("avonlea", True)])
def test_a_user_whose_name_is_a_word_of_ours_gets_reports(user, refused, secrets, monkeypatch):
    """The user's name is looked for unless it is a word that reports themselves use, in any language."""
    monkeypatch.setattr(known, "_user", lambda: user)
    words = f"Lue raportti {user} yksin." if user != "Ilo" else "Lue raportti ensin yksin."
    assert bool(reason(placed(words, "paragraph"), secrets)) == refused


def test_each_text_is_caught_in_each_place(secrets):
    """No place in a page hides what no client may get: in each, the gate names the leak and nothing else."""
    found = {(place, leak.text): reason(placed(leak.text, place), secrets) for place in PLACES for leak in TEXTS}
    wrong = {key: said for key, said in found.items() if said not in _expected(key[1])}
    assert wrong == {}
    assert len(found) > 400


def _expected(text: str) -> set[str]:
    return {leak.reason for leak in TEXTS if leak.text == text}


@pytest.mark.parametrize("leak", MARKUP, ids=lambda leak: leak.text[:40])
def test_each_markup_is_caught(leak, secrets):
    """What a page does, loads, lacks or dumps is refused with its kind."""
    assert reason(PAGE.replace("BODY", leak.text), secrets) == leak.reason


def test_clean_words_pass(secrets):
    """What people write passes, in every place, even where it looks a little like a leak."""
    found = {
        (place, text): said for place in PLACES for text in CLEAN if (said := reason(placed(text, place), secrets))
    }
    assert found == {}


@pytest.mark.parametrize(
    ("report", "figure", "refused"),
    [
        ("current_state", {"name": "nps", "scope": {"respondent_group": "employee", "unit": "A"}, "n": 4}, "a figure of fewer than 5 respondents"),
        ("current_state", {"name": "element_mean", "scope": {"respondent_group": "customer", "element": "trust"}, "n": 1}, "a figure of fewer than 5 respondents"),
        ("current_state", {"name": "nps", "scope": {"respondent_group": "employee", "unit": "A"}, "n": 5}, ""),
        ("current_state", {"name": "responses", "scope": {"respondent_group": "employee"}, "n": 4}, ""),
        ("current_state", {"name": "mystery_shopping_score", "scope": {"unit": "A"}, "n": 2}, ""),
        ("review_360", {"name": "competency_mean", "scope": {"competency": "trust", "rater_group": "peer"}, "n": 2}, "a figure of fewer than 3 raters"),
        ("review_360", {"name": "raters", "scope": {"rater_group": "peer+report"}, "n": 2}, "a figure of fewer than 3 raters"),
        ("review_360", {"name": "competency_mean", "scope": {"competency": "trust", "rater_group": "manager"}, "n": 1}, ""),
        ("review_360", {"name": "competency_mean", "scope": {"competency": "trust", "rater_group": "others"}, "n": 1}, ""),
    ],
)  # fmt: skip
def test_a_cell_under_the_threshold_is_refused(report, figure, refused, secrets):
    """A recorded figure of too few people is refused, however it came about; counts, managers and visits may be few."""
    assert reason(PAGE, secrets, {"report": report, "subject": "x", "figures": [figure]}) == refused


def test_what_stands_in_the_settings_may_be_told(secrets):
    """An address that the consultant wrote into engagement.yaml is hers to tell; any other is not."""
    file = secrets.folder / "engagement.yaml"
    file.write_text(f"{file.read_text(encoding='utf-8')}# kysy: apu@esimerkki.fi\n", encoding="utf-8")
    assert reason(PAGE.replace("BODY", "apu@esimerkki.fi"), secrets) == ""
    assert reason(PAGE.replace("BODY", "toinen@esimerkki.fi"), secrets) == "e-mail addresses"


def test_the_own_name_is_not_anothers(secrets, tmp_path):
    """A name that the own client's name contains is not the neighbour's."""
    (tmp_path / "oma" / "engagement.yaml").write_text(f"client: {SIBLING} Turku\n", encoding="utf-8")
    assert reason(PAGE.replace("BODY", f"{SIBLING} Turku"), secrets) == ""


def test_nothing_lies_beside_a_folder_without_settings(secrets):
    """Where the own client is not known, no other can be told from it."""
    (secrets.folder / "engagement.yaml").unlink()
    assert reason(PAGE.replace("BODY", SIBLING), secrets) == ""


@pytest.mark.parametrize(
    ("client", "text"),
    [
        ("Pohjoisen Kahvila Oy", "Pohjoisen Kahvila"),
        ("Pohjoisen Kahvila Oy", "Menin sitten pohjoisen kahvilaan."),
        ("Pohjoisen Kahvila Oy", "POHJOISEN KAHVILASSA oli parempaa"),
        ("Kilpailija Naapuri Oy", "paremmin kuin kilpailija-naapurissa"),
        ("Fiskarila Oyj", "fiskarilassa osattiin"),
        ("Fiskarila Oyj", "Fiskarila osasi"),
        ("Nordeva Ab", "Nordevas kassa"),
        ("Nordeva Ab", "nordeva:lla"),
        ("Oy Nordeva Ab", "Nordeva"),
        ("Kone Oyj", "Kone Oyj:n tilaus"),
        ("Asiakas Oy", "asiakas oy"),
        ("H&M Esimerkki Ab", "H&M Esimerkin myymälä"),
        ("Firma.fi Oy", "firma.fi:ssä"),
    ],
)
def test_another_client_is_found_in_every_form(client, text, secrets, tmp_path):
    """A neighbour's whole name is found written large or small and bent as in Finnish or Swedish, with its company form or without."""
    (tmp_path / "naapuri" / "engagement.yaml").write_text(f'client: "{client}"\n', encoding="utf-8")
    assert reason(PAGE.replace("BODY", escape(text)), secrets) == "the name of another client"


@pytest.mark.parametrize(
    ("client", "text"),
    [
        ("Asiakas Oy", "Asiakas sanoi: asiakaspalvelija kuuli asiakasta."),
        ("Asiakas", "Asiakas sanoi: asiakaspalvelija kuuli asiakasta."),
        ("Asiakas Oy", "Hyöty asiakkaalle: 3 %, asiakkaan’ oma"),
        ("Kone Oyj", "Kone oli rikki, eikä koneella saanut vuoroa."),
        ("Kone", "Kone oli rikki."),
        ("Fiskarila Oyj", "Fiskarilaiset osasivat, myös uusfiskarila."),
        ("Pohjoisen Kahvila Oy", "Pohjoisen. Kahvila oli auki. Pohjoisen kahvilanpitäjä osasi."),
        ("Kund AB", "Kunden var nöjd med kundtjänsten."),
        ("Customer Ltd", "Each customer was heard."),
    ],
)
def test_common_words_and_compounds_are_no_client(client, text, secrets, tmp_path):
    """A name that is an ordinary word is found with its company form only, and none as a part of another word: no report is held up by them."""
    (tmp_path / "naapuri" / "engagement.yaml").write_text(f'client: "{client}"\n', encoding="utf-8")
    assert reason(PAGE.replace("BODY", text), secrets) == ""


def test_where_another_client_is_told_is_told_apart(secrets, tmp_path):
    """The reason names nobody; what is told at once shows the words, what stands around them, and what to leave out."""
    (tmp_path / "naapuri" / "engagement.yaml").write_text("client: Kilpailija Naapuri Oy\n", encoding="utf-8")
    with pytest.raises(DeliveryError) as refused:
        pass_or_refuse(PAGE.replace("BODY", "<p>Sujui kilpailija naapurissa hyvin.</p>"), secrets)
    assert "naapuri" not in refused.value.message
    assert 'It is "kilpailija naapurissa", here: "Raportti Hyvää työtä. Sujui kilpailija naapurissa hyvin.".' in str(
        refused.value
    )
    assert "`redact: [Kilpailija Naapuri]`" in refused.value.aside
    with pytest.raises(DeliveryError) as other:
        pass_or_refuse(PAGE.replace("BODY", "apu@esimerkki.fi"), secrets)
    assert other.value.aside == ""


@pytest.mark.parametrize("language", ["fi", *(pytest.param(name, marks=pytest.mark.slow) for name in ("sv", "en"))])
def test_the_sample_s_reports_pass_whole(language, tmp_path_factory, project, worker_id):
    """Every template's page, workbook and figures of the sample pass in each language."""
    base = tmp_path_factory.getbasetemp()
    reports = finished(base if worker_id == "master" else base.parent, project / "data" / "sample", language)
    secrets = Secrets(reports.parent, (OTHER,), minimum_respondents=5, minimum_raters=3)
    for stem in STEMS:
        page = (reports / f"{stem}.{language}.html").read_text(encoding="utf-8")
        results = json.loads((reports / f"{stem}.{language}.results.json").read_text(encoding="utf-8"))
        assert reason(page, secrets, results) == ""
    pass_or_refuse_workbook((reports / f"roi/roi.{language}.xlsx").read_bytes(), secrets)
