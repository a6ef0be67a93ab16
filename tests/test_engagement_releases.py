"""`releases.yaml`: read strictly, added to gently."""

from __future__ import annotations

import time

import pytest
from command_line import kohtaamo

from kohtaamo_utils.engagement.releases import (
    RELEASES_FILE,
    Additions,
    GroupEdition,
    Questionnaire,
    Release,
    ReviewEdition,
    day_of,
    new_secret,
    read_releases,
    with_additions,
)
from kohtaamo_utils.errors import SettingsError

MOMENT = "2026-03-03T08:15:00Z"
SECRET = "0123456789abcdef" * 2


def _release(number: int = 1, **more: object) -> Release:
    entry = {
        "report": f"review_360/r{number}.fi", "language": "fi", "key": "1" * 64, "html_sha256": "2" * 64,
        "approved_at": MOMENT, "approved_by": "Maija: \"M\"", "kohtaamo": "0.1.0", "edition": f"e{number}",
    }  # fmt: skip
    return Release.model_validate(entry | more)


def _edition(number: int = 1, raters: int = 2, items: int = 3) -> ReviewEdition:
    return ReviewEdition(
        id=f"e{number}", reviewee=f"r{number}", wave=None, released_at=MOMENT, minimum_raters=3, minimum_comments=5,
        scale=(1, 5), others="raters", min_item_share=0.5, questionnaire="12e4", groups="peer report",
        shown="peer 3.6/5 .\nreport 4.5+/6s 3.0/6", raters="\n".join(["x-Yz peer - " + "aB3-" * items] * raters),
    )  # fmt: skip


def _additions(**more: object) -> Additions:
    asked = Questionnaire(id="12e4", items=(("Kysyy: mitä?", "trust"), ("# ei huomautus", None)))
    everything = {"secret": SECRET, "releases": (_release(),), "questionnaires": (asked,), "editions": (_edition(),)}
    return Additions.model_validate(everything | more)


def _write(folder, text: str) -> None:
    (folder / RELEASES_FILE).write_text(text, encoding="utf-8")


def test_nothing_released(tmp_path):
    """Without the file nothing was approved."""
    assert read_releases(tmp_path) is None


def test_what_is_added_is_read_again(tmp_path):
    """Entries come back as they were given, odd names and texts that look like numbers included; the head says what the file is."""
    group = GroupEdition(id="g1", wave="2025", released_at=MOMENT, minimum_raters=3, reviewees={"r1": "e1"})
    added = _additions(group_editions=(group,))
    text = with_additions(tmp_path, added)
    _write(tmp_path, text)
    found = read_releases(tmp_path)
    assert found is not None
    assert found.model_dump() == added.model_dump()
    assert text.startswith("# What was approved: written by `kohtaamo approve`")


def test_a_persons_remarks_are_kept(tmp_path):
    """Remarks between and behind entries stay where they are when entries are added, and so does every entry."""
    _write(tmp_path, with_additions(tmp_path, _additions()))
    text = (tmp_path / RELEASES_FILE).read_text(encoding="utf-8")
    text = text.replace("releases:\n", "# sovittu puhelimessa\nreleases:\n").replace(
        "language: fi", "language: fi  # ok"
    )
    _write(tmp_path, text)
    more = with_additions(tmp_path, Additions(secret=SECRET, releases=(_release(2, edition="e1"),)))
    assert "# sovittu puhelimessa\nreleases:\n" in more
    assert "language: fi  # ok" in more
    assert [line for line in text.splitlines() if line not in more.splitlines()] == []
    _write(tmp_path, more)
    found = read_releases(tmp_path)
    assert found is not None
    assert [entry.report for entry in found.releases] == ["review_360/r1.fi", "review_360/r2.fi"]


