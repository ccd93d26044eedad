"""A routing in which every kind of table and key stands once: as a file, and in Python."""

from datetime import timedelta

from workorder.assign import (
    USUAL,
    AssignmentPolicy,
    Rejection,
    RoutingPlan,
    RoutingStep,
)
from workorder.assign.filters import NotDeclined, NotTooManyLately, Own
from workorder.assign.queueing import LinearAgeing
from workorder.assign.routing import Need, Route, Routing
from workorder.assign.scorers import ByAttribute, OwnScore, SkillFit, SpareCapacity, Weighted
from workorder.assign.selectors import BestScore, LongestIdle
from workorder.conditions import where

TABLES = """
[routing]
waiting = ["new", "waiting"]
busy = ["waiting"]
stays = ["new"]
discipline = { name = "linear_ageing", level = "2 elapsed hours" }
reads = { priority = "fields.amount", enqueued = "fields.received_at" }
preferred = { relationship_manager = "opened_by" }
grace = "90 elapsed seconds"
reach = 200

[routing.policies.usual]
filters = [
  "usual",
  { name = "not_too_many_lately", most = 20, within = "1 elapsed hour" },
  { name = "not_declined", cool_down = "15 elapsed minutes" },
]
scorers = [
  { name = "skill_fit", counts = 2.5 },
  # whom customers like
  { name = "attribute", attribute = "quality", full = 5 },
  "spare_capacity",
]
selector = { name = "best_score", then = "longest_idle" }
affinity = ["relationship_manager"]

[routing.policies.in_turn]
name = "one after the other"
selector = "pointer_round_robin"

[routing.plans.cards]
name = "cards, step by step"
steps = [
  { after = "30 elapsed minutes", relax = 1, any_language = true },
  { after = "2 elapsed hours", teams = ["hotline"], without = ["cards"], instead = true },
]

[routing.overflow]
loans = { to = "hotline", after = "30 elapsed minutes" }
hotline = { to = "backup", after = "10 elapsed minutes" }

[routing.routes.complaints]
labels = { en = "Complaints", zh-CN = "投诉" }
when = { field = "type", eq = "complaint" }
teams = ["complaints", "cards"]
skills = { complaints = 2 }
units = 2
policy = "in_turn"
plan = "cards"
offer = "5 elapsed minutes"
estimate = "1 elapsed hour"

[routing.routes.others]
labels = { en = "Others", zh-CN = "其他" }
plan = "loans"

[[routing.needs]]
when = { field = "fields.amount", ge = 100 }
skills = { cards = 2 }
"""
"""What a rulebook file says in ``[routing]``."""

POLICY = """
format = 1
name = "usual"
filters = [
  "usual",
  { name = "not_too_many_lately", most = 20, within = "1 elapsed hour" },
  { name = "not_declined", cool_down = "15 elapsed minutes" },
]
scorers = [
  { name = "skill_fit", counts = 2.5 },
  { name = "attribute", attribute = "quality", full = 5 },
  "spare_capacity",
]
selector = { name = "best_score", then = "longest_idle" }
affinity = ["relationship_manager"]
"""
"""The first of its policies in a file of its own."""

MINUTE = timedelta(minutes=1)

SENIOR = Own("senior only", lambda agent, _, __: None if agent.rank else Rejection("rank"))
LIKED = OwnScore("liked", lambda agent, _, __: agent.attributes.get("liked", 0.5))
"""A host's own, which a file can only name."""


def policy() -> AssignmentPolicy:
    """What the file of a policy says, made in Python."""
    declined = NotDeclined(cool_down=15 * MINUTE)
    return AssignmentPolicy(
        "usual",
        filters=(
            *(declined if isinstance(each, NotDeclined) else each for each in USUAL),
            NotTooManyLately(20, 60 * MINUTE),
        ),
        scorers=(Weighted(SkillFit(), 2.5), ByAttribute("quality", full=5), SpareCapacity()),
        selector=BestScore(then=LongestIdle()),
        affinity=("relationship_manager",),
    )


def routing() -> Routing:
    """What the table of the rulebook file says, made in Python."""
    from workorder.assign.selectors import PointerRoundRobin

    in_turn = AssignmentPolicy("one after the other", selector=PointerRoundRobin())
    step_by_step = RoutingPlan(
        "cards, step by step",
        (
            RoutingStep(after=30 * MINUTE, relax=1, any_language=True),
            RoutingStep(after=120 * MINUTE, teams={"hotline"}, without={"cards"}, instead=True),
        ),
    )
    from_loans = (
        RoutingStep(after=30 * MINUTE, teams={"hotline"}),
        RoutingStep(after=40 * MINUTE, teams={"backup"}),
    )
    from_hotline = (RoutingStep(after=10 * MINUTE, teams={"backup"}),)
    return Routing(
        waiting=("new", "waiting"),
        busy=("waiting",),
        stays=("new",),
        discipline=LinearAgeing(120 * MINUTE),
        reads={"priority": "fields.amount", "enqueued": "fields.received_at"},
        preferred={"relationship_manager": "opened_by"},
        grace=1.5 * MINUTE,
        reach=200,
        policies={"usual": policy(), "in_turn": in_turn},
        plans={
            "cards": step_by_step,
            "loans": RoutingPlan("overflow of loans", from_loans),
            "hotline": RoutingPlan("overflow of hotline", from_hotline),
        },
        routes=(
            Route(
                name="complaints",
                labels={"en": "Complaints", "zh-CN": "投诉"},
                when=where("type").equals("complaint"),
                teams={"complaints", "cards"},
                skills={"complaints": 2},
                units=2,
                policy="in_turn",
                plan="cards",
                offer=5 * MINUTE,
                estimate=60 * MINUTE,
            ),
            Route(name="others", labels={"en": "Others", "zh-CN": "其他"}, plan="loans"),
        ),
        needs=(Need(when=where("fields.amount").at_least(100), skills={"cards": 2}),),
    )
