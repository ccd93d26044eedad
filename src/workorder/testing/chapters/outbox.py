"""What ``pending`` and ``taken`` promise (capability ``outbox``)."""

from attrs import evolve

from workorder.storage import Capability
from workorder.testing.batches import batch, following, message, opening
from workorder.testing.check import Chapter
from workorder.testing.trial import Trial

chapter = Chapter("outbox", "pending", Capability.OUTBOX)


def _topics(trial: Trial, limit: int = 100) -> list[str]:
    return [each.topic for _, each in trial.store.pending(limit)]


def _sent(trial: Trial, *topics: str) -> None:
    for topic in topics:
        trial.committed(outbox=(message("T1", topic),))


@chapter.promise(
    "Messages wait in the order of their commits, and within a batch in the order of the batch.",
    "消息按提交顺序等待，批次内按批次中的顺序。",
)
def the_order_of_commits(trial: Trial) -> None:
    """Batches of several messages of several tickets."""
    trial.committed(opening("T2"), outbox=(message("T2", "z"), message("T2", "a")))
    trial.committed(opening("T1"), outbox=(message("T1", "m"), message("T2", "b")))
    _sent(trial, "c", "0")
    trial.equal("the topics", _topics(trial), ["z", "a", "m", "b", "c", "0"])
    found = [each.ticket_id for _, each in trial.store.pending()]
    trial.equal("the tickets", found, ["T2", "T2", "T1", "T2", "T1", "T1"])
    positions = [position for position, _ in trial.store.pending()]
    trial.equal("the positions", positions, sorted(set(positions)))


@chapter.promise(
    "Messages come again until they are taken off.",
    "消息在取走之前反复给出。",
)
def again_until_taken(trial: Trial) -> None:
    """Read three times, with the same positions."""
    _sent(trial, "a", "b")
    first = trial.store.pending()
    trial.equal("how many", len(first), 2)
    for _ in range(2):
        trial.equal("the messages", trial.store.pending(), first)


@chapter.promise(
    "At most so many are given: the oldest.",
    "至多给出若干条，最早的在先。",
)
def at_most_the_limit(trial: Trial) -> None:
    """Limits below, at and above what is there."""
    _sent(trial, "a", "b", "c")
    for limit in (1, 2, 3, 9):
        trial.equal(f"at most {limit}", _topics(trial, limit), ["a", "b", "c"][:limit])


@chapter.promise(
    "``taken`` forgets exactly the positions it is given; the rest keep their order.",
    "``taken`` 只清除所给位置，其余顺序不变。",
    verb="taken",
)
def taken_are_forgotten(trial: Trial) -> None:
    """One in the middle, one twice, one that is not there."""
    _sent(trial, "a", "b", "c", "d")
    waiting = trial.store.pending()
    trial.store.taken([])
    trial.equal("the topics", _topics(trial), ["a", "b", "c", "d"])
    trial.store.taken([waiting[1][0], waiting[3][0] + 1_000])
    trial.equal("the topics", _topics(trial), ["a", "c", "d"])
    trial.store.taken([waiting[1][0], waiting[0][0]])
    trial.equal("the messages", trial.store.pending(), [waiting[2], waiting[3]])


@chapter.promise(
    "A position is never used again: who takes one off late, takes off nothing new.",
    "位置不重复使用：迟到的取走不会误删新消息。",
    verb="taken",
)
def positions_are_never_used_again(trial: Trial) -> None:
    """All are taken, others are sent, the first positions are taken once more."""
    _sent(trial, "a", "b")
    before = [position for position, _ in trial.store.pending()]
    trial.store.taken(before)
    trial.equal("the topics", _topics(trial), [])
    _sent(trial, "c", "d")
    trial.store.taken(before)
    trial.equal("the topics", _topics(trial), ["c", "d"])
    after = [position for position, _ in trial.store.pending()]
    trial.holds("a later message stands before an earlier one", min(after) > max(before))


@chapter.promise(
    "Messages go out with the commit only: what is refused sends nothing.",
    "消息只随提交发出：被拒绝的批次不发送。",
    verb="commit",
)
def only_with_the_commit(trial: Trial) -> None:
    """A conflict, a repeat, and then the commit."""
    (before,) = trial.begun("T1")
    note = (message("T1", "note"),)
    trial.store.commit(batch(evolve(following(before), expected=4), outbox=note))
    trial.store.commit(batch(following(before, command_id="c1"), outbox=note))
    trial.equal("the topics", _topics(trial), [])
    trial.committed(following(before), outbox=note)
    trial.equal("the topics", _topics(trial), ["note"])


@chapter.promise(
    "Equal messages are several messages.",
    "内容相同的消息也是多条消息。",
)
def equal_messages_are_several(trial: Trial) -> None:
    """The same three times, two of them in one batch."""
    trial.committed(outbox=(message(), message()))
    trial.committed(outbox=(message(),))
    trial.equal("how many", len(trial.store.pending()), 3)
    trial.store.taken([trial.store.pending()[1][0]])
    trial.equal("how many", len(trial.store.pending()), 2)


@chapter.promise(
    "Many messages may wait, and many are taken off at once.",
    "可有大量消息等待，也可一次取走大量。",
    verb="taken",
)
def many_messages(trial: Trial) -> None:
    """Twelve hundred in one batch."""
    trial.committed(outbox=[message("T1", f"t{number}") for number in range(1_200)])
    waiting = trial.store.pending(2_000)
    trial.equal("how many", len(waiting), 1_200)
    trial.store.taken([position for position, _ in waiting[:-1]])
    trial.equal("the topics", _topics(trial), ["t1199"])


CHECKS = chapter.checks()
