"""The commands speak the engagement's language, and machines get what does not depend on it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from command_line import kohtaamo, shop
from messages import untold

from kohtaamo_utils.errors import KohtaamoError, Problem, say
from kohtaamo_utils.presentation.catalogs import TRANSLATED
from kohtaamo_utils.reports import roi
from kohtaamo_utils.telling import problem_lines, unusable

if TYPE_CHECKING:
    from pathlib import Path

COLUMN = "nps\n9\n7\n"


def _survey(folder: Path, language: str, rows: str = COLUMN, more: str = "") -> Path:
    (folder / "data").mkdir(parents=True)
    (folder / "data" / "kysely.csv").write_text(rows, encoding="utf-8")
    source = "sources:\n  survey: {file: data/kysely.csv, constants: {respondent_group: customer}}\n"
    (folder / "engagement.yaml").write_text(f"client: A\nlanguage: {language}\n{source}{more}", encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("language", "first", "last"),
    [
        (
            "fi",
            "data/kysely.csv, rivi 2, sarake ”nps”, arvo ”12”: 12 ei kuulu asteikolle. Pitäisi olla: kokonaisluku 0–10. Korjaa arvo, tai jos se tarkoittaa, ettei vastausta ole, lisää se näin: `missing: {nps: [12]}`.",
            ["... ja vielä 2 samanlaista (out_of_range).", "22 ongelmaa."],
        ),
        (
            "sv",
            "data/kysely.csv, rad 2, kolumn ”nps”, värde ”12”: 12 är utanför skalan. Ska vara: ett heltal från 0 till 10. Rätta värdet, eller om det betyder att svar saknas, lägg till det så här: `missing: {nps: [12]}`.",
            ["... och 2 till av samma slag (out_of_range).", "22 problem."],
        ),
    ],
)
def test_check_with_problems(language, first, last, tmp_path):
    """`check` tells place, value, what is right and what to do in the language, at most twenty of a kind, with the total."""
    done = kohtaamo("check", _survey(tmp_path / "e", language, "nps\n" + "12\n" * 22), folder=tmp_path)
    lines = done.stderr.splitlines()
    assert (done.returncode, done.stdout, len(lines)) == (1, "", 22)
    assert (lines[0], lines[-2:]) == (first, last)


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        (
            "fi",
            ["survey: rivejä luettu 2, jätetty pois 0, käytetty 2.",
             "  data/kysely.csv: sarake nps tunnistettu omasta nimestään",
             "  data/kysely.csv: näkökulma vastaajaryhmän mukaan: asiakkailla koettu, henkilöstöllä uskottu"],
        ),
        (
            "sv",
            ["survey: 2 rader lästa, 0 utelämnade, 2 använda.",
             "  data/kysely.csv: kolumnen nps igenkänd på sitt eget namn",
             "  data/kysely.csv: perspektiv efter respondentgrupp: kunder det upplevda, personal det förmodade"],
        ),
    ],
)  # fmt: skip
def test_check_of_good_data(language, lines, tmp_path):
    """What intake inferred is listed in the language too."""
    done = kohtaamo("check", _survey(tmp_path / "e", language), folder=tmp_path)
    assert (done.returncode, done.stderr, done.stdout.splitlines()) == (0, "", lines)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fi", ("Tiedostoa engagement.yaml ei voi käyttää tällaisenaan:", "Avainta `soruces` ei tunneta.")),
        ("sv", ("Filen engagement.yaml kan inte användas som den är:", "Nyckeln `soruces` är okänd.")),
        ("de", ("engagement.yaml cannot be used as it is:", "This should be fi, sv or en.")),
    ],
)
@pytest.mark.parametrize("command", ["check", "map", "run"])
def test_settings_that_cannot_be_used(command, language, said, tmp_path):
    """Settings that cannot be used are told in the language that they name; in English where it is none that we speak."""
    folder = _survey(tmp_path / "e", language, more="soruces: 1\n")
    done = kohtaamo(command, folder, folder=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert [text for text in said if text not in done.stderr] == []


def test_broken_yaml_is_told_in_the_language_it_names(tmp_path):
    """A file that is not YAML at all still says which language it is in."""
    folder = _survey(tmp_path / "e", '"sv"', more="a: [\n")
    assert "Detta är inte giltig YAML" in kohtaamo("check", folder, folder=tmp_path).stderr


@pytest.mark.parametrize(
    ("language", "made", "there"),
    [
        ("fi", "Vie asiakkaan tiedostot kansioon", "on jo olemassa, eikä siinä muutettu mitään. Anna toinen kansio."),
        ("sv", "Lägg kundens filer i mappen", "finns redan, och ingenting ändrades i den. Ange en annan mapp."),
        ("en", "Put the client's files into", "is already there, and nothing of it was changed. Give another folder."),
    ],
)
def test_new(language, made, there, tmp_path):
    """`new` speaks the language that it is given, also when it cannot do what it is asked."""
    arguments = ("new", "uusi", "--client", "A", "--language", language)
    assert made in kohtaamo(*arguments, folder=tmp_path).stdout
    again = kohtaamo(*arguments, folder=tmp_path)
    assert (again.returncode, there in again.stderr) == (2, True)


@pytest.mark.parametrize(
    ("language", "said", "comment"),
    [
        (
            "fi",
            ("varmuus", "nimi Kohtaamossa", "otsikko muistuttaa ilmausta ”nps”", "mikään taulu ei sovi sen otsikoihin",
             "Ehdotuksista 4/5 kirjoitettiin (+) tiedostoon"),
            "# komennon kohtaamo map ehdotus, 0.",
        ),
        (
            "sv",
            ("säkerhet", "namn i Kohtaamo", "rubriken liknar ”nps”", "ingen tabell passar dess rubriker",
             "Av förslagen skrevs 4/5 (+) till filen"),
            "# föreslaget av kohtaamo map, 0.",
        ),
    ],
)  # fmt: skip
def test_map(language, said, comment, tmp_path):
    """`map` gives its table, its reasons, its sum and its comments in the file in the language."""
    (tmp_path / "e" / "data").mkdir(parents=True)
    for name, rows in (("asiakaskysely.csv", "NPS;CSAT\n9;5\n2;1\n"), ("muu.csv", "x;y\n1;2\n")):
        (tmp_path / "e" / "data" / name).write_text(rows, encoding="utf-8")
    file = tmp_path / "e" / "engagement.yaml"
    file.write_text(f"client: A\nlanguage: {language}\n", encoding="utf-8")
    done = kohtaamo("map", "e", folder=tmp_path)
    assert [text for text in said if text not in done.stdout] == [], done.stdout
    assert file.read_text(encoding="utf-8").count(comment) == 4


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fi", "Tekemättä: current_state, koska sen aineistossa on ongelmia. Aiemmat versiot jäivät ennalleen."),
        ("sv", "Inte gjord: current_state, eftersom dess data har problem. Tidigare versioner är som de var."),
    ],
)
def test_run_with_problems(language, said, tmp_path):
    """`run` tells in the language what it did not make and why; the consultant's own file of problems says the same."""
    folder = _survey(tmp_path / "e", language, "nps\n12\n")
    done = kohtaamo("run", folder, folder=tmp_path)
    first, total, skipped = done.stderr.splitlines()
    assert (done.returncode, skipped) == (1, said)
    assert total == {"fi": "1 ongelma.", "sv": "1 problem."}[language]
    assert (folder / "reports/internal/problems.txt").read_text(encoding="utf-8") == first + "\n"


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fi", "Raporttia 'rio' ei ole."),
        ("sv", "Rapporten 'rio' finns inte."),
        ("en", "There is no report called 'rio'."),
    ],
)
def test_run_of_what_is_not_there(language, said, tmp_path):
    """Wrong options are told in the language of the engagement that they are given for."""
    done = kohtaamo("run", _survey(tmp_path / "e", language), "--report", "rio", folder=tmp_path)
    assert (done.returncode, said in done.stderr) == (2, True)


