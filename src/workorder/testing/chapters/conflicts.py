"""What ``commit`` promises when a ticket is not at the version it was decided on."""

from attrs import evolve

from workorder.storage import CapacityTaken, Committed, Conflict
from workorder.testing.batches import batch, following, opening
from workorder.testing.check import Chapter
from workorder.testing.trial import Trial

chapter = Chapter("conflict", "commit")


@chapter.promise(
    "Of two writers that saw the same version, one gets through; the other learns the version.",
    "两个写入者看到同一版本时只有一个成功，另一个得知当前版本。",
)
def two_writers_never_both_pass(trial: Trial) -> None:
    """Two changes of one snapshot, one after the other."""
    (before,) = trial.begun("T1")
    trial.committed(following(before, command_id="mine"))
    answer = trial.store.commit(batch(following(before, command_id="theirs")))
    trial.equal("the answer", answer, Conflict("T1", 2))
    trial.equal("the version", trial.now("T1").ticket.version, 2)


@chapter.promise(
    "Any version but the present one is a conflict, and the answer names the present one.",
    "期望版本与当前版本不同即为冲突，答复给出当前版本。",
    cases={"must not exist": 0, "one ahead": 3, "far ahead": 9, "one behind": 1},
)
def any_other_version(trial: Trial) -> None:
    """A ticket at version 2, expected elsewhere."""
    (before,) = trial.begun("T1")
    trial.committed(following(before))
    wrong = evolve(following(trial.now("T1")), expected=trial.case)
    trial.equal("the answer", trial.store.commit(batch(wrong)), Conflict("T1", 2))
    trial.equal("the version", trial.now("T1").ticket.version, 2)


@chapter.promise(
    "A ticket that does not exist is at version 0.",
    "不存在的工单版本为 0。",
)
def a_missing_ticket_is_at_version_zero(trial: Trial) -> None:
    """A change of a ticket that was never opened."""
    wrong = following(opening("T1").snapshot)
    trial.equal("the answer", trial.store.commit(batch(wrong)), Conflict("T1", 0))
    trial.equal("what is there", dict(trial.store.load(("T1",))), {})


@chapter.promise(
    "Of several tickets in the way, the first of the batch is named.",
    "多张工单冲突时，指出批次中的第一张。",
)
def the_first_of_the_batch_is_named(trial: Trial) -> None:
    """Both tickets of a batch are stale, in either order."""
    one, two = trial.begun("T1", "T2")
    for first, second in ((one, two), (two, one)):
        wrong = (evolve(following(each), expected=5) for each in (first, second))
        answer = trial.store.commit(batch(*wrong))
        trial.equal("the answer", answer, Conflict(first.ticket.id, 1))


@chapter.promise(
    "Other tickets are not in the way.",
    "其他工单不造成冲突。",
)
def other_tickets_are_not_in_the_way(trial: Trial) -> None:
    """Another ticket moves on between reading and writing."""
    one, two = trial.begun("T1", "T2")
    trial.committed(following(two))
    trial.committed(following(one))
    trial.equal("the version", trial.now("T1").ticket.version, 2)


@chapter.promise(
    "A command that met a conflict was not carried out: its id is free, and decided again it is"
    " written.",
    "遇到冲突的命令未执行：其命令号仍可用，重新决定后即可写入。",
)
def the_command_is_free_to_try_again(trial: Trial) -> None:
    """Refused, decided again on what stands now, and written."""
    (before,) = trial.begun("T1")
    trial.committed(following(before, command_id="theirs"))
    answer = trial.store.commit(batch(following(before, command_id="mine")))
    trial.equal("the answer", answer, Conflict("T1", 2))
    now = trial.stored("T1", "mine")
    trial.equal("the receipts", dict(now.receipts), {})
    trial.committed(following(now.snapshot, command_id="mine"))
    trial.equal("the version", trial.now("T1").ticket.version, 3)


@chapter.promise(
    "The answers are those four and no others, whatever stands in the way.",
    "无论遇到何种障碍，答复只有这四种。",
)
def refusals_are_answers(trial: Trial) -> None:
    """An opening of what is there is an answer, no error of the database."""
    trial.begun("T1")
    answer = trial.store.commit(batch(opening("T1", command_id="other")))
    trial.equal("the answer", answer, Conflict("T1", 1))
    trial.holds("an answer is not one of the four", not isinstance(answer, Committed))
    trial.holds("an answer is not one of the four", not isinstance(answer, CapacityTaken))


CHECKS = chapter.checks()
