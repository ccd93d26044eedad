"""Random commands by random people: three stores, one truth."""

from copy import copy
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    multiple,
    precondition,
    rule,
)

from tests.desk.commands import commands, fields, openings, sound, sound_fields, unfit
from tests.desk.oracle import ROLES, Register, sees, told
from tests.desk.people import AT, Counting
from tests.desk.rulebooks import CHEN, PEOPLE, banks
from tests.storage.stores import dump
from workorder.desk import Done, ServiceDesk, derived_id
from workorder.desk.drivers import drive
from workorder.errors import CommandRefused, InvalidInput, WorkorderError
from workorder.kernel import replay
from workorder.refusals import PRECEDENCE, Refusal
from workorder.storage import Capability, Codec, FullStore, MemoryStore, SQLiteStore, TicketQuery
from workorder.ticket import Command, Open, Ticket
from workorder.workflow import Actor

actors = st.sampled_from(PEOPLE)
offsets = st.sampled_from([None, None, None, 0, 0, -1, 1])


def twin(store: MemoryStore) -> MemoryStore:
    """A store with the same content, to try something on."""
    other = MemoryStore()
    other._tickets = dict(store._tickets)
    other._receipts = {name: dict(known) for name, known in store._receipts.items()}
    return other


def tried(desk: ServiceDesk, ticket_id: str, command: Command, actor: Actor) -> Done | Refusal:
    """What comes of a command."""
    try:
        return desk.execute(ticket_id, command, actor=actor)
    except CommandRefused as refused:
        return refused.refusal