def test_json_of_problems(tmp_path):
    """Machines get English texts, the kind, template and values in any language, and the text for a reader beside them."""
    done = kohtaamo("check", _survey(tmp_path / "e", "fi", "nps\n12\n"), "--json", folder=tmp_path)
    [found] = json.loads(done.stdout)["problems"]
    assert (done.returncode, done.stderr) == (1, "")
    assert (found["kind"], found["message"]) == ("out_of_range", "12 is outside the scale.")
    assert (found["template"], found["values"]) == ("{value} is outside the scale.", {"value": "12"})
    assert found["text"].startswith("data/kysely.csv, rivi 2, sarake ”nps”, arvo ”12”: 12 ei kuulu asteikolle.")


def test_json_of_the_log(tmp_path):
    """A log entry has its English detail and its text in the language."""
    done = kohtaamo("check", _survey(tmp_path / "e", "sv"), "--json", folder=tmp_path)
    [entry] = [each for each in json.loads(done.stdout)["log"] if each["rule"] == "own_name"]
    assert (entry["detail"], entry["text"]) == (
        "column nps taken by its own name", "kolumnen nps igenkänd på sitt eget namn",
    )  # fmt: skip


NO_SUCH_DAYS = [
    ("period: {start: 2025-02-30, end: 2025-12-31}", "period.start", "2025-02-30"),
    ("period: {start: 2025-01-01, end: 2025-13-01}", "period.end", "2025-13-01"),
    ("roi: {retention: {baseline: {start: 2024-02-30, end: 2024-12-31}}}", "roi.retention.baseline.start", "2024-02-30"),
]  # fmt: skip


