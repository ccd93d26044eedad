"""Reading filters, scorers, selectors and disciplines: by a name, or in a table with figures.

``"present"`` is the part of that name as it usually is; ``{ name = "experienced", at_least = "720
elapsed hours" }`` gives it figures: the attributes of its class. A host's own parts hold functions,
which stand in no file; the file names them, and the host gives them.
"""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any

from attrs import evolve, frozen

from workorder.assign.selectors import Keyed
from workorder.assign.shipped import SHIPPED, Part, kind_of
from workorder.errors import Finding, one_of
from workorder.rulebook.files.parts import hints, read_part, usual
from workorder.tables import Table, quoted

NAME = "name"


@frozen
class Known:
    """What parts of one kind a file may name.

    Attributes:
        what: what one of them is called.
        shipped: the classes of those that ship, by name.
        own: those that the host gave, by name.
    """

    what: str
    shipped: Mapping[str, type]
    own: Mapping[str, Part]

    def expected(self, found: str) -> str:
        """What was expected instead of *found*."""
        names = [*self.shipped, *self.own]
        said = one_of(names, found)
        if get_close_matches(found, names):
            return said
        return f"{said}; or a {self.what} of your own, which is given when the file is read"

    def read(self, value: object, key: str, wrong: list[Finding]) -> Any:
        """The part that *value* says; ``None``, where it says none, which is noted at *key*."""
        said = {NAME: value} if isinstance(value, str) else value
        if not isinstance(said, Mapping):
            expected = f"the name of a {self.what}, or a table of its name and figures"
            wrong.append(Finding(key, quoted(value), expected))
            return None
        table = Table(said, key, wrong)
        name = table.take(NAME, str, f"the name of a {self.what}", required=True)
        if name is None:
            return None
        if name in self.own:
            table.finish()
            return self.own[name]
        if name not in self.shipped:
            place = key if isinstance(value, str) else table.key(NAME)
            wrong.append(Finding(place, name, self.expected(name)))
            return None
        return self._made(self.shipped[name], table)

    def _made(self, kind: type, table: Table) -> Any:
        """The part of *kind* with the figures of *table*; those that compare have one inside."""
        inside: dict[str, Any] = {}
        for name, hint in hints(kind).items():
            if hint is Keyed:
                table.any(name)
                made = self._compares(table, name) if name in table.data else None
                inside[name] = made or usual(kind, name)
        return read_part(kind, table, given=inside)

    def _compares(self, table: Table, name: str) -> Any:
        """The part under *name*, which compares how agents stand and nothing else."""
        keyed = {each: kind for each, kind in self.shipped.items() if hasattr(kind, "key")}
        own = {each: part for each, part in self.own.items() if hasattr(part, "key")}
        known = evolve(self, shipped=keyed, own=own)
        return known.read(table.data[name], table.key(name), table.wrong)


@frozen
class Shelves:
    """What a file may name, of every kind."""

    filters: Known
    scorers: Known
    selectors: Known
    disciplines: Known


def shelves(parts: Iterable[Part], wrong: list[Finding]) -> Shelves:
    """What ships, and the host's own *parts* beside it; none may take the name of another."""
    own: dict[str, dict[str, Part]] = {what: {} for what in SHIPPED}
    for each in parts:
        name = getattr(each, NAME, None)
        what = None if isinstance(each, type) else kind_of(each)
        if what is None or not isinstance(name, str):
            expected = "filters, scorers, selectors and disciplines, each with a name"
            wrong.append(Finding("parts", repr(each), expected))
        elif name in SHIPPED[what] or own[what].setdefault(name, each) is not each:
            found = f"two {what}s of one name"
            wrong.append(Finding(f"parts ({name})", found, "a name of its own"))
    return Shelves(*(Known(what, SHIPPED[what], own[what]) for what in SHIPPED))
