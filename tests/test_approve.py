"""`kohtaamo approve` takes the draft mark off what was read, and of a 360 report only if it may stand beside the earlier ones."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from approvals import FIRST, SECOND, THIRD, add_rater, approved, planned, programme, run
from command_line import content, kohtaamo
from messages import untold

from kohtaamo_utils.delivery import approve as approving
from kohtaamo_utils.delivery.index import index_html
from kohtaamo_utils.delivery.reviews import refusal_text
from kohtaamo_utils.disclosure.released import Refusal
from kohtaamo_utils.engagement import load
from kohtaamo_utils.engagement.releases import RELEASES_FILE, read_releases
from kohtaamo_utils.errors import DeliveryError, SettingsError
from kohtaamo_utils.presentation.catalogs import TRANSLATED
from kohtaamo_utils.presentation.wording import Wording

if TYPE_CHECKING:
    from pathlib import Path

MARK = re.compile(r'<aside class="draft".*?</aside>\n')
STEMS = ["review_360/r03.fi", "review_360/group.fi"]


@pytest.fixture
def folder(tmp_path) -> Path:
    """Make an engagement whose 360 reports are made."""
    made = programme(tmp_path / "e")
    run(made)
    return made


def _page(folder: Path, stem: str = STEMS[0]) -> str:
    return (folder / "reports" / f"{stem}.html").read_text(encoding="utf-8")


def _results(folder: Path, stem: str = STEMS[0]) -> dict[str, object]:
    found: dict[str, object] = json.loads((folder / "reports" / f"{stem}.results.json").read_text(encoding="utf-8"))
    return found


def test_apart_from_the_mark_the_page_is_what_was_read(folder):
    """The mark goes and nothing else: without its line the draft is the approved page, byte for byte."""
    draft = _page(folder)
    assert len(MARK.findall(draft)) == 1
    assert {each.state for each in approved(folder).values()} == {"approved"}
    assert _page(folder) == MARK.sub("", draft)


def test_the_figures_say_what_they_are_of(folder):
    """`results.json` says that it is a draft, later who approved it and when; the order of its keys stays."""
    draft = _results(folder)
    assert (draft["draft"], draft["approved"]) == (True, None)
    approved(folder)
    found = _results(folder)
    assert (found["draft"], found["approved"]) == (False, {"at": FIRST, "by": "Maija"})
    assert json.dumps(found["figures"]) == json.dumps(draft["figures"])
    assert list(found) == list(draft)


def test_who_and_when_are_recorded(folder):
    """Each report's entry names its inputs, its page, when and who; the reader's page names nobody."""
    approved(folder)
    releases = read_releases(folder)
    assert releases is not None
    assert [entry.report for entry in releases.releases] == STEMS
    entry = releases.releases[0]
    provenance = _results(folder)["provenance"]
    assert (entry.key, entry.html_sha256) == (provenance["key"], provenance["html_sha256"])  # type: ignore[index]
    assert (entry.approved_at, entry.approved_by, entry.language) == (FIRST, "Maija", "fi")
    assert "Maija" not in _page(folder)


def test_a_later_run_keeps_the_approval(folder):
    """Unchanged inputs give the approved files again, byte for byte, also into an empty folder."""
    approved(folder)
    before = content(folder / "reports", "review_360/*")
    run(folder)
    assert content(folder / "reports", "review_360/*") == before


def test_changed_inputs_make_a_draft(folder):
    """A changed answer makes a new report, and that is a draft until it is approved itself."""
    approved(folder)
    file = folder / "data" / "arviot.csv"
    file.write_text(file.read_text(encoding="utf-8").replace(",2\n", ",3\n"), encoding="utf-8")
    run(folder)
    assert len(MARK.findall(_page(folder))) == 1
    assert _results(folder)["draft"] is True


def test_approving_twice_changes_nothing(folder):
    """What is approved is left alone, and its first entry stays."""
    approved(folder)
    before = content(folder)
    assert {each.state for each in approved(folder, moment=SECOND, by="Matti").values()} == {"already"}
    assert content(folder) == before


def test_another_language_is_the_same_edition(folder):
    """The same answers in Swedish are no second edition."""
    approved(folder)
    run(folder, "sv")
    assert {each.state for each in approved(folder, moment=SECOND).values()} == {"already", "approved"}
    releases = read_releases(folder)
    assert releases is not None
    assert len(releases.editions) == 1
    assert len({entry.edition for entry in releases.releases if "r03" in entry.report}) == 1


# --- what is refused ---


def test_a_second_edition_waits_for_more_raters(folder):
    """One rater more is refused, and the released edition's entry stands; three more are approved."""
    approved(folder)
    add_rater(folder, "x0")
    run(folder)
    refused = approved(folder, "review_360/r03", moment=SECOND)[STEMS[0]]
    assert refused.state == "refused"
    assert refused.message.startswith(
        "Between this edition and that released on 3.3.2026 fewer than 3 protected raters"
    )
    assert len(MARK.findall(_page(folder))) == 1
    for number in range(1, 4):
        add_rater(folder, f"x{number}", base=number)
    run(folder)
    assert approved(folder, "review_360/r03", moment=THIRD)[STEMS[0]].state == "approved"
    releases = read_releases(folder)
    assert releases is not None
    assert [entry.released_at for entry in releases.editions] == [FIRST, THIRD]


