"""Routing in files: in a rulebook, and policies on their own; read, written, and covered."""

import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import attrs
import pytest
from attrs import evolve
from hypothesis import given, settings
from jsonschema import Draft202012Validator

from tests.rulebook.files import SMALL
from tests.rulebook.level_samples import BOOK
from tests.rulebook.routing_samples import LIKED, POLICY, SENIOR, TABLES, policy, routing
from tests.rulebook.routing_strategies import policies, routings
from workorder.assign import USUAL, Agent, AssignmentPolicy, Item, choose, what_if
from workorder.assign.plan import RoutingPlan, RoutingStep
from workorder.assign.queueing import ClassSlopes
from workorder.assign.rereading import policy_from_data
from workorder.assign.routing import Need, Route, Routing
from workorder.assign.scorers import ByAttribute
from workorder.assign.selectors import BestScore, TwoChoices
from workorder.errors import ConfigurationError, InvalidInput
from workorder.rulebook import (
    Rulebook,
    bank,
    basic,
    diff,
    it_desk,
    load_policy,
    load_rulebook,
    policy_from_toml,
    policy_to_toml,
    rulebook_from_toml,
    rulebook_schema,
    rulebook_to_toml,
    rulebook_warnings,
    shipped_names,
)
from workorder.rulebook.files.routing_tables import Overflow
from workorder.testing import check_rulebook

PLAIN = rulebook_from_toml(BOOK)
CHECKER = Draft202012Validator(rulebook_schema())


def book() -> Rulebook:
    """The rulebook whose file has a routing with every key."""
    return rulebook_from_toml(BOOK + TABLES)


def routed(said: Routing) -> Rulebook:
    """A rulebook with this routing."""
    return evolve(PLAIN, routing=said)


def fits(text: str) -> bool:
    """Whether a rulebook file passes the schema."""
    return not [*CHECKER.iter_errors(tomllib.loads(text))]


# --- reading and writing ------------------------------------------------------------------------


def test_a_rulebook_file_says_the_same_as_values() -> None:
    """Every key of every table is read; what is read by Python and by file is equal."""
    assert book().routing == routing()
    assert book() == routed(routing())
    assert book().digests == routed(routing()).digests
    assert rulebook_warnings(book()) == ()


@pytest.mark.parametrize(
    ("kind", "table"),
    [
        (Routing, ()),
        (AssignmentPolicy, ("policies", "usual")),
        (RoutingPlan, ("plans", "cards")),
        (RoutingStep, ("plans", "cards", "steps")),
        (Overflow, ("overflow", "loans")),
        (Route, ("routes", "complaints")),
        (Need, ("needs",)),
    ],
)
def test_the_samples_lack_no_key(kind: type, table: tuple[str, ...]) -> None:
    """Each attribute of each class stands in the sample file, so that none is forgotten."""
    found: Any = tomllib.loads(TABLES)["routing"]
    for name in table:
        found = found[name]
    said = {key for each in found for key in each} if isinstance(found, list) else {*found}
    known = {each.name for each in attrs.fields(kind) if each.init} - {"name"}
    assert known - said == set()
    assert said - known <= {"overflow", "name"}


def test_what_is_written_is_read_back() -> None:
    """Nothing is lost; writing again gives the same text."""
    text = rulebook_to_toml(book())
    again = rulebook_from_toml(text)
    assert again == book()
    assert again.digests == book().digests
    assert rulebook_to_toml(again) == text


@settings(max_examples=60)
@given(routings())
def test_all_routings_are_read_back(said: Routing) -> None:
    """Whatever they say, of whatever names and figures; and the schema takes what is written."""
    text = rulebook_to_toml(routed(said))
    again = rulebook_from_toml(text)
    assert again.routing == said
    assert again.digests == routed(said).digests
    assert fits(text)


@settings(max_examples=60)
@given(routings(), routings())
def test_digests_and_differences_agree(one: Routing, other: Routing) -> None:
    """There is a change exactly where two digests differ, and only that of the routing does."""
    old, new = routed(one), routed(other)
    there = diff(old, new)
    assert bool(there) == (old.digest != new.digest) == (one != other)
    assert all(each.key.startswith("routing.") for each in there.changes)
    assert diff(new, old) == there.mirrored()


