"""What ``claim_due`` and ``release`` promise (capability ``timers``)."""

from collections.abc import Sequence
from datetime import datetime, timedelta, timezone

from workorder.storage import Capability
from workorder.testing.batches import AT, batch, following, opening, timers
from workorder.testing.check import Chapter
from workorder.testing.trial import Trial

MINUTE = timedelta(minutes=1)
TICK = timedelta(microseconds=1)

chapter = Chapter("timer", "claim_due", Capability.TIMERS)


def _due(trial: Trial, **instants: datetime) -> None:
    """Tickets that are opened with one timer each."""
    trial.committed(*(opening(each, timers=timers(at)) for each, at in instants.items()))


def _lent(
    trial: Trial,
    expected: Sequence[str],
    at: datetime = AT,
    worker: str = "w1",
    limit: int = 100,
) -> None:
    """Claim for a minute, and compare whose tickets are lent."""
    found = trial.store.claim_due(at, at + MINUTE, worker, limit)
    trial.equal("what is lent", [each.ticket.id for each in found], list(expected))


@chapter.promise(
    "The earliest first; ties by id, by code point.",
    "最早的在先；同时到期者按工单号码位排序。",
)
def the_earliest_first(trial: Trial) -> None:
    """Ids that databases sort otherwise, at two instants."""
    ids = ("a", "B", "\U0001f4b3", "\uffee", "A", "aa", "工单", "T10", "T9")
    trial.committed(*(opening(each, timers=timers(AT)) for each in ids))
    _due(trial, Z=AT - TICK, Y=AT - MINUTE)
    _lent(trial, ["Y", "Z", "A", "B", "T10", "T9", "a", "aa", "工单", "\uffee", "\U0001f4b3"])


@chapter.promise(
    "A ticket is due by the earliest of its timers.",
    "工单以最早的计时器为准。",
)
def the_earliest_timer_of_a_ticket(trial: Trial) -> None:
    """Two timers, the earlier one second."""
    trial.committed(opening("T1", timers=timers(AT + 5 * MINUTE, AT - 2 * MINUTE)))
    trial.committed(opening("T2", timers=timers(AT - MINUTE)))
    _lent(trial, ["T1", "T2"])


@chapter.promise(
    "A timer is due at its very instant, and not a microsecond earlier.",
    "计时器在其时刻到期，一微秒也不提前。",
)
def due_at_its_instant(trial: Trial) -> None:
    """A microsecond after, at, and before."""
    _due(trial, T1=AT + TICK, T2=AT, T3=AT - TICK)
    _lent(trial, ["T3", "T2"])
    _lent(trial, ["T1"], AT + TICK)


@chapter.promise(
    "A ticket without timers is never lent.",
    "没有计时器的工单从不借出。",
)
def never_without_timers(trial: Trial) -> None:
    """However late it is."""
    trial.begun("T1")
    _lent(trial, [], AT + timedelta(days=5_000))


@chapter.promise(
    "At most so many are lent; the rest come next.",
    "至多借出若干张，其余随后。",
)
def at_most_the_limit(trial: Trial) -> None:
    """Five tickets in twos: none is left out, none comes twice."""
    _due(trial, **{f"T{number}": AT - number * MINUTE for number in range(5)})
    _lent(trial, ["T4", "T3"], limit=2)
    _lent(trial, ["T2", "T1"], limit=2)
    _lent(trial, ["T0"], limit=2)
    _lent(trial, [], limit=2)


@chapter.promise(
    "Tickets that are lent do not count against the limit.",
    "已借出的工单不计入上限。",
)
def lent_ones_take_no_place(trial: Trial) -> None:
    """The earliest two are lent; asked for one, the third comes."""
    _due(trial, T1=AT - 3 * MINUTE, T2=AT - 2 * MINUTE, T3=AT - MINUTE)
    _lent(trial, ["T1", "T2"], limit=2)
    _lent(trial, ["T3"], worker="w2", limit=1)


@chapter.promise(
    "A ticket that is lent is not lent again, not even to the same worker.",
    "已借出的工单不再借出，同一工作者也不行。",
)
def not_lent_twice(trial: Trial) -> None:
    """Until a microsecond before the lease ends."""
    _due(trial, T1=AT)
    _lent(trial, ["T1"])
    for worker in ("w1", "w2"):
        _lent(trial, [], AT, worker)
        _lent(trial, [], AT + MINUTE - TICK, worker)


@chapter.promise(
    "A lease ends at its very instant: from then on the ticket is free again.",
    "租约在其时刻结束，此后工单可再次借出。",
)
def a_lease_ends_at_its_instant(trial: Trial) -> None:
    """At the end of the lease another worker gets it, with a lease of its own."""
    _due(trial, T1=AT)
    _lent(trial, ["T1"])
    _lent(trial, ["T1"], AT + MINUTE, "w2")
    _lent(trial, [], AT + MINUTE, "w1")
    _lent(trial, [], AT + 2 * MINUTE - TICK, "w1")
    _lent(trial, ["T1"], AT + 2 * MINUTE, "w1")


@chapter.promise(
    "What is given back is free at once, and nothing else is.",
    "归还的工单立即可借，其余不变。",
    verb="release",
)
def given_back_it_is_free(trial: Trial) -> None:
    """One of two."""
    _due(trial, T1=AT, T2=AT)
    _lent(trial, ["T1", "T2"])
    trial.store.release(["T2"], "w1")
    _lent(trial, ["T2"], AT, "w2")


