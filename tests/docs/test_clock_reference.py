"""The page about clocks says what the library says: facts, keys, marks, metrics that ship."""

import ast
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from attrs import fields

from workorder import (
    Accept,
    Actor,
    Comment,
    CustomerReply,
    Dispatch,
    Hold,
    InformCustomer,
    LogContact,
    ServiceDesk,
    Start,
    bank,
)
from workorder.kernel.mark_notices import SENTENCES, TOPIC
from workorder.kernel.moments import FACTS, TicketView
from workorder.rulebook.condition_findings import GROUPS
from workorder.sla.clocks import Mark, Metric, Target
from workorder.sla.clocks.standard import STANDARD, department_time, stage_time
from workorder.workflow.standard_rules.given import TOLD

PAGE = (Path(__file__).resolve().parents[2] / "docs/reference/clocks.md").read_text("utf-8")
AT = datetime(2026, 11, 23, 1, tzinfo=UTC)


def part(heading: str) -> str:
    """The text under a heading, up to the next of the same level."""
    return re.split(r"^## ", PAGE.partition(f"\n## {heading}\n")[2], flags=re.MULTILINE)[0]


def rows(text: str) -> list[list[str]]:
    """The cells of the rows of its tables, without their headers."""
    found = []
    for table in re.findall(r"(?:^\|.*\|\n)+", text, re.MULTILINE):
        _, _, *lines = table.splitlines()
        found += [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return found


def seen() -> dict[str, list[Any]]:
    """What a complaint answered to every name of the page, moment by moment."""
    desk = ServiceDesk(rulebook=bank(), time=lambda: AT)
    li, zhang = Actor("li", "intake"), Actor("zhang", "handler", "cards")
    given = {"title": "Charged twice", "category": "fees", "priority": 2}
    ticket = desk.open("complaint", customer="C-1", channel="phone", fields=given, actor=li)
    tickets = [ticket]
    for actor, command in (
        (li, Accept()),
        (Actor("wang", "dispatcher"), Dispatch("zhang", "cards")),
        (zhang, Start()),
        (zhang, Comment("Two charges")),
        (zhang, LogContact("reached", channel="phone")),
        (zhang, Hold("waiting_for_customer")),
        (li, InformCustomer("accepted", channel="phone")),
        (Actor("C-1", "customer"), CustomerReply("The receipt")),
    ):
        tickets.append(desk.perform(ticket.id, command, actor=actor))
    events = [each.event for each in desk.unrestricted().history(ticket.id)]
    views = [
        TicketView(after, event, desk.rulebook)
        for after, event in zip(tickets, events, strict=True)
    ]
    names = {name for several, _ in facts() for name in several}
    return {name: [view.value(name) for view in views] for name in names}


def facts() -> Iterator[tuple[list[str], list[Any]]]:
    """Names of each row of the tables of facts, and the values that are given as examples; none,
    where the example is an instant.
    """
    for first, _, examples in rows(part("What conditions may ask")):
        said = re.findall(r"`([\w.]+)` is `([^`]+)`", examples)
        values = re.findall(r"`([^`]+)`", examples)
        names = re.findall(r"`([\w.…]+)`", first)
        if said:
            yield from (([name], [ast.literal_eval(value)]) for name, value in said)
        elif re.fullmatch(r"(told|times)\.\w+", values[0]):
            yield values, []
        elif len(names) > 1:
            yield from (
                ([name], [ast.literal_eval(value)])
                for name, value in zip(names, values, strict=True)
            )
        else:
            yield names, [ast.literal_eval(each) for each in values]


def test_examples_of_facts_are_what_a_ticket_answers() -> None:
    """Every example value is what a complaint of the bank answers at some moment."""
    found = seen()
    for (name,), examples in facts():
        if examples:
            assert [each for each in examples if each not in found[name]] == [], name
        else:
            assert any(isinstance(each, datetime) for each in found[name]), name


def test_every_fact_is_on_the_page() -> None:
    """What a moment answers besides the names of a ticket, subjects, counts and times."""
    told = part("What conditions may ask")
    names = [*FACTS, *TOLD, *GROUPS["counts"], *GROUPS["times"]]
    assert [each for each in names if f"`{each}`" not in told] == []


@pytest.mark.parametrize(
    ("kind", "heading"),
    [(Metric, "Metrics"), (Target, "Policies and targets"), (Mark, "Ladders and marks")],
)
def test_every_key_has_a_row(kind: type[Any], heading: str) -> None:
    """Each attribute that is given has a row, and no row has a key that is none."""
    keys = {each.name for each in fields(kind) if each.init and each.name != "name"}
    assert {row[0].strip("`") for row in rows(part(heading))} == keys


def test_metrics_that_ship_have_a_row() -> None:
    """The table has every metric that ships, in order, with whether it repeats."""
    made = (*STANDARD, stage_time("handling"), department_time("cards"))
    told = [(row[1].strip("`"), row[5] == "yes") for row in rows(part("Metrics that ship"))]
    assert told == [(each.name, each.repeat) for each in made]


def test_notices_are_told() -> None:
    """Topic and templates of what a mark tells."""
    assert [each for each in (TOPIC, *SENTENCES) if f"`{each}`" not in part("Notices")] == []