@pytest.mark.parametrize("command", ["check", "run", "map", "lab"])
@pytest.mark.parametrize(("more", "key", "value"), NO_SUCH_DAYS)
def test_a_day_that_is_in_no_calendar(command, more, key, value, tmp_path):
    """An impossible day in the settings is told by each command in its place and in the engagement's language, not as a crash."""
    done = kohtaamo(command, _survey(tmp_path / "e", "fi", more=more), folder=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"rivi 5, avain ”{key}”, arvo ”{value}”: Tässä pitäisi olla päivämäärä" in done.stderr


@pytest.mark.parametrize(
    "more", ["soruces: 1\n", "a: [\n", "period: {start: 2025-02-30, end: 2025-12-31}\n", "currency: !!int kruunu\n"]
)
def test_json_of_broken_settings(more, tmp_path):
    """Settings that cannot be used are JSON too, with the status that they have without it."""
    done = kohtaamo("check", _survey(tmp_path / "e", "fi", more=more), "--json", folder=tmp_path)
    found = json.loads(done.stdout)
    assert (done.returncode, done.stderr, found["tables"], found["log"]) == (2, "", {}, [])
    assert [(each["file"], each["row"] is not None) for each in found["problems"]] == [("engagement.yaml", True)]


def test_json_without_an_engagement(tmp_path):
    """A folder without settings is one problem for machines."""
    done = kohtaamo("check", "nowhere", "--json", folder=tmp_path)
    [found] = json.loads(done.stdout)["problems"]
    assert (done.returncode, found["kind"]) == (2, "settings")
    assert found["message"].startswith("There is no engagement.yaml in the folder nowhere.")


def test_the_rest_of_a_kind_is_counted_in_the_right_form():
    """One more of a kind and two more are two forms."""
    problem = Problem(file="a.csv", message=say("The file is empty."), kind="empty")
    rest = [list(problem_lines([problem] * count))[20] for count in (21, 22)]
    assert [(line, line.number) for line in rest] == [
        ("... and 1 more of this kind (empty).", 1),
        ("... and 2 more of this kind (empty).", 2),
    ]


@pytest.mark.parametrize("error", [FileNotFoundError, PermissionError, NotADirectoryError, FileExistsError])
def test_the_system_is_put_into_words(error, tmp_path):
    """What the system refuses is told with the path and a reason that is in the catalogs."""
    code = {FileNotFoundError: 2, PermissionError: 13, NotADirectoryError: 20, FileExistsError: 17}[error]
    message = unusable(OSError(code, "system's own English", str(tmp_path)))
    assert str(tmp_path) in message
    assert "system's own English" not in message
    assert [untold(message, language) for language in TRANSLATED] == [[], []]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("sv", "ROI-rapporten behöver minst en av"),
        ("", "ROI-raportti tarvitsee ainakin yhden"),
        ("de", "Kieltä 'de' ei tunneta."),
    ],
)
def test_a_report_that_cannot_be_opened(asked, said, tmp_path):
    """A notebook shows why a report cannot be opened in its language, else in the engagement's, and no traceback."""
    folder = _survey(tmp_path / "e", "fi")
    with pytest.raises(KohtaamoError) as raised:
        roi.open_report(str(folder), asked)
    [shown] = raised.value._render_traceback_()
    assert shown.startswith(said)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "fi",
            "Epäonnistui: roi/roi.fi\n  `roi.retention` ei löytänyt asiakkaita, joita olisi voitu seurata koko ajan",
        ),
        ("sv", "Misslyckades: roi/roi.sv\n  `roi.retention` hittade inga kunder som kunde följas hela tiden"),
    ],
)
def test_a_failed_report_says_why(language, said, tmp_path):
    """The reason that a report's own process gives reaches the terminal in the language."""
    folder = shop(tmp_path / "e")
    settings = (
        (folder / "engagement.yaml").read_text(encoding="utf-8").replace("client:", f"language: {language}\nclient:")
    )
    retention = (
        "  retention:\n    effect: {low: 0.0, likely: 0.01, high: 0.02, unit: points, source: a, grade: B}\n"
        "    baseline: {start: 2020-01-01, end: 2020-12-31}\n    follow_up: {start: 2021-01-01, end: 2021-12-31}\n"
        "    margin_per_customer: 10\n"
    )
    (folder / "engagement.yaml").write_text(
        settings.replace("  simulations", f"{retention}  simulations"), encoding="utf-8"
    )
    done = kohtaamo("run", "e", folder=tmp_path)
    assert (done.returncode, said in done.stderr) == (1, True), done.stderr
