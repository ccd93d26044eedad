"""Mistakes in routings: all of them at once, each with its line and key; and what schemas know."""

import tomllib
from typing import Any

import pytest
from attrs import evolve
from jsonschema import Draft202012Validator

from tests.rulebook.level_samples import BOOK
from tests.rulebook.routing_samples import TABLES, routing
from workorder.assign import AssignmentPolicy, RoutingPlan, RoutingStep
from workorder.assign.routing import Need, Route
from workorder.assign.routing.routes import READS
from workorder.assign.scorers import SkillFit
from workorder.assign.selectors import BestScore
from workorder.assign.shipped import SELECTORS
from workorder.conditions import NEVER, where
from workorder.errors import ConfigurationError, Finding
from workorder.rulebook import rulebook_from_toml, rulebook_schema, rulebook_warnings
from workorder.rulebook.routing_findings import _UNWEIGHING, READ

CHECKER = Draft202012Validator(rulebook_schema())
LINES = BOOK.count("\n")


def findings(text: str) -> list[Finding]:
    """Everything that is wrong with the text of a rulebook file, if anything is."""
    try:
        rulebook_from_toml(text, "bank.toml")
    except ConfigurationError as error:
        return list(error.findings)
    return []


MANY = """
[routing]
waiting = ["nwe", "done"]
discipline = { name = "linear_ageing", level = "2 working hours" }
reads = { priorty = "fields.amount", category = "fields.amout", due = "fields.title" }
preferred = { manager = "fields.amount", other = 5 }
grace = "0 elapsed minutes"
reach = "all"
overflows = 5
needs = [
  { when = { field = "fields.amount", ge = "much" }, skills = { cards = 9 } },
  7,
  { when = { field = "type", eq = "complant" }, skills = {} },
]

[routing.policies.usual]
filters = ["usual", "presnt", { name = "not_too_many_lately", most = 0 }, "speaks", 7, "speaks"]
scorers = [{ name = "skill_fit", counts = 0 }, { counts = 2 }, { name = "low_load", ful = 5 }]
selector = { name = "best_score", then = "longst_idle" }
affinity = "manager"

[routing.policies.blank]
name = " "
selector = "best_score"
filters = { name = "present" }

[routing.plans.cards]
steps = [
  { after = "30 elapsed minutes", relax = 1 },
  { after = "30 elapsed minutes", teams = "hotline" },
  { after = "soon", relax = -1 },
  5,
]

[routing.plans.loans]
steps = [
  { after = "1 elapsed hour", relax = 1 },
  { after = "1 elapsed hour", any_language = true },
]

[routing.plans.idle]
steps = [{ after = "1 elapsed hour" }, { after = "2 elapsed hours", without = ["crads"] }]

[routing.plans.none]

[routing.overflow]
a = { to = "b", after = "1 elapsed hour" }
b = { to = "c", after = "1 elapsed hour" }
c = { to = "b", after = "1 elapsed hour" }
loans = { to = "x", after = "1 elapsed hour" }
d = { after = "1 hour" }

[routing.routes.complaints]
when = { field = "typ", eq = "complaint" }
teams = [5]
skills = { complaints = "2", cards = 3 }
units = -1
policy = "usul"
plan = "crads"
offer = "5 minutes"
labels = "Complaints"

[routing.routes.rest]

[routing.routes.never]
when = { field = "state", eq = "nwe" }

[routing.routes.""]
"""

FOUND = """
2 busy nothing
3 waiting nwe
3 waiting done, which no ticket leaves
4 discipline.level 2 working hours
5 reads.priorty priorty
5 reads.category fields.amout, a field that no form has
5 reads.due fields.title
6 preferred.other 5
6 preferred.manager fields.amount
7 grace 0 elapsed hours
8 reach “all”
9 overflows an unknown key
11 needs[0].skills.cards 9
11 needs[0].when fields.amount ge “much”
12 needs[1] 7
13 needs[2].skills none
13 needs[2].when type complant
17 policies.usual.filters[1] presnt
17 policies.usual.filters[2].most 0
17 policies.usual.filters[2].within nothing
17 policies.usual.filters[4] 7
17 policies.usual.filters[5] speaks a second time
18 policies.usual.scorers[0].counts 0
18 policies.usual.scorers[1].name nothing
18 policies.usual.scorers[2].ful an unknown key
19 policies.usual.selector.then longst_idle
20 policies.usual.affinity “manager”
23 policies.blank.name blanks
24 policies.blank.selector best_score, where nothing is scored
25 policies.blank.filters {'name': 'present'}
30 plans.cards.steps[1].teams “hotline”
31 plans.cards.steps[2].after “soon”
31 plans.cards.steps[2].relax -1
32 plans.cards.steps[3] 5
38 plans.loans.steps[1].after “1 elapsed hour”
42 plans.idle.steps[0] a step that changes nothing
44 plans.none.steps none
48 overflow.b.to b → c → b
50 overflow.loans loans, as a plan is called already
51 overflow.d.to nothing
51 overflow.d.after “1 hour”
54 routes.complaints.when typ
55 routes.complaints.teams[0] 5
56 routes.complaints.skills.complaints “2”
57 routes.complaints.units -1
58 routes.complaints.policy usul
59 routes.complaints.plan crads
60 routes.complaints.offer “5 minutes”
61 routes.complaints.labels “Complaints”
66 routes.never.when tickets that an earlier route takes
66 routes.never.when state nwe
68 routes. an empty name
"""


