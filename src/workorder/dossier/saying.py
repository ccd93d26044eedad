"""What an event says, as names with values: every part of it that says anything."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

import attrs
from attrs import frozen

from workorder.canonical import encode
from workorder.dossier.account import WINDOWS
from workorder.dossier.markup import Markup, escaped, joined, spoken, styled
from workorder.dossier.material import Material
from workorder.dossier.trail import Happening, Trail, standing
from workorder.dossier.view import View
from workorder.dossier.words import named
from workorder.rulebook import Rulebook
from workorder.ticket import DueRevised, MarkReached, OpaqueEvent, Sealed

_APART = {"trace", "step", "promises", "clocks", "written"}
_ENDS = {"until", "due", "hold_until"}
_STATES = {"before_hold", "before_merge"}
_REASONS = {"hold_reason", "hold"}
_MARKS = {"holds": "holds_good", "unknown": "not_checked"}


@frozen
class Saying:
    """Shows what events say.

    Attributes:
        view: how names and instants are shown.
        material: where sealed values are.
        trail: what erased them.
        texts: whether they are shown.
    """

    view: View
    material: Material
    trail: Trail
    texts: bool

    def parts(self, happening: Happening) -> Iterator[tuple[str, Markup]]:
        """What a happening says, with what each part is called."""
        event = happening.event
        rulebook = self.view.rulebook_of(event)
        if isinstance(event, DueRevised):
            yield from self._revised(event, rulebook)
            return
        if isinstance(event, OpaqueEvent):
            body = encode(event.record.get("body", {})).decode()
            yield event.signature, spoken(body)
            return
        for each in attrs.fields(type(event)):
            value = getattr(event, each.name)
            if each.name == "clock" and isinstance(event, MarkReached):
                value = self.view.metric(event.clock)
            if each.name not in _APART and value is not None and value != each.default:
                yield from self._part(each.name, value, rulebook)
        for window in WINDOWS:
            if window in event.promises:
                yield self.view.told(window), self.view.until(event.promises[window])

    def _revised(self, event: DueRevised, rulebook: Rulebook) -> Iterator[tuple[str, Markup]]:
        """Which clocks are due at another instant, and because of what."""
        view = self.view
        for each in event.changes:
            way = view.told("step", source=view.end(each.old), target=view.end(each.new))
            yield view.metric(each.clock), escaped(way)
        yield named("cause", view.language), escaped(view.cause(event.cause, rulebook))

    def _part(self, name: str, value: Any, rulebook: Rulebook) -> Iterator[tuple[str, Markup]]:
        view = self.view
        label = named(name, view.language)
        if name in {"fields", "arguments"} and isinstance(value, Mapping):
            for key, item in value.items():
                called = (
                    view.field(key, rulebook) if name == "fields" else named(key, view.language)
                )
                yield called, self.value(item)
        elif name == "decision" and isinstance(value, Mapping):
            yield label, spoken(self._decided(value))
        elif isinstance(value, Mapping):
            yield label, spoken(encode(value).decode())
        elif name in _ENDS and isinstance(value, datetime):
            yield label, view.until(value)
        elif name in _STATES:
            yield label, escaped(view.state(value, rulebook))
        elif name in _REASONS:
            yield label, escaped(view.hold_reason(value, rulebook))
        elif name == "how":
            yield label, escaped(view.told(f"offer.{value}"))
        elif name == "type":
            yield label, escaped(view.type(value, rulebook))
        else:
            yield label, self.value(value)

    def _decided(self, data: Mapping[str, Any]) -> str:
        """Who was chosen, and every reason; as it stands, where that is no decision: a record that
        somebody has changed may hold anything.
        """
        from workorder.assign import decision_from_data  # late: most tickets were sent by hand

        try:
            return decision_from_data(data).text(self.view.language)
        except Exception:  # noqa: BLE001 (as said)
            return encode(data).decode()

    def value(self, value: Any) -> Markup:
        """One value."""
        if isinstance(value, Sealed):
            return self.sealed(value)
        if isinstance(value, bool):
            return escaped(self.view.told("yes" if value else "no"))
        if isinstance(value, datetime):
            return self.view.instant(value)
        if isinstance(value, tuple):
            return spoken(self.view.names(tuple(map(str, value))))
        return spoken(str(value))

    def sealed(self, sealed: Sealed) -> Markup:
        """A sealed value, with how it stands with it."""
        view = self.view
        stands = standing(sealed, self.material, self.trail, texts=self.texts)
        if stands == "erased":
            by = self.trail.erased[sealed.ref]
            at = view.moment(by.event.trace.occurred_at)
            return styled("gone", view.told("erased", at=at, entry=by.sequence))
        mark = view.told(_MARKS.get(stands, stands))
        kind = "wrong" if mark.startswith("✗") else "mark"
        if stands in {"left_out", "missing"}:
            return styled("gone" if stands == "left_out" else kind, mark)
        return joined([spoken(self.material.sealed[sealed.ref].value), " ", styled(kind, mark)])
