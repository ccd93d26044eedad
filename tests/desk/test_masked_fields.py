"""Masked fields: nothing but the last digits of a card number is found anywhere afterwards."""

import logging
import traceback
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from tests.desk.people import Counting
from workorder.canonical import keyed_digest
from workorder.desk import ServiceDesk
from workorder.desk.identity import command_digest
from workorder.errors import CommandRefused, WorkorderError
from workorder.intake import Field
from workorder.kernel import Context, Decided, decide
from workorder.rulebook import Rulebook, bank
from workorder.storage import SQLiteStore
from workorder.ticket import (
    Accept,
    Action,
    Appeal,
    Approve,
    Command,
    Dispatch,
    Edit,
    InformCustomer,
    Open,
    Reclassify,
    Start,
    Submit,
    Ticket,
)
from workorder.workflow import Actor

CARD = "6222 0212-3456 7890"
KEPT = "**** ****-**** 7890"
WIDE = "６２２２０２１２３４５６７８９０"
TRACES = ("6222 0212", "0212-3456", "62220212", "02123456", WIDE[:4], WIDE[4:8])
"""Parts of the value that must not be found; too long to stand in some digest by chance."""

LI = Actor("li", ("intake", "supervisor", "dispatcher"))
ZHANG = Actor("zhang", "handler", "cards")
SUN = Actor("sun", "reviewer", "cards")
CUSTOMER = Actor("C-1", "customer")
NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)


def masking(*fields: Field) -> Rulebook:
    """The bank's rulebook with these fields on every form."""
    known = bank()
    forms = tuple(evolve(form, fields=(*form.fields, *fields)) for form in known.forms)
    return evolve(known, forms=forms)


CODE = Field("card", "code", searchable=True, keep_last=4)
TEXT = Field("account", keep_last=4)
RULES = masking(CODE, TEXT)


class Branch:
    """A desk on a database in a file, all of whose bytes can be looked through."""

    def __init__(self, path: Path, rules: Rulebook = RULES) -> None:
        self.path = path
        self.now = NOON
        self.store = SQLiteStore(path)
        self.desk = self.with_rules(rules)
        self.errors: list[str] = []

    def with_rules(self, rules: Rulebook, *earlier: Rulebook) -> ServiceDesk:
        """A desk under other rules, on the same store."""
        return ServiceDesk(
            self.store,
            rulebook=rules,
            earlier=earlier,
            time=self.tick,
            secret=b"k",
            new_entropy=Counting(),
        )

    def tick(self) -> datetime:
        """A minute later each time."""
        self.now += timedelta(minutes=1)
        return self.now

    def open(self, command_id: str = "one", **fields: Any) -> Ticket:
        """A complaint with these fields."""
        return self.desk.open(
            "complaint",
            actor=LI,
            customer="C-1",
            channel="phone",
            fields={"title": "card", "category": "atm", **fields},
            command_id=command_id,
        )

    def refused(self, ticket_id: str, command: Command, actor: Actor = LI) -> str:
        """Everything that a refusal says, and how it came about."""
        try:
            self.desk.execute(ticket_id, command, actor=actor)
        except WorkorderError as error:
            lines = [repr(error), str(error), repr(error.facts), error.text("zh-CN")]
            if isinstance(error, CommandRefused):
                lines += [repr(error.refusal), repr(error.refusal.as_data())]
            return "\n".join([*lines, *traceback.format_exception(error)])
        raise AssertionError(command)

    def bytes(self) -> bytes:
        """All that was ever written to disk and is still there."""
        return b"".join(each.read_bytes() for each in sorted(self.path.parent.iterdir()))


@pytest.fixture
def branch(tmp_path: Path) -> Iterator[Branch]:
    """A branch with nothing in it."""
    made = Branch(tmp_path / "branch.db")
    yield made
    made.store.close()


def clean(data: bytes | str) -> bool:
    """Whether no part of the value is in *data*."""
    found = data.encode() if isinstance(data, str) else data
    return not any(part.encode() in found for part in TRACES)


def test_nothing_is_left(branch: Branch, caplog: pytest.LogCaptureFixture) -> None:
    """Opened, edited, reclassified, by name alone, appealed: the file holds the mask alone."""
    caplog.set_level(logging.DEBUG)
    ticket = branch.open(card=CARD, account=WIDE)
    desk = branch.desk
    assert ticket.fields["card"] == KEPT
    assert clean(repr(ticket))
    commands: list[tuple[Command, Actor]] = [
        (Edit(fields={"card": CARD}), LI),
        (Action("edit", {"fields": {"card": CARD, "account": CARD}}), LI),
        (Accept(), LI),
        (Reclassify("enquiry", "better", {"card": CARD}), LI),
        (Action("reclassify", {"reason": "so", "fields": {"account": CARD}}), LI),
        (Dispatch("zhang", "cards"), LI),
        (Start(), ZHANG),
        (Submit("done"), ZHANG),
        (Approve(), SUN),
        (InformCustomer("decision", "phone"), LI),
        (Appeal("unfair", {"card": CARD, "account": CARD}), CUSTOMER),
    ]
    for command, actor in commands:
        done = desk.execute(ticket.id, command, actor=actor)
        assert clean(repr(done))
    for each in desk.unrestricted().find().tickets:
        history = desk.unrestricted().history(each.id)
        assert clean(repr(history))
        assert clean(repr([entry.as_data() for entry in history]))
    texts = [entry.texts for entry in desk.unrestricted().history(ticket.id)]
    assert texts[0]["account"] == "*" * 12 + "７８９０"
    assert texts[2]["account"] == KEPT
    assert KEPT.encode() in branch.bytes()
    assert clean(branch.bytes())
    assert clean(caplog.text)


