"""Random lives of tickets under a rulebook: people do what is offered to them, and time passes."""

import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from workorder.desk import ServiceDesk
from workorder.errors import CommandRefused, InvalidInput
from workorder.intake import Form
from workorder.rulebook import Rulebook
from workorder.storage import MemoryStore
from workorder.storage.verifying import verify_store
from workorder.testing.fixed_time import FixedTime, counted_entropy, counted_ids
from workorder.ticket import Action, Ticket
from workorder.ticket.commands import BUILT_IN
from workorder.values import Kind
from workorder.workflow import Actor, Option, Scope
from workorder.workflow.roles import SYSTEM_ROLE

TRIES = 4
"""How often an action is tried with other arguments before something else is done."""

ASKED = 8
"""How many people are asked what they might do, before one of them does it."""

_UNKEPT = {"value", "event"}
"""What an error names that comes from writing a record: no argument is wrong then."""

_JUMPS = (0, 1, 60, 3_600, 10 * 3_600, 86_400, 3 * 86_400, 16 * 86_400, 100 * 86_400)
_WORDS = ("写明原因", "asked the customer", "“引号” & <b>", "第二行\n", "💳")


def cast(rulebook: Rulebook) -> tuple[Actor, ...]:
    """One person for each role, and several in two departments who hold all roles of staff: alone
    they could do everything, and four-eyes rules see that they do not.
    """
    roles = [
        role for role in rulebook.workflow.roles if not role.read_only and role.name != SYSTEM_ROLE
    ]
    staff = frozenset(role.name for role in roles if role.sees != Scope.OWN)
    alone = [Actor(role.name, role.name, "cards") for role in roles]
    several = [
        Actor(f"staff-{number}", staff, ("cards", "branch-7")[number % 2], 10 * number)
        for number in range(8 if staff else 0)
    ]
    return (*alone, *several)


