"""Rulebooks on the command line: one that ships, by its name, or a file of one's own."""

import argparse
from importlib.resources import files
from pathlib import Path
from typing import Any

from workorder.texts import CHINESE, ENGLISH, Label

_A_FILE = Label("FILE.toml", {ENGLISH: "a file that ends in .toml", CHINESE: "以 .toml 结尾的文件"})


def add_rulebook(made: argparse.ArgumentParser) -> None:
    """Declare which rulebook a command is about."""
    made.add_argument("rulebook", help="bank, basic, it_desk, or a .toml file")


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


def find_rulebook(name: str) -> Any:
    """The rulebook that *name* says.

    Raises:
        InvalidInput: when it names none.
        ConfigurationError: with every mistake in the file.
    """
    from workorder.rulebook import load_rulebook

    return load_rulebook(rulebook_file(name))
