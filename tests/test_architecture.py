"""The code is as ARCHITECTURE.md says: rooms in their order, one door for each heavy library, short files and functions."""

from __future__ import annotations

import ast
import importlib
import re
import subprocess
import sys
import tomllib
from functools import cache
from graphlib import CycleError, TopologicalSorter
from statistics import median

import pytest
from project_files import PACKAGE, PROJECT, Module, code_in, kit, modules, room_of, table_of, text_of, tracked

PAGE = "ARCHITECTURE.md"
ROOT = "kohtaamo_utils"
SOURCES = ("kohtaamo_utils", "data", "tests")
MOST_LINES_A_FILE = 400
MOST_LINES_A_FUNCTION = 60
USUAL_LINES_A_FUNCTION = 12
FINDS_ITS_OWN = {
    "kohtaamo_utils/roi/drivers/__init__.py"
}  # imports the modules of its own folder, which are looked at here
# Written with a gap, so that this file does not hold them itself.
FORBIDDEN = tuple(
    re.compile(pattern.replace("~", ""))
    for pattern in (
        *(r"/wo~rk/", r"/ro~ot/", r"py~pi\.org", r"files\.python~hosted"),
        *(r"\bTO~DO\b", r"\bFIX~ME\b", r"\bXX~X\b", r"\bHA~CK\b"),
        r"(?i)\b(?:anth~ropic|open~ai|chat~gpt|cla~ude|copi~lot|sub~agent)\b",
        r"\b(?:PROD~UCT|INTER~FACE|HO~USE|METH~ODS|REFER~ENCE|TER~MS|FEAT~URES|PE~ERS|PERFORM~ANCE|COM~MON)\.md\b",
    )
)


@cache
def rooms() -> dict[str, frozenset[str]]:
    """Room to the rooms that it may import, from the table in the page, lowest first."""
    allowed: dict[str, frozenset[str]] = {}
    for room, _, may in table_of(PAGE, "room", "door", "may import"):
        named = frozenset(allowed) if may == "all above" else frozenset(code_in(may))
        allowed[code_in(room)[0]] = named
    return allowed


@cache
def doors() -> dict[str, tuple[str, ...]]:
    """Heavy library to the places that may import it, from the table in the page."""
    return {code_in(library)[0]: code_in(places) for library, places in table_of(PAGE, "import", "only in")}


def own_imports(module: Module) -> set[str]:
    """Names of the package's modules that a module imports."""
    known = {other.name for other in kit()}
    targets = {name for name in module.imports if name.split(".")[0] == ROOT}
    return {name if name in known else name.rpartition(".")[0] for name in targets}


def calls(module: Module) -> set[str]:
    """Names of the functions that a module calls, as written: ``print``, ``importlib.import_module``."""
    called = [node.func for node in ast.walk(module.tree) if isinstance(node, ast.Call)]
    plain = {node.id for node in called if isinstance(node, ast.Name)}
    dotted = [node for node in called if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)]
    return plain | {ast.unparse(node) for node in dotted}


def lines_of(function: ast.stmt) -> int:
    """Return how many lines a function takes, from its `def` to its end."""
    return (function.end_lineno or function.lineno) - function.lineno + 1


def test_page_names_every_room():
    """The table of rooms has each module and sub-package of the kit, and nothing else."""
    there = {path.stem for path in PACKAGE.iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()}
    assert set(rooms()) == there - {"__init__"}


def test_rooms_are_in_order():
    """In the page's table a room may import rooms above it only, so there is a lowest one."""
    order = list(rooms())
    wrong = [(room, other) for room, may in rooms().items() for other in may if other not in order[: order.index(room)]]
    assert wrong == []


def test_doors_are_there():
    """What the page calls a room's door can be imported, and lies in that room."""
    for room, names, _ in table_of(PAGE, "room", "door", "may import"):
        for name in code_in(names):
            assert name.split(".")[0] == code_in(room)[0]
            module, _, attribute = name.rpartition(".")
            assert hasattr(importlib.import_module(f"{ROOT}.{module}"), attribute), name


