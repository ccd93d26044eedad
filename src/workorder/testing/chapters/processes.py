"""Several processes on one store: another handle sees what was committed, and keeps the same."""

from collections import Counter
from datetime import timedelta

from workorder.storage import Capability, Committed, Reservation
from workorder.testing import children
from workorder.testing.batches import AT, batch, following, opening, timers
from workorder.testing.check import Chapter
from workorder.testing.children import children as started
from workorder.testing.trial import Trial

chapter = Chapter("process", "commit", wants="reopen")


@chapter.promise(
    "What one process commits another one loads: the same bytes, the same receipts.",
    "一个进程提交的内容，另一进程读到相同的字节与回执。",
    verb="load",
)
def what_another_process_loads(trial: Trial) -> None:
    """Right after the commit."""
    trial.committed(opening("T1", events=2))
    trial.committed(following(trial.now("T1")))
    with started(trial.reopen, (children.look, "T1", ("c1", "c2", "c9"))) as (child,):
        data, receipts = child.hear()
    trial.equal("the bytes", data, trial.now("T1").data)
    trial.equal("how many receipts", receipts, 2)


@chapter.promise(
    "A second handle in the same process sees what the first committed, and the other way round.",
    "同一进程的第二个句柄看到第一个提交的内容，反之亦然。",
    verb="load",
)
def two_handles_see_the_same(trial: Trial) -> None:
    """They write in turn."""
    trial.begun("T1")
    other = trial.reopened()
    for version, store in ((2, other), (3, trial.store), (4, other)):
        before = store.load(("T1",))["T1"].snapshot
        trial.equal("the version", before.ticket.version, version - 1)
        trial.equal("the answer", store.commit(batch(following(before))), Committed())


@chapter.promise(
    "Of two processes that change a ticket at one version one gets through.",
    "两个进程在同一版本上更改工单，只有一个成功。",
)
def one_of_two_gets_through(trial: Trial) -> None:
    """Both decided on the same snapshot."""
    (before,) = trial.begun("T1")
    given = [batch(following(before, command_id=name)) for name in ("a", "b")]
    with started(trial.reopen, *((children.one_commit, each) for each in given)) as made:
        for each in made:
            each.hear()
        for each in made:
            each.go()
        found = Counter(each.hear() for each in made)
    trial.equal("the answers", dict(found), {"Committed": 1, "Conflict": 1})
    trial.equal("the version", trial.now("T1").ticket.version, 2)


@chapter.promise(
    "No change of any process is lost.",
    "任何进程的更改都不丢失。",
)
def nothing_is_lost(trial: Trial) -> None:
    """Two processes, fifteen commands each on one ticket."""
    trial.begun("T1")
    works = ((children.go_on, name, 15) for name in ("a", "b"))
    with started(trial.reopen, *works) as made:
        for each in made:
            each.hear()
        for each in made:
            each.go()
        reached = sorted(version for each in made for version in each.hear())
    trial.equal("the versions that were reached", reached, list(range(2, 32)))
    trial.equal("the version", trial.now("T1").ticket.version, 31)


@chapter.promise(
    "Workers in different processes are lent different tickets.",
    "不同进程中的工作者借到不同的工单。",
    verb="claim_due",
    needs=(Capability.TIMERS,),
)
def lent_to_one(trial: Trial) -> None:
    """Twelve tickets, two processes that claim ten each."""
    ids = [f"T{number:02}" for number in range(12)]
    trial.committed(*(opening(each, timers=timers(AT)) for each in ids))
    until = AT + timedelta(minutes=1)
    works = ((children.claim, name, until, 10) for name in ("a", "b"))
    with started(trial.reopen, *works) as made:
        for each in made:
            each.hear()
        for each in made:
            each.go()
        lent = [ticket for each in made for ticket in each.hear()]
    trial.equal("lent", sorted(lent), ids)


@chapter.promise(
    "Capacity is one for all processes.",
    "容量由所有进程共享。",
    needs=(Capability.CAPACITY,),
)
def capacity_is_shared(trial: Trial) -> None:
    """Two units of three are taken here; two processes want one each."""
    trial.committed(reservations=(Reservation("li", 2, 3),))
    one = batch(reservations=(Reservation("li", 1, 3),))
    with started(trial.reopen, *[(children.one_commit, one)] * 2) as made:
        for each in made:
            each.hear()
        for each in made:
            each.go()
        found = Counter(each.hear() for each in made)
    trial.equal("the answers", dict(found), {"Committed": 1, "CapacityTaken": 1})


CHECKS = chapter.checks()
