"""Reading tables of a file: what was asked for, and everything that was wrong, with its key."""

import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar

from attrs import evolve

from workorder.errors import ConfigurationError, Finding, one_of

T = TypeVar("T")

_SAID: Mapping[type, str] = {
    str: "text",
    bool: "true or false",
    int: "a whole number",
    date: "a date: 2026-02-13, without quotes",
    list: "a list",
    dict: "a table",
}


def quoted(value: object) -> str:
    """*value* as it looks in a file: text in quotes, dates and numbers without."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return f"“{value}”"
    return str(value)


class Table:
    """One table of a file that is being read.

    Whatever is wrong is noted in ``wrong``, a list that all tables of a file share, under the
    path of its key; nothing is raised until the whole file has been read.
    """

    def __init__(self, data: Mapping[str, Any], path: str, wrong: list[Finding]) -> None:
        self.data = data
        self.path = path
        self.wrong = wrong
        self._asked: list[str] = []

    def key(self, name: str) -> str:
        """The path of one of its keys."""
        return f"{self.path}.{name}" if self.path else name

    def say(self, name: str, found: str, expected: str) -> None:
        """Note a mistake at *name*; at the table itself when *name* is empty."""
        self.wrong.append(Finding(self.key(name) if name else self.path, found, expected))

    def take(
        self, name: str, kind: type[T], expected: str = "", *, required: bool = False
    ) -> T | None:
        """The value of *name*, or None: when it is missing, or when its type was wrong."""
        self._asked.append(name)
        expected = expected or _SAID[kind]
        if name not in self.data:
            if required:
                self.say(name, "nothing", expected)
            return None
        value = self.data[name]
        if is_a(value, kind):
            return value  # type: ignore[no-any-return]
        self.say(name, quoted(value), expected)
        return None

    def any(self, name: str) -> Any:
        """The value of *name*, whatever it is."""
        self._asked.append(name)
        return self.data.get(name)

    def texts(self, name: str) -> tuple[str, ...] | None:
        """The value of *name* as texts: a list of them, or one."""
        self._asked.append(name)
        value = self.data.get(name)
        if isinstance(value, str):
            return (value,)
        if isinstance(value, list) and all(isinstance(each, str) for each in value):
            return tuple(value)
        if name in self.data:
            self.say(name, quoted(value), "a list of texts")
        return None

    def tables(self, name: str) -> Iterator["Table"]:
        """The tables of the list *name*."""
        for number, value in enumerate(self.take(name, list, "a list of tables") or ()):
            key = f"{self.key(name)}[{number}]"
            if isinstance(value, Mapping):
                yield Table(value, key, self.wrong)
            else:
                self.wrong.append(Finding(key, quoted(value), "a table"))

    def made(self, make: Callable[[], T], place: Callable[[str], str] | str = "") -> T | None:
        """What *make* makes; None when it finds mistakes, which are noted.

        Args:
            make: raises ConfigurationError.
            place: the path of a mistake from its key, or the name of the key they are all about.
        """
        try:
            return make()
        except ConfigurationError as error:
            for each in error.findings:
                if callable(place):
                    key = place(each.key)
                else:
                    key = self.key(place + each.key[len(each.key.split(".")[0]) :])
                self.wrong.append(each if each.file else evolve(each, key=key))
            return None

    def finish(self, more: Iterable[str] = ()) -> None:
        """Note every key that was not asked for, nor is among *more*."""
        known = [*self._asked, *more]
        for name in self.data:
            if name not in known:
                self.say(name, "an unknown key", one_of(known, name))


def is_a(value: object, kind: type) -> bool:
    """Whether *value* is a *kind*: true is no number, and an instant is no date."""
    if kind is int:
        return type(value) is int
    if kind is date:
        return isinstance(value, date) and not isinstance(value, datetime)
    return isinstance(value, Mapping if kind is dict else kind)


def raise_all(wrong: Iterable[Finding], file: str) -> None:
    """Raise every finding, if there is any; those without a file are about *file*."""
    found = [each if each.file else evolve(each, file=file) for each in wrong]
    if found:
        raise ConfigurationError(found)


def read_text(path: str | Path) -> str:
    """The text of a file in UTF-8, with or without the mark that some programs put before it.

    Raises:
        ConfigurationError: when there is no such file, or it is in another encoding.
    """
    file = str(path)
    try:
        return Path(path).read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        expected = "UTF-8 (a spreadsheet program calls it “CSV UTF-8”)"
        raise ConfigurationError([Finding("file", str(error), expected, file)]) from error
    except (OSError, ValueError) as error:  # no path has a null character
        found = getattr(error, "strerror", None) or str(error)
        raise ConfigurationError([Finding("file", found, "a readable file", file)]) from error


def read_toml(text: str, file: str) -> dict[str, Any]:
    """The data of TOML text.

    Raises:
        ConfigurationError: naming line and column, when it is none.
    """
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError([Finding("file", str(error), "valid TOML", file)]) from error
    except RecursionError:
        found = "values nested too deeply"
        raise ConfigurationError([Finding("file", found, "valid TOML", file)]) from None