def test_a_clients_corrected_name_makes_nobody_another(tmp_path):
    """Pseudonyms stay those of the first approval: one more rater after the client's name was put right is refused as before."""
    reviewee = "aino@yritys.fi"
    programme(tmp_path, reviewees=())
    for place, (rater, group) in enumerate([("m", "manager"), *((f"p{n}", "peer") for n in range(5))]):
        add_rater(tmp_path, f"{rater}@yritys.fi", group, place, reviewee)
    run(tmp_path)
    first = approved(tmp_path)
    (stem,) = [name for name in first if "group" not in name]
    assert first[stem].state == "approved"
    add_rater(tmp_path, "uusi@yritys.fi", reviewee=reviewee)
    settings = tmp_path / "engagement.yaml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("Testi Oy", '"Testi: Oyj"'), encoding="utf-8")
    run(tmp_path)
    second = approved(tmp_path, moment=SECOND)
    assert second[stem].state == "refused"
    assert "fewer than 3 protected raters" in second[stem].message
    assert "@" not in (tmp_path / RELEASES_FILE).read_text(encoding="utf-8")
    (tmp_path / RELEASES_FILE).unlink()
    assert stem not in {task.stem for task in planned(tmp_path)}, "without a release the name decides"


def test_the_others_are_approved(tmp_path):
    """Of several reports the fine ones are approved and the rest told, in the order of the reports."""
    folder = programme(tmp_path / "e", reviewees=tuple(f"r{n}" for n in range(1, 7)))
    run(folder)
    approved(folder)
    add_rater(folder, "x", reviewee="r2")
    for number in range(3):
        add_rater(folder, f"x{number}", base=number, reviewee="r4")
    run(folder)
    found = approved(folder, moment=SECOND)
    states = {stem.split("/")[1]: each.state for stem, each in found.items()}
    assert states == {
        "r1.fi": "approved", "r2.fi": "refused", "r3.fi": "approved", "r4.fi": "approved", "r5.fi": "approved",
        "r6.fi": "approved", "group.fi": "refused",
    }  # fmt: skip
    assert "whose own reports are not released" in found["review_360/group.fi"].message


def test_what_was_not_made(folder):
    """A report that is not there cannot be approved; the message says how to make it."""
    (folder / "reports" / f"{STEMS[0]}.html").unlink()
    found = approved(folder)
    assert [each.state for each in found.values()] == ["refused", "approved"]
    assert found[STEMS[0]].message.startswith("It is not made, or not whole. Make it, read it, then approve")


def test_what_is_out_of_date(folder):
    """A report of other data than today's cannot be approved."""
    add_rater(folder, "x0")
    assert all("It is out of date" in each.message for each in approved(folder).values())
    assert not (folder / RELEASES_FILE).exists()


def test_what_was_changed_by_hand(folder):
    """A page that a person changed is not what its data give."""
    page = folder / "reports" / f"{STEMS[0]}.html"
    page.write_text(_page(folder).replace("r03", "r04"), encoding="utf-8")
    assert "It was changed by hand" in approved(folder)[STEMS[0]].message