class Life:
    """Some tickets at one desk, and what is done to them.

    Args:
        rulebook: the rules.
        seed: what everything is drawn from: the same life for the same seed.
        people: who acts; :func:`cast`, if not given.
        tried: how often each action was tried in lives before.

    Attributes:
        said: what was done, a line each.
        done: how often each action was carried out.
        tried: how often each action was tried, in lives before, too.
    """

    def __init__(
        self,
        rulebook: Rulebook,
        seed: int,
        people: Sequence[Actor] = (),
        tried: Mapping[str, int] | None = None,
    ) -> None:
        self._random = random.Random(seed)  # noqa: S311 (lives, not secrets)
        self._rulebook = rulebook
        self._people = tuple(people) or cast(rulebook)
        own = {role.name for role in rulebook.workflow.roles if role.sees == Scope.OWN}
        self._customers = ["C-1", *(each.id for each in self._people if each.roles & own)]
        self._time = FixedTime()
        self._store = MemoryStore()
        self._desk = ServiceDesk(
            self._store,
            rulebook=rulebook,
            time=self._time,
            new_id=counted_ids(),
            new_entropy=counted_entropy(),
        )
        self._ids: list[str] = []
        self.said: list[str] = []
        self.done: Counter[str] = Counter()
        self.tried: Counter[str] = Counter(tried)

    def live(self, steps: int) -> None:
        """Let *steps* things happen."""
        for _ in range(steps):
            if not self._ids or self._random.random() < 0.04:  # noqa: PLR2004 (now and then)
                self._open()
            elif self._random.random() < 0.2:  # noqa: PLR2004 (one in five)
                self._wait()
            else:
                self._act()

    def _open(self) -> None:
        person = self._random.choice(self._people)
        form = self._random.choice(self._rulebook.forms)
        fields = self._fields(form)
        self.said.append(f"{person.id} opens {form.type} {fields}")
        try:
            ticket = self._desk.open(
                form.type,
                actor=person,
                customer=self._random.choice(self._customers),
                channel="phone",
                department=person.department,
                fields=fields,
            )
        except CommandRefused as refused:
            self.said[-1] += f": {refused.code}"
        else:
            self._ids.append(ticket.id)
            self.done["open"] += 1

    def _wait(self) -> None:
        seconds = self._random.choice(_JUMPS)
        self._time.pass_by(seconds=seconds)
        run = self._desk.run_due()
        self.done.update(run.fired)
        self.said.append(f"{seconds} s pass: {dict(run.fired)}")

    def _act(self) -> None:
        ticket_id = self._random.choice(self._ids)
        asked = self._random.sample(self._people, min(ASKED, len(self._people)))
        offered = [
            (person, option) for person in asked for option in self._offered(ticket_id, person)
        ]
        if not offered:
            return
        # What was seldom tried comes more often, so that all of a rulebook has its turn.
        weights = [self._weight(option) for _, option in offered]
        person, option = self._random.choices(offered, weights)[0]
        self._take(ticket_id, person, option)

    def _weight(self, option: Option) -> float:
        weight = 1 / (1 + self.tried[option.action.name]) ** 2
        step = option.permitted.step if option.permitted is not None else None
        return weight / 20 if step is not None and step.category == "final" else weight

    def _offered(self, ticket_id: str, person: Actor) -> list[Option]:
        try:
            options = self._desk.options(ticket_id, actor=person)
        except CommandRefused:
            return []  # not theirs to see
        return [option for option in options if option.allowed]

    def _take(self, ticket_id: str, person: Actor, option: Option) -> None:
        name = option.action.name
        ticket = self._desk.unrestricted().get(ticket_id)
        self.tried[name] += 1
        for _ in range(TRIES):
            given = self._arguments(name, option, ticket)
            self.said.append(f"{person.id} does {name} {given}")
            try:
                self._desk.perform(ticket_id, Action(name, given), actor=person)
            except CommandRefused as refused:
                self.said[-1] += f": {refused.code}"
            except InvalidInput as wrong:
                if wrong.facts.get("name") in _UNKEPT:
                    raise
                self.said[-1] += f": {wrong.code}"
            else:
                self.done[name] += 1
                return

    def _arguments(self, name: str, option: Option, ticket: Ticket) -> dict[str, Any]:
        specs = self._rulebook.workflow.compiled.specs.get(name, {})
        given = {
            spec.name: self._value(spec.name, spec.kind, spec.choices, ticket)
            for spec in specs.values()
            if spec.required or spec.name in option.needs or self._random.random() < 0.5  # noqa: PLR2004 (now and then)
        }
        command = {each.action: each for each in BUILT_IN}.get(name)
        form = self._rulebook.form_by_type.get(str(given.get("type", ticket.type)))
        if command is not None and "fields" in command.undeclared() and form is not None:
            given["fields"] = self._fields(form)
        return given

    def _value(self, name: str, kind: Kind, choices: tuple[str, ...], ticket: Ticket | None) -> Any:
        draw = self._random
        if kind == "text":
            return draw.choice(_WORDS)
        if kind == "integer":
            return draw.randint(0, 6)
        if kind == "flag":
            return draw.random() < 0.5  # noqa: PLR2004 (either)
        if kind == "instant":
            return self._instant()
        one = choices or tuple(self._codes(name, ticket))
        if kind == "codes":
            return tuple(draw.sample(one, min(2, len(one))))
        return draw.choice(one)

    def _instant(self) -> datetime:
        return self._time() + timedelta(hours=self._random.choice([-1, 1, 30, 200, 1_000]))

    def _codes(self, name: str, ticket: Ticket | None) -> Iterator[str]:
        """Whatever a code may mean: people, departments, types, reasons, other tickets."""
        settings = self._rulebook.workflow.settings
        if "reason" in name and settings.hold_reasons:
            yield from (each.name for each in settings.hold_reasons)
            return
        if name == "type":
            yield from (form.type for form in self._rulebook.forms)
            return
        yield from (person.id for person in self._people)
        yield from ("cards", "branch-7", "phone", "decision", "extension", "closed")
        yield from self._ids
        if ticket is not None:
            yield from (task.id for task in ticket.work.subtasks)

    def _fields(self, form: Form) -> dict[str, Any]:
        return {
            field.name: self._value(field.name, field.kind, field.choices, None)
            for field in form.fields
            if field.required or self._random.random() < 0.5  # noqa: PLR2004 (now and then)
        }

    def wrong(self) -> Iterator[str]:
        """What is wrong with what was kept: tickets that do not follow from their events, records
        that do not follow from each other, values that are not what was sealed.
        """
        events = self._rulebook.event_types
        report = verify_store(self._store, replay=True, host_events=events)
        yield from (each.text() for each in report.damages)
