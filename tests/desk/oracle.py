"""A second opinion on what the desk answers, kept in plain dictionaries."""

from typing import Any

from attrs import define, field

from tests.desk.commands import asked
from workorder.desk import Done
from workorder.errors import CommandRefused, WorkorderError
from workorder.ticket import Command, Ticket
from workorder.workflow import Actor

SEES_ALL = {"supervisor", "auditor"}
ROLES = {"handler", "customer", *SEES_ALL}


def sees(actor: Actor, ticket: Ticket) -> bool:
    """Whether somebody may see a ticket: all of them, those of the department, or one's own."""
    held = actor.roles & ROLES
    if held & SEES_ALL:
        return True
    own = actor.id == ticket.customer or bool(ticket.deeds.get(actor.id))
    near = actor.department is not None and actor.department == ticket.department
    return bool(held) and (own or ("handler" in held and near))


def told(answer: Done | WorkorderError) -> tuple[Any, ...]:
    """Everything that an answer tells a caller."""
    if isinstance(answer, Done):
        return (
            "done",
            answer.ticket,
            answer.version,
            answer.events,
            answer.command_id,
            answer.repeated,
        )
    if isinstance(answer, CommandRefused):
        refusal = answer.refusal
        unmet = tuple((each.name, each.code, dict(each.facts)) for each in refusal.unmet)
        allowed = tuple(label.name for label in refusal.allowed)
        return ("refused", refusal.code, unmet, allowed, answer.text("zh-CN"))
    return ("error", type(answer), answer.code)


@define
class Register:
    """What was carried out so far: version numbers, and which command had which answer."""

    versions: dict[str, int] = field(factory=dict)
    answers: dict[tuple[str, str], tuple[dict[str, Any], str, int, int]] = field(factory=dict)

    def foresees(
        self,
        ticket: Ticket | None,
        ticket_id: str,
        command: Command,
        actor: Actor,
        command_id: str,
        expected: int | None,
        *,
        opening: bool = False,
    ) -> str | None:
        """The code of the refusal, ``repeated``, or ``None`` where it is for the kernel to say."""
        if not actor.roles <= ROLES:
            return "unknown_role"
        if not opening and (ticket is None or not sees(actor, ticket)):
            return "not_found"
        first = self.answers.get((ticket_id, command_id))
        if first is not None:
            same = (asked(command), actor.id) == first[:2]
            return "repeated" if same else "command_reused"
        if expected is not None and expected != self.versions.get(ticket_id, 0):
            return "stale"
        return None

    def heard(
        self, ticket_id: str, command: Command, actor: Actor, command_id: str, done: Done
    ) -> None:
        """Compare an accepted answer with what must be, and take it down."""
        key = (ticket_id, command_id)
        if done.repeated:
            _, _, version, events = self.answers[key]
        else:
            assert key not in self.answers
            version, events = self.versions.get(ticket_id, 0) + 1, len(done.events)
            self.versions[ticket_id] = version
            self.answers[key] = (asked(command), actor.id, version, events)
        assert (done.version, len(done.events)) == (version, events)
        assert {event.trace.version for event in done.events} == {version}
        assert {event.trace.command_id for event in done.events} == {command_id}
        assert done.ticket.version == self.versions[ticket_id]
        assert done.command_id == command_id
