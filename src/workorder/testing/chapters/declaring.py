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
    "Methods take what the protocols name, by place and by name, and give lists and mappings, "
    "which can be counted and read twice.",
    "方法按位置和名称接受协议所列参数，返回可计数、可重复读取的列表与映射。",
    verb="load",
)
def what_methods_take_and_give(trial: Trial) -> None:
    """Each method without what may be left out, and with everything by its name."""
    store: Any = trial.store.wrapped
    has = {each for each in Capability if trial.has(each)}
    sealed = [sealed_value()] if Capability.SEALED in has else ()
    outbox = [message()] if Capability.OUTBOX in has else ()
    trial.committed(opening("T1", timers=timers(AT)), sealed=sealed, outbox=outbox)
    found: dict[str, Any] = {
        "load": store.load(["T1"]),
        "load by name": store.load(ids=["T1"], command_ids=["c1"]),
    }
    if Capability.HISTORY in has:
        found |= {"records": store.records("T1"), "log": store.log(), "ids": store.ids()}
        found["records by name"] = store.records(ticket_id="T1", after=0, limit=5)
        found["log by name"] = store.log(after=0, limit=5)
        found["ids by name"] = store.ids(after="", limit=5)
    if Capability.QUERY in has:
        found["find"] = store.find(TicketQuery())
        found["find by name"] = store.find(query=TicketQuery())
    if Capability.SEALED in has:
        found["reveal"] = store.reveal("T1", ["1.text"])
        found["reveal by name"] = store.reveal(ticket_id="T1", refs={"1.text"})
    if Capability.OUTBOX in has:
        found["pending"] = store.pending()
        found["pending by name"] = store.pending(limit=5)
        store.taken(positions=[])
    if Capability.TIMERS in has:
        until = AT + timedelta(minutes=1)
        found["claim_due"] = store.claim_due(AT, until, "w1")
        store.release(ids=["T1"], worker="w1")
        found["claim_due by name"] = store.claim_due(at=AT, until=until, worker="w1", limit=5)
    for name, given in found.items():
        mapping = name.partition(" ")[0] in ("load", "reveal")
        kind = type(given).__name__
        expected = "a mapping" if mapping else "a list or a tuple"
        right = isinstance(given, Mapping if mapping else Sequence)
        trial.holds(f"{name}: gives {kind}, expected {expected}", right)
        trial.equal(f"{name}: how many", len(given), 1)


CHECKS = chapter.checks()
