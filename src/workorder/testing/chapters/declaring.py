"""What a store says about itself."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from workorder.storage import Capability, TicketQuery
from workorder.testing.batches import AT, message, opening, sealed_value, timers
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


@chapter.promise(
    "Methods give lists and mappings, which can be counted and read twice; what has a default "
    "may be left out.",
    "方法返回可计数、可重复读取的列表与映射；有默认值的参数可省略。",
    verb="load",
)
def what_methods_give(trial: Trial) -> None:
    """Each method that reads, asked for one thing that is there."""
    store: Any = trial.store.wrapped
    has = {each for each in Capability if trial.has(each)}
    sealed = [sealed_value()] if Capability.SEALED in has else ()
    outbox = [message()] if Capability.OUTBOX in has else ()
    trial.committed(opening("T1", timers=timers(AT)), sealed=sealed, outbox=outbox)
    found: dict[str, Any] = {"load": store.load(["T1"])}
    if Capability.HISTORY in has:
        found |= {"records": store.records("T1"), "log": store.log(), "ids": store.ids()}
    if Capability.QUERY in has:
        found["find"] = store.find(TicketQuery())
    if Capability.SEALED in has:
        found["reveal"] = store.reveal("T1", ["1.text"])
    if Capability.OUTBOX in has:
        found["pending"] = store.pending()
    if Capability.TIMERS in has:
        found["claim_due"] = store.claim_due(AT, AT + timedelta(minutes=1), "w1")
    for name, given in found.items():
        mapping = name in {"load", "reveal"}
        expected = "a mapping" if mapping else "a list or a tuple"
        right = isinstance(given, Mapping if mapping else Sequence)
        trial.holds(f"{name} gives {type(given).__name__}, expected {expected}", right)
        trial.equal(f"how many {name} gives", len(given), 1)


CHECKS = chapter.checks()
