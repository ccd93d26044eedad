"""Many threads at once; an asynchronous store gets as many tasks."""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta

from workorder.storage import (
    Answer,
    Capability,
    CapacityTaken,
    Change,
    Committed,
    Conflict,
    Record,
    Repeated,
    Reservation,
)
from workorder.testing.batches import AT, batch, following, message, opening, timers
from workorder.testing.check import Chapter
from workorder.testing.trial import Trial

MANY = 8
"""Threads at once."""

TRIES = 500
"""How often a thread decides anew before it gives up."""

chapter = Chapter("thread", "commit", wants="threads")


def _counted(answers: list[Answer]) -> dict[str, int]:
    return dict(Counter(type(each).__name__ for each in answers))


def _writing(trial: Trial, change: Change) -> Callable[[], Answer]:
    return lambda: trial.store.commit(batch(change))


@chapter.promise(
    "Of many threads that change a ticket at one version exactly one gets through; the others"
    " learn the version.",
    "多个线程在同一版本上更改工单，恰有一个成功，其余得知当前版本。",
)
def exactly_one_gets_through(trial: Trial) -> None:
    """Five rounds of eight threads."""
    trial.begun("T1")
    for version in range(1, 6):
        before = trial.now("T1")
        changes = [following(before, command_id=f"{version}/{n}") for n in range(MANY)]
        answers = trial.together(_writing(trial, each) for each in changes)
        expected = [Committed(), *[Conflict("T1", version + 1)] * (MANY - 1)]
        trial.equal("the answers", sorted(answers, key=repr), sorted(expected, key=repr))
        names = [each.marks[0].command_id for each in changes]
        receipts = trial.stored("T1", *names).receipts
        trial.equal("how many receipts", len(receipts), 1)


@chapter.promise(
    "Of many threads that open a ticket one gets through.",
    "多个线程受理同一工单，只有一个成功。",
)
def opened_once(trial: Trial) -> None:
    """The same id, different commands."""
    for number in range(3):
        openings = [opening(f"T{number}", command_id=f"c{n}") for n in range(MANY)]
        answers = trial.together(_writing(trial, each) for each in openings)
        expected = {"Committed": 1, "Conflict": MANY - 1}
        trial.equal("the answers", _counted(answers), expected)


@chapter.promise(
    "A command that arrives many times at once is carried out once; the others get its receipt.",
    "同一命令同时到达多次只执行一次，其余得到其回执。",
)
def carried_out_once(trial: Trial) -> None:
    """The same batch from every thread."""
    (before,) = trial.begun("T1")
    change = following(before, command_id="call-1")
    answers = trial.together(_writing(trial, change) for _ in range(MANY))
    expected = {"Committed": 1, "Repeated": MANY - 1}
    trial.equal("the answers", _counted(answers), expected)
    for each in answers:
        if isinstance(each, Repeated):
            trial.equal("the records", each.receipt.records, change.records)
    trial.equal("the version", trial.now("T1").ticket.version, 2)


@chapter.promise(
    "No change is lost: as many versions as there were commits.",
    "更改不丢失：有多少次提交就有多少个版本。",
)
def nothing_is_lost(trial: Trial) -> None:
    """Four threads, each carries ten commands out on one ticket, deciding again at a conflict."""
    trial.begun("T1")
    threads, each_has = 4, 10

    def work(name: int) -> None:
        for number in range(each_has):
            for _ in range(TRIES):
                before = trial.store.load(("T1",))["T1"].snapshot
                change = following(before, command_id=f"{name}/{number}")
                if trial.store.commit(batch(change)) == Committed():
                    break
            else:
                trial.holds(f"{TRIES} conflicts one after another", fact=False)

    trial.together(lambda name=name: work(name) for name in range(threads))  # type: ignore[misc]
    trial.equal("the version", trial.now("T1").ticket.version, 1 + threads * each_has)
    names = [f"{name}/{number}" for name in range(threads) for number in range(each_has)]
    receipts = trial.stored("T1", *names).receipts
    versions = sorted(each.version for each in receipts.values())
    trial.equal("the versions of the receipts", versions, list(range(2, 2 + len(names))))
    if trial.has(Capability.HISTORY):
        sequence = [each.sequence for each in trial.store.records("T1")]
        trial.equal("the records", sequence, list(range(1, 2 + len(names))))


@chapter.promise(
    "Batches that name the same tickets in another order do not stand in each other's way for"
    " ever.",
    "以不同次序涉及相同工单的批次不会永久互相阻塞。",
)
def no_deadlock(trial: Trial) -> None:
    """T1 with T2 and T2 with T1, from threads at once; each answer is one of the four."""
    trial.begun("T1", "T2")
    for number in range(10):
        one, two = trial.now("T1"), trial.now("T2")
        calls: list[Callable[[], Answer]] = []
        for place, pair in enumerate(((one, two), (two, one), (one, two), (two, one))):
            name = f"{number}/{place}"
            changes = [following(each, command_id=name) for each in pair]
            calls.append(lambda changes=changes: trial.store.commit(batch(*changes)))  # type: ignore[misc]
        answers = trial.together(calls)
        expected = {"Committed": 1, "Conflict": len(calls) - 1}
        trial.equal("the answers", _counted(answers), expected)
        versions = (trial.now("T1").ticket.version, trial.now("T2").ticket.version)
        trial.equal("the versions", versions, (number + 2, number + 2))