def test_rooms_import_what_they_may():
    """A module imports from its own room, from rooms that the page allows it, and the package's version; types count."""
    reached = {(module.place, module.room, room_of(name)) for module in kit() for name in own_imports(module)}
    wrong = [(place, to) for place, room, to in reached if to and to != room and to not in rooms().get(room, ())]
    assert sorted(wrong) == []
    assert len(reached) > len(rooms())


def test_intakes_rooms_are_in_order():
    """Within intake a room imports rooms above it in the page's table only, and nothing of the modules that join them."""
    order = [code_in(room)[0] for room, _ in table_of(PAGE, "in intake", "what it knows")]
    inside = f"{ROOT}.intake."
    reached = {
        (module.place, module.name.split(".")[2], name.removeprefix(inside).split(".")[0])
        for module in kit()
        for name in own_imports(module)
        if module.name.startswith(inside) and module.name.split(".")[2] in order and name.startswith(inside)
    }
    assert {here for _, here, _ in reached} == set(order)
    assert [(place, to) for place, here, to in reached if to not in order[: order.index(here) + 1]] == []


def test_no_cycles():
    """No module needs itself by way of others, not even for types."""
    graph = {module.name: own_imports(module) for module in kit()}
    try:
        order = set(TopologicalSorter(graph).static_order())
    except CycleError as error:
        pytest.fail(" -> ".join(error.args[1]))
    assert order == {module.name for module in kit()}


def test_imports_are_plain():
    """Imports are absolute and written as imports, so that the rules here can see them."""
    assert [(module.place, name) for module in kit() for name in module.imports if name.startswith(".")] == []
    hidden = {"__import__", "import_module", "importlib.import_module"}
    assert [module.place for module in kit() if calls(module) & hidden and module.place not in FINDS_ITS_OWN] == []


@pytest.mark.parametrize("library", doors())
def test_heavy_library_has_one_door(library):
    """A heavy library is imported only where the page says, and there it is."""
    places = tuple(f"{ROOT}/{place}{end}" for place in doors()[library] for end in ("/", ".py"))
    users = [module.place for module in kit() if library in {name.split(".")[0] for name in module.imports}]
    assert [user for user in users if not user.startswith(places)] == []
    assert users or f'"{library}"' in "".join(text_of(module.place) for module in kit())


def test_command_line_starts_light():
    """Starting the command line loads none of the heavy libraries, so that its help answers at once."""
    code = f"import sys; import {ROOT}.cli; print(*{{name.split('.')[0] for name in sys.modules}})"
    shown = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True, cwd=PROJECT)
    loaded = set(shown.stdout.split())
    assert "typer" in loaded
    assert sorted(loaded & ({"numpy", "pandas", *doors()} - {"typer", "rich"})) == []


def test_files_are_short():
    """No file is longer than 400 lines: a longer one has more than one subject."""
    lengths = {module.place: len(text_of(module.place).splitlines()) for module in modules(*SOURCES)}
    assert {place: lines for place, lines in lengths.items() if lines > MOST_LINES_A_FILE} == {}


def test_functions_are_short():
    """No function is longer than 60 lines, its docstring counted."""
    every = [
        (f"{module.place}: {each.name}", lines_of(each)) for module in modules(*SOURCES) for each in module.functions
    ]
    assert [(name, lines) for name, lines in every if lines > MOST_LINES_A_FUNCTION] == []


def test_functions_are_usually_short(record_property):
    """Half of the kit's functions are shorter than twelve lines, docstrings counted."""
    middle = median(lines_of(function) for module in kit() for function in module.functions)
    record_property("median_function_lines", middle)
    assert middle < USUAL_LINES_A_FUNCTION