@given(policies())
def test_all_policies_are_read_back(said: AssignmentPolicy) -> None:
    """A policy in a file of its own has the digest it has in Python."""
    again = policy_from_toml(policy_to_toml(said))
    assert again == said
    assert again.digest == said.digest
    assert policy_from_data(said.as_data()) == said
    assert policy_from_data(said.as_data()).digest == said.digest


def test_a_policy_that_was_kept_as_data() -> None:
    """A host's own parts stand in it by their names; what is none is refused."""
    own = AssignmentPolicy("own", filters=(*USUAL, SENIOR), scorers=(LIKED,), selector=BestScore())
    assert policy_from_data(own.as_data(), parts=[SENIOR, LIKED]) == own
    with pytest.raises(InvalidInput, match="senior only"):
        policy_from_data(own.as_data(), parts=[LIKED])
    for data in ({}, {"name": "x"}, {**own.as_data(), "filters": [5]}):
        with pytest.raises(InvalidInput):
            policy_from_data(data)


def test_it_reads_well() -> None:
    """What is as usual is left out; filters, steps and needs stand one on a line."""
    text = rulebook_to_toml(book())
    assert (
        """
[routing.policies.usual]
filters = [
  "usual",
  { name = "not_declined", cool_down = "15 elapsed minutes" },
  { name = "not_too_many_lately", most = 20, within = "1 elapsed hour" },
]
scorers = [
  { name = "skill_fit", counts = 2.5 },
  { name = "attribute", attribute = "quality", full = 5.0 },
  "spare_capacity",
]
selector = { name = "best_score", then = "longest_idle" }
affinity = ["relationship_manager"]
"""
        in text
    )
    least = rulebook_to_toml(routed(Routing(waiting=("new",), busy=("new",))))
    assert least.endswith('\n[routing]\nwaiting = ["new"]\nbusy = ["new"]\n')


def test_nothing_that_assigns_is_loaded_without_it() -> None:
    """A rulebook without routing loads nothing of assignment."""
    program = (
        "import sys; from workorder.rulebook import rulebook_from_toml, rulebook_to_toml;"
        f"rulebook_to_toml(rulebook_from_toml({SMALL!r}));"
        "print([m for m in sys.modules if m.startswith('workorder.assign')])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True
    )
    assert done.stdout.strip() == "[]"


def test_without_routing_the_digest_is_that_of_before() -> None:
    """A rulebook that has none says nothing of it: neither as data nor among its digests."""
    assert "routing" not in PLAIN.as_data()
    assert set(PLAIN.digests) == {"workflow", "forms", "settings", "calendar"}
    assert {name for name in book().digests if name not in PLAIN.digests} == {"routing"}