def test_every_mistake_of_a_routing_is_found_at_once() -> None:
    """One misspelt word hides no other, and what follows from it is not told."""
    book = BOOK.replace('category = "closed"', 'category = "final"')
    told = [
        f"{int(each.file.rpartition(':')[2]) - LINES} {each.key.removeprefix('routing.')}"
        f" {each.found}"
        for each in findings(book + MANY)
    ]
    assert told == FOUND.strip().splitlines()


def test_what_follows_is_not_told() -> None:
    """A state or a field that cannot be read is not missed where the routing names it."""
    text = BOOK.replace('stage = "handling"', 'stage = "handlng"') + TABLES
    assert [each.key for each in findings(text)] == ["states.waiting.stage"]
    text = BOOK.replace('kind = "instant"', 'kind = "instnt"') + TABLES
    assert [each.key for each in findings(text)] == ["forms.complaint.fields.received_at.kind"]


def test_the_nearest_name_is_told() -> None:
    """Whoever misspelt a name reads which one was meant."""
    for old, new, expected in (
        ('waiting = ["new"', 'waiting = ["nwe"', "new"),
        ('"linear_ageing"', '"linear_aging"', "linear_ageing"),
        ("priority =", "priorty =", "priority"),
        ('"not_declined"', '"not_declind"', "not_declined"),
        ('name = "skill_fit"', 'name = "skil_fit"', "skill_fit"),
        ('"best_score"', '"best_scor"', "best_score"),
        ('"longest_idle"', '"longest_idel"', "longest_idle"),
        ('affinity = ["r', 'affinity = ["', "relationship_manager"),
        ('policy = "in_turn"', 'policy = "in_trun"', "in_turn"),
        ('plan = "cards"', 'plan = "crads"', "cards"),
        ('field = "type"', 'field = "typ"', "type"),
        ('eq = "complaint"', 'eq = "complant"', "complaint"),
        ('"fields.amount", ge', '"fields.amont", ge', "fields.amount"),
        ('without = ["cards"]', 'without = ["crads"]', "cards"),
        (
            'preferred = { relationship_manager = "opened_by" }',
            'preferred = { relationship_manager = "opend_by" }',
            "opened_by",
        ),
        ("grace =", "grce =", "grace"),
        ("cool_down =", "cooldown =", "cool_down"),
        ("estimate =", "estimat =", "estimate"),
        ("relax =", "relaxx =", "relax"),
        ("[routing.plans", "[routing.plan", "plans"),
        ("[routing]", "[routings]", "routing"),
    ):
        assert old in TABLES
        wrong = findings(
            BOOK
            + TABLES.replace(old, new).replace(
                "[routing.", f"[{new[1:-1]}." if new == "[routings]" else "[routing."
            )
        )
        assert any(expected in each.expected.split(" or ") for each in wrong), (new, wrong)


SINGLE: dict[str, tuple[str, str, bool]] = {
    "routing.waiting": ('waiting = ["new", "waiting"]', "waiting = []", True),
    "routing.busy": ('busy = ["waiting"]', "", True),
    "routing.policies.in_turn.affinity": (
        'selector = "pointer_round_robin"',
        'affinity = ["friend"]',
        False,
    ),
    "routing.policies.usual.filters[2].most": ("most = 20", "most = -1", True),
    "routing.policies.usual.filters[1].within": (', within = "1 elapsed hour"', "", True),
    "routing.policies.usual.scorers[0].counts": ("counts = 2.5", "counts = -2.5", True),
    "routing.policies.usual.scorers[1].full": ("full = 5", 'full = "5"', True),
    "routing.policies.usual.scorers[1].attribute": ('attribute = "quality", ', "", True),
    "routing.policies.in_turn.selector": ('"pointer_round_robin"', '"round_robin"', True),
    "routing.discipline.limit": ('_ageing", level', '_ageing", limit = 5, level', True),
    "routing.discipline": ('name = "linear_ageing"', 'name = "ageing"', True),
    "routing.plans.cards.steps": (
        "[routing.overflow]",
        "[routing.plans.x]\n[routing.overflow]",
        True,
    ),
    "routing.routes.complaints.skills.complaints": ("complaints = 2", "complaints = 6", True),
    "routing.needs[0].skills": ("skills = { cards = 2 }", "skills = {}", True),
    "routing.overflow.loans.every": ('"hotline", after', '"hotline", every', True),
    "routing.reads.priorities": ("priority = ", "priorities = ", True),
    "routing.reads.enqueued": ("fields.received_at", "fields.title", False),
    "routing.preferred.relationship_manager": ('"opened_by"', '"fields.title"', False),
}


