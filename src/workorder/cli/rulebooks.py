"""Rulebooks on the command line: one that ships, by its name, or a file of one's own.

A file may name rules, commands and parts of policies that a host wrote. They are imported only
where somebody says from where, on the command line; nothing that stands in a file is ever run.
"""

import argparse
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib import import_module
from importlib.resources import files
from pathlib import Path
from typing import Any

from workorder.texts import CHINESE, ENGLISH, Label

_A_FILE = Label("FILE.toml", {ENGLISH: "a file that ends in .toml", CHINESE: "以 .toml 结尾的文件"})


def add_rulebook(made: argparse.ArgumentParser) -> None:
    """Declare which rulebook a command is about."""
    made.add_argument("rulebook", help="bank, basic, it_desk, or a .toml file")
    add_extensions(made)


def add_extensions(made: argparse.ArgumentParser) -> None:
    """Declare where a command finds a host's own rules and commands."""
    made.add_argument(
        "--extensions",
        action="append",
        default=[],
        metavar="MODULE:NAME",
        help="your own rules and commands, which the file names; imported from here (repeat)",
    )


def rulebook_file(name: str) -> Path:
    """The file of the rulebook that *name* says.

    Raises:
        InvalidInput: ``not_a_choice`` when none ships by that name, and it is no .toml file.
    """
    from workorder.errors import InvalidInput
    from workorder.rulebook import shipped_names

    if name in shipped_names():
        return Path(str(files("workorder.rulebook").joinpath("shipped", f"{name}.toml")))
    if Path(name).suffix.lower() == ".toml":
        return Path(name)
    choices = (*shipped_names(), _A_FILE)
    raise InvalidInput("not_a_choice", name="rulebook", found=name, choices=choices)


def find_rulebook(name: str, extensions: Sequence[str] = ()) -> Any:
    """The rulebook that *name* says.

    Args:
        name: of one that ships, or of a file.
        extensions: where the host's own rules, commands and parts of policies are, which a file
            may name; those that ship name none.

    Raises:
        InvalidInput: when it names none, or nothing can be imported from there.
        ConfigurationError: with every mistake in the file.
    """
    from workorder.rulebook import Extension, load_rulebook, shipped_names
    from workorder.workflow import Rule

    parts = [part for each in extensions for part in _parts(each)]
    if name in shipped_names():
        return load_rulebook(rulebook_file(name))
    return load_rulebook(
        rulebook_file(name),
        extensions=[each for each in parts if isinstance(each, Extension)],
        rules=[each for each in parts if isinstance(each, Rule)],
        parts=[each for each in parts if not isinstance(each, Rule | Extension)],
    )


def event_types(extensions: Sequence[str]) -> Mapping[str, Any]:
    """The events of a host's own commands, by name.

    Args:
        extensions: where the commands are.

    Raises:
        InvalidInput: when nothing can be imported from there.
    """
    from workorder.rulebook import Extension

    parts = [part for each in extensions for part in _parts(each)]
    events = [kind for each in parts if isinstance(each, Extension) for kind in each.events]
    return {kind.kind: kind for kind in events}


def _parts(place: str) -> Iterator[Any]:
    """The rules, commands and parts of policies at *place*: a list or a table of them, or one."""
    from workorder.errors import InvalidInput
    from workorder.rulebook import Extension
    from workorder.workflow import Rule

    found = _imported(place)
    if isinstance(found, Mapping):
        found = found.values()
    several = found if isinstance(found, Iterable) else (found,)
    for each in several:
        if not isinstance(each, Rule | Extension) and not _of_policies(each):
            expected = f"rules, extensions and parts of policies at {place}"
            said = type(each).__name__
            raise InvalidInput("wrong_type", name="--extensions", expected=expected, found=said)
        yield each


def _of_policies(found: object) -> bool:
    """Whether *found* is a filter, a scorer, a selector or a discipline."""
    from workorder.assign.shipped import kind_of

    return kind_of(found) is not None


def _imported(place: str) -> Any:
    from workorder.errors import InvalidInput

    def refused(expected: str, found: str) -> InvalidInput:
        return InvalidInput("wrong_type", name="--extensions", expected=expected, found=found)

    module, colon, attribute = place.partition(":")
    if not (module and colon and attribute):
        raise refused("MODULE:NAME", place)
    here = str(Path.cwd())
    added = here not in sys.path
    if added:
        sys.path.append(here)  # last, so that no file here stands for an installed module
    try:
        found: Any = import_module(module)
    except Exception as error:  # whatever a module of the host does when it is imported
        raise refused(f"a module that can be imported: {module}", f"{error}") from error
    finally:
        if added:
            sys.path.remove(here)
    for name in attribute.split("."):
        if not hasattr(found, name):
            raise refused(f"a name in {module}", attribute)
        found = getattr(found, name)
    return found
