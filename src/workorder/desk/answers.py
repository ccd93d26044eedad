"""What the desk gives back besides tickets."""

from collections.abc import Mapping
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING, Any

import attrs
from attrs import frozen

from workorder.errors import WorkorderError
from workorder.instants import instant_text
from workorder.refusals import Refusal
from workorder.storage import field_data
from workorder.texts import ENGLISH, Label, in_language, is_chinese, shown
from workorder.ticket import Event, Sealed, Ticket, Timer
from workorder.ticket.sharing import NOT_SHARED
from workorder.workflow import Option

if TYPE_CHECKING:
    from workorder.sla.clocks import ClockLedger

_LEFT_OUT = (None, "", NOT_SHARED)
_ELSEWHERE = {"wrong_state", "unknown_state", "opaque_history", "clock_skew"}


@frozen
class Done:
    """The answer to a command that was carried out, the first time or again.

    Attributes:
        ticket: the ticket as it stands now.
        version: its version right after the command.
        events: what the command brought about.
        command_id: the id it was carried out under.
        repeated: it had been carried out before; nothing was changed this time.
        freed: who has more room since, for those who read all of the ticket; the desk asks for each
            what comes next.
    """

    ticket: Ticket
    version: int
    events: tuple[Event, ...]
    command_id: str
    repeated: bool = False
    freed: tuple[str, ...] = ()


@frozen
class Lapse:
    """A timer that was refused: it is recorded, and time does not try again by itself.

    Attributes:
        ticket_id: the ticket.
        timer: what was to happen, and when.
        refusal: why it did not.
    """

    ticket_id: str
    timer: Timer
    refusal: Refusal


@frozen
class Stuck:
    """A ticket on which time could not act at all; it stays due.

    Attributes:
        ticket_id: the ticket; ``?`` when not even that could be read.
        cause: why: what the rulebook does not know of it, or what cannot be read.
    """

    ticket_id: str
    cause: Refusal | WorkorderError

    def text(self, language: str = ENGLISH) -> str:
        """Why, for people."""
        return self.cause.text(language)


@frozen
class DueRun:
    """What time did, in one run.

    Attributes:
        claimed: how many tickets were looked at.
        tickets: on how many something happened.
        fired: how often each action was carried out.
        lapsed: timers that were refused.
        stuck: tickets on which time could not act.
    """

    claimed: int
    tickets: int
    fired: Mapping[str, int]
    lapsed: tuple[Lapse, ...] = ()
    stuck: tuple[Stuck, ...] = ()

    def as_data(self, language: str = ENGLISH) -> dict[str, Any]:
        """The run as plain data."""
        return {
            "claimed": self.claimed,
            "tickets": self.tickets,
            "fired": dict(self.fired),
            "lapsed": [
                {
                    "ticket": each.ticket_id,
                    "action": each.timer.action,
                    "at": instant_text(each.timer.at),
                    "refusal": each.refusal.as_data(language),
                }
                for each in self.lapsed
            ],
            "stuck": [
                {"ticket": each.ticket_id, "code": each.cause.code, "reason": each.text(language)}
                for each in self.stuck
            ],
        }


@frozen
class Entry:
    """One event of a ticket's history.

    Attributes:
        sequence: its number within the ticket.
        event: the event.
        texts: the sealed values it refers to, by argument or field; ``None`` where the value
            was erased, the store keeps none, or the reader may not read it.
        withheld: the fields whose values the reader may not read; they are not in the event.
        state: what the reader calls the state into which the event brought the ticket; ``None``
            where it did not.
    """

    sequence: int
    event: Event
    texts: Mapping[str, str | None] = {}
    withheld: tuple[str, ...] = ()
    state: Label | None = None

    def as_data(self, language: str = ENGLISH) -> dict[str, Any]:
        """The entry as plain data: who, when, what, from where to where, and what was said.

        ``withheld`` and ``state_label`` are there where there is something to say.
        """
        event = self.event
        more: dict[str, Any] = {"withheld": list(self.withheld)} if self.withheld else {}
        if self.state is not None:
            more["state_label"] = self.state.text(language)
        own = {
            each.name: value
            for each in attrs.fields(type(event))
            if each.name not in {"trace", "step", "clocks", *self.texts}
            and (value := getattr(event, each.name)) not in _LEFT_OUT
            and (each.default is attrs.NOTHING or value != each.default)
        }
        return {
            "sequence": self.sequence,
            "version": event.trace.version,
            "kind": event.kind,
            "at": instant_text(event.trace.occurred_at),
            "actor": event.trace.actor,
            "role": event.step.role,
            "action": event.step.action,
            "from": event.step.from_state,
            "state": event.step.to_state,
            "said": {**self._plain(own), **self.texts},
            "command_id": event.trace.command_id,
            **more,
        }

    def _plain(self, said: Mapping[str, Any]) -> dict[str, Any]:
        """What was said as plain data, without what is missing and what :attr:`texts` has."""
        plain: dict[str, Any] = {}
        for name, value in said.items():
            if isinstance(value, Mapping):
                inner = self._plain({k: v for k, v in value.items() if k not in self.texts})
                if inner:
                    plain[name] = inner
            elif value is not None:
                plain[name] = _whole(value)
        return plain