def test_the_latest_approval_counts(tmp_path):
    """Of two entries of the same inputs the later one counts; other inputs are a draft."""
    added = _additions(releases=(_release(), _release(approved_by="Matti"), _release(key="3" * 64, approved_by="Aino")))
    _write(tmp_path, with_additions(tmp_path, added))
    found = read_releases(tmp_path)
    assert found is not None
    assert found.of("review_360/r1.fi", "1" * 64).approved_by == "Matti"  # type: ignore[union-attr]
    assert found.of("review_360/r1.fi", "4" * 64) is None
    assert found.last("review_360/r1.fi").approved_by == "Aino"  # type: ignore[union-attr]
    assert found.last("review_360/r9.fi") is None


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("  language: fi\n", "  lanuage: fi\n", "row 7: The key `lanuage` under `releases` is not known.*Did you mean `language`"),
        ("releases:\n", "relases:\n", "row 5: The key `relases` is not known"),
        ("  language: fi\n", "  language: de\n", 'key "releases.0.language", value "de": This should be fi, sv or en'),
        ("    ", "\t", "is not valid YAML"),
        ("secret: 0", "secret: x", 'key "secret"'),
        (MOMENT, "yesterday", 'key "releases.0.approved_at", value "yesterday"'),
        ("edition: e1", "edition: e9", "The entry e9 is named here but is not in the file any more"),
    ],
)  # fmt: skip
def test_a_file_that_was_changed_by_hand(old, new, told, tmp_path):
    """An unknown key, a wrong value, a lost entry: each is told with its place, and how to mend it."""
    text = with_additions(tmp_path, _additions())
    assert old in text
    _write(tmp_path, text.replace(old, new, 1))
    with pytest.raises(SettingsError, match=told) as error:
        read_releases(tmp_path)
    assert error.value.exit_status == 2


@pytest.mark.parametrize("text", ["", "- a\n", "kesken\n"])
def test_a_file_that_holds_nothing(text, tmp_path):
    """An empty file is not taken for no approvals: something was there."""
    _write(tmp_path, text)
    with pytest.raises(SettingsError, match="The file holds no approvals"):
        read_releases(tmp_path)


def test_a_moment_without_quotation_marks(tmp_path):
    """Who takes the quotation marks off a moment has not changed it."""
    _write(tmp_path, with_additions(tmp_path, _additions()).replace(f"'{MOMENT}'", MOMENT))
    found = read_releases(tmp_path)
    assert found is not None
    assert found.releases[0].approved_at == MOMENT
    assert day_of(MOMENT).isoformat() == "2026-03-03"


@pytest.mark.parametrize("command", ["check", "run", "approve"])
def test_the_commands_tell_it(command, tmp_path):
    """A broken file stops check, run and approve with status 2 and the place, in the engagement's language."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "k.csv").write_text("nps\n9\n", encoding="utf-8")
    source = "sources:\n  survey: {file: data/k.csv, constants: {respondent_group: customer}}\n"
    (tmp_path / "engagement.yaml").write_text(f"client: A\n{source}", encoding="utf-8")
    _write(tmp_path, "secret: x\n")
    done = kohtaamo(command, ".", folder=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "Tiedostoa releases.yaml ei voi käyttää tällaisenaan." in done.stderr
    assert "rivi 1, avain ”secret”" in done.stderr


def test_secrets_are_not_alike():
    """Each engagement has a key of its own, of 128 random bits."""
    assert len({new_secret() for _ in range(100)}) == 100
    assert len(new_secret()) == 32


@pytest.mark.slow
def test_five_hundred_reviewees(tmp_path):
    """A programme of 500 reviewees with 12 raters and 40 items each is added and read in seconds."""
    everybody = range(500)
    added = _additions(
        releases=tuple(map(_release, everybody)), editions=tuple(_edition(number, 12, 40) for number in everybody)
    )
    start = time.perf_counter()
    text = with_additions(tmp_path, added)
    _write(tmp_path, text)
    found = read_releases(tmp_path)
    assert time.perf_counter() - start < 30  # a few seconds on an idle machine
    assert found is not None
    assert len(found.editions) == 500
    assert len(text) < 3_000_000
