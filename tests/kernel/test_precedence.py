"""When several things are wrong, the same one is reported, always."""

from itertools import combinations

import pytest
from attrs import evolve

from tests.builders import LI, NOON, TELLER, context, in_progress, minutes, refused
from workorder.kernel import decide
from workorder.refusals import PRECEDENCE, Refusal
from workorder.texts import LANGUAGES, REFUSALS
from workorder.ticket import Action, Command, Open, Start, Submit, Ticket
from workorder.workflow import Actor

ON_TICKETS = (
    "opaque_history",
    "clock_skew",
    "unknown_action",
    "unknown_role",
    "unknown_state",
    "wrong_state",
    "not_permitted",
    "invalid_arguments",
    "rules",
)
ON_OPENING = ("unknown_type", "unknown_role", "invalid_arguments")
BY_DESK = {
    *("command_reused", "stale", "conflict", "not_eligible", "capacity_taken"),
    *("rulebook_change", "legal_hold"),
}
"""Answered where tickets are loaded and committed, not where they are decided."""

EXCLUDED = {"unknown_state", "wrong_state"}
"""These two cannot both be so: a state is unknown, or it is a wrong one."""


def wrong_in(*faults: str) -> tuple[Ticket, Command, Actor]:
    """A ticket, a command and a person with all of *faults*, and no other."""
    ticket = evolve(in_progress(), times=evolve(in_progress().times, last=NOON))
    resolution = "refunded"
    identity = "li"
    roles = ["handler"]
    if "opaque_history" in faults:
        ticket = evolve(ticket, kinds=("bank.frozen/3",))
    if "clock_skew" in faults:
        ticket = evolve(ticket, times=evolve(ticket.times, last=minutes(60)))
    if "unknown_role" in faults:
        roles = ["handler", "canteen"]
    if "not_permitted" in faults:
        roles = ["supervisor", *roles[1:]]
    if "unknown_state" in faults:
        ticket = evolve(ticket, state="limbo")
    if "wrong_state" in faults:
        ticket = evolve(ticket, state="resolved")
    if "invalid_arguments" in faults:
        resolution = "\x00"
    if "rules" in faults:
        identity = "wang"
    command: Command = Submit(resolution=resolution)
    if "unknown_action" in faults:
        command = Action("sbumit", {"resolution": resolution})
    return ticket, command, Actor(identity, roles, "cards")


def sets(codes: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Every set of faults that can occur together."""
    return [
        faults
        for size in range(1, len(codes) + 1)
        for faults in combinations(codes, size)
        if not set(faults) >= EXCLUDED
    ]


def first(faults: tuple[str, ...]) -> str:
    """The one that is to be reported."""
    return min(faults, key=PRECEDENCE.index)


def told(faults: tuple[str, ...]) -> str:
    """The one that is reported."""
    ticket, command, actor = wrong_in(*faults)
    return refused(ticket, command, actor).code


def test_nothing_wrong_is_permitted() -> None:
    """Without a fault the same command passes: each fault below is the only one."""
    ticket, command, actor = wrong_in()
    assert decide(ticket, command, context(actor))


def test_the_first_of_several_refusals_is_given() -> None:
    """Every set of faults at once is answered by its first in the order of precedence."""
    plain = [faults for faults in sets(ON_TICKETS) if "unknown_role" not in faults]
    assert [faults for faults in plain if told(faults) != first(faults)] == []


def test_unknown_roles_come_before_everything() -> None:
    """Somebody with roles nobody knows is told so, whatever else is wrong."""
    mixed = [faults for faults in sets(ON_TICKETS) if "unknown_role" in faults]
    assert [faults for faults in mixed if told(faults) != "unknown_role"] == []
    assert refused(None, Start(), Actor("li", "canteen")).code == "unknown_role"


def test_opening_has_the_same_order() -> None:
    """Of everything wrong with an opening, the first in the order of precedence is given."""
    wrong = []
    for faults in sets(ON_OPENING):
        command = Open(
            "praise" if "unknown_type" in faults else "complaint",
            fields={} if "invalid_arguments" in faults else {"title": "Card"},
        )
        actor = Actor("li", "canteen") if "unknown_role" in faults else TELLER
        if refused(None, command, actor).code != first(faults):
            wrong.append(faults)
    assert wrong == []


def test_every_code_is_reached() -> None:
    """Codes of the kernel are all shown here; the rest are the desk's."""
    shown = {*ON_TICKETS, *ON_OPENING, "not_found"}
    assert shown | BY_DESK == set(PRECEDENCE)


def every_refusal() -> dict[str, Refusal]:
    """One refusal of each code that the kernel gives."""
    found = {code: refused(*wrong_in(code)) for code in ON_TICKETS}
    found["not_found"] = refused(None, Start(), LI)
    found["unknown_type"] = refused(None, Open("praise"), TELLER)
    return found


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", sorted({*ON_TICKETS, "not_found", "unknown_type"}))
def test_every_refusal_is_told_in_whole_sentences(code: str, language: str) -> None:
    """All facts of the sentence are filled in, in each language: no question mark is left."""
    found = every_refusal()[code]
    assert found.code == code
    template = REFUSALS[code][language]
    text = found.text(language)
    assert text.count("?") == template.count("?")
    assert "{" not in text
    assert found.as_data(language)["text"] == text.splitlines()[0]


def test_the_refusals_say_what_helps() -> None:
    """What would help stands in the sentence: names that are near, states, roles, instants."""
    found = every_refusal()
    assert "submit" in found["unknown_action"].text()
    assert "已办结" in found["wrong_state"].text("zh-CN")
    assert "处理中" in found["wrong_state"].text("zh-CN")
    assert "处理岗" in found["not_permitted"].text("zh-CN")
    assert "canteen" in found["unknown_role"].text()
    assert "limbo" in found["unknown_state"].text()
    assert "bank.frozen" in found["opaque_history"].text()
    assert "2026-09-30 05:00:00+00:00" in found["clock_skew"].text()
    assert "the present assignee may do this: li" in found["rules"].text()