@pytest.mark.parametrize("key", SINGLE)
def test_a_planted_mistake(key: str) -> None:
    """Each is told; what stands in the shape of the file, the schema refuses as well."""
    old, new, shaped = SINGLE[key]
    assert TABLES.count(old) == 1
    text = BOOK + TABLES.replace(old, new)
    assert findings(text), text
    data = tomllib.loads(text)
    assert CHECKER.is_valid(data) is not shaped, [*CHECKER.iter_errors(data)]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('waiting = ["new", "waiting"]', 'waiting = ["new"]'),
        ("counts = 2.5", "counts = 1"),
        ('selector = "pointer_round_robin"', 'selector = { name = "two_choices" }'),
        ('  "usual",\n', '  "usual", "experienced",\n'),
        ('  "usual",\n', '  "usual", { name = "present", states = ["away"] },\n'),
        ('  "usual",\n', '  "usual", { name = "present", states = ["gone"] },\n'),
        ("units = 2", "units = 0"),
        ("units = 2", "units = 1.5"),
        ("reach = 200", "reach = 0"),
        ("relax = 1, ", "relax = true, "),
        (
            'discipline = { name = "linear_ageing", level = "2 elapsed hours" }',
            'discipline = "fifo"',
        ),
        (
            'discipline = { name = "linear_ageing", level = "2 elapsed hours" }',
            'discipline = "max_wait"',
        ),
        (
            'discipline = { name = "linear_ageing", level = "2 elapsed hours" }',
            'discipline = { name = "class_slopes", slopes = { 1 = 2.5, 3 = 1 } }',
        ),
        (
            'discipline = { name = "linear_ageing", level = "2 elapsed hours" }',
            'discipline = { name = "class_slopes", slopes = { high = 2 } }',
        ),
        (
            'discipline = { name = "linear_ageing", level = "2 elapsed hours" }',
            'discipline = { name = "class_slopes", slopes = { 1 = 0 } }',
        ),
        (
            'discipline = { name = "linear_ageing", level = "2 elapsed hours" }',
            'discipline = { name = "class_slopes", slopes = {} }',
        ),
        ('then = "longest_idle"', 'then = { name = "longest_idle" }'),
        ('then = "longest_idle"', 'then = "best_score"'),
    ],
)
def test_the_schema_goes_by_the_reader(old: str, new: str) -> None:
    """What the reader takes the schema takes, and what it refuses the schema refuses."""
    assert TABLES.count(old) >= 1
    text = BOOK + TABLES.replace(old, new, 1)
    assert CHECKER.is_valid(tomllib.loads(text)) == (not findings(text))


def test_whatever_stands_there_is_no_crash() -> None:
    """Every value of the sample, replaced by another kind of value, is a mistake that is told."""
    lines = TABLES.splitlines()
    for number, line in enumerate(lines):
        name, equals, _ = line.partition(" = ")
        if not equals or name.startswith((" ", "#", "{")) or line.endswith("["):
            continue
        for other in ("5", "true", '""', "[]", "[{}]", "{ a = 1 }", '[["x"]]', "1979-05-27", "0.5"):
            text = "\n".join(
                f"{name} = {other}" if place == number else each for place, each in enumerate(lines)
            )
            assert all(each.file and each.expected for each in findings(BOOK + text)), text


@pytest.mark.parametrize(
    "name",
    ["policies", "plans", "overflow", "routes", "needs", "preferred", "reads", "discipline"],
)
@pytest.mark.parametrize("value", ["5", "[]", '"x"', "[5]", "{ a = 5 }", "nan"])
def test_tables_that_are_none(name: str, value: str) -> None:
    """A table that is none is told once: what is named in it is not looked up."""
    table = {**tomllib.loads(TABLES)["routing"], name: tomllib.loads(f"x = {value}")["x"]}
    data = {**tomllib.loads(BOOK), "routing": table}
    from workorder.rulebook import rulebook_from_data

    try:
        rulebook_from_data(data)
    except ConfigurationError as error:
        keys = {each.key for each in error.findings}
        if value in {"5", '"x"', "nan"}:
            assert keys == {f"routing.{name}"}