CHANGES: dict[str, tuple[str, str]] = {
    "routing.waiting": ('waiting = ["new", "waiting"]', 'waiting = ["new"]'),
    "routing.busy": ('busy = ["waiting"]', 'busy = ["waiting", "new"]'),
    "routing.stays": ('stays = ["new"]', 'stays = ["waiting"]'),
    "routing.discipline.level": ('level = "2 elapsed hours"', 'level = "3 elapsed hours"'),
    "routing.reads.enqueued": ('"fields.received_at"', '"times.opened"'),
    "routing.preferred.relationship_manager": ('"opened_by"', '"assignee"'),
    "routing.grace": ("90 elapsed seconds", "91 elapsed seconds"),
    "routing.reach": ("reach = 200", "reach = 201"),
    "routing.policies.usual.filters[7].cool_down": ("15 elapsed m", "16 elapsed m"),
    "routing.policies.usual.filters[9].most": ("most = 20", "most = 21"),
    "routing.policies.usual.scorers[0].counts": ("counts = 2.5", "counts = 2"),
    "routing.policies.usual.scorers[1].full": ("full = 5", "full = 6"),
    "routing.policies.usual.selector.then.name": ('then = "longest_idle"', 'then = "most_spare"'),
    "routing.policies.usual.affinity": ('affinity = ["relationship_manager"]', "affinity = []"),
    "routing.policies.in_turn.name": ("one after the other", "another name"),
    "routing.policies.in_turn.selector.name": ("pointer_round", "smooth_weighted_round"),
    "routing.plans.cards.name": ("cards, step by step", "cards"),
    "routing.plans.cards.steps[0].after": (
        'after = "30 elapsed minutes", r',
        'after = "31 elapsed minutes", r',
    ),
    "routing.plans.cards.steps[0].relax": ("relax = 1", "relax = 2"),
    "routing.plans.cards.steps[0].any_language": ("any_language = true", "any_language = false"),
    "routing.plans.cards.steps[1].teams": ('teams = ["hotline"]', 'teams = ["front desk"]'),
    "routing.plans.cards.steps[1].without": ('without = ["cards"]', "without = []"),
    "routing.plans.cards.steps[1].instead": ("instead = true", "instead = false"),
    "routing.plans.loans.steps[0].after": ('"hotline", after = "30', '"hotline", after = "20'),
    "routing.plans.hotline.steps[0].teams": ('to = "backup"', 'to = "reserve"'),
    "routing.routes.complaints.labels.en": ('en = "Complaints"', 'en = "Complaint"'),
    "routing.routes.complaints.when.field": ('{ field = "type", eq', '{ field = "id", eq'),
    "routing.routes.complaints.teams": ('["complaints", "cards"]', '["complaints"]'),
    "routing.routes.complaints.skills.complaints": ("complaints = 2", "complaints = 3"),
    "routing.routes.complaints.units": ("units = 2", "units = 3"),
    "routing.routes.complaints.policy": ('policy = "in_turn"', 'policy = "usual"'),
    "routing.routes.complaints.plan": ('plan = "cards"', 'plan = "loans"'),
    "routing.routes.complaints.offer": ('"5 elapsed minutes"', '"6 elapsed minutes"'),
    "routing.routes.complaints.estimate": ('estimate = "1 e', 'estimate = "2 e'),
    "routing.needs[0].when.ge": ("ge = 100", "ge = 101"),
    "routing.needs[0].skills.cards": ("skills = { cards = 2 }", "skills = { cards = 3 }"),
}


@pytest.mark.parametrize("key", CHANGES)
def test_every_part_is_covered_and_shows_by_its_key(key: str) -> None:
    """What changes shows in the digest of ``routing`` and in no other, and in the difference."""
    old, new = CHANGES[key]
    assert TABLES.count(old) == 1
    other = rulebook_from_toml(BOOK + TABLES.replace(old, new))
    before, after = book().digests, other.digests
    assert {name for name in after if before[name] != after[name]} == {"routing"}
    changed = [each.key for each in diff(book(), other).changes]
    assert [each for each in changed if each.startswith(key)], changed


def test_the_order_of_policies_and_routes_counts() -> None:
    """The first policy is the usual one, and the first route that is for a ticket counts."""
    said = routing()
    turned = evolve(said, policies=dict(reversed([*said.policies.items()])))
    assert turned != said
    assert routed(turned).digest != routed(said).digest
    assert [each.key for each in diff(routed(said), routed(turned)).changes] == ["routing.policies"]
    assert rulebook_from_toml(rulebook_to_toml(routed(turned))).routing == turned


def test_figures_are_one_however_they_are_written() -> None:
    """5 and 5.0 are the same figure: equal values have one digest."""
    for one, other in ((ByAttribute("x", 5), ByAttribute("x", 5.0)),):
        digests = {AssignmentPolicy("p", scorers=(each,)).digest for each in (one, other)}
        assert len(digests) == 1
    slopes = (ClassSlopes({1: 2, 3: 1}), ClassSlopes({3: 1.0, 1: 2.0}))
    assert len({routed(evolve(routing(), discipline=each)).digest for each in slopes}) == 1


def test_a_routing_that_comes_shows_by_its_keys() -> None:
    """All of it shows when a rulebook gets its first routing, and the other way round."""
    there = diff(PLAIN, book())
    keys = [each.key for each in there.changes]
    assert {"routing.waiting", "routing.policies.usual", "routing.routes.others"} <= {*keys}
    assert {each.kind for each in there.changes} == {"added"}
    assert diff(book(), PLAIN) == there.mirrored()
    assert "added routing.grace: 90 elapsed seconds" in there.text()


