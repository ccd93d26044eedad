"""What ``commit`` promises: all of a batch or nothing of it."""

from collections.abc import Sequence

from attrs import evolve

from workorder.storage import (
    Answer,
    Batch,
    Capability,
    CapacityTaken,
    Change,
    Committed,
    Conflict,
    Mark,
    Repeated,
    Reservation,
)
from workorder.testing.batches import (
    batch,
    digest_of,
    following,
    message,
    opening,
    sealed_value,
)
from workorder.testing.check import Chapter
from workorder.testing.trial import Trial

chapter = Chapter("commit", "commit")
_FULL = (Reservation("li", 5, 4),)


@chapter.promise(
    "A batch is written whole: every ticket, receipt, record, sealed value and message.",
    "批次整体写入：每张工单、回执、记录、密封值和消息。",
)
def a_batch_is_written_whole(trial: Trial) -> None:
    """Two tickets, and whatever the store declares beside them."""
    (before,) = trial.begun("T1")
    changes = (following(before, events=2), opening("T2", command_id="o2"))
    trial.wrote(_full(trial, changes))
    found = trial.store.load(("T1", "T2"), ("c2", "o2"))
    for change, command in zip(changes, ("c2", "o2"), strict=True):
        stored = found.get(change.ticket_id)
        trial.holds(f"{change.ticket_id} is not there", stored is not None)
        if stored is not None:
            trial.equal("the ticket", stored.snapshot.ticket, change.snapshot.ticket)
            trial.equal("its receipts", set(stored.receipts), {command})
    if trial.has(Capability.HISTORY):
        trial.equal("the records of T1", trial.store.records("T1", 1), [*changes[0].records])
        trial.equal("the records of T2", trial.store.records("T2"), [*changes[1].records])
    if trial.has(Capability.SEALED):
        kept = trial.store.reveal("T2", ["9.text"])
        trial.equal("the sealed values", kept, {"9.text": sealed_value("T2", "9.text")})
    if trial.has(Capability.OUTBOX):
        waiting = [each.topic for _, each in trial.store.pending()]
        trial.equal("the messages", waiting, ["whole"])


def _full(trial: Trial, changes: Sequence[Change], *, capacity: bool = False) -> Batch:
    """A batch with everything that the store has a place for, said of the last ticket."""
    last = changes[-1].ticket_id
    return batch(
        *changes,
        outbox=(message(last, "whole"),) if trial.has(Capability.OUTBOX) else (),
        sealed=(sealed_value(last, "9.text"),) if trial.has(Capability.SEALED) else (),
        reservations=_FULL if capacity else (),
    )


def _nothing_of_it(trial: Trial, kind: type[Answer], *, repeat: bool, stale: bool) -> None:
    """A batch of three tickets with something in the way, in each place of the batch."""
    one, two = trial.begun("T1", "T2")
    troubled = following(one, command_id="c1" if repeat else "new")
    if stale:
        troubled = evolve(troubled, expected=7)
    rest = (following(two), opening("T3"))
    for place in range(3):
        changes = (*rest[:place], troubled, *rest[place:])
        given = _full(trial, changes, capacity=kind is CapacityTaken)
        trial.equal("the answer", type(trial.store.commit(given)).__name__, kind.__name__)
        _untouched(trial)
    trial.committed(following(trial.now("T1")), following(trial.now("T2")), opening("T3"))


def _untouched(trial: Trial) -> None:
    found = trial.store.load(("T1", "T2", "T3"), ("c1", "c2", "new"))
    versions = {each: stored.snapshot.ticket.version for each, stored in found.items()}
    trial.equal("the versions", versions, {"T1": 1, "T2": 1})
    for ticket_id, stored in found.items():
        trial.equal(f"the receipts of {ticket_id}", set(stored.receipts), {"c1"})
    if trial.has(Capability.HISTORY):
        trial.equal("how many records", len(trial.store.log()), 2)
        trial.equal("the ids", trial.store.ids(), ["T1", "T2"])
    if trial.has(Capability.SEALED):
        kept = {each: trial.store.reveal(each, ["9.text"]) for each in ("T1", "T2", "T3")}
        trial.equal("the sealed values", kept, {"T1": {}, "T2": {}, "T3": {}})
    if trial.has(Capability.OUTBOX):
        trial.equal("the messages", trial.store.pending(), [])


@chapter.promise(
    "Nothing of a batch is written when one of its tickets is at another version.",
    "批次中任一工单版本不符时，整批不写入。",
)
def nothing_at_a_conflict(trial: Trial) -> None:
    """The stale ticket stands first, in the middle, last."""
    _nothing_of_it(trial, Conflict, repeat=False, stale=True)


@chapter.promise(
    "Nothing of a batch is written when one of its commands was carried out before.",
    "批次中任一命令已执行过时，整批不写入。",
)
def nothing_at_a_repeat(trial: Trial) -> None:
    """The repeated command stands first, in the middle, last."""
    _nothing_of_it(trial, Repeated, repeat=True, stale=False)


@chapter.promise(
    "Nothing of a batch is written when there is no capacity for it.",
    "容量不足时，整批不写入。",
    needs=(Capability.CAPACITY,),
)
def nothing_without_capacity(trial: Trial) -> None:
    """The tickets are sound, the agent is full."""
    _nothing_of_it(trial, CapacityTaken, repeat=False, stale=False)


