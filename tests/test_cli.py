"""The command line as a user meets it: help, exit status, messages, and no traceback."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from command_line import ROI_SETTINGS, content, kohtaamo, kohtaamo_itself, shop
from ruamel.yaml import YAML

from kohtaamo_utils.delivery.describe import template_names
from kohtaamo_utils.engagement import EngagementSettings, load
from kohtaamo_utils.resources import bundled

if TYPE_CHECKING:
    from pathlib import Path

COMMANDS = ("demo", "new", "map", "check", "run", "approve", "verify", "diff", "lab", "templates")
HEAVY = ("pandas", "numpy", "matplotlib", "seaborn", "statsmodels", "papermill", "nbconvert", "pandera", "pydantic")


@pytest.mark.parametrize("command", COMMANDS)
def test_help_holds_an_example(command, tmp_path):
    """Each command's help ends with an example of that command."""
    done = kohtaamo_itself(command, "--help", folder=tmp_path)
    assert done.returncode == 0
    assert f"Example: kohtaamo {command}" in done.stdout


def test_help_names_every_command(tmp_path):
    """The help without a command names them all."""
    shown = kohtaamo("--help", folder=tmp_path).stdout
    assert [command for command in COMMANDS if f" {command} " not in shown] == []


def test_importing_the_command_line_is_light():
    """The heavy libraries are loaded by the commands that need them, never by the command line itself."""
    code = f"import sys, kohtaamo_utils.cli; print([name for name in {HEAVY!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_version(tmp_path):
    """The version is the package's own."""
    from kohtaamo_utils import __version__

    assert kohtaamo("--version", folder=tmp_path).stdout.strip() == __version__


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ("run", "e", "--report", "rio"),
            "There is no report called 'rio'. The reports are: current_state, roi, review_360.",
        ),
        (("run", "e", "--report", "review_360"), "needs the source `ratings_360` in engagement.yaml"),
        (("run", "e", "--language", "de"), "The language 'de' is not known. Use one of fi, sv, en."),
        (
            ("run", "e", "--audience", "owner"),
            "There is no audience called 'owner'. Use one of management, supervisor, employee.",
        ),
        (("run", "e", "--jobs", "-1"), "'-1' is neither a number of reports nor auto."),
        (("run", "e", "--jobs", "0"), "'0' is neither a number of reports nor auto."),
        (("run", "e/engagement.yaml"), "engagement.yaml is a file. Give the engagement folder that it is in: e"),
        (("run", "nowhere"), "There is no engagement.yaml in the folder nowhere."),
        (("check", "nowhere"), "make one with: kohtaamo new DIR --client NAME"),
        (("templates", "rio"), "There is no template called 'rio'. The templates are: current_state, "),
        (("new", "f", "--client", "A", "--language", "de"), "The language 'de' is not known. Use one of fi, sv, en."),
        (("new", "f", "--client", "  ", "--language", "en"), "The client's name is empty."),
        (("new", "f", "--client", "A\nB", "--language", "en"), "holds a line break"),
        (("new", "f"), "Missing option '--client'"),
        (("demo", "e"), "e holds another engagement. Give the demo a folder of its own: kohtaamo demo DIR"),
        (("demo", "full"), "full is not empty."),
        (("rnu", "e"), "No such command 'rnu'"),
    ],
)
def test_wrong_usage_is_explained(arguments, said, tmp_path):
    """Wrong usage ends with status 2 and a message that says what is allowed; nothing is made."""
    _survey(tmp_path / "e", "nps\n5\n")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "letter.txt").write_text("Hei", encoding="utf-8")
    before = content(tmp_path)
    done = kohtaamo(*arguments, folder=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert content(tmp_path) == before


@pytest.mark.parametrize(
    "client", ['Asiakas "Ykkönen" Oy', "O'Brien & Söner: #1", "language: fi", "C:\\temp", "{nimi}"]
)
@pytest.mark.parametrize("language", ["fi", "sv"])
def test_new_keeps_the_name_as_given(client, language, tmp_path):
    """A new engagement loads, with the client's name and the language exactly as they were given."""
    done = kohtaamo("new", "uusi", "--client", client, "--language", language, folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "kohtaamo check uusi" in done.stdout
    settings = load(tmp_path / "uusi").settings
    assert (settings.client, settings.language, settings.sources) == (client, language, {})
    assert (tmp_path / "uusi" / "data").is_dir()


def test_new_never_overwrites(tmp_path):
    """An engagement that is there stays as it is, and other files in the folder too."""
    (tmp_path / "e" / "data").mkdir(parents=True)
    (tmp_path / "e" / "data" / "kysely.csv").write_text("nps\n9\n", encoding="utf-8")
    assert kohtaamo("new", "e", "--client", "A", folder=tmp_path).returncode == 0
    before = content(tmp_path)
    done = kohtaamo("new", "e", "--client", "B", "--language", "en", folder=tmp_path)
    assert done.returncode == 2
    assert "is already there, and nothing of it was changed" in done.stderr
    assert content(tmp_path) == before


def test_a_path_that_cannot_be_used_is_named(tmp_path):
    """A file where a folder should be is a message with its path, not a crash."""
    (tmp_path / "f").write_text("", encoding="utf-8")
    done = kohtaamo("new", "f/e", "--client", "A", "--language", "en", folder=tmp_path)
    assert done.returncode == 1
    assert "A file or folder cannot be used." in done.stderr
    assert "f/e" in done.stderr.replace("\\", "/")


def _examples() -> dict[str, str]:
    """Return the template's commented examples with their marks taken off: each block by its first key, and all together."""
    lines = bundled("data/engagement_template.yaml").read_text(encoding="utf-8").splitlines()
    blocks: list[list[str]] = []
    for line in lines:
        text = line.removeprefix("# ").rstrip()
        if not line.startswith("# ") or not (text.startswith(" ") or text.split(":")[0].replace("_", "").isalnum()):
            continue
        if text.startswith(" "):
            blocks[-1].append(text)
        elif ":" in text and not text.endswith("DIR"):
            blocks.append([text])
    found = {block[0].split(":")[0]: "\n".join(block) for block in blocks}
    return found | {"all": "\n".join(found.values())}


def test_examples_of_the_template_are_found():
    """The examples that the next test asks are the template's blocks."""
    assert list(_examples()) == [
        "industry", "brand", "period", "disclosure", "sources", "review_360", "survey_frame", "weighting", "touchpoints", "roi", "all",
    ]  # fmt: skip


@pytest.mark.parametrize("name", list(_examples()))
def test_examples_of_the_template_are_valid(name):
    """Each commented example in a new engagement.yaml is valid settings once its marks are taken off."""
    settings = EngagementSettings.model_validate({"client": "A", **YAML(typ="safe").load(_examples()[name])})
    assert name == "all" or name in settings.model_fields_set


def _survey(folder: Path, rows: str, settings: str = "") -> Path:
    """Make an engagement with one customers' survey."""
    (folder / "data").mkdir(parents=True)
    (folder / "data" / "kysely.csv").write_text(rows, encoding="utf-8")
    text = "client: A\nlanguage: en\nsources:\n  survey: {file: data/kysely.csv, constants: {respondent_group: customer}}\n"
    (folder / "engagement.yaml").write_text(text + settings, encoding="utf-8")
    return folder


def test_check_of_good_data(tmp_path):
    """Good data end with status 0 and tell how many rows are used."""
    done = kohtaamo("check", _survey(tmp_path / "e", "nps\n5\n9\n"), folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "survey: 2 rows read, 0 left out, 2 used." in done.stdout


def test_check_writes_nothing(tmp_path):
    """Checking leaves the folder as it was."""
    folder = _survey(tmp_path / "e", "nps\n5\n9\n")
    before = content(folder)
    kohtaamo("check", folder, folder=tmp_path)
    assert content(folder) == before


def test_check_prints_at_most_twenty_of_a_kind(tmp_path):
    """Of 25 breaches of one rule twenty are printed, the rest counted, and the total is said."""
    rows = "nps,csat\n" + "12,3\n" * 25 + "5,9\n"
    done = kohtaamo("check", _survey(tmp_path / "e", rows), folder=tmp_path)
    assert done.returncode == 1
    lines = done.stderr.splitlines()
    assert sum("outside the scale" in line for line in lines) == 20
    assert "... and 6 more of this kind (out_of_range)." in lines
    assert lines[-1] == "26 problems."


def test_check_as_json(tmp_path):
    """Machines get every problem with its place, the tables with their rows, and the log."""
    good = kohtaamo("check", _survey(tmp_path / "good", "nps\n5\n9\n"), "--json", folder=tmp_path)
    found = json.loads(good.stdout)
    assert (good.returncode, found["problems"], found["tables"]) == (0, [], {"survey": 2})
    assert {"table", "file", "kind", "count", "detail"} <= set(found["log"][0])
    bad = kohtaamo("check", _survey(tmp_path / "bad", "nps\n" + "12\n" * 25), "--json", folder=tmp_path)
    found = json.loads(bad.stdout)
    assert (bad.returncode, len(found["problems"]), found["tables"]) == (1, 25, {})
    place = {name: found["problems"][0][name] for name in ("file", "row", "column", "value", "kind", "table")}
    assert place == {
        "file": "data/kysely.csv", "row": 2, "column": "nps", "value": "12", "kind": "out_of_range", "table": "survey",
    }  # fmt: skip


SALES = "client: A\nlanguage: en\nsources:\n  transactions: {file: data/myynti.csv}\n" + ROI_SETTINGS
RATINGS = "client: A\nlanguage: en\nsources:\n  ratings_360: {file: data/arviot.csv}\n"
EMPLOYEES = "client: A\nlanguage: en\nsources:\n  employees: {file: data/henkilosto.csv}\n" + ROI_SETTINGS
SURVEY = (
    "client: A\nlanguage: en\nsources:\n  survey: {file: data/kysely.csv, constants: {respondent_group: customer}}\n"
)
MAPPED = "client: A\nlanguage: en\nsources:\n  survey: {file: data/kysely.csv, columns: {nps: Suosittelu}, constants: {respondent_group: customer}}\n"
TWICE = "reviewee_id,rater_id,rater_group,item,score\nr1,a,peer,kuuntelee,4\nr1,a,peer,kuuntelee,2\n"
BAD_INPUT = {
    "missing file": (SALES, {}, 1, ("data/myynti.csv", "There is no such file.")),
    "misspelt key": (
        SALES.replace("sources", "soruces"), {}, 2,
        ("engagement.yaml, row 3", "The key `soruces` is not known.", "Did you mean `sources`?"),
    ),
    "not YAML": ("client: A\nlanguage: en\nsources: [\n", {}, 2, ("engagement.yaml", "This is not valid YAML")),
    "empty settings": ("", {}, 2, ("engagement.yaml", "The file holds no settings.")),
    "missing column": (
        MAPPED, {"kysely.csv": "Suositus\n9\n"}, 1,
        ("data/kysely.csv", 'column "Suosittelu"', 'The file has no column "Suosittelu".', 'Did you mean "Suositus"?'),
    ),
    "score outside its scale": (
        SURVEY, {"kysely.csv": "nps\n9\n12\n"}, 1,
        ('data/kysely.csv, row 3, column "nps", value "12"', "a whole number from 0 to 10"),
    ),
    "text in a number column": (
        SALES, {"myynti.csv": "customer_id,ordered_on,amount\nA,2025-01-02,paljon\n"}, 1,
        ('data/myynti.csv, row 2, column "amount", value "paljon"',),
    ),
    "impossible date": (
        SALES, {"myynti.csv": "customer_id,ordered_on,amount\nA,2025-01-02,5\nA,2025-02-30,5\n"}, 1,
        ('data/myynti.csv, row 3, column "ordered_on", value "2025-02-30"',),
    ),
    "end before start": (
        EMPLOYEES, {"henkilosto.csv": "employee_id,started_on,ended_on\nE1,2025-03-01,2025-02-01\n"}, 1,
        ('data/henkilosto.csv, row 2, column "ended_on", value "2025-02-01"', "The end is before the start"),
    ),
    "empty file": (SURVEY, {"kysely.csv": ""}, 1, ("data/kysely.csv", "empty")),
    "no usable row": (SURVEY, {"kysely.csv": "nps\n"}, 1, ("data/kysely.csv",)),
    "duplicate ids": (RATINGS, {"arviot.csv": TWICE}, 1, ("data/arviot.csv, row 3", "r1")),
    "id unsafe as a file name": (RATINGS, {"arviot.csv": TWICE.replace("r1", "../r1", 1).replace("r1,a,peer,kuuntelee,2", "r2,a,peer,kuuntelee,2")}, 1, ("'../r1' cannot be a file name",)),
}  # fmt: skip


@pytest.mark.parametrize("case", list(BAD_INPUT))
def test_bad_input_is_told_and_earlier_reports_stay(case, tmp_path):
    """`run` on bad input tells file, row, column and value, ends with 1 or 2, and leaves earlier reports byte for byte."""
    settings, files, status, said = BAD_INPUT[case]
    folder = tmp_path / "e"
    for name in ("roi/roi.fi", "current_state/management.fi", "review_360/r1.fi"):
        for ending, text in ((".html", "<p>earlier</p>"), (".results.json", "{}")):
            file = folder / "reports" / f"{name}{ending}"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
    (folder / "reports" / "index.html").write_text("<p>earlier</p>", encoding="utf-8")  # else a crew is called at once
    (folder / "data").mkdir()
    for name, text in files.items():
        (folder / "data" / name).write_text(text, encoding="utf-8")
    (folder / "engagement.yaml").write_text(settings, encoding="utf-8")
    before = content(folder / "reports", "*/*.fi.*")
    done = kohtaamo("run", "e", "--language", "fi", folder=tmp_path)
    assert done.returncode == status, done.stderr
    assert [text for text in said if text not in done.stderr] == []
    assert content(folder / "reports", "*/*.fi.*") == before
    assert len(before) == 6


def test_templates_are_listed(tmp_path):
    """Without a name the templates are listed one a line."""
    done = kohtaamo("templates", folder=tmp_path)
    assert done.stdout.splitlines()[: len(template_names())] == list(template_names())
    assert set(template_names()) >= {"current_state", "roi", "review_360", "review_360_group"}


@pytest.mark.parametrize("name", template_names())
def test_a_template_tells_its_parameters(name, tmp_path, project):
    """With a name each of its parameters stands with type, default and help, and nothing is complained of."""
    cells = json.loads((project / "templates" / f"{name}.ipynb").read_text(encoding="utf-8"))["cells"]
    [source] = [cell["source"] for cell in cells if "parameters" in cell["metadata"].get("tags", ())]
    done = kohtaamo("templates", name, folder=tmp_path)
    shown = [line.strip() for line in done.stdout.splitlines()]
    assert (done.returncode, done.stderr) == (0, "")
    for line in source:
        parameter, _, rest = line.strip().partition(": ")
        kind, _, rest = rest.partition(" = ")
        default, _, told = rest.partition("  # ")
        assert f"{parameter} ({kind}), default {default}: {told}" in shown


def test_debug_shows_where(tmp_path):
    """With --debug, wherever it stands, Python's traceback is shown."""
    done = subprocess.run(
        [sys.executable, "-c", "import sys; sys.argv = ['kohtaamo', 'check', 'nowhere', '--debug']; import kohtaamo_utils.cli as c; c.main()"],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert "Traceback" in done.stderr
    assert "SettingsError" in done.stderr


def test_check_tells_an_effect_that_the_data_have_no_room_for(tmp_path: Path) -> None:
    """An effect beyond what was measured is a problem of check too, and not of run only; without it there is none."""
    folder = shop(tmp_path / "shop")
    assert kohtaamo("check", folder, folder=tmp_path).returncode == 0
    file = folder / "engagement.yaml"
    windows = "baseline: {start: 2024-01-01, end: 2024-06-30}, follow_up: {start: 2024-07-01, end: 2024-12-31}"
    effect = "effect: {low: 0.1, likely: 0.2, high: 0.3, unit: points, source: pilot, grade: B}"
    retention = f"  retention: {{source: transactions, {windows}, margin_per_customer: 80, {effect}}}\n"
    file.write_text("language: en\n" + file.read_text(encoding="utf-8") + retention, encoding="utf-8")
    told = kohtaamo("check", folder, folder=tmp_path)  # everybody stays already
    assert told.returncode == 1
    assert "`roi.retention.effect.low` is 0.1, which the data have no room for" in told.stdout + told.stderr
    machine = json.loads(kohtaamo("check", folder, "--json", folder=tmp_path).stdout)
    assert [problem["kind"] for problem in machine["problems"]] == ["business_case"]


def test_a_table_that_no_report_uses_is_told(tmp_path: Path) -> None:
    """Whoever lists a pilot hears from check and from run that no report is made of it."""
    folder = shop(tmp_path / "shop")
    (folder / "data" / "p.csv").write_text("unit,period,treated,after,outcome\nA,1/2024,yes,no,3\n", encoding="utf-8")
    file = folder / "engagement.yaml"
    file.write_text(
        file.read_text(encoding="utf-8").replace("sources:", "language: en\nsources:\n  pilot: {file: data/p.csv}"),
        encoding="utf-8",
    )
    for command in (("check",), ("run", "--jobs", "1")):
        told = kohtaamo(command[0], folder, *command[1:], folder=tmp_path)
        assert "pilot: no report uses it yet." in told.stdout, told.stderr
