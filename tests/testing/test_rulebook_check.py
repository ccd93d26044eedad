"""Checking a rulebook: those that ship pass, a host's mistakes are found in somebody's life."""

from typing import Any

import pytest
from attrs import field, frozen

from workorder.errors import ConfigurationError
from workorder.kernel import Draft
from workorder.rulebook import Extension, Rulebook, bank, basic, it_desk, rulebook_from_data
from workorder.rulebook import rulebook_to_data as to_data
from workorder.testing.rulebooks import check_rulebook
from workorder.ticket import Command, HostEvent, Ticket
from workorder.ticket.commands import takes
from workorder.workflow import Actor


@pytest.mark.parametrize("rulebook", [basic(), it_desk(), bank()], ids=lambda each: each.name)
def test_the_shipped_pass(rulebook: Rulebook) -> None:
    """Nothing is wrong with the rulebooks that ship, and people get far in them."""
    report = check_rulebook(rulebook, lives=12)
    report.require()
    assert report.ok
    assert report.warnings == ()
    assert sum(report.done.values()) > 200
    assert {"open", "dispatch"} <= set(report.done)
    assert set(report.never).isdisjoint(report.done)


def test_the_same_seed_gives_the_same_lives() -> None:
    """A report can be had again."""
    assert check_rulebook(basic(), lives=3) == check_rulebook(basic(), lives=3)
    assert check_rulebook(basic(), lives=3).done != check_rulebook(basic(), lives=3, seed=9).done


def test_the_report_says_what_was_never_seen() -> None:
    """Without a life nothing is claimed; with people of one role, the rest is named as never
    taken, in both languages.
    """
    assert check_rulebook(basic(), lives=0).never == ()
    report = check_rulebook(basic(), lives=4, people=[Actor("li", "handler", "cards")])
    assert "close" in report.never
    assert "never taken: " in report.text()
    assert "从未执行：" in report.text("zh-CN")
    assert "4 random lives" in report.text()


@frozen
class Weigh(Command):
    """A host's own command."""

    action = "weigh"

    grams: int | None = field(default=None, metadata=takes("integer", required=True))


@frozen
class Weighed(HostEvent):
    """Its event."""

    kind = "bank.weighed"

    grams: Any

    def evolve(self, ticket: Ticket) -> Ticket:
        """Forget the ticket's fields, when it is heavy: nobody does this on purpose."""
        if self.grams == 5:
            raise ZeroDivisionError
        return ticket


def _weighed(grams: object) -> Rulebook:
    def decide(draft: Draft[Weigh]) -> tuple[HostEvent, ...]:
        given = draft.given("grams")
        return (Weighed(draft.trace, draft.step, given if grams is None else grams),)

    data = to_data(basic())
    row = {"from": ["accepted", "assigned"], "to": "=", "roles": ["handler", "supervisor"]}
    data["actions"]["weigh"] = {**row, "labels": {"en": "Weigh", "zh-CN": "称重"}}
    return rulebook_from_data(data, extensions=[Extension(Weigh, (Weighed,), decide)])


@pytest.mark.parametrize(
    ("grams", "found"), [(1.5, "InvalidInput"), (None, "ZeroDivisionError"), (7, None)]
)
def test_a_hosts_own_code_is_tried(grams: object, found: str | None) -> None:
    """A float that no record keeps, an event that fails for some values: found, with the seed to
    see it again; a sound extension passes.
    """
    report = check_rulebook(_weighed(grams), lives=6)
    assert report.done["weigh"] > 0 or found == "InvalidInput"
    if found is None:
        report.require()
        return
    with pytest.raises(ConfigurationError) as refused:
        report.require()
    first = refused.value.findings[0]
    assert first.key.startswith("lives[seed ")
    assert first.found.startswith(found)
    assert "does weigh" in first.found
