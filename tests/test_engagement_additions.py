"""Adding keys to engagement.yaml: every byte that was there stays, and the new keys are where they belong."""

from __future__ import annotations

import io

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from kohtaamo_utils.engagement.additions import CannotAddError, Entry, Items, add, scalar

NOTE = "proposed"


def parsed(text: str):
    """Return a document's content."""
    return YAML(typ="safe").load(text.removeprefix("\ufeff"))


def is_kept(before: str, after: str) -> bool:
    """Tell whether the text before is what stays when one piece of the text after is taken out."""
    start = next((place for place, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), len(before))
    return after.endswith(before[start:])


DOCUMENTS = {
    "block": "# head\nclient: 'A'   # who\nsources:\n  survey:\n    file:   a.csv   # where\n    columns:\n      nps: \"Q 1\"  # asked\n\n  # end of sources\nroi: null\n",
    "flow columns": "client: A\nsources:\n  survey:\n    file: a.csv\n    columns: {nps: 'Q 1'}   # asked\nroi:\n",
    "flow source": "client: A\nsources:\n  survey: {file: a.csv, columns: {nps: Q 1}}\n",
    "flow with comma": "client: A\nsources:\n  survey:\n    file: a.csv\n    columns: {nps: Q 1 , }\n",
    "flow of lines": "client: A\nsources:\n  survey:\n    columns: {\n      csat: x, # one\n      nps: Q 1   # two\n    }\n    file: a.csv\n",
    "empty flow": "client: A\nsources:\n  survey: {file: a.csv, columns: {}}\n",
    "json": '{"client": "A",\n "sources": {\n  "survey": {"file": "a.csv", "columns": {"nps": "Q 1"}}\n }\n}',
    "no last line end": "client: A\nsources:\n  survey:\n    file: a.csv\n    columns:\n      nps: Q 1",
    "windows": "client: A\r\nsources:\r\n  survey:\r\n    file: a.csv\r\n    columns:\r\n      nps: Q 1\r\n# end\r\n",
    "byte order mark": "\ufeffclient: A\nsources:\n  survey: {columns: {nps: Q 1}, file: a.csv}\n",
    "deep indent": "client: A\nsources:\n      survey:\n            columns:\n                  nps: Q 1\n                       goes on\n            file: a.csv\n",
    "literal": "client: A\nsources:\n  survey:\n    file: a.csv\n    columns:\n      nps: |\n        Q 1\n\n        more\n\n\nroi:\n",
}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_key_in_a_mapping(name: str) -> None:
    """A key is added to a mapping however that is written, and all else is as it was, to the byte."""
    before = DOCUMENTS[name]
    after = add(
        before, ("sources", "survey", "columns"), [Entry("trust", "Luotan: kyllä #1", NOTE), Entry("value", "x")]
    )
    expected = parsed(before)
    expected["sources"]["survey"]["columns"] |= {"trust": "Luotan: kyllä #1", "value": "x"}
    assert parsed(after) == expected
    assert is_kept(before, after)
    assert ("\r\n" in before) == ("\r\n" in after)
    assert "\n" not in after.replace("\r\n", "") if "\r\n" in before else True
    assert f"# {NOTE}" in next(line for line in after.splitlines() if "trust" in line)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_new_source(name: str) -> None:
    """A whole source is added under sources, and a key to the document, in the same way."""
    before = DOCUMENTS[name]
    columns = Entry("columns", (Entry("customer_id", "Asiakas", NOTE),))
    source = (Entry("file", ["a.csv", "b c.csv"]), Entry("sheet", 2), columns)
    after = add(before, ("sources",), [Entry("transactions", source, NOTE)])
    after = add(
        after,
        (),
        [Entry("industry", "retail"), Entry("touchpoints", Items(((Entry("name", "K"),), (Entry("name", "L"),))))],
    )
    expected = parsed(before)
    expected["sources"]["transactions"] = {
        "file": ["a.csv", "b c.csv"], "sheet": 2, "columns": {"customer_id": "Asiakas"},
    }  # fmt: skip
    expected |= {"industry": "retail", "touchpoints": [{"name": "K"}, {"name": "L"}]}
    assert parsed(after) == expected