@chapter.promise(
    "It looks for repeats in the whole batch, then for conflicts, then for capacity, wherever they"
    " stand.",
    "先在整批中查找重复，再查冲突，最后查容量，与其在批次中的位置无关。",
)
def the_order_of_answers(trial: Trial) -> None:
    """Every combination of obstacles, in either order of the tickets."""
    one, two = trial.begun("T1", "T2")
    capacities = (False, True) if trial.has(Capability.CAPACITY) else (False,)
    for repeated, stale, full in (
        (r, s, f) for r in (True, False) for s in (True, False) for f in capacities if r or s or f
    ):
        kind = Repeated if repeated else Conflict if stale else CapacityTaken
        first = following(one, command_id="c1" if repeated else "new")
        second = evolve(following(two), expected=9) if stale else following(two)
        for changes in ((first, second), (second, first)):
            given = batch(*changes, reservations=_FULL if full else ())
            answer = trial.store.commit(given)
            trial.equal("the answer", type(answer).__name__, kind.__name__)


@chapter.promise(
    "A change is written with or without the ticket it was decided on.",
    "无论是否附带决定时的工单，更改都能写入。",
)
def no_hint_of_what_was_before(trial: Trial) -> None:
    """The same change, without ``before``."""
    (before,) = trial.begun("T1")
    change = evolve(following(before, state="closed", deeds={}), before=None)
    trial.committed(change)
    trial.equal("the ticket", trial.now("T1").ticket, change.snapshot.ticket)


@chapter.promise(
    "A change that comes from several commands leaves a receipt for each.",
    "来自多条命令的更改为每条命令留下回执。",
)
def several_commands_in_one_change(trial: Trial) -> None:
    """Three marks, one change: what time does to a ticket comes like this."""
    names = ("time.1", "time.2", "time.3")
    marks = tuple(Mark(each, digest_of(each)) for each in names)
    change = evolve(opening("T1", events=2), marks=marks)
    trial.committed(change)
    receipts = trial.stored("T1", *names).receipts
    for each in names:
        trial.holds(f"there is no receipt of {each}", each in receipts)
        receipt = receipts[each]
        trial.equal("its digest", receipt.digest, digest_of(each))
        trial.equal("its records", receipt.records, change.records)
    answer = trial.store.commit(batch(following(trial.now("T1"), command_id="time.2")))
    trial.equal("the answer", type(answer).__name__, "Repeated")


@chapter.promise(
    "A change that comes from no command is written, and leaves no receipt.",
    "不来自任何命令的更改照常写入，且不留回执。",
)
def a_change_without_a_command(trial: Trial) -> None:
    """What a command does beside its own ticket comes like this."""
    (before,) = trial.begun("T1")
    trial.committed(evolve(following(before), marks=()))
    stored = trial.stored("T1", "c1", "c2")
    trial.equal("the version", stored.snapshot.ticket.version, 2)
    trial.equal("the receipts", set(stored.receipts), {"c1"})
    trial.committed(following(stored.snapshot, command_id="c2"))


@chapter.promise(
    "One command may change several tickets of a batch; each keeps a receipt of its own.",
    "一条命令可更改批次中的多张工单，各自保存回执。",
)
def one_command_on_several_tickets(trial: Trial) -> None:
    """The same id on two tickets, in one batch."""
    changes = (opening("T1", command_id="x"), opening("T2", command_id="x"))
    trial.committed(*changes)
    for change in changes:
        receipt = trial.stored(change.ticket_id, "x").receipts.get("x")
        trial.equal("the records", receipt.records if receipt else None, change.records)


@chapter.promise(
    "A batch may hold many tickets.",
    "一个批次可包含大量工单。",
)
def many_tickets(trial: Trial) -> None:
    """Two hundred are opened and changed."""
    ids = [f"T{number:03}" for number in range(200)]
    trial.committed(*(opening(each) for each in ids))
    found = trial.store.load(ids)
    trial.committed(*(following(found[each].snapshot) for each in ids if each in found))
    versions = [each.snapshot.ticket.version for each in trial.store.load(ids).values()]
    trial.equal("the versions", versions, [2] * len(ids))


@chapter.promise(
    "An empty batch is written: there is nothing in its way.",
    "空批次可写入：没有任何障碍。",
)
def an_empty_batch(trial: Trial) -> None:
    """Nothing at all."""
    trial.wrote(Batch(()))


@chapter.promise(
    "After a refusal the store goes on as before.",
    "拒绝之后，存储照常工作。",
)
def it_goes_on_after_a_refusal(trial: Trial) -> None:
    """A refusal, and the same ticket is written, several times."""
    trial.begun("T1")
    for version in range(2, 6):
        before = trial.now("T1")
        wrong = evolve(following(before), expected=40)
        answer = trial.store.commit(batch(wrong))
        trial.equal("the answer", answer, Conflict("T1", version - 1))
        trial.committed(following(before))
    trial.equal("the version", trial.now("T1").ticket.version, 5)


@chapter.promise(
    "The answer to a batch that was written is ``Committed``, and nothing else.",
    "写入成功的批次的答复是 ``Committed``，别无其他。",
)
def the_answer_is_committed(trial: Trial) -> None:
    """Not ``None``, not true."""
    trial.equal("the answer", trial.store.commit(batch(opening("T1"))), Committed())


CHECKS = chapter.checks()
