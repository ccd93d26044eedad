"""Several rulebooks at once: tickets go by the one they were opened under, or were moved to."""

from collections.abc import Iterable, Mapping

from attrs import field, frozen

from workorder.errors import InvalidInput
from workorder.rulebook.rulebook import Rulebook
from workorder.ticket import HostEvent, Ticket


def _tuple(earlier: Iterable[Rulebook]) -> tuple[Rulebook, ...]:
    return tuple(earlier)


@frozen
class Rulebooks:
    """The rulebook in force, and earlier ones that tickets in flight still go by.

    Attributes:
        current: new tickets are opened under it, and roles are those it knows.
        earlier: rulebooks of tickets in flight.

    Raises:
        InvalidInput: ``not_a_choice`` when two of them give one event name to different classes.
    """

    current: Rulebook
    earlier: tuple[Rulebook, ...] = field(default=(), converter=_tuple)
    by_digest: Mapping[str, Rulebook] = field(init=False, eq=False, repr=False)
    event_types: Mapping[str, type[HostEvent]] = field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        every = (*self.earlier, self.current)
        derive = object.__setattr__
        derive(self, "by_digest", {each.digest: each for each in every})
        types: dict[str, type[HostEvent]] = {}
        for rulebook in every:
            for name, kind in rulebook.event_types.items():
                if types.setdefault(name, kind) is not kind:
                    raise InvalidInput(
                        "not_a_choice", name="earlier", found=name, choices=("one class a name",)
                    )
        derive(self, "event_types", types)

    @property
    def routed(self) -> bool:
        """Whether any of them has a routing: else nobody's room is counted."""
        return any(each.routing is not None for each in self.by_digest.values())

    def of(self, ticket: Ticket | None) -> Rulebook:
        """The rulebook that *ticket* goes by; the current one for a new ticket, and for one whose
        own rulebook is not here (every event says by which it was decided).
        """
        if ticket is None:
            return self.current
        return self.by_digest.get(ticket.origin.rulebook, self.current)
