"""What one edition of a rulebook says and another does not: by the key where it stands in a file.

Each rulebook is laid out as tables in the shape of its file (:mod:`~workorder.rulebook.layout`),
which are compared one by one. Keys are those of findings: ``states.pending.stage``,
``actions.hold.rules.own_if_handler``, with several rows ``actions.approve.rows[1].to``.

The tables hold what the digest covers and nothing else: there is a change exactly where two
digests differ. Rules stand by name and parameters; what their functions do is not seen.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Literal

from attrs import frozen

from workorder.canonical import encode
from workorder.rulebook.layout import NOTHING, Named, Rows, layout
from workorder.rulebook.rulebook import Rulebook
from workorder.texts import CHINESE, ENGLISH, LANGUAGES, Texts, in_language, is_chinese

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

    def word(self, language: str = ENGLISH) -> str:
        """What kind of change it is, in one word."""
        return in_language(_WORDS[self.kind], language)

    def value(self, language: str = ENGLISH) -> str:
        """What is said now, or was; both, if it changed."""
        if self.kind == "changed":
            return f"{_shown(self.old, language)} → {_shown(self.new, language)}"
        return _shown(self.new if self.kind == "added" else self.old, language)

    def text(self, language: str = ENGLISH) -> str:
        """The change in one line."""
        head, value = f"{self.word(language)} {self.key}", self.value(language)
        colon = "：" if is_chinese(language) else ": "
        return f"{head}{colon}{value}" if value else head

    def as_data(self) -> dict[str, Any]:
        """The change as plain data."""
        return {"kind": self.kind, "key": self.key, "old": self.old, "new": self.new}


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
    """What *new* says otherwise than *old*.

    >>> from attrs import evolve
    >>> from workorder.rulebook import bank
    >>> later = evolve(bank(), version="2")
    >>> print(diff(bank(), later).text())
    changed version: 1 → 2
    >>> diff(later, bank()) == diff(bank(), later).mirrored()
    True
    """
    return Difference(tuple(_compared("", layout(old), layout(new))))


# --- comparing ----------------------------------------------------------------------------------


def _compared(key: str, old: Any, new: Any) -> Iterator[Change]:
    if isinstance(old, Rows) and isinstance(new, Rows):
        yield from _rows(key, old.parts, new.parts)
    elif isinstance(old, Named) and isinstance(new, Named):
        yield from _ordered(key, old.parts, new.parts)
        yield from _tables(key, old.parts, new.parts)
    elif isinstance(old, Mapping) and isinstance(new, Mapping):
        yield from _tables(key, old, new)
    elif _listed(old) and _listed(new) and (old or new):
        for place in range(max(len(old), len(new))):
            before, after = (each[place] if place < len(each) else NOTHING for each in (old, new))
            yield from _compared(f"{key}[{place}]", before, after)
    elif old is NOTHING or new is NOTHING or encode(_bare(old)) != encode(_bare(new)):
        before, after = _bare(old), _bare(new)
        missing = before is None or old is NOTHING
        kind: Kind = "added" if missing else "removed" if after is None else "changed"
        yield Change(kind, key, before, after)


def _tables(key: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    for name in _names(old, new):
        before, after = old.get(name, NOTHING), new.get(name, NOTHING)
        inside = isinstance(before, Rows) and isinstance(after, Rows)
        below = key if inside else f"{key}.{name}" if key else name
        yield from _compared(below, before, after)


def _names(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
    """The names of both as they stand, in an order that is the same from either side."""
    places: dict[str, int] = {}
    for each in (old, new):
        for place, name in enumerate(each):
            places[name] = min(place, places.get(name, place))
    return sorted(places, key=lambda name: (places[name], name))


def _ordered(key: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    """That what both have stands in another order."""
    before = [name for name in old if name in new]
    after = [name for name in new if name in old]
    if before != after:
        yield Change("changed", key, before, after)


def _rows(key: str, old: tuple[Any, ...], new: tuple[Any, ...]) -> Iterator[Change]:
    """The rows of an action, place by place; the only row stands in the action itself."""
    if max(len(old), len(new)) <= 1:
        yield from _compared(key, *(each[0] if each else {} for each in (old, new)))
    else:
        yield from _compared(f"{key}.rows", list(old), list(new))


def _listed(value: Any) -> bool:
    """Whether it is a list of tables, which are compared place by place."""
    return isinstance(value, list) and all(isinstance(each, Mapping) for each in value)


def _bare(value: Any) -> Any:
    """*value* as plain data all through."""
    if value is NOTHING:
        return None
    if isinstance(value, Named | Rows):
        value = value.parts
    if isinstance(value, Mapping):
        return {name: _bare(each) for name, each in value.items()}
    return [_bare(each) for each in value] if isinstance(value, list | tuple) else value


# --- showing ------------------------------------------------------------------------------------


def _shown(value: Any, language: str) -> str:
    """One value in a line: texts in the reader's language, without what is as usual."""
    if isinstance(value, Mapping):
        if value and set(value) <= set(LANGUAGES):
            return in_language(value, language)
        told = {name: _inside(name, each, language) for name, each in value.items()}
        return ", ".join(f"{name} = {text}" for name, text in told.items() if text)
    if isinstance(value, list):
        return "[" + ", ".join(_braced(each, language) for each in value) + "]"
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else str(value)


def _inside(name: str, value: Any, language: str) -> str:
    """What a table has under *name*; nothing, where that is as usual."""
    if not value:
        return ""
    if name == "rules":  # they say something by their names alone
        return (
            "[" + ", ".join(f"{r} {_braced(u, language)}".strip() for r, u in value.items()) + "]"
        )
    return _braced(value, language)


def _braced(value: Any, language: str) -> str:
    text = _shown(value, language)
    table = isinstance(value, Mapping) and not set(value) <= set(LANGUAGES)
    return f"{{ {text} }}" if table and text else text
