"""Every way to set up gives the same: pyproject.toml, environment.yml, the lock, the README and .ci/run agree."""

from __future__ import annotations

import re
import shlex
import sys
import tomllib
from functools import cache
from importlib.metadata import packages_distributions
from typing import Any

import pytest
from project_files import modules, table_of, text_of
from ruamel.yaml import YAML

CONDA_NAMES = {"pandera-pandas": "pandera"}
NO_ADDRESS = re.compile("://|py~pi|python~hosted|ana~conda\\.org|index~-url".replace("~", ""))
LOCAL = {"kohtaamo_utils", "project_files", "sample_maker"}


@cache
def project() -> dict[str, Any]:
    """Return pyproject.toml."""
    return tomllib.loads(text_of("pyproject.toml"))


def requirements(lines: list[str]) -> dict[str, str]:
    """Return name to version bounds; extras are dropped, for conda has none."""
    matches = [re.fullmatch(r"([\w.\-]+)(?:\[[\w,\-]+\])?\s*([<>=!~].*)?", line.strip()) for line in lines]
    return {match[1].lower(): (match[2] or "").replace(" ", "") for match in matches if match}


def runtime() -> dict[str, str]:
    """Return what the kit needs to run."""
    return requirements(project()["project"]["dependencies"])


def optional() -> dict[str, str]:
    """Return what some of its users need."""
    extras = project()["project"]["optional-dependencies"]
    return requirements([line for lines in extras.values() for line in lines])


def development() -> dict[str, str]:
    """Return what its developers need besides."""
    return requirements(project()["dependency-groups"]["dev"])


@cache
def conda() -> dict[str, Any]:
    """Return environment.yml."""
    content: dict[str, Any] = YAML(typ="safe").load(text_of("environment.yml"))
    return content


def conda_packages() -> dict[str, str]:
    """Return all of environment.yml's packages by the names that pyproject.toml uses."""
    [from_pip] = [entry["pip"] for entry in conda()["dependencies"] if isinstance(entry, dict)]
    plain = [entry for entry in conda()["dependencies"] if isinstance(entry, str)]
    found = requirements([*plain, *(line for line in from_pip if line != "-e .")])
    return {CONDA_NAMES.get(name, name): bounds for name, bounds in found.items()}


def lock_pins() -> list[str]:
    """Return requirements.lock's pins with their markers."""
    lines = text_of("requirements.lock").splitlines()
    return [re.sub(r"\s*;\s*", " ; ", line.removesuffix("\\").strip()) for line in lines if re.match(r"\w", line)]


def imported(*folders: str) -> set[str]:
    """Return the first names of what the code in some folders imports from outside."""
    beside = {module.path.stem for module in modules("tests", "data")} | LOCAL
    names = {name.split(".")[0] for module in modules(*folders) for name in module.imports}
    return names - beside - set(sys.stdlib_module_names) - {""}


def undeclared(names: set[str], declared: set[str]) -> list[str]:
    """Return the imported names that no declared distribution gives."""
    given = packages_distributions()
    return sorted(name for name in names if not declared & {each.lower() for each in given.get(name, ())})


def test_conda_has_the_same_packages_and_bounds():
    """environment.yml asks for what pyproject.toml asks for, runtime and development, with the same bounds."""
    packages = conda_packages()
    assert packages.pop("pip") == ""
    assert packages.pop("python") == project()["project"]["requires-python"]
    assert packages == runtime() | development()


def test_conda_uses_one_channel():
    """All of conda's packages come from conda-forge, and the kit itself from its folder."""
    assert conda()["channels"] == ["conda-forge", "nodefaults"]
    assert conda()["dependencies"][-1]["pip"][-1] == "-e ."


def test_constraints_are_the_lock():
    """pyproject.toml repeats the pins of requirements.lock, neither more nor less, so that `uv run` keeps them."""
    assert project()["tool"]["uv"]["constraint-dependencies"] == lock_pins()


def test_lock_pins_every_dependency():
    """Each dependency is pinned to one version a Python and platform."""
    pinned = {re.split("==", pin)[0].replace("-", ".") for pin in lock_pins()}
    wanted = {name.replace("-", ".") for name in runtime() | development()}
    assert sorted(wanted - pinned) == []
    assert all(re.match(r"[\w.\-]+==[\w.+!]+(?: ; .+)?$", pin) for pin in lock_pins())