@pytest.mark.parametrize(
    ("command", "stored"),
    [
        (Edit(fields={"card": CARD}), Edit(fields={"card": KEPT})),
        (Action("edit", {"fields": {"card": CARD}}), Action("edit", {"fields": {"card": KEPT}})),
    ],
)
def test_the_digest_knows_the_mask_alone(branch: Branch, command: Command, stored: Command) -> None:
    """Whoever has the database and the secret cannot try numbers out against the receipts."""
    ticket = branch.open(card=CARD)
    branch.desk.execute(ticket.id, command, actor=LI, command_id="edit")
    whole = command_digest(b"k", ticket.id, "edit", command, LI)
    kept = command_digest(b"k", ticket.id, "edit", stored, LI)
    receipt = branch.store.load([ticket.id], ["edit"])[ticket.id].receipts["edit"]
    assert receipt.digest == kept != whole
    for digest in (whole, keyed_digest(b"k", CARD.encode())):
        assert digest.encode() not in branch.bytes()
        assert bytes.fromhex(digest) not in branch.bytes()


def test_refusals_say_nothing(branch: Branch) -> None:
    """Whatever else is wrong with a command, what was filled in is not said."""
    ticket = branch.open()
    long = CARD * 20
    for command in (
        Edit(fields={"card": CARD, "nothing": "x"}),
        Edit(fields={"card": long}),
        Edit(fields={"card": f"{CARD}\n"}),
        Edit(fields={"card": [CARD]}),
        Edit(fields={"card": 6222021234567890}),
        Edit(fields={"card": CARD.encode()}),
        Action("edit", {"fields": {"card": CARD}, "card": 1}),
        Reclassify("enquiry", None, {"card": CARD}),
        Appeal("unfair", {"card": CARD}),
        Open("complaint", fields={"card": CARD}),
    ):
        assert clean(branch.refused(ticket.id, command))
    with pytest.raises(CommandRefused) as refused:
        branch.open("two", card=CARD, nothing="x")
    assert clean(repr(refused.value.refusal))
    assert clean(branch.bytes())


def test_a_repeat_brings_the_whole_value_again(branch: Branch) -> None:
    """It is the same command, as it is with the mask; with another number at the end it is not."""
    first = branch.open(card=CARD)
    assert branch.open(card=CARD) == first
    assert branch.open(card=KEPT) == first
    with pytest.raises(CommandRefused, match="already used"):
        branch.open(card=f"{CARD}1")
    for command in (Edit(fields={"card": CARD}), Reclassify("enquiry", "so", {"card": CARD})):
        send: Any = {"actor": LI, "command_id": command.action}
        done = branch.desk.execute(first.id, command, **send)
        if isinstance(command, Reclassify):  # it has another type by the time of the repeat
            branch.desk.execute(first.id, Reclassify("request", "no"), actor=LI)
        again = branch.desk.execute(first.id, command, **send)
        assert again.repeated
        assert again.events == done.events
        if isinstance(command, Edit):
            branch.desk.execute(first.id, Accept(), actor=LI)


def test_a_repeat_after_the_rules_changed(branch: Branch) -> None:
    """What was kept in full before, or less was kept of, is recognised under later rules."""
    rules = [masking(evolve(CODE, keep_last=n), TEXT) for n in (None, 4, 2)]
    ticket = None
    for number, rule in enumerate(rules):
        branch.desk = branch.with_rules(rule, *rules[:number])
        ticket = branch.open(f"open {number}", card=CARD)
        assert str(ticket.fields["card"]).count("*") == (0, 12, 14)[number]
    for number in range(3):
        again = branch.open(f"open {number}", card=CARD)
        assert str(again.fields["card"]).count("*") == (0, 12, 14)[number]


def test_what_is_masked_from_today_on(branch: Branch) -> None:
    """A ticket that goes by earlier rules is masked by those in force, and its appeal as well."""
    old, new = masking(evolve(CODE, keep_last=None), TEXT), RULES
    branch.desk = branch.with_rules(old)
    ticket = branch.open(card="1111222233334444")
    branch.desk = branch.with_rules(new, old)
    desk = branch.desk
    assert desk.perform(ticket.id, Edit(fields={"card": CARD}), actor=LI).fields["card"] == KEPT
    assert clean(branch.bytes())


def test_an_appeal_carries_on_no_more(branch: Branch) -> None:
    """A number that was kept in full is masked where an appeal takes it over."""
    old, new = masking(evolve(CODE, keep_last=None), TEXT), RULES
    branch.desk = branch.with_rules(old)
    ticket = branch.open(card="1111222233334444")
    branch.desk = desk = branch.with_rules(new, old)
    for command, actor in (
        (Accept(), LI),
        (Dispatch("zhang", "cards"), LI),
        (Start(), ZHANG),
        (Submit("done"), ZHANG),
        (Approve(), SUN),
    ):
        desk.perform(ticket.id, command, actor=actor)
    appealed = desk.perform(ticket.id, Appeal("unfair"), actor=CUSTOMER)
    other = desk.unrestricted().get(str(appealed.links.appeal))
    assert other.fields["card"] == "************4444"


def test_the_kernel_masks_by_itself() -> None:
    """Whoever decides without a desk keeps nothing more either."""
    command = Open(
        "complaint", "C-1", "phone", fields={"title": "x", "card": CARD, "account": CARD}
    )
    context = Context("T1", LI, NOON, RULES, "one", b"salt")
    decided = decide(None, command, context)
    assert isinstance(decided, Decided)
    assert clean(repr(decided))
    assert KEPT in {kept.value for kept in decided.sealed}
