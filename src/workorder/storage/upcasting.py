"""Upcasters: bodies of earlier schemas, lifted to the present one when they are read.

What is stored is never rewritten. When the body of an event gets another shape, its class gets the
next schema number, and an :class:`Upcaster` says how a body of the number before becomes one of the
new shape. Several are applied one after another, until the body has a shape that is known.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from attrs import frozen

from workorder.errors import ConfigurationError, Finding

Body = dict[str, Any]
Signature = tuple[str, int]
"""An event type and a schema number."""


@frozen
class Upcaster:
    """How a body of one schema becomes one of the next.

    Attributes:
        kind: the event type as it was recorded.
        schema: the schema number that was recorded.
        lift: takes the body as recorded, gives the body as it is said now. Pure; it may change and
            give back the dictionary it is given.
        to_kind: the event type now, if it was renamed.
        to_schema: the schema number it leads to; the next one, if not given.
        lower: the way back, for workers that still write the earlier schema; it is refused, if the
            body cannot be said so: raise ``ValueError``.
    """

    kind: str
    schema: int
    lift: Callable[[Body], Body]
    to_kind: str | None = None
    to_schema: int | None = None
    lower: Callable[[Body], Body] | None = None

    @property
    def source(self) -> Signature:
        """What it lifts."""
        return self.kind, self.schema

    @property
    def target(self) -> Signature:
        """What it leads to."""
        schema = self.schema + 1 if self.to_schema is None else self.to_schema
        return self.to_kind or self.kind, schema


BUILT_IN: tuple[Upcaster, ...] = ()
"""Those of the events that ship. None has an earlier schema yet."""


class Upcasters:
    """A set of upcasters that is known to lead somewhere.

    Args:
        upcasters: in any order.
        known: types and schema numbers that can be read as they are.

    Raises:
        ConfigurationError: two for the same schema; a circle; a way that ends before a schema that
            is known; earlier schemas of a known type that nothing lifts. All at once.
    """

    def __init__(self, upcasters: Iterable[Upcaster], known: Iterable[Signature]) -> None:
        self._known = frozenset(known)
        self._by_source: dict[Signature, Upcaster] = {}
        findings: list[Finding] = []
        for each in upcasters:
            if each.source in self._by_source or each.source in self._known:
                expected = "one way to read a schema"
                findings.append(Finding(_name(each.source), "more than one", expected))
            self._by_source[each.source] = each
        findings += [found for each in self._by_source if (found := self._astray(each))]
        findings += self._gaps()
        if findings:
            raise ConfigurationError(findings)

    def __bool__(self) -> bool:
        return bool(self._by_source)

    def _astray(self, start: Signature) -> Finding | None:
        seen = [start]
        while (now := self._by_source.get(seen[-1])) is not None:
            if now.target in seen:
                way = " → ".join(map(_name, (*seen, now.target)))
                return Finding(_name(start), f"a circle: {way}", "a way to a schema that is known")
            seen.append(now.target)
        if seen[-1] in self._known:
            return None
        return Finding(
            _name(start), f"a way that ends at {_name(seen[-1])}", "a way to a schema that is known"
        )

    def _gaps(self) -> Iterable[Finding]:
        for kind, schema in sorted(self._known):
            for earlier in range(1, schema):
                if (kind, earlier) not in self._by_source and (kind, earlier) not in self._known:
                    yield Finding(f"{kind}/{earlier}", "nothing that lifts it", "an upcaster")

    def lifted(self, kind: str, schema: int, body: Body) -> tuple[str, int, Body]:
        """The body in a shape that is known, as far as there is a way."""
        while (upcaster := self._by_source.get((kind, schema))) is not None:
            body = upcaster.lift(body)
            kind, schema = upcaster.target
        return kind, schema, body

    def lowering(self, kind: str, schema: int, to: int) -> tuple[Callable[[Body], Body], ...]:
        """The way from a known schema of *kind* back to the number *to*.

        Raises:
            ConfigurationError: where there is none.
        """
        way: list[Callable[[Body], Body]] = []
        for number in range(schema - 1, to - 1, -1):
            found = self._by_source.get((kind, number))
            if found is None or found.lower is None or found.target != (kind, number + 1):
                expected = f"an upcaster of {kind}/{number} with a way back (lower)"
                raise ConfigurationError([Finding(f"write.{kind}", str(to), expected)])
            way.append(found.lower)
        return tuple(way)


def _name(signature: Signature) -> str:
    return f"{signature[0]}/{signature[1]}"


def lowered(way: Iterable[Callable[[Body], Body]], body: Mapping[str, Any]) -> Body:
    """*body* after every step of *way*."""
    found = dict(body)
    for step in way:
        found = step(found)
    return found