def test_lock_has_a_hash_for_every_pin():
    """What is installed from the lock is what was tried: each pin has at least one SHA-256."""
    blocks = re.split(r"^(?=\w)", text_of("requirements.lock"), flags=re.MULTILINE)[1:]
    assert len(blocks) == len(lock_pins())
    assert [block.split()[0] for block in blocks if not re.search(r"--hash=sha256:[0-9a-f]{64}", block)] == []


@pytest.mark.parametrize("name", ["requirements.lock", "environment.yml", ".pre-commit-config.yaml", "pyproject.toml"])
def test_no_addresses(name):
    """What says which packages there are says nothing of where to get them, so that it works with any index."""
    assert [line for line in text_of(name).splitlines() if NO_ADDRESS.search(line)] == []


def test_what_is_imported_is_declared():
    """The kit imports only what it declares, extras counted; tests and tools may import what developers have as well."""
    assert {"pandas", "typer"} <= imported("kohtaamo_utils")
    assert undeclared(imported("kohtaamo_utils"), set(runtime() | optional())) == []
    assert undeclared(imported("tests", "data"), set(runtime() | development())) == []


def test_what_is_declared_is_used():
    """Each runtime dependency is imported by the kit, unless the page says that it is needed without."""
    given = packages_distributions()
    used = {each.lower() for name in imported("kohtaamo_utils") for each in given.get(name, ())}
    silent = {name for name, why in table_of("ARCHITECTURE.md", "package", "why this one") if "*not imported*" in why}
    assert sorted(set(runtime()) - used) == sorted(silent)


def test_developers_have_every_extra():
    """What is optional to users is there for developers, with the same bounds, so that it is tested."""
    assert optional().items() <= development().items()
    assert optional().keys() & runtime().keys() == set()


def test_every_dependency_has_a_reason():
    """ARCHITECTURE.md says of each package, and of no other, why it was chosen."""
    reasons = table_of("ARCHITECTURE.md", "package", "why this one")
    assert [name for name, _ in reasons] == [*sorted(runtime()), *sorted(development())]
    assert all(len(why) > 10 for _, why in reasons)


def commands_of(text: str) -> list[str]:
    """Return the commands of some lines, comments cut off."""
    return [" ".join(shlex.split(line, comments=True)) for line in text.splitlines() if line.strip()]


def test_ci_does_what_the_readme_says():
    """The README's set-up commands are run as they stand, in their order, by .ci/run."""
    readme = commands_of(re.findall(r"^```\w*\n(.*?)^```", text_of("README.md"), re.MULTILINE | re.DOTALL)[0])
    ci = [command for command in text_of(".ci/run").splitlines() if command in readme]
    assert len(readme) >= 2
    assert ci == readme


def test_contributing_tells_what_ci_runs():
    """A developer finds in CONTRIBUTING.md each check that .ci/run makes beyond the README's."""
    lines = text_of(".ci/run").splitlines()
    checks = [
        line.removeprefix("python -m uv run --quiet ").partition(" >")[0]
        for line in lines
        if line.startswith("python -m uv run --quiet")
    ]
    assert len(checks) >= 3
    assert [check for check in checks if f"uv run {check}" not in text_of("CONTRIBUTING.md")] == []


@cache
def hooks() -> dict[str, dict[str, str]]:
    """Return the hooks of pre-commit by id."""
    [repository] = YAML(typ="safe").load(text_of(".pre-commit-config.yaml"))["repos"]
    assert repository["repo"] == "local"
    return {hook["id"]: hook for hook in repository["hooks"]}


def test_hooks_are_the_projects_own_tools():
    """Each hook runs a tool of the environment through uv, or looks for a pattern; none is fetched from elsewhere."""
    assert {hook["language"] for hook in hooks().values()} == {"system", "pygrep"}
    assert all(hook["entry"].startswith("uv run ") for hook in hooks().values() if hook["language"] == "system")


@pytest.mark.parametrize(
    ("cell", "refused"),
    [
        ('"execution_count": null, "outputs": []', False),
        ('"execution_count": 3, "outputs": []', True),
        ('"outputs": [{"output_type": "stream"}]', True),
        (r'"source": ["\"output_type\": 1"]', False),
    ],
)
def test_hook_refuses_outputs(cell, refused):
    """The hook for notebooks meets an output or a run cell, and nothing that an empty notebook holds."""
    assert bool(re.search(hooks()["notebooks-without-outputs"]["entry"], cell)) == refused


def test_pandera_is_asked_for_with_its_frames():
    """The extra that conda's name stands for is the one that pyproject.toml asks for."""
    assert any(line.startswith("pandera[pandas]") for line in project()["project"]["dependencies"])
    assert {CONDA_NAMES[name] for name in CONDA_NAMES} == {"pandera"}
