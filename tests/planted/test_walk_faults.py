"""Rules left out of the bank's workflow on purpose: random lives must notice each of them."""

from collections.abc import Sequence

import attrs
import pytest

from tests.laws.cast import BY_ID
from tests.laws.test_walk_laws import check_walk, wrong_with_ticket
from tests.laws.walking import DAY, STARTS, Plan, World
from workorder.rulebook import Rulebook, bank
from workorder.storage import MemoryStore
from workorder.ticket import (
    Accept,
    ApproveExtension,
    Claim,
    Command,
    Dispatch,
    OfferTo,
    Open,
    RequestExtension,
    Start,
)

# Which rules are left out, a walk that notices, and what it says.
FAULTS = (
    ("not_own_work", 3, "judged own work"),
    ("quiet_period_over_if_system", 9, "closed by the system"),
    ("informed_if_required", 5, "closed by time though"),
    ("reopen_window_over", 4, "reopenable until"),
    ("not_party", 0, "is a party and took"),
    ("assignee_eligible", 1, "is a party and was given it"),
    ("target_unconflicted", 243, "is a party and took"),
    ("offered_to_self", 25, "accepted an offer that was not open"),
)
MANY = 150
"""How many walks are tried if that one leads elsewhere by now."""


def without(rules: str) -> Rulebook:
    """The bank's rulebook with some rules left out of all its rows."""
    known = bank()
    rows = tuple(
        attrs.evolve(row, rules=tuple(use for use in row.rules if use.rule not in rules.split()))
        for row in known.workflow.rows
    )
    return attrs.evolve(known, workflow=attrs.evolve(known.workflow, rows=rows))


def walked(seed: int) -> Plan:
    """A long walk of two tickets."""
    return Plan("CN", 0, ("complaint", "enquiry"), seed, 60)


@pytest.mark.parametrize(("rule", "seed", "said"), FAULTS)
def test_a_rule_that_is_missing_is_noticed(rule: str, seed: int, said: str) -> None:
    """Some walk is found wrong without the rule, for the right reason."""
    rules = without(rule)
    heard = []
    for number in (seed, *range(MANY)):
        try:
            check_walk(walked(number), rules)
        except AssertionError as wrong:
            heard.append(str(wrong))
            if said in heard[-1]:
                return
    pytest.fail(f"{rule} is not missed; heard: {heard}")


STORY: tuple[tuple[str, Command], ...] = (
    ("li", Open("complaint", "C-1", "phone", fields={"title": "Card kept", "category": "atm"})),
    ("li", Accept()),
    ("wang", Dispatch("qian", "cards")),
    ("qian", Start()),
    ("qian", RequestExtension(STARTS[0] + 30 * DAY, "the shop is abroad")),
    ("qian", ApproveExtension()),
)
"""Walks hardly ever come upon somebody who decides on the extension they asked for."""


def test_deciding_on_ones_own_extension_is_noticed() -> None:
    """The judge says so where the rules let it happen."""
    wrong = told("not_extension_requester not_own_work", STORY)
    assert "qian decided on an extension they asked for" in wrong


OFFER: tuple[tuple[str, Command], ...] = (
    *STORY[:2],
    ("wang", OfferTo("zhang", STARTS[0] + 30 * DAY, "cards")),
)
"""Nor upon somebody who reaches for what is offered to another."""


@pytest.mark.parametrize(
    ("rule", "who", "command", "said"),
    [
        (
            "not_offered",
            "wang",
            OfferTo("qian", STARTS[0] + 30 * DAY, "cards"),
            "offered to qian while zhang had an offer",
        ),
        (
            "not_offered_to_another",
            "qian",
            Claim(),
            "qian took it by claim while zhang had an offer",
        ),
    ],
)
def test_passing_over_an_open_offer_is_noticed(
    rule: str, who: str, command: Command, said: str
) -> None:
    """The judge says so where the rules let it happen."""
    assert told(rule, (*OFFER, (who, command))) == [said]


def told(rules: str, story: Sequence[tuple[str, Command]]) -> list[str]:
    """What the judge says of *story*, which some missing rules let happen."""
    world = World(MemoryStore(), without(rules))
    desk, made = world.desk, ""
    for who, command in story:
        if isinstance(command, Open):
            made = desk.open(**attrs.asdict(command), actor=BY_ID[who]).id
        else:
            desk.perform(made, command, actor=BY_ID[who])
    return wrong_with_ticket(world, desk.unrestricted().get(made), Plan())