@pytest.mark.parametrize("harm", ["gone", "another", "broken"])
def test_a_page_of_another_notebook(harm, folder):
    """A page whose notebook is gone, or would give another page, cannot be made without its mark."""
    notebook = folder / "reports" / "internal" / f"{STEMS[0]}.ipynb"
    if harm == "gone":
        notebook.unlink()
    else:
        changed = notebook.read_text(encoding="utf-8").replace("<p>review", "<p>other")
        notebook.write_text(changed if harm == "another" else "{", encoding="utf-8")
    assert "The executed notebook in reports/internal is gone, or" in approved(folder)[STEMS[0]].message


def test_the_gate_looks_again(folder, monkeypatch):
    """What the gate refuses today is not released, though it was made yesterday."""

    def refuse(*_: object) -> None:
        raise DeliveryError("a secret")

    monkeypatch.setattr("kohtaamo_utils.delivery.finish.pass_or_refuse", refuse)
    assert [each.message for each in approved(folder).values()] == ["a secret"] * 2


def test_data_with_problems(folder):
    """Where the ratings cannot be read, nothing of the 360 is approved."""
    with (folder / "data" / "arviot.csv").open("a", encoding="utf-8") as stream:
        stream.write("r03,z,peer,kuuntelee,listening,9\n")
    assert [each.stem for each in approved(folder).values()] == ["review_360"]
    assert "kohtaamo check" in approved(folder)["review_360"].message


@pytest.mark.parametrize("name", ["review_360/r99", "review_360/", "rio/x", "rio"])
def test_a_report_that_does_not_exist(name, folder):
    """A name that is none of the engagement's reports is told with names that are."""
    with pytest.raises(SettingsError, match=r"There is no report (?:called )?'"):
        approved(folder, name)


def test_nothing_made_yet(tmp_path):
    """Without any report there is nothing to approve."""
    with pytest.raises(DeliveryError, match="No report was made yet"):
        approved(programme(tmp_path / "e"))


# --- what happens between the files ---


@pytest.mark.parametrize("by", ["run", "approve"])
def test_an_interrupted_approval_is_finished_later(by, folder, monkeypatch):
    """The entry is written first: what was recorded but not yet put in place loses its mark by the next run or approval."""
    monkeypatch.setattr(approving, "put_in_place", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt()))
    with pytest.raises(KeyboardInterrupt):
        approved(folder)
    assert len(MARK.findall(_page(folder))) == 1
    monkeypatch.undo()
    if by == "run":
        run(folder)
    else:
        assert {each.state for each in approved(folder, moment=SECOND).values()} == {"already"}
    assert MARK.findall(_page(folder)) == []
    assert _results(folder)["approved"] == {"at": FIRST, "by": "Maija"}


def test_a_withdrawn_approval(folder):
    """Who takes an entry out has a draft again after the next run."""
    approved(folder)
    (folder / RELEASES_FILE).unlink()
    run(folder)
    assert len(MARK.findall(_page(folder))) == 1


def test_what_comes_out_otherwise_is_a_draft(folder):
    """A page that differs from the approved one, though of the same inputs, bears the mark."""
    approved(folder)
    file = folder / RELEASES_FILE
    sha256 = _results(folder)["provenance"]["html_sha256"]  # type: ignore[index]
    file.write_text(file.read_text(encoding="utf-8").replace(str(sha256), "a" * 64), encoding="utf-8")
    run(folder)
    assert len(MARK.findall(_page(folder))) == 1


# --- what is told ---


def test_the_index_tells_the_state(folder):
    """The consultant's index says what is a draft, what is approved, and what has changed since."""

    def states() -> list[str]:
        page = index_html(load(folder), released=read_releases(folder) or approving.Releases(secret="0" * 32))
        return re.findall(r'<span class="approval">([^<]*)</span>', page)

    assert states() == ["luonnos"] * 2
    approved(folder)
    assert states() == ["hyväksytty 3.3.2026"] * 2
    written = (folder / "reports" / "index.html").read_text(encoding="utf-8")
    assert written.count("hyväksytty 3.3.2026") == 2
    add_rater(folder, "x0")
    run(folder)
    assert states() == ["luonnos; muuttunut sen jälkeen, kun se hyväksyttiin 3.3.2026"] * 2


