"""The face of the package: lazy, complete, and saying the same in every place."""

import ast
import importlib
import pkgutil
import subprocess
import sys
from pathlib import Path

import pytest

import workorder

FACE = Path(str(workorder.__file__))
PACKAGES = sorted(
    module.name
    for module in pkgutil.walk_packages(workorder.__path__, "workorder.")
    if module.ispkg and module.name != "workorder.cli"
)


def loaded_by(program: str) -> set[str]:
    """The modules of the library that *program* loads in a fresh interpreter."""
    show = "print(*sorted(m for m in sys.modules if m.partition('.')[0] == 'workorder'))"
    done = subprocess.run(
        [sys.executable, "-c", f"import sys\n{program}\n{show}"],
        capture_output=True,
        check=True,
        text=True,
    )
    return set(done.stdout.split())


def tree_of(path: Path) -> ast.Module:
    """The syntax of a source file."""
    return ast.parse(path.read_text("utf-8"))


def imported(body: list[ast.stmt]) -> dict[str, str]:
    """The names that ``from … import`` statements bring, and where from."""
    return {
        alias.asname or alias.name: str(node.module)
        for node in body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }


def test_importing_the_package_loads_nothing() -> None:
    """A host that imports the package pays for no part of it."""
    assert loaded_by("import workorder") == {"workorder"}


@pytest.mark.parametrize(
    ("program", "without"),
    [
        ("from workorder import where", {"ticket", "workflow", "kernel", "storage", "desk"}),
        ("from workorder import Workflow, PlainCase", {"ticket", "kernel", "storage", "desk"}),
        ("from workorder import Close", {"rulebook", "kernel", "storage", "desk"}),
        ("from workorder import basic", {"kernel", "storage", "desk"}),
        ("import workorder.kernel", {"storage", "desk"}),
    ],
)
def test_a_part_loads_only_what_it_stands_on(program: str, without: set[str]) -> None:
    """Asking for one part loads that part and the layers below it."""
    parts = {name.split(".")[1] for name in loaded_by(program) if "." in name}
    assert parts
    assert not parts & without


def test_every_name_resolves() -> None:
    """Each name of ``__all__`` is there, twice the same, and listed by ``dir``."""
    for name in workorder.__all__:
        assert getattr(workorder, name) == getattr(workorder, name)
    assert sorted(workorder.__all__) == sorted(dir(workorder))
    assert len(set(workorder.__all__)) == len(workorder.__all__)


def test_the_lazy_table_is_what_type_checkers_read() -> None:
    """The names for type checkers, the lazy table and ``__all__`` agree, home by home."""
    (guarded,) = (
        node.body
        for node in tree_of(FACE).body
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
    )
    table = {name: home for home, names in workorder._HOMES.items() for name in names}
    assert imported(guarded) == table
    assert set(workorder.__all__) == {*table, "__version__"}


def test_the_version_is_that_of_the_distribution() -> None:
    """The version is asked of the installed distribution, not written down twice."""
    from importlib.metadata import version

    assert workorder.__version__ == version("workorder")


def test_a_name_that_is_not_there_is_an_attribute_error() -> None:
    """A misspelt name fails as it does in any module, saying which name."""
    with pytest.raises(AttributeError, match="ServiceDeks"):
        workorder.ServiceDeks  # noqa: B018 (asking is the test)


@pytest.mark.parametrize("name", PACKAGES)
def test_a_package_offers_what_it_imports(name: str) -> None:
    """The face of a package is an essay, its imports and ``__all__``, which agree; nothing else."""
    module = importlib.import_module(name)
    body = tree_of(Path(str(module.__file__))).body
    assert ast.get_docstring(ast.Module(body, []))
    assert set(imported(body)) == set(module.__all__)
    rest = [node for node in body[1:] if not isinstance(node, ast.ImportFrom)]
    assert [ast.unparse(node).split(" ")[0] for node in rest] == ["__all__"]
    for public in module.__all__:
        assert hasattr(module, public)


def test_names_on_the_face_are_public_in_their_homes() -> None:
    """Whatever the package shows, the part it comes from shows as well."""
    for home, names in workorder._HOMES.items():
        module = importlib.import_module(home)
        public = getattr(module, "__all__", None) or [n for n in dir(module) if n[0] != "_"]
        assert set(names) <= set(public)