def _whole(value: Any) -> Any:
    """One value of an event as plain data; several small values, each as a table."""
    if isinstance(value, tuple):
        return [_whole(each) for each in value]
    if attrs.has(type(value)) and not isinstance(value, Sealed):
        return {each.name: _whole(getattr(value, each.name)) for each in attrs.fields(type(value))}
    return field_data(value)


@frozen
class Page:
    """Tickets found.

    Attributes:
        tickets: in the order asked for.
        next: the mark to ask for the next page with; ``None`` on the last one.
    """

    tickets: tuple[Ticket, ...]
    next: str | None = None


@frozen
class Explanation:
    """Where a ticket stands, and for one person every action with every rule.

    Attributes:
        ticket: the ticket.
        state: its state with labels (the bare name, if the workflow does not know it).
        at: the instant for which it holds.
        options: every action; see :class:`~workorder.workflow.Option`.
        zone: the zone in which instants are said; as they are, if not given.
        clocks: the account of every SLA clock, for those who read all of the ticket.
    """

    ticket: Ticket
    state: Label
    at: datetime
    options: tuple[Option, ...]
    zone: tzinfo | None = None
    clocks: "tuple[ClockLedger, ...]" = ()

    def text(self, language: str = ENGLISH) -> str:
        """The explanation for people: what one may do, and what stands in the way of the rest."""
        chinese = is_chinese(language)
        ticket = self.ticket
        head = (
            f"工单 {ticket.id}：{self.state.text(language)}，第 {ticket.version} 版"
            if chinese
            else f"Ticket {ticket.id}: {self.state.text(language)}, version {ticket.version}"
        )
        lines = [head]
        elsewhere = []
        for option in self.options:
            if option.refusal is not None and option.refusal.code in _ELSEWHERE:
                elsewhere.append(option.action)
                continue
            sign = "✓" if option.allowed else "✗"
            needs = ", ".join(option.needs)
            note = (f"（需要：{needs}）" if chinese else f" (needs: {needs})") if needs else ""
            lines.append(f"{sign} {option.action.text(language)}{note}")
            for check in option.checks:
                mark = {True: "✓", False: "✗", None: "?"}[check.holds]
                said = (
                    check.unmet.text(language, self.zone)
                    if check.unmet is not None
                    else in_language(check.rule.holds, language, check.rule.name)
                )
                lines.append(f"    {mark} {said}")
            if option.refusal is not None and not option.checks:
                lines.append(f"    {option.refusal.text(language).splitlines()[0]}")
        if elsewhere:
            head = "此状态下不可进行：" if chinese else "Not in this state: "
            lines.append(head + shown(tuple(elsewhere), language))
        lines += [f"\n{each.text(language)}" for each in self.clocks]
        return "\n".join(lines)

    def as_data(self, language: str = ENGLISH) -> dict[str, Any]:
        """The explanation as plain data."""
        return {
            "ticket": self.ticket.id,
            "version": self.ticket.version,
            "state": self.state.name,
            "options": [option_data(option, language) for option in self.options],
            "clocks": [each.as_data(language) for each in self.clocks],
        }


def _zone(option: Option) -> tzinfo | None:
    return option.refusal.zone if option.refusal is not None else None


def option_data(option: Option, language: str = ENGLISH) -> dict[str, Any]:
    """One option as plain data: names, and sentences in *language*."""
    return {
        "action": option.action.name,
        "label": option.action.text(language),
        "allowed": option.allowed,
        "to": option.permitted.to_state if option.permitted is not None else None,
        "role": option.permitted.role if option.permitted is not None else None,
        "needs": list(option.needs),
        "refusal": option.refusal.as_data(language) if option.refusal is not None else None,
        "checks": [
            {
                "rule": check.rule.name,
                "holds": check.holds,
                "text": check.unmet.text(language, _zone(option))
                if check.unmet is not None
                else in_language(check.rule.holds, language, check.rule.name),
            }
            for check in option.checks
        ],
    }
