"""What a store says about itself."""

from workorder.storage import Capability
from workorder.testing.check import Chapter
from workorder.testing.trial import Trial

METHODS = {
    Capability.HISTORY: ("records", "log", "ids"),
    Capability.QUERY: ("find",),
    Capability.SEALED: ("reveal",),
    Capability.OUTBOX: ("pending", "taken"),
    Capability.TIMERS: ("claim_due", "release"),
}
"""The methods that go with a capability."""

chapter = Chapter("declare", "capabilities")


@chapter.promise(
    "It declares capabilities that there are, and those that it is meant to offer.",
    "所声明的能力均存在，且与计划提供的一致。",
)
def capabilities(trial: Trial) -> None:
    """What is declared beside what is known and what is meant."""
    declared = set(trial.store.capabilities)
    trial.equal("unknown capabilities", sorted(map(str, declared - set(Capability))), [])
    if trial.meant is not None:
        trial.equal("declared, and not meant", sorted(declared - trial.meant), [])
        trial.equal("meant, and not declared", sorted(trial.meant - declared), [])


@chapter.promise(
    "It has the methods of every capability that it declares.",
    "具备所声明的每项能力的方法。",
)
def methods(trial: Trial) -> None:
    """Each declared capability, method by method."""
    wrapped = trial.store.wrapped
    for capability in trial.store.capabilities:
        for name in METHODS.get(Capability(capability), ()):
            there = callable(getattr(wrapped, name, None))
            trial.holds(f"“{capability}” is declared, and there is no method {name}", there)


@chapter.promise(
    "It belongs to one tenant, whose name is text.",
    "属于一个租户，其名称为文本。",
    verb="tenant",
)
def tenant(trial: Trial) -> None:
    """The name, as far as it can be seen."""
    trial.equal("the kind of the tenant's name", type(trial.store.tenant).__name__, "str")


CHECKS = chapter.checks()