@pytest.mark.parametrize(
    "before",
    [
        "s:\n  - file: a\n    columns: {x: y}  # c\n  # end\nb: 1\n", "s:\n- file: a\n\n- file: b\nb: 1\n",
        "s: [{file: a}]\nb: 1\n", "s: []\nb: 1\n", "s: [{file: a},\n    {file: b}   # c\n   ]\nb: 1\n",
    ],
)  # fmt: skip
def test_an_item_of_a_list(before: str) -> None:
    """A block is added at the end of a list."""
    block = (Entry("file", "c"), Entry("columns", (Entry("nps", "Q"),)))
    after = add(before, ("s",), [Entry("", block, NOTE)])
    assert parsed(after) == {"s": [*parsed(before)["s"], {"file": "c", "columns": {"nps": "Q"}}], "b": 1}
    assert is_kept(before, after)
    assert f"# {NOTE}" in after


def test_lines_look_as_a_person_writes_them() -> None:
    """In a block the new lines follow the last one, before the blank line, with its indent."""
    before = "sources:\n  survey:\n    columns:\n      nps: Q   # asked\n\nroi:\n"
    after = add(before, ("sources", "survey", "columns"), [Entry("csat", "Tyytyväisyys (1–5)", NOTE)])
    assert after == (
        "sources:\n  survey:\n    columns:\n      nps: Q   # asked\n"
        '      csat: "Tyytyväisyys (1–5)"  # proposed\n\nroi:\n'
    )


@pytest.mark.parametrize(
    ("before", "place", "said"),
    [
        ("a: {b: 1}\n", ("a",), "`b` is there already"),
        ("a:\n  b: 1\n", ("x",), "there is no `x`"),
        ("a: 1\n", ("a",), "`a` holds a value, not a block"),
        ("a: [1]\n", ("a",), "the place is a list"),
        ("x: &s {c: 1}\na: *s\n", ("a",), "`a` is shared by an anchor"),
        ("x: &s {c: 1}\na: *s\n", ("x",), "`x` is shared by an anchor"),
        ("a: [\n", ("a",), "the file is not valid YAML"),
    ],
)
def test_what_cannot_be_added_to(before: str, place: tuple[str, ...], said: str) -> None:
    """Nothing is overwritten and nothing that is used twice is changed; the reason is said."""
    with pytest.raises(CannotAddError, match=said):
        add(before, place, [Entry("b", "2")])


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_survives(text: str) -> None:
    """Whatever a heading is, YAML reads it back as the same text."""
    assert YAML(typ="safe").load(f"a: {scalar(text)}\n") == {"a": text}


def _reads(text: str) -> object:
    try:
        return parsed(text)
    except YAMLError:
        return None


KEYS = st.text("abcdeåäö", min_size=1, max_size=5)
VALUES = st.recursive(
    st.one_of(st.text("ab :#-'\"åä", max_size=8), st.integers(0, 9)),
    lambda inner: st.dictionaries(KEYS, inner, min_size=1, max_size=3) | st.lists(inner, max_size=2),
    max_leaves=8,
)


@settings(max_examples=150)
@given(
    st.dictionaries(KEYS, VALUES, min_size=1, max_size=4),
    VALUES.filter(lambda value: isinstance(value, dict)),
    st.data(),
)
def test_every_byte_survives(content, block, data) -> None:
    """In any document, written in any style, what was there stays to the byte, and the addition is all that is new."""
    yaml = YAML(typ="rt")
    yaml.default_flow_style = data.draw(st.sampled_from([True, False, None]))
    yaml.width = data.draw(st.sampled_from([20, 80, 4096]))
    stream = io.StringIO()
    yaml.dump(content | {"place": block}, stream)
    before = stream.getvalue() + data.draw(st.sampled_from(["", "# end\n", "\n\n"]))
    assume(_reads(before) == content | {"place": block})  # ruamel writes a few documents that it cannot read
    after = add(before, ("place",), [Entry("NEW", "x y", NOTE)])
    assert parsed(after) == content | {"place": block | {"NEW": "x y"}}
    assert is_kept(before, after)