# --- a host's own parts -------------------------------------------------------------------------

OWN = TABLES.replace('  "usual",\n', '  "usual",\n  "senior only",\n').replace(
    '  "spare_capacity",\n', '  { name = "liked", counts = 3 },\n'
)


def test_a_host_gives_its_own_parts() -> None:
    """Functions stand in no file: it names them, and the host gives them when it is read."""
    made = rulebook_from_toml(BOOK + OWN, parts=[SENIOR, LIKED])
    assert made.routing is not None
    assert SENIOR in made.routing.usual.filters
    assert {each.scorer.name: each.weight for each in made.routing.usual.scorers}["liked"] == 3
    text = rulebook_to_toml(made)
    assert '"senior only"' in text
    assert rulebook_from_toml(text, parts=[SENIOR, LIKED]) == made
    assert check_rulebook(made, lives=0).ok
    data = tomllib.loads(BOOK + OWN)
    assert not CHECKER.is_valid(data)
    assert Draft202012Validator(rulebook_schema(parts=[SENIOR, LIKED])).is_valid(data)


def test_files_take_them_too(tmp_path: Path) -> None:
    """However a file is read, and whatever for."""
    path = tmp_path / "bank.toml"
    path.write_text(BOOK + OWN, encoding="utf-8")
    made = load_rulebook(path, parts=[SENIOR, LIKED])
    assert Rulebook.load(path, parts=[SENIOR, LIKED]) == made
    assert made.routing is not None
    assert load_policy(path, parts=[SENIOR, LIKED]) == made.routing.usual


def refused(text: str, **known: Any) -> list[tuple[str, str]]:
    """What is wrong with a rulebook file: keys, and what was found."""
    with pytest.raises(ConfigurationError) as error:
        rulebook_from_toml(BOOK + text, **known)
    return [(each.key, each.found) for each in error.value.findings]


def test_parts_that_nobody_gave() -> None:
    """It is said that a part may be the host's own, unless the name is nearly that of one."""
    with pytest.raises(ConfigurationError) as error:
        rulebook_from_toml(BOOK + OWN)
    told = {each.key: each for each in error.value.findings}
    assert set(told) == {
        "routing.policies.usual.filters[1]",
        "routing.policies.usual.scorers[2].name",
    }
    found = told["routing.policies.usual.filters[1]"]
    assert found.found == "senior only"
    assert found.expected.endswith("or a filter of your own, which is given when the file is read")
    near = refused(OWN, parts=[LIKED, evolve(SENIOR, name="senior olny")])
    assert near == [("routing.policies.usual.filters[1]", "senior only")]


def test_parts_that_are_none() -> None:
    """What is given must be values with names, other than those that ship and one another's."""
    taken = evolve(SENIOR, name="present")
    again = evolve(SENIOR, hard=True)
    found = refused(TABLES, parts=[taken, SENIOR, again, BestScore, 5])
    assert [key for key, _ in found] == [
        "parts (present)",
        "parts (senior only)",
        "parts",
        "parts",
    ]
    figures = OWN.replace('  "senior only",\n', '  { name = "senior only", rank = 3 },\n')
    assert refused(figures, parts=[SENIOR, LIKED]) == [
        ("routing.policies.usual.filters[1].rank", "an unknown key")
    ]


def test_parts_that_no_file_can_name() -> None:
    """A host's own part by the name of one that ships would be read as that one."""
    taken = evolve(SENIOR, name="experienced")
    named = {"usual": evolve(policy(), filters=(*USUAL, taken))}
    said = evolve(routing(), policies=named, routes=())
    with pytest.raises(ConfigurationError) as error:
        rulebook_to_toml(routed(said))
    assert [each.key for each in error.value.findings] == ["routing.policies.usual.filters[1]"]
    with pytest.raises(ConfigurationError) as error:
        policy_to_toml(said.usual)
    assert [each.key for each in error.value.findings] == ["filters[1]"]