class Desks(RuleBasedStateMachine):
    """The same commands to desks on memory, on a file and on a store without history."""

    tickets: Bundle[str] = Bundle("tickets")
    used: Bundle[tuple[str, Command, Actor, str]] = Bundle("used")

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        self.now = AT
        self.fresh = 0
        self.register = Register()
        self.memory = MemoryStore()
        self.on_file = SQLiteStore(Path(self.folder.name) / "store.db")
        self.plain = MemoryStore(history=False)
        self.stores: tuple[FullStore, ...] = (self.memory, self.on_file, self.plain)
        self.desks = [self.desk_on(store) for store in self.stores]

    def teardown(self) -> None:
        """Close the file."""
        self.on_file.close()
        self.folder.cleanup()

    def desk_on(self, store: Any) -> ServiceDesk:
        """A desk with the clock of this machine."""
        return ServiceDesk(
            store, rulebook=banks(), time=lambda: self.now, new_entropy=Counting(), secret=b"k"
        )

    def ticket(self, ticket_id: str) -> Ticket | None:
        """The ticket as it stands."""
        found = self.memory.load((ticket_id,))
        return found[ticket_id].snapshot.ticket if found else None

    def everywhere(self, ask: Any) -> Done | WorkorderError:
        """Ask all desks; they answer alike, and a desk that refuses has changed nothing."""
        answers: list[Done | WorkorderError] = []
        for desk, store in zip(self.desks, self.stores, strict=True):
            was = dump(store)
            try:
                answer = ask(desk)
            except WorkorderError as error:
                answer = error
            fresh = isinstance(answer, Done) and not answer.repeated
            assert (dump(store) != was) == fresh
            answers.append(answer)
        assert told(answers[0]) == told(answers[1]) == told(answers[2])
        return answers[0]

    def judge(
        self,
        answer: Done | WorkorderError,
        foreseen: str | None,
        ticket_id: str,
        command: Command,
        actor: Actor,
        command_id: str,
    ) -> bool:
        """Compare an answer with the second opinion; whether something new was carried out."""
        if isinstance(answer, InvalidInput):
            assert unfit(dict(command.arguments())) or unfit(getattr(command, "fields", None))
            return False
        if isinstance(answer, CommandRefused):
            assert answer.code in PRECEDENCE
            assert foreseen == answer.code or (foreseen is None and answer.code not in EARLY)
            return False
        assert isinstance(answer, Done)
        assert foreseen == ("repeated" if answer.repeated else None)
        self.register.heard(ticket_id, command, actor, command_id, answer)
        return not answer.repeated

    def opened(self, given: dict[str, Any], actor: Actor, command_id: str) -> Any:
        """Open a ticket everywhere."""
        ticket_id = derived_id("", "open", command_id)
        command = Open(**{**given, "subjects": tuple(given["subjects"])})

        def ask(desk: ServiceDesk) -> Done:
            operation = desk._prepare.open(command, actor, command_id)
            done, _ = drive(operation, desk.store)
            return done

        foreseen = self.register.foresees(
            self.ticket(ticket_id), ticket_id, command, actor, command_id, None, opening=True
        )
        answer = self.everywhere(ask)
        new = self.judge(answer, foreseen, ticket_id, command, actor, command_id)
        return ticket_id if new else multiple()

    @precondition(lambda self: len(self.register.versions) < 4)
    @rule(
        target=tickets, given=openings, values=st.none() | fields, actor=actors, again=st.booleans()
    )
    def open(self, given: dict[str, Any], values: Any, actor: Actor, again: bool) -> Any:
        """Open a ticket, sometimes under an id that was used for opening another."""
        self.fresh += not (again and self.fresh)
        chosen = sound_fields.get(given["type"], {}) if values is None else values
        return self.opened({**given, "fields": chosen}, actor, f"open-{self.fresh}")

    @rule(
        target=used,
        ticket_id=tickets,
        command=commands,
        actor=actors,
        offset=offsets,
    )
    def command(self, ticket_id: str, command: Command, actor: Actor, offset: int | None) -> Any:
        """A new command, now and then with an expected version, right or wrong."""
        self.fresh += 1
        return self.carried_out(ticket_id, command, actor, f"c{self.fresh}", offset)

    @initialize(target=tickets, kind=st.sampled_from(["complaint", "bare"]))
    def first(self, kind: str) -> Any:
        """There is a ticket to begin with."""
        given = {"type": kind, "customer": "C-1", "subjects": ("sun",), "department": "cards"}
        return self.opened({**given, "fields": sound_fields[kind]}, CHEN, "first")

    @rule(target=used, ticket_id=tickets, moving=st.booleans(), data=st.data())
    def sound_commands(self, ticket_id: str, moving: bool, data: st.DataObject) -> Any:
        """New commands by people who may give them, so that tickets get on with their lives."""
        carried: list[Any] = []
        for _ in range(data.draw(st.integers(1, 6))):
            ticket = self.ticket(ticket_id)
            assert ticket is not None
            possible = [
                (actor, option.action.name)
                for actor in KNOWN
                for option in banks().workflow.options(ticket, actor=actor, at=self.now)
                if option.permitted is not None and option.permitted.step.moved >= moving
            ]
            if not possible:
                break
            self.fresh += 1
            actor, action = data.draw(st.sampled_from(possible))
            command = sound(action, ticket)
            carried.append(self.carried_out(ticket_id, command, actor, f"c{self.fresh}", None))
        return multiple(*(each for each in carried if isinstance(each, tuple)))

    @rule(earlier=used, ticket_id=tickets, command=st.none() | commands, actor=st.none() | actors)
    def again(
        self,
        earlier: tuple[str, Command, Actor, str],
        ticket_id: str,
        command: Command | None,
        actor: Actor | None,
    ) -> None:
        """An id that was used: for the same command, for another, by another, elsewhere."""
        first_id, first, first_actor, command_id = earlier
        self.carried_out(first_id, command or first, actor or first_actor, command_id, None)
        self.carried_out(ticket_id, command or first, actor or first_actor, command_id, None)

    @rule(earlier=consumes(used))
    def just_repeated(self, earlier: tuple[str, Command, Actor, str]) -> None:
        """The same command once more, also with a version that is long past."""
        ticket_id, command, actor, command_id = earlier
        self.carried_out(ticket_id, command, actor, command_id, -1)

    def carried_out(
        self, ticket_id: str, command: Command, actor: Actor, command_id: str, offset: int | None
    ) -> Any:
        """Carry out a command everywhere and hold the answer against the second opinion."""
        version = self.register.versions[ticket_id]
        expected = None if offset is None else max(0, version + offset)
        foreseen = self.register.foresees(
            self.ticket(ticket_id), ticket_id, command, actor, command_id, expected
        )
        answer = self.everywhere(
            lambda desk: desk.execute(
                ticket_id,
                copy(command),
                actor=actor,
                command_id=command_id,
                expected_version=expected,
            )
        )
        new = self.judge(answer, foreseen, ticket_id, command, actor, command_id)
        return (ticket_id, command, actor, command_id) if new else multiple()

    @rule(command=commands, actor=actors)
    def elsewhere(self, command: Command, actor: Actor) -> None:
        """A command on a ticket that does not exist."""
        answer = self.everywhere(lambda desk: desk.execute("nowhere", command, actor=actor))
        assert isinstance(answer, CommandRefused)
        assert answer.code == ("not_found" if actor.roles <= ROLES else "unknown_role")

    @rule(seconds=st.sampled_from([0, 1, 60, 3_600, -1, -60, -600]))
    def time_passes(self, seconds: int) -> None:
        """The clock goes on, stands still or goes back."""
        self.now += timedelta(seconds=seconds)

    @rule(ticket_id=tickets, actor=actors)
    def options_agree(self, ticket_id: str, actor: Actor) -> None:
        """What is offered can be done, what is refused is refused, for the reasons given."""
        ticket = self.ticket(ticket_id)
        assert ticket is not None
        if not sees(actor, ticket) or not actor.roles <= ROLES:
            return
        self.now = max(self.now, ticket.times.last)
        given = [desk.options(ticket_id, actor=actor) for desk in self.desks]
        assert given[0] == given[1] == given[2]
        assert {option.action.name for option in given[0]} == ACTIONS
        for option in given[0]:
            desk = self.desk_on(twin(self.memory))
            command = sound(option.action.name, ticket)
            assert set(option.needs) <= set(command.arguments()) | {"department"}
            answer = tried(desk, ticket_id, command, actor)
            if isinstance(answer, Done):
                assert option.permitted is not None, option
                assert answer.ticket.state == option.permitted.to_state
                assert answer.events[0].step == option.permitted.step
            else:
                assert option.refusal is not None, (option, answer)
                assert answer.code == option.refusal.code
                assert all(unmet in answer.unmet for unmet in option.refusal.unmet)

    @rule(actor=st.sampled_from(PEOPLE).filter(lambda actor: actor.roles <= ROLES))
    def find_agrees(self, actor: Actor) -> None:
        """People find exactly the tickets they may see, everywhere."""
        everything = TicketQuery(order=("id",), limit=1_000)
        whole = [snapshot.ticket for snapshot in self.memory.find(everything)]
        expected = tuple(ticket for ticket in whole if sees(actor, ticket))
        for desk in self.desks:
            assert desk.find(everything, actor=actor).tickets == expected
            assert desk.unrestricted().find(everything).tickets == tuple(whole)

    @invariant()
    def stores_agree(self) -> None:
        """Every store holds the same tickets, and what keeps history replays to them."""
        ids = tuple(self.register.versions)
        loaded = [store.load(ids) for store in self.stores]
        assert loaded[0] == loaded[1] == loaded[2]
        assert {name: found.snapshot.ticket.version for name, found in loaded[0].items()} == (
            self.register.versions
        )
        for store in self.stores:
            if Capability.HISTORY in store.capabilities:
                for name, found in loaded[0].items():
                    events = [Codec().decode(record) for record in store.records(name)]
                    assert replay(name, events) == found.snapshot.ticket


KNOWN = tuple(actor for actor in PEOPLE if actor.roles <= ROLES)
ACTIONS = {action.name for action in banks().workflow.actions} - {"open"}
EARLY = {"unknown_role", "not_found", "command_reused", "stale", "conflict"}
TestDesks = Desks.TestCase
