"""What no client may get does not pass the gate, and what clients have written does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kohtaamo_utils.delivery import secrets
from kohtaamo_utils.delivery.gate import Secrets, pass_or_refuse
from kohtaamo_utils.delivery.seen import look, plain
from kohtaamo_utils.errors import DeliveryError

CLEAN = """<!DOCTYPE html><html lang="fi"><head><meta charset="utf-8"><title>Nykytila</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<style>.card{color:#123}@media print{a{color:inherit}}</style></head><body><a href="#nps">NPS</a>
<svg viewBox="0 0 1 1"><defs><path id="m"/></defs><use href="#m"/><g clip-path="url(#c)"><text>12,5</text></g></svg>
<img src="data:image/png;base64,AAAA" alt="Kuva"><a href="https://esimerkki.fi/ohje">ohje</a> BODY</body></html>"""
SAFE_FOLDER = Path("asiakas-oy")


def _reasons(body: str, *names: str, folder: Path = SAFE_FOLDER) -> str:
    """Return why a page with this in its body is refused; empty if it passes."""
    try:
        pass_or_refuse(CLEAN.replace("BODY", body), Secrets(folder, names))
    except DeliveryError as error:
        said = str(error).removeprefix("The report is not delivered, because the page holds ")
        return said.removesuffix(". Earlier versions are left as they were.")
    return ""


def test_a_clean_page_passes():
    """A page with styles, links, pictures inside and drawings passes."""
    assert _reasons("<p>Hyvää työtä.</p>") == ""


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("<script>x</script>", "a script"),
        ("<SCRIPT src=data:,x>", "a script"),
        ("<svg><script>x</script></svg>", "a script"),
        ("<iframe srcdoc='x'></iframe>", "a script"),
        ("<object data='data:text/html,x'></object>", "a script"),
        ("<a href='javascript:x'>y</a>", "a script"),
        ("<a href='java\nscript:x'>y</a>", "a script"),
        ("<a href=' JavaScript:x'>y</a>", "a script"),
        ("<a href='data:text/html,x'>y</a>", "a script"),
        ("<p onclick='x'>y</p>", "an event handler"),
        ("<p title='a > b' onclick='x'>y</p>", "an event handler"),
        ("<img/onerror=x src=data:,>", "an event handler"),
        ("<img src='https://a.fi/x.png' alt='x'>", "an address to load from"),
        ("<img alt='x' src=//a.fi/x.png>", "an address to load from"),
        ("<img alt='x' src='kuva.png'>", "an address to load from"),
        ("<img alt='x' srcset='https://a.fi/x.png 2x'>", "an address to load from"),
        ("<link rel=stylesheet href='https://a.fi/x.css'>", "an address to load from"),
        ("<svg><use href='https://a.fi/x.svg#a'/></svg>", "an address to load from"),
        ("<svg><image xlink:href='https://a.fi/x.png'/></svg>", "an address to load from"),
        ("<video poster='https://a.fi/x.png'></video>", "an address to load from"),
        ("<form action='https://a.fi'></form>", "an address to load from"),
        ("<base href='https://a.fi'>", "an address to load from"),
        ("<meta http-equiv='refresh' content='0;url=https://a.fi'>", "an address to load from"),
        ("<a href='ftp://a.fi'>x</a>", "an address to load from"),
        ("<style>@import 'x.css'</style>", "a style sheet to load"),
        ("<style>p{background:url(https://a.fi/x)}</style>", "a style sheet to load"),
        ("<p style='background:url(\"//a.fi/x\")'>y</p>", "a style sheet to load"),
        ("<pre>Traceback (most recent call last):\n x</pre>", "a traceback"),
        ("<pre>Traceback&nbsp;(most recent call last):\n x</pre>", "a traceback"),
        ("<p>roi.py:12: FutureWarning: x</p>", "a warning of the program"),
        ("<p>&lt;stdin&gt;:1: UserWarning: x</p>", "a warning of the program"),
        ("<td>nan</td>", "a missing number"),
        ("<td> NaN </td>", "a missing number"),
        ("<td>NaN,0</td>", "a missing number"),
        ("<td>nan&nbsp;%</td>", "a missing number"),
        ("<td>-inf</td>", "a missing number"),
        ("<td>∞</td>", "a missing number"),
        ("<td>None</td>", "a missing number"),
        ("<td>NaT</td>", "a missing number"),
        ("<td>&lt;NA&gt;</td>", "a missing number"),
        ("<p>/home/anna/asiakas</p>", "a path of this computer"),
        ("<p>file:///Users/anna/x</p>", "a path of this computer"),
        (r"<p>C:\Users\anna</p>", "a path of this computer"),
        ("<img src='data:,' alt='/home/anna/x'>", "a path of this computer"),
    ],
)
def test_each_forbidden_kind_is_caught(body, reason):
    """Each form of what no client may get is refused with its kind."""
    assert _reasons(body) == reason


def test_every_kind_is_named_once():
    """A page with several faults is refused with all of them, each once."""
    assert _reasons("<script>x</script><script>y</script><td>nan</td>") == "a script, a missing number"


def test_the_engagements_folder_is_a_path_of_this_computer(tmp_path):
    """The folder in which the report was made is not told, also where it is in no home."""
    assert _reasons(f"<p>{tmp_path / 'data.csv'}</p>", folder=tmp_path) == "a path of this computer"


@pytest.mark.parametrize(
    "body",
    [
        "UserWarning: kassajono",
        "Warning: wet floor",
        "{nimi} ei vastannut",
        "{}",
        "{count}",
        "Katso https://esimerkki.fi/home/kassa",
        "Päivällä on aina jono",
        "None of the staff said hello",
        "inf. lomake",
        "javascript: ei toiminut",
        "&lt;script&gt;alert(1)&lt;/script&gt;",
        "&lt;img src=https://a.fi onerror=x&gt;",
        "@import ja url(https://a.fi)",
        "Traceback",
    ],
)
def test_a_clients_words_pass(body):
    """A comment may hold what looks like a program's: only the forms that a program leaves are refused."""
    assert _reasons(f'<li>{body}</li><div aria-label="{body}"></div>') == ""


@pytest.mark.parametrize(
    "message",
    ["{count} rows were left out.", "x"],
)
def test_our_own_unfilled_message_is_caught(message, monkeypatch):
    """A message of ours whose places were not filled is refused, in any language of the catalogs."""
    monkeypatch.setattr(
        "kohtaamo_utils.delivery.traces.with_placeholders", lambda: frozenset({"{count} rows were left out."})
    )
    expected = "an unfilled placeholder" if "{" in message else ""
    assert _reasons(f"<p>So: {message}</p>") == expected


def test_messages_with_places_are_known_in_each_language():
    """The gate asks for the messages of the catalogs, English and translated, and only for those with places."""
    from kohtaamo_utils.presentation.wording import Wording, with_placeholders

    known = with_placeholders()
    assert len(known) > 50
    english = next(text for text in sorted(known) if Wording("fi")(text) != text and Wording("sv")(text) != text)
    for text in (english, Wording("fi")(english), Wording("sv")(english)):
        assert text in known
        assert _reasons(f"<p>{text}</p>".replace("&", "&amp;")) == "an unfilled placeholder"


@pytest.mark.parametrize(
    "body",
    [
        "<p>Maija Virtanen kuuntelee.</p>",
        "<p>maija VIRTANEN</p>",
        "<p>Maija&nbsp;Virtanen</p>",
        "<p>Maija\n Virtanen</p>",
        "<b>Maija</b> <i>Virtanen</i>",
        "<b>Maija</b><i>Virtanen</i>",
        "<p>Mai<b>ja</b> Vir<b>ta</b>nen</p>",
        "<text>Maija</text>\n<text>Virtanen</text>",
        "<p>Mai&shy;ja Virta&#8203;nen</p>",
        "<p>&#77;aija Virtanen</p>",
        "<img src='data:,' alt='Maija Virtanen'>",
        "<div aria-label='Maija Virtanen'></div>",
        "<p>(Maija Virtanen)</p>",
    ],
)
def test_anothers_name_is_caught(body):
    """The name of somebody else is found whole, in whatever markup it stands."""
    assert _reasons(body, "Maija Virtanen") == "a name that belongs to another report"


@pytest.mark.parametrize("name", ["O'Brien", "A & B Oy", "Åsa Öhman", "Li (HR)"])
def test_names_with_signs_are_caught(name):
    """Names with signs that HTML escapes, with letters beyond ASCII, or with brackets are found."""
    from markupsafe import escape

    assert _reasons(f"<p>{escape(name)}</p>", name) == "a name that belongs to another report"


@pytest.mark.parametrize(
    ("body", "name"),
    [
        ("<p>Ainakin Ainoa aina</p>", "Aino"),
        ("<p>Maija ja Virtanen</p>", "Maija Virtanen"),
        ("<p>kuuli</p>", "Li"),
        ("<p class='Aino'>x</p>", "Aino"),
    ],
)
def test_parts_of_words_pass(body, name):
    """A name inside another word, or apart, is not the name; neither is one of two letters."""
    assert _reasons(body, name) == ""


def test_the_reason_does_not_tell_the_secret():
    """The refusal says what kind of thing was found, not the name itself."""
    with pytest.raises(DeliveryError) as caught:
        pass_or_refuse("<p>Maija Virtanen</p>", Secrets(SAFE_FOLDER, ("Maija Virtanen",)))
    assert "Maija" not in str(caught.value)


def test_the_page_is_read_twice():
    """Tags read as spaces keep words apart, tags read as nothing keep a word together."""
    seen = look("<td>An</td><td>na&amp;co</td><style>p{}</style>")
    assert seen.readings == ("An na&co", "Anna&co")
    assert "p{}" in seen.style


def test_plain_text():
    """Every space is one space, and signs without width are gone."""
    assert plain("\u00a0a\n\tb\u00adc\u200b ") == "a bc"


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Ilkka Ilo", "ılkka ILO"),
        ("İnci Kaya", "inci kaya"),
        ("Strauß", "STRAUẞ"),
        ("Aino Aho-Elo", "aino aho-elo,"),
        ("Åke Öst", "(ÅKE ÖST)"),
        ("J. K. Elo", "j. k. elo"),
    ],
)
def test_name_is_found_however_it_is_written(name, written):
    """Looking first for a name's words overlooks none that the whole pattern would find."""
    assert _reasons(f"<p>x {written} y</p>", name) == "a name that belongs to another report"


def test_letters_taken_for_the_same_are_folded_to_the_same():
    """Whatever letters a pattern without case takes for one, the search for words takes for one too."""
    letters = [chr(code) for code in range(0x20000) if re.match(r"\w", chr(code))]
    forms = {(letter, form) for letter in letters for form in (letter.lower(), letter.upper(), letter.title())}
    forms |= {("s", "ſ"), ("k", "\u212a"), ("å", "\u212b"), ("i", "ı"), ("İ", "i"), ("ﬅ", "ﬆ"), ("ς", "σ"), ("θ", "ϑ")}
    alike = [pair for pair in forms if len(pair[1]) == 1 and re.fullmatch(re.escape(pair[0]), pair[1], re.IGNORECASE)]
    assert len(alike) > 2800
    assert [pair for pair in alike if secrets._folded(pair[0]) != secrets._folded(pair[1])] == []


def test_no_sign_becomes_a_letter_by_folding():
    """Folding joins no sign beside a name to its first or last word."""
    signs = [chr(code) for code in range(0x20000) if not 0xD800 <= code < 0xE000 and not re.match(r"\w", chr(code))]
    assert [sign for sign in signs if re.search(r"\w", secrets._folded(sign))] == []