@pytest.mark.parametrize("why", ["raters", "figures", "settings", "spread", "extreme", "comments", "reviewees"])
@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_refusals_are_told(why, language):
    """Every refusal has its sentence in each language, with the day and the threshold, and with what to do."""
    said = refusal_text(Refusal(why, 3, FIRST), language)
    assert [untold(said, each) for each in TRANSLATED] == [[], []]
    told = Wording(language).told(said)
    assert {"fi": "3.3.2026", "sv": "3.3.2026", "en": "03/03/2026"}[language] in told
    assert ("3 " in told) == (why != "extreme")
    assert {"fi": "pidä voimassa", "sv": "gälla", "en": "keep the released"}[language] in told


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        (
            "fi",
            [
                "Ei hyväksytty: review_360/r03.fi",
                "  Tämän ja 3.3.2026 julkaistun version välillä on lisätty, poistettu tai muuttunut alle 3 suojattua arvioijaa; heitä pitää olla joko ei yhtään tai vähintään 3. Odota lisää vastauksia, tai pidä voimassa julkaistu versio.",
                "Raportit: hyväksytty 1, jäi hyväksymättä 1.",
            ],
        ),
        (
            "sv",
            [
                "Inte godkänd: review_360/r03.sv",
                "  Mellan den här versionen och den som publicerades 3.3.2026 har färre än 3 skyddade utvärderare tillkommit, fallit bort eller ändrats; det ska vara antingen ingen eller minst 3. Vänta på fler svar, eller låt den publicerade versionen gälla.",
                "Rapporter: 1 godkända, 1 inte godkända.",
            ],
        ),
    ],
)
def test_the_command(language, lines, tmp_path):
    """The command tells what was approved and what not, in the engagement's language, and ends with 1 where one was refused."""
    folder = programme(tmp_path / "e", language)
    run(folder, language)
    approved(folder)
    add_rater(folder, "x0")
    run(folder, language)
    done = kohtaamo("approve", "e", "--by", "Maija", folder=tmp_path)
    assert (done.returncode, done.stderr.splitlines() + done.stdout.splitlines()) == (1, lines)
    assert "approved_by: Maija" in (folder / RELEASES_FILE).read_text(encoding="utf-8")


def test_the_users_name_is_the_default(monkeypatch):
    """Without --by the system's name of the user is recorded; without one the command asks for it."""
    monkeypatch.setattr("getpass.getuser", lambda: "maija")
    assert approving.user_name() == "maija"

    def nobody() -> str:
        raise OSError("No username set in the environment")

    monkeypatch.setattr("getpass.getuser", nobody)
    with pytest.raises(SettingsError, match="--by NAME"):
        approving.user_name()


@pytest.mark.slow
def test_from_the_first_run_to_the_second_edition(tmp_path):
    """Run, approve, run unchanged, one rater more, refused, three more, approved: as a consultant types it."""
    folder = programme(tmp_path / "e", reviewees=tuple(f"r0{number}" for number in range(1, 6)))

    def command(*arguments: str) -> str:
        done = kohtaamo(*arguments, folder=tmp_path)
        return f"{done.returncode} {done.stderr}{done.stdout}"

    assert "tehty 6" in command("run", "e")
    draft = _page(folder)
    assert command("approve", "e", "--by", "Maija") == "0 Raportit: hyväksytty 6.\n"
    assert _page(folder) == MARK.sub("", draft)
    released = content(folder / "reports", "review_360/*")
    assert "ajan tasalla 6" in command("run", "e")
    assert "tehty 6" in command("run", "e", "--force")
    assert content(folder / "reports", "review_360/*") == released
    add_rater(folder, "x0")
    assert "tehty 6" in command("run", "e")
    assert len(MARK.findall(_page(folder))) == 1
    told = command("approve", "e")
    assert told.startswith("1 Ei hyväksytty: review_360/r03.fi\n  Tämän ja ")
    assert "alle 3 suojattua arvioijaa" in told
    assert told.endswith("Raportit: hyväksytty 4, jäi hyväksymättä 2.\n")
    for number in range(1, 4):
        add_rater(folder, f"x{number}", base=number)
    assert "tehty 6" in command("run", "e")
    assert command("approve", "e", "--report", "review_360") == "0 Raportit: hyväksytty 6.\n"
    assert MARK.findall(_page(folder)) == []