# --- policies on their own ----------------------------------------------------------------------


def test_a_policy_in_a_file_of_its_own(tmp_path: Path) -> None:
    """It says the same as the value and as the table of a rulebook; digests are one."""
    path = tmp_path / "usual.toml"
    path.write_text(POLICY, encoding="utf-8")
    assert load_policy(path) == policy() == load_policy(path, name="usual")
    assert load_policy(path).digest == policy().digest
    (tmp_path / "bank.toml").write_text(BOOK + TABLES, encoding="utf-8")
    assert load_policy(tmp_path / "bank.toml") == policy()
    in_turn = load_policy(tmp_path / "bank.toml", name="in_turn")
    assert in_turn == routing().policies["in_turn"]


def test_decisions_are_asked_again_under_a_policy_from_a_file() -> None:
    """What would have been otherwise is asked with a file somebody wrote."""
    from datetime import UTC, datetime

    agents = [Agent("li", load=0, capacity=9), Agent("wang", load=1, capacity=99)]
    taken = [choose(agents, Item("T-1"), now=datetime(2026, 9, 30, tzinfo=UTC))]
    other = policy_from_toml('format = 1\nname = "spare"\nselector = "most_spare"')
    assert [each.text for each in what_if(taken, other)] == ["T-1: li → wang"]


def test_the_usual_policy_of_a_rulebook_that_names_none() -> None:
    """A routing without policies has the one that counts where nothing is said."""
    text = BOOK + '[routing]\nwaiting = ["new"]\nbusy = []\n'
    assert policy_from_toml(text) == AssignmentPolicy("usual")


@pytest.mark.parametrize(
    ("text", "name", "key"),
    [
        ("format = 1\nname = ", None, "file"),
        ('name = "x"', None, "format"),
        ("format = 2\nname = 'x'", None, "format"),
        ("format = 1", None, "name"),
        ("format = 1\nname = '  '", None, "name"),
        ("format = 1\nname = 5", None, "name"),
        ("format = 1\nname = 'x'\nfilter = []", None, "filter"),
        ("format = 1\nname = 'x'\nselector = 'least_lod'", None, "selector"),
        ("format = 1\nname = 'x'", "y", "name"),
        (BOOK, None, "routing"),
        (BOOK + TABLES, "usul", "routing.policies"),
        (BOOK + "[routing.policies]\n", None, "routing.policies"),
        (
            BOOK + TABLES.replace('"longest_idle"', '"longest_idel"'),
            None,
            "routing.policies.usual.selector.then",
        ),
    ],
)
def test_files_of_policies_that_are_none(text: str, name: str | None, key: str) -> None:
    """Whatever is wrong, it is told once, by its key."""
    with pytest.raises(ConfigurationError) as error:
        policy_from_toml(text, "policy.toml", name=name)
    assert [each.key for each in error.value.findings] == [key]
    assert all(each.file.startswith("policy.toml") for each in error.value.findings)


# --- those that ship ----------------------------------------------------------------------------


@pytest.mark.parametrize("name", shipped_names())
def test_rulebooks_that_ship_say_who_gets_a_ticket(name: str) -> None:
    """Each has a routing, which has every label and is written and read back."""
    made = {"bank": bank, "basic": basic, "it_desk": it_desk}[name]()
    assert made.routing is not None
    assert not [each for each in rulebook_warnings(made) if each.key.startswith("routing")]
    assert load_policy(Path(str(_file(name)))) == made.routing.usual


def _file(name: str) -> Path:
    from workorder.cli.rulebooks import rulebook_file

    return rulebook_file(name)


def test_two_choices_compare_by_a_name() -> None:
    """What compares agents inside another selector is named as well; others are refused."""
    text = 'format = 1\nname = "x"\nselector = { name = "two_choices", better = "most_spare" }'
    assert isinstance(policy_from_toml(text).selector, TwoChoices)
    with pytest.raises(ConfigurationError) as error:
        policy_from_toml(text.replace("most_spare", "pointer_round_robin"))
    (found,) = error.value.findings
    assert (found.key, found.found) == ("selector.better", "pointer_round_robin")
    assert found.expected.startswith("one of least_load, ")
