"""What one edition of a rulebook says and another does not: by the key where it stands in a file.

Each rulebook is laid out as a tree of tables in the shape of its file, and the two trees are
compared table by table. Keys are those of findings: ``states.pending.stage``,
``actions.hold.rules.own_if_handler``, with several rows ``actions.approve.rows[1].to``.

The trees hold what the digest covers and nothing else, so there is a change exactly where two
digests differ. Rules stand by name and parameters; what their functions do is not seen.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal

from attrs import evolve, frozen

from workorder.canonical import encode
from workorder.durations import Elapsed
from workorder.instants import instant_text
from workorder.rulebook.content import calendar_content, plain
from workorder.rulebook.rulebook import Rulebook
from workorder.texts import CHINESE, ENGLISH, Texts, in_language, is_chinese
from workorder.workflow import Action, Row, Settings

Kind = Literal["added", "removed", "changed"]

_WORDS: Mapping[Kind, Texts] = {
    "added": {ENGLISH: "added", CHINESE: "新增"},
    "removed": {ENGLISH: "removed", CHINESE: "删除"},
    "changed": {ENGLISH: "changed", CHINESE: "变更"},
}
_MIRRORED: Mapping[Kind, Kind] = {"added": "removed", "removed": "added", "changed": "changed"}


@frozen
class Change:
    """One thing that two rulebooks do not say alike.

    Attributes:
        kind: whether the newer one says it in addition, no more, or differently.
        key: where it stands in the file.
        old: what the older one says, as plain data; ``None`` where it says nothing.
        new: what the newer one says. Where only the order of a table changed, both are the names
            in their order.
    """

    kind: Kind
    key: str
    old: Any = None
    new: Any = None

    def mirrored(self) -> "Change":
        """The same change, seen from the other side."""
        return Change(_MIRRORED[self.kind], self.key, self.new, self.old)

    def text(self, language: str = ENGLISH) -> str:
        """The change in one line."""
        values = {
            "added": _shown(self.new, language),
            "removed": _shown(self.old, language),
            "changed": f"{_shown(self.old, language)} → {_shown(self.new, language)}",
        }
        word, value = in_language(_WORDS[self.kind], language), values[self.kind]
        colon = "：" if is_chinese(language) else ": "
        return f"{word} {self.key}{colon}{value}" if value else f"{word} {self.key}"

    def as_data(self) -> dict[str, Any]:
        """The change as plain data."""
        return {"kind": self.kind, "key": self.key, "old": _data(self.old), "new": _data(self.new)}


@frozen
class Difference:
    """Everything that two rulebooks do not say alike, in the order of the file.

    Attributes:
        changes: all of it; nothing, for rulebooks with one digest.
    """

    changes: tuple[Change, ...] = ()

    def __bool__(self) -> bool:
        """Whether there is any."""
        return bool(self.changes)

    def under(self, key: str) -> "Difference":
        """The changes at *key* and below it: ``under("states")``."""
        below = (f"{key}.", f"{key}[")
        return Difference(
            tuple(each for each in self.changes if each.key == key or each.key.startswith(below))
        )

    def mirrored(self) -> "Difference":
        """The way back."""
        return Difference(tuple(each.mirrored() for each in self.changes))

    def text(self, language: str = ENGLISH) -> str:
        """Every change on a line of its own."""
        return "\n".join(each.text(language) for each in self.changes)

    def as_data(self) -> list[dict[str, Any]]:
        """Every change as plain data."""
        return [each.as_data() for each in self.changes]


def diff(old: Rulebook, new: Rulebook) -> Difference:
    """What *new* says otherwise than *old*, sorted by where it stands.

    >>> from attrs import evolve
    >>> from workorder.rulebook import bank
    >>> later = evolve(bank(), version="2")
    >>> print(diff(bank(), later).text())
    changed version: 1 → 2
    >>> diff(later, bank()) == diff(bank(), later).mirrored()
    True
    """
    return Difference(tuple(_compared("", _layout(old), _layout(new))))


# --- comparing ----------------------------------------------------------------------------------


@frozen
class _Named:
    """A table whose keys are names that people chose, and in which the order counts."""

    parts: Mapping[str, Any]


def _compared(key: str, old: Any, new: Any) -> Iterator[Change]:
    if isinstance(old, _Named) and isinstance(new, _Named):
        yield from _ordered(key, old.parts, new.parts)
        old, new = old.parts, new.parts
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        for name in _names(old, new):
            yield from _compared(
                f"{key}.{name}" if key else name, old.get(name), new.get(name)
            )
    elif _tables(old) and _tables(new):
        for place in range(max(len(old), len(new))):
            before, after = (each[place] if place < len(each) else None for each in (old, new))
            yield from _compared(f"{key}[{place}]", before, after)
    elif encode(_bare(old)) != encode(_bare(new)):
        kind: Kind = "added" if old is None else "removed" if new is None else "changed"
        yield Change(kind, key, _bare(old), _bare(new))


def _ordered(key: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    """That what both have stands in another order."""
    before = [name for name in old if name in new]
    after = [name for name in new if name in old]
    if before != after:
        yield Change("changed", key, before, after)


def _names(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
    """The names of both, in an order that is the same from either side."""
    if list(old) == list(new):
        return list(old)
    return sorted({*old, *new})


def _tables(value: Any) -> bool:
    """Whether it is a list of tables, which are compared place by place."""
    return isinstance(value, list) and bool(value) and all(isinstance(e, Mapping) for e in value)


def _bare(value: Any) -> Any:
    """*value* as plain data all through."""
    if isinstance(value, _Named):
        value = value.parts
    if isinstance(value, Mapping):
        return {name: _bare(each) for name, each in value.items()}
    return [_bare(each) for each in value] if isinstance(value, list) else value