@pytest.mark.parametrize("value", [5, [], "x"])
def test_a_routing_that_is_none(value: Any) -> None:
    """It is told once."""
    from workorder.rulebook import rulebook_from_data

    with pytest.raises(ConfigurationError) as error:
        rulebook_from_data({**tomllib.loads(BOOK), "routing": value})
    assert [each.key for each in error.value.findings] == ["routing"]


# --- made in Python -----------------------------------------------------------------------------


def wrong(**changes: Any) -> list[tuple[str, str]]:
    """What is wrong with the rulebook whose routing has these *changes*."""
    said = evolve(routing(), **changes)
    with pytest.raises(ConfigurationError) as error:
        evolve(rulebook_from_toml(BOOK), routing=said)
    return [(each.key, each.found) for each in error.value.findings]


def test_values_are_looked_at_as_files_are() -> None:
    """A routing made in Python is refused for the same reasons."""
    assert wrong(waiting=()) == [("routing.waiting", "none")]
    assert wrong(busy=("waiting", "waiting")) == [("routing.busy", "waiting a second time")]
    assert wrong(policies={"in_turn": AssignmentPolicy(affinity=("x",))}, routes=()) == [
        ("routing.policies.in_turn.affinity", "x")
    ]
    scoring = AssignmentPolicy(scorers=(SkillFit(),), selector=BestScore())
    assert wrong(policies={"in_turn": AssignmentPolicy(selector=BestScore()), "x": scoring}) == [
        ("routing.policies.in_turn.selector", "best_score, where nothing is scored")
    ]
    assert wrong(plans={"p": RoutingPlan("p", (RoutingStep(),))}, routes=()) == [
        ("routing.plans.p.steps[0]", "a step that changes nothing")
    ]
    assert wrong(routes=(Route(name="x", when=NEVER),)) == [
        ("routing.routes.x.when", "what never holds")
    ]
    assert wrong(needs=(*routing().needs, Need(skills={}))) == [("routing.needs[1].skills", "none")]
    assert wrong(preferred={"relationship_manager": "counts.urges"}) == [
        ("routing.preferred.relationship_manager", "counts.urges")
    ]


def test_a_route_behind_one_that_takes_everything() -> None:
    """No ticket comes to it, which nobody would notice."""
    every, behind = Route(name="all"), Route(name="x", when=where("type").equals("complaint"))
    assert wrong(routes=(every, behind)) == [
        ("routing.routes.x.when", "tickets that an earlier route takes")
    ]


def test_what_can_be_read_off_a_ticket() -> None:
    """The kinds that are asked for are those of the names that a routing reads."""
    assert tuple(READ) == READS


def test_labels_are_missed() -> None:
    """A route without a name that people read is a warning, as elsewhere."""
    text = BOOK + TABLES.replace('labels = { en = "Others", zh-CN = "其他" }\n', "")
    assert {each.key for each in rulebook_warnings(rulebook_from_toml(text))} == {
        "routing.routes.others.labels.en",
        "routing.routes.others.labels.zh-CN",
    }


def test_scores_that_decide_nothing() -> None:
    """Who forgot the selector is warned: scores are worked out and nobody looks at them."""
    text = BOOK + TABLES.replace('selector = { name = "best_score", then = "longest_idle" }\n', "")
    (told,) = rulebook_warnings(rulebook_from_toml(text))
    assert told.key == "routing.policies.usual.selector"
    assert told.found == "least_load, which looks at no score"


def test_every_selector_that_ships_looks_at_scores_or_not() -> None:
    """Of those that ship only one does."""
    assert set(SELECTORS) - {"best_score"} == _UNWEIGHING


def test_what_not_everybody_may_read_is_not_read_by_a_routing() -> None:
    """The item stands in the decision, and that in the history for all who read the ticket."""
    plain = rulebook_from_toml(BOOK)
    role = plain.workflow.roles[0].name
    forms = tuple(
        evolve(
            form,
            fields=tuple(
                evolve(each, readers=(role,)) if each.name == "amount" else each
                for each in form.fields
            ),
        )
        for form in plain.forms
    )
    with pytest.raises(ConfigurationError) as error:
        evolve(plain, forms=forms, routing=routing())
    assert [each.key for each in error.value.findings] == ["routing.reads.priority"]
