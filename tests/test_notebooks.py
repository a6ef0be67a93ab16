"""Template and workbench notebooks stay thin, typed and without outputs."""

from __future__ import annotations

import ast
import io
import json
import re
import tokenize
from pathlib import Path

import nbformat
import pytest

ROOT = Path(__file__).resolve().parent.parent
TEMPLATES = sorted((ROOT / "templates").glob("*.ipynb"))
WORKBENCHES = sorted((ROOT / "notebooks").glob("*.ipynb"))
MOST_LINES = 6
LOGIC = (
    ast.FunctionDef,
    ast.AsyncFunctionDef,
    ast.ClassDef,
    ast.Lambda,
    ast.For,
    ast.AsyncFor,
    ast.While,
    ast.comprehension,
)

every_notebook = pytest.mark.parametrize("path", [*TEMPLATES, *WORKBENCHES], ids=lambda path: path.stem)


def cells(path, kind=None):
    """Return a notebook's cells as (type, tags, source), of one type or of all."""
    read = json.loads(path.read_text(encoding="utf-8"))["cells"]
    found = [(cell["cell_type"], cell["metadata"].get("tags", []), "".join(cell["source"])) for cell in read]
    return [cell for cell in found if kind in (None, cell[0])]


def headings(path, level):
    """Return the texts of a notebook's headings of one level."""
    marks = re.compile(rf"^#{{{level}}}\s+(.+?)\s*$", re.MULTILINE)
    return [text for _, _, source in cells(path, "markdown") for text in marks.findall(source)]


def commented_lines(source):
    """Return the numbers of the lines that end in a comment with text."""
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    return {token.start[0] for token in tokens if token.type == tokenize.COMMENT and token.string.strip("# ")}


def faults_of_parameters(source):
    """Return what is wrong with a cell of parameters, one text a fault."""
    commented = commented_lines(source)
    faults = []
    for node in ast.parse(source).body:
        if not isinstance(node, ast.AnnAssign) or node.value is None:
            faults.append(f"line {node.lineno}: not an annotated assignment")
            continue
        try:
            ast.literal_eval(node.value)
        except ValueError:
            faults.append(f"line {node.lineno}: not a literal")
        if node.end_lineno not in commented:
            faults.append(f"line {node.lineno}: no trailing comment")
    return faults


def test_both_folders_have_notebooks():
    """The ROI has a template and a workbench, so the rules below are asked of something."""
    assert "roi" in {path.stem for path in TEMPLATES}
    assert "roi_workbench" in {path.stem for path in WORKBENCHES}


@every_notebook
def test_is_a_valid_notebook(path):
    """Each notebook keeps the notebook format's schema, ids included."""
    nbformat.validate(nbformat.read(path, as_version=nbformat.NO_CONVERT))


@every_notebook
def test_holds_no_outputs(path):
    """No notebook in the repository holds an output or an execution count: they would hold a client's figures."""
    code = [cell for cell in json.loads(path.read_text(encoding="utf-8"))["cells"] if cell["cell_type"] == "code"]
    assert [cell["outputs"] for cell in code] == [[]] * len(code)
    assert {cell["execution_count"] for cell in code} == {None}


@every_notebook
def test_runs_on_the_kernel_that_everybody_has(path):
    """The kernel is called python3, whatever the author's environment was called."""
    assert json.loads(path.read_text(encoding="utf-8"))["metadata"]["kernelspec"]["name"] == "python3"


@every_notebook
def test_starts_with_its_one_title(path):
    """The first cell is markdown with the only first-level heading, a question."""
    kind, _, source = cells(path)[0]
    assert kind == "markdown"
    assert headings(path, 1) == [source.removeprefix("# ").strip()]
    assert source.rstrip().endswith("?")


@every_notebook
def test_second_cell_holds_the_parameters(path):
    """One cell, the second, is tagged parameters."""
    assert [number for number, (_, tags, _) in enumerate(cells(path)) if "parameters" in tags] == [1]


@every_notebook
def test_parameters_are_annotated_literals_with_a_comment(path):
    """Papermill reads a parameter's type from its annotation and its help from the comment; derived values go stale."""
    [source] = [source for _, tags, source in cells(path, "code") if "parameters" in tags]
    assert faults_of_parameters(source) == []


@every_notebook
def test_holds_no_logic(path):
    """Logic lives in the package: no definitions, loops, magics or path tricks in a code cell."""
    for _, _, source in cells(path, "code"):
        assert not re.search(r"^\s*[%!]|sys\.path|%\w+", source, re.MULTILINE), source
        assert [ast.dump(node) for node in ast.walk(ast.parse(source)) if isinstance(node, LOGIC)] == []


@every_notebook
def test_code_cells_are_short(path):
    """No code cell is longer than six lines, or empty."""
    lengths = [len(source.splitlines()) for _, _, source in cells(path, "code")]
    assert min(lengths) > 0
    assert max(lengths) <= MOST_LINES


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_sections_of_a_template_are_questions(path):
    """Each section of a report answers a question of the client's, so its heading is one."""
    found = headings(path, 2)
    assert found
    assert [text for text in found if not text.endswith("?")] == []


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        ("a = 1  # how many", "not an annotated assignment"),
        ("a: int = 1", "no trailing comment"),
        ("a: int = len('x')  # how many", "not a literal"),
        ("a: int  # how many", "not an annotated assignment"),
        ("a: str = '# no comment'", "no trailing comment"),
    ],
)
def test_faulty_parameters_are_noticed(source, fault):
    """The check of parameters sees each fault that it is for."""
    assert faults_of_parameters(source) == [f"line 1: {fault}"]
