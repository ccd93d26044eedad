"""Telling a story: who does what, in English and in Chinese, and what comes of it.

Each step says in both languages what happens, and is carried out at a desk as it is told: the
ticket must then be where the step says, or the refusal must name what the step says. What
was told can be read afterwards, with the state after each step and every refusal in the
library's own words.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from attrs import evolve, frozen

from workorder.desk import Done, DueRun, ServiceDesk
from workorder.errors import CommandRefused
from workorder.rulebook import Rulebook, bank
from workorder.storage import MemoryStore
from workorder.ticket import Command, DueRevised, Event, Ticket
from workorder.workflow import Actor

MONDAY = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
"""Nine o'clock in Beijing."""

BEIJING = timezone(timedelta(hours=8))

LANGUAGES = ("en", "zh-CN")

Said = tuple[str, str]
"""The same in English and in Chinese."""


def bank_with(**settings: Any) -> Rulebook:
    """The bank's rulebook with other settings."""
    known = bank()
    workflow = evolve(known.workflow, settings=evolve(known.workflow.settings, **settings))
    return evolve(known, workflow=workflow)


@frozen
class Line:
    """One line of a story.

    Attributes:
        at: when.
        who: the person and their roles, per language; nobody, where the story itself speaks.
        said: what happens.
        outcome: what came of it.
    """

    at: datetime
    who: Said | None
    said: Said
    outcome: Said | None = None


class Story:
    """A story that is carried out while it is told.

    Args:
        title: what it is about.
        rulebook: the rules in force.
        begins: when it begins.
    """

    def __init__(
        self, title: Said, *, rulebook: Rulebook | None = None, begins: datetime = MONDAY
    ) -> None:
        self.title = title
        self.now = begins
        self.store = MemoryStore()
        self.rulebook = rulebook or bank()
        self.desk = ServiceDesk(self.store, rulebook=self.rulebook, time=lambda: self.now)
        self.lines: list[Line] = []
        self.present = ""

    @property
    def ticket(self) -> Ticket:
        """The ticket that is spoken of, as it is stored."""
        return self.another(self.present)

    def another(self, ticket_id: str) -> Ticket:
        """Another ticket."""
        return self.desk.unrestricted().get(ticket_id)

    def events(self, ticket_id: str = "") -> list[Event]:
        """All that happened to a ticket, in order."""
        entries = self.desk.unrestricted().history(ticket_id or self.present)
        return [entry.event for entry in entries]

    def kinds(self, ticket_id: str = "") -> list[str]:
        """The events of a ticket, in order, but for the marks of its clocks."""
        events = self.events(ticket_id)
        own = [each for each in events if not _of_a_mark(each.trace.command_id)]
        return [each.kind.removeprefix("ticket.") for each in own]

    @property
    def timers(self) -> list[str]:
        """What time will do to the ticket, besides noting marks of its clocks."""
        return [timer.action for timer in self.ticket.timers if not _of_a_mark(timer.id)]

    def tells(self, english: str, chinese: str) -> None:
        """The story itself speaks."""
        self.lines.append(Line(self.now, None, (english, chinese)))

    def later(self, english: str, chinese: str, **time: float) -> None:
        """Time goes by, and nobody looks."""
        self.now += timedelta(**time)
        self.tells(english, chinese)

    def opens(self, actor: Actor, english: str, chinese: str, **given: Any) -> str:
        """Somebody opens a ticket, which is spoken of from now on; its id."""
        plain: dict[str, Any] = {
            "type": "complaint",
            "customer": "C-10023",
            "channel": "phone",
            "fields": {"title": "卡片被吞", "category": "atm"},
        }
        ticket = self.desk.open(**{**plain, **given}, actor=actor)
        self.present = ticket.id
        self._line(actor, (english, chinese), self._state(ticket.state))
        return ticket.id

    def does(
        self,
        actor: Actor,
        command: Command,
        english: str,
        chinese: str,
        *,
        to: str,
        event: str | None = None,
    ) -> Done:
        """Somebody does something; the ticket is in the state *to* afterwards."""
        self.now += timedelta(minutes=10)
        before = self.ticket
        done = self.desk.execute(self.present, command, actor=actor)
        seen = self.desk.get(self.present, actor=actor)
        assert done.ticket == seen
        assert seen == self.ticket or "customer" in actor.roles
        assert done.ticket.state == to, f"{english}: {done.ticket.state}, not {to}"
        assert done.version == before.version + 1
        *_, last = (each for each in done.events if not isinstance(each, DueRevised))
        assert last.step.action == command.action
        if event is not None:
            assert last.kind == f"ticket.{event}"
        self._line(actor, (english, chinese), self._state(to))
        return done

    def refused(
        self,
        actor: Actor,
        command: Command,
        english: str,
        chinese: str,
        *,
        by: str | Iterable[str] = (),
        code: str = "rules",
    ) -> CommandRefused:
        """Somebody tries something; the refusal names exactly what stands in the way, and nothing
        is changed.
        """
        wanted = [by] if isinstance(by, str) else list(by)
        before = self._kept()
        found = self._refusal(actor, command)
        assert found is not None, f"{english}: it was not refused"
        names = [unmet.name for unmet in found.refusal.unmet]
        assert (found.code, names) == (code, wanted), f"{english}: {found.text()}"
        assert self._kept() == before
        outcome = (
            f"Refused: {'; '.join(_reasons(found, 'en'))}",
            f"不予办理：{'；'.join(_reasons(found, 'zh-CN'))}",
        )
        self._line(actor, (english, chinese), outcome)
        return found

    def _refusal(self, actor: Actor, command: Command) -> CommandRefused | None:
        try:
            self.desk.execute(self.present, command, actor=actor)
        except CommandRefused as refused:
            return refused
        return None

    def time_acts(
        self, english: str, chinese: str, *, to: str, fired: Mapping[str, int] = {}
    ) -> DueRun:
        """Time does what is due by now, besides noting marks of clocks; the ticket is in the state
        *to* afterwards.
        """
        run = self.desk.run_due()
        done = {action: count for action, count in run.fired.items() if action != "reach_mark"}
        assert done == dict(fired), f"{english}: {run}"
        assert self.ticket.state == to, f"{english}: {self.ticket.state}, not {to}"
        self._line(None, (english, chinese), self._state(to))
        return run

    def _kept(self) -> list[tuple[bytes, int]]:
        """The bytes of every ticket, and how many records it has."""
        tickets = self.desk.unrestricted().find().tickets
        stored = self.store.load([ticket.id for ticket in tickets])
        return [
            (each.snapshot.data, len(self.store.records(name))) for name, each in stored.items()
        ]

    def _state(self, name: str) -> Said:
        label = self.rulebook.workflow.state_by_name[name].label
        return label.text("en"), label.text("zh-CN")

    def _line(self, actor: Actor | None, said: Said, outcome: Said) -> None:
        who = None
        if actor is not None:
            labels = [self.rulebook.workflow.role_labels[role] for role in sorted(actor.roles)]
            english = " and ".join(label.text("en").lower() for label in labels)
            chinese = "、".join(label.text("zh-CN") for label in labels)
            who = f"{actor.id} ({english})", f"{actor.id}（{chinese}）"
        self.lines.append(Line(self.now, who, said, outcome))

    def text(self, language: str) -> str:
        """The story, as it can be read."""
        which = LANGUAGES.index(language)
        lines = [self.title[which], ""]
        for number, line in enumerate(self.lines, 1):
            at = line.at.astimezone(BEIJING)
            when = f"{at.month}月{at.day}日 {at:%H:%M}" if which else f"{at:%d %b %H:%M}"
            colon = "：" if which else ": "
            who = "" if line.who is None else line.who[which] + colon
            lines.append(f"{number}. {when} {who}{line.said[which]}")
            if line.outcome is not None:
                lines.append(f"   → {line.outcome[which]}")
        return "\n".join(lines)