@chapter.promise(
    "Capacity is never used beyond its limit.",
    "容量绝不超限。",
    needs=(Capability.CAPACITY,),
)
def never_beyond_the_limit(trial: Trial) -> None:
    """Eight threads want three of five, one unit each; then all is given back."""
    one = batch(reservations=(Reservation("li", 1, 5),))

    def work() -> list[Answer]:
        return [trial.store.commit(one) for _ in range(3)]

    answers = [each for found in trial.together(work for _ in range(MANY)) for each in found]
    expected = {"Committed": 5, "CapacityTaken": 3 * MANY - 5}
    trial.equal("the answers", _counted(answers), expected)
    trial.committed(reservations=(Reservation("li", -5, 5),))
    trial.committed(reservations=(Reservation("li", 5, 5),))
    trial.equal("the answer", trial.store.commit(one), CapacityTaken("li"))


@chapter.promise(
    "Workers that claim at once are lent different tickets.",
    "同时申领的工作者借到不同的工单。",
    verb="claim_due",
    needs=(Capability.TIMERS,),
)
def lent_to_one(trial: Trial) -> None:
    """Twenty-four tickets, eight workers, five rounds of one each."""
    ids = [f"T{number:02}" for number in range(24)]
    trial.committed(*(opening(each, timers=timers(AT)) for each in ids))
    until = AT + timedelta(minutes=1)

    def work(worker: str) -> list[str]:
        found = [trial.store.claim_due(AT, until, worker, 1) for _ in range(5)]
        return [each.ticket.id for lent in found for each in lent]

    calls = (lambda name=f"w{number}": work(name) for number in range(MANY))
    lent = [each for found in trial.together(calls) for each in found]
    trial.equal("lent twice", [each for each, count in Counter(lent).items() if count > 1], [])
    trial.equal("lent at all", sorted(lent), ids)


@chapter.promise(
    "Nothing ever appears in the log before what was read already.",
    "总日志中绝不会在已读内容之前出现新记录。",
    verb="log",
    needs=(Capability.HISTORY,),
)
def the_log_only_grows_at_its_end(trial: Trial) -> None:
    """A reader that goes on from its last position while others write misses nothing."""
    writers, each_has = 4, 12
    total = writers * each_has * 2
    walked: list[tuple[int, Record]] = []
    written: set[int] = set()

    def write(name: int) -> None:
        try:
            for number in range(each_has):
                changes = (opening(f"{name}-{number}"), opening(f"{name}+{number}"))
                trial.store.commit(batch(*changes))
        finally:
            written.add(name)  # also when it failed: the reader need not wait

    def read() -> None:
        while len(written) < writers:
            walked.extend(trial.store.log(walked[-1][0] if walked else 0, 7))

    calls: list[Callable[[], object]] = [
        lambda name=name: write(name)  # type: ignore[misc]
        for name in range(writers)
    ]
    trial.together([*calls, read])
    while page := trial.store.log(walked[-1][0] if walked else 0):
        walked += page
    trial.equal("how many records a reader met", len(walked), total)
    trial.holds("a reader met others than stand in the log", walked == trial.store.log(0, total))


@chapter.promise(
    "A ticket that is read while it is written is read as it was or as it is, never in between.",
    "写入期间读到的工单要么是之前的，要么是之后的，绝非半成品。",
    verb="load",
)
def read_whole(trial: Trial) -> None:
    """A reader beside a writer: the ticket and its receipts fit each other."""
    trial.begun("T1")
    names = [f"c{version}" for version in range(1, 32)]
    done: list[bool] = []

    def write() -> None:
        try:
            for _ in range(30):
                before = trial.store.load(("T1",))["T1"].snapshot
                trial.committed(following(before, state=f"s{before.ticket.version + 1}"))
        finally:
            done.append(True)

    def read() -> None:
        seen = 0
        while not done:
            stored = trial.store.load(("T1",), names)["T1"]
            ticket = stored.snapshot.ticket
            if ticket.version > 1:
                trial.equal("the state", ticket.state, f"s{ticket.version}")
            trial.holds("an earlier version came back", ticket.version >= seen)
            known = set(stored.receipts) >= set(names[: ticket.version])
            trial.holds(f"a receipt up to version {ticket.version} is missing", known)
            seen = ticket.version

    trial.together((write, read, read))


@chapter.promise(
    "Messages of many threads all go out, each ticket's in its order.",
    "多线程的消息全部发出，每张工单的消息保持次序。",
    verb="pending",
    needs=(Capability.OUTBOX,),
)
def every_message_goes_out(trial: Trial) -> None:
    """Four threads, a ticket each, ten messages each; a reader takes them off meanwhile."""
    writers, each_has = 4, 10
    taken: list[tuple[str, str]] = []

    def write(name: str) -> None:
        for number in range(each_has):
            trial.committed(outbox=(message(name, f"{number}"),))

    def read() -> None:
        for _ in range(20):
            waiting = trial.store.pending(5)
            taken.extend((each.ticket_id, each.topic) for _, each in waiting)
            trial.store.taken([position for position, _ in waiting])

    names = [f"T{number}" for number in range(writers)]
    calls: list[Callable[[], object]] = [lambda name=name: write(name) for name in names]  # type: ignore[misc]
    trial.together([*calls, read])
    taken += [(each.ticket_id, each.topic) for _, each in trial.store.pending(1_000)]
    for name in names:
        found = [topic for ticket_id, topic in taken if ticket_id == name]
        trial.equal(f"the messages of {name}", found, [f"{n}" for n in range(each_has)])


CHECKS = chapter.checks()