@chapter.promise(
    "A worker gives back only what it has: a late one takes nothing from the next.",
    "工作者只能归还自己持有的：迟到者不影响下一位。",
    verb="release",
)
def only_its_own(trial: Trial) -> None:
    """The lease ran out, another worker has the ticket."""
    _due(trial, T1=AT)
    _lent(trial, ["T1"])
    _lent(trial, ["T1"], AT + MINUTE, "w2")
    trial.store.release(["T1"], "w1")
    _lent(trial, [], AT + MINUTE, "w3")
    trial.store.release(["T1"], "w2")
    _lent(trial, ["T1"], AT + MINUTE, "w3")


@chapter.promise(
    "Giving back what nobody has does nothing.",
    "归还无人持有的工单不起作用。",
    verb="release",
)
def what_nobody_has(trial: Trial) -> None:
    """Unknown tickets, one that is not lent, none."""
    _due(trial, T1=AT)
    trial.store.release(["T1", "T9"], "w1")
    trial.store.release([], "w1")
    _lent(trial, ["T1"])
    trial.store.release([], "w1")
    trial.store.release(["T9"], "w1")
    _lent(trial, [])


@chapter.promise(
    "A ticket is lent as it stands: with the version and the bytes of the last commit.",
    "借出的是工单当前状态：最后一次提交的版本与字节。",
)
def lent_as_it_stands(trial: Trial) -> None:
    """Changed after it was opened."""
    _due(trial, T1=AT)
    trial.committed(following(trial.now("T1"), timers=timers(AT - MINUTE), state="assigned"))
    found = trial.store.claim_due(AT, AT + MINUTE, "w1", 10)
    now = trial.now("T1")
    trial.equal("the versions", [each.ticket.version for each in found], [2])
    trial.equal("the bytes", [each.data for each in found], [now.data])


@chapter.promise(
    "The last commit says when a ticket is due: timers that are gone or put off count no more.",
    "何时到期以最后一次提交为准：取消或推迟的计时器不再计。",
)
def timers_that_changed(trial: Trial) -> None:
    """One loses its timer, one is put off, one is brought forward."""
    _due(trial, T1=AT, T2=AT, T3=AT + 5 * MINUTE)
    for ticket_id, due in (("T1", ()), ("T2", (AT + MINUTE,)), ("T3", (AT - MINUTE,))):
        trial.committed(following(trial.now(ticket_id), timers=timers(*due)))
    _lent(trial, ["T3"])
    _lent(trial, ["T2", "T3"][::-1], AT + MINUTE)


@chapter.promise(
    "A commit does not end a lease.",
    "提交不终止租约。",
    verb="commit",
)
def a_commit_ends_no_lease(trial: Trial) -> None:
    """The ticket changes while it is lent, and its timer with it; for a while it has none."""
    _due(trial, T1=AT, T2=AT)
    _lent(trial, ["T1"], limit=1)
    trial.committed(following(trial.now("T1"), timers=()))
    trial.committed(following(trial.now("T1"), timers=timers(AT - 5 * MINUTE)))
    _lent(trial, ["T2"])
    _lent(trial, ["T1", "T2"], AT + MINUTE)


@chapter.promise(
    "A lease is no obstacle for a commit.",
    "租约不妨碍提交。",
    verb="commit",
)
def a_lease_stops_no_commit(trial: Trial) -> None:
    """Somebody else changes the ticket that is lent."""
    _due(trial, T1=AT)
    _lent(trial, ["T1"])
    trial.committed(following(trial.now("T1"), timers=()))
    trial.equal("the version", trial.now("T1").ticket.version, 2)
    _lent(trial, [], AT + 5 * MINUTE)


@chapter.promise(
    "What was refused changes no timer.",
    "被拒绝的批次不改变计时器。",
    verb="commit",
)
def a_refusal_changes_no_timer(trial: Trial) -> None:
    """A repeat that would have put the timer off."""
    _due(trial, T1=AT)
    later = following(trial.now("T1"), command_id="c1", timers=timers(AT + MINUTE))
    trial.store.commit(batch(later))
    _lent(trial, ["T1"])


@chapter.promise(
    "Instants of timers and leases count to the microsecond.",
    "计时器与租约精确到微秒。",
)
def to_the_microsecond(trial: Trial) -> None:
    """Three within a millisecond, claimed one after the other."""
    ticks = {f"T{number}": AT + number * TICK for number in (1, 2, 3)}
    _due(trial, **ticks)
    for ticket_id, at in ticks.items():
        _lent(trial, [ticket_id], at)


@chapter.promise(
    "An instant is the same in whatever zone it is told.",
    "同一时刻无论以何时区表示都相同。",
)
def in_any_zone(trial: Trial) -> None:
    """Asked in one zone, lent until an instant told in another."""
    there, elsewhere = timezone(timedelta(hours=8)), timezone(-timedelta(hours=5))
    _due(trial, T1=AT - TICK, T2=AT + MINUTE)
    _lent(trial, ["T1"], AT.astimezone(there))
    _lent(trial, [], (AT + MINUTE / 2).astimezone(elsewhere))
    _lent(trial, ["T1", "T2"], (AT + MINUTE * 3 / 2).astimezone(elsewhere))
    _lent(trial, [], AT + 2 * MINUTE)


CHECKS = chapter.checks()