def undocumented(body: list[ast.stmt], prefix: str) -> list[str]:
    """Return the public classes and functions of a body, and of its public classes, that have no docstring."""
    missing = []
    for node in body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and not node.name.startswith("_"):
            name = f"{prefix}.{node.name}"
            missing += [] if ast.get_docstring(node) else [name]
            missing += undocumented(node.body, name) if isinstance(node, ast.ClassDef) else []
    return missing


def test_public_names_are_documented():
    """A module, and each public class, function and method in it, has a docstring."""
    assert [module.place for module in kit() if not ast.get_docstring(module.tree)] == []
    assert [name for module in kit() for name in undocumented(module.tree.body, module.name)] == []


def test_tests_state_their_rule():
    """Each test has a docstring that says in a sentence what must hold."""
    tests = [(module.place, each) for module in modules("tests") for each in module.functions]
    tests = [(place, each) for place, each in tests if each.name.startswith("test_")]
    silent = [(place, each.name) for place, each in tests if not (ast.get_docstring(each) or "").endswith(".")]
    assert silent == []


def test_only_the_command_line_prints():
    """Rooms return values or raise errors; what a user sees is written by the command line."""
    assert [module.place for module in kit() if calls(module) & {"print", "pprint"} and module.room != "cli"] == []


def test_nobody_bends_the_path():
    """No code changes where Python looks for modules."""
    uses = [module.place for module in modules(*SOURCES) if any(map(_is_sys_path, ast.walk(module.tree)))]
    assert uses == []
    assert [module.place for module in modules(*SOURCES) if "sys.path" in module.imports] == []


def _is_sys_path(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Attribute)
        and node.attr == "path"
        and isinstance(node.value, ast.Name)
        and node.value.id == "sys"
    )


def test_no_source_is_ignored():
    """The repository takes every source: no pattern of .gitignore hides one."""
    hidden = {module.path for module in modules(*SOURCES)} - set(tracked())
    assert sorted(path.relative_to(PROJECT).as_posix() for path in hidden) == []


def test_no_forbidden_text():
    """No file holds a path of one machine, a package registry's address, or a note to do something later."""
    found = []
    for file in tracked():
        content = file.read_bytes()
        text = "" if b"\0" in content else content.decode(errors="replace")
        found += [(file.relative_to(PROJECT).as_posix(), hit[0]) for rule in FORBIDDEN if (hit := rule.search(text))]
    assert found == []


def ignored_rules() -> set[str]:
    """Return the lint rules that pyproject.toml switches off, everywhere or for some files."""
    lint = tomllib.loads(text_of("pyproject.toml"))["tool"]["ruff"]["lint"]
    return {*lint["ignore"], *(rule for rules in lint["per-file-ignores"].values() for rule in rules)}


def test_ignored_rules_have_a_reason():
    """Beside each lint rule that is switched off stands why."""
    lines = [line for line in text_of("pyproject.toml").splitlines() if not line.startswith("select =")]
    off = [line for line in lines if any(f'"{rule}"' in line for rule in ignored_rules())]
    assert [rule for rule in ignored_rules() if not any(f'"{rule}"' in line for line in off)] == []
    assert [line for line in off if not re.search(r"#\s*\w+", line)] == []


def test_exceptions_in_code_have_a_reason():
    """A `noqa` names its rule and says why."""
    marks = [
        (module.place, mark)
        for module in modules(*SOURCES)
        for mark in re.findall(r"#\x20noqa\b.*", text_of(module.place))
    ]
    assert [mark for mark in marks if not re.match(r"#\x20noqa: [A-Z]+\d+ -+ \w", mark[1])] == []


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("import a.b", ("a.b",)),
        ("from a import b, c", ("a.b", "a.c")),
        ("def f():\n    from a import b", ("a.b",)),
        ("if TYPE_CHECKING:\n    import a", ("a",)),
        ("from .a import b", (".a.b",)),
    ],
)
def test_imports_are_seen_wherever_they_stand(source, names):
    """The search for imports misses none: in functions, for types only, relative ones."""
    assert Module(PACKAGE, ast.parse(source)).imports == names