def _of_a_mark(timer: str) -> bool:
    """Whether a timer, or a command that bears its id, notes a mark of a clock."""
    return timer.startswith("time.reach_mark.")


def _reasons(refused: CommandRefused, language: str) -> list[str]:
    """Everything that stands in the way; else what kind of refusal it is."""
    found = [unmet.text(language) for unmet in refused.refusal.unmet]
    return found or refused.text(language).splitlines()[:1]


_HAN = re.compile(r"[\u4e00-\u9fff]")
_HALF_WIDTH = re.compile(r"[\u4e00-\u9fff][,;:!?.(]|[,;:!?)][\u4e00-\u9fff]")
_OPEN = re.compile(r"[{}]|\?$|\? ")
_STOPS = ("。", "？", "！", "”", "）")


def wrong_with(story: Story) -> list[str]:
    """Whatever is not as it should be with how a story is told: a step that says nothing in one of
    the languages, Chinese in the English, English punctuation in the Chinese, a sentence that
    does not end, a refusal with a hole in it.
    """
    found = []
    for number, line in enumerate(story.lines, 1):
        english, chinese = line.said
        found += [f"{number}: {fault}" for fault in _wrong(english, chinese)]
        if line.outcome is not None:
            english, chinese = line.outcome
            if not _HAN.search(chinese) or _HALF_WIDTH.search(chinese) or _OPEN.search(chinese):
                found.append(f"{number}: outcome {chinese}")
            if not english.strip() or _OPEN.search(english):
                found.append(f"{number}: outcome {english}")
    title = story.title
    if not title[0].strip() or not _HAN.search(title[1]):
        found.append("the title")
    return found


def _wrong(english: str, chinese: str) -> Iterable[str]:
    if not english.strip():
        yield "nothing in English"
    elif _HAN.search(english):
        yield f"Chinese in English: {english}"
    elif not english.endswith((".", "?", "!", '"')):
        yield f"no end: {english}"
    if not _HAN.search(chinese):
        yield "nothing in Chinese"
    elif _HALF_WIDTH.search(chinese):
        yield f"punctuation: {chinese}"
    elif not chinese.endswith(_STOPS):
        yield f"no end: {chinese}"


def told(tell: Callable[[], Story]) -> Story:
    """A story that was told well, in both languages."""
    story = tell()
    assert wrong_with(story) == []
    for language in LANGUAGES:
        lines = story.text(language).splitlines()
        assert len(lines) >= len(story.lines) + 2
    return story
