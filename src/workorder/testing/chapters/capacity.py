"""What ``commit`` promises for reservations (capability ``capacity``)."""

from attrs import evolve

from workorder.storage import (
    Answer,
    Capability,
    CapacityTaken,
    Committed,
    Conflict,
    Reservation,
)
from workorder.testing.batches import batch, following, opening
from workorder.testing.check import Chapter
from workorder.testing.trial import Trial

chapter = Chapter("capacity", "commit", Capability.CAPACITY)


def _reserve(trial: Trial, *reservations: Reservation) -> Answer:
    return trial.store.commit(batch(reservations=reservations))


def _answers(trial: Trial, *steps: tuple[int, int, Answer]) -> None:
    for units, limit, expected in steps:
        answer = _reserve(trial, Reservation("li", units, limit))
        trial.equal("the answer", answer, expected)


OK, FULL = Committed(), CapacityTaken("li")


@chapter.promise(
    "Capacity may be used up to the limit, and not beyond.",
    "容量可用至上限，不得超出。",
)
def up_to_the_limit(trial: Trial) -> None:
    """Two of three, two more, one more, one too many."""
    _answers(trial, (2, 3, OK), (2, 3, FULL), (1, 3, OK), (1, 3, FULL))


@chapter.promise(
    "What alone is beyond the limit is refused, also for an agent that has nothing yet.",
    "单次超限即被拒绝，即使该经办人尚未占用任何容量。",
)
def too_much_at_first(trial: Trial) -> None:
    """Four of three; then three of three."""
    _answers(trial, (4, 3, FULL), (1, 0, FULL), (3, 3, OK))


@chapter.promise(
    "What is given back can be taken again.",
    "归还的容量可再次占用。",
)
def given_back(trial: Trial) -> None:
    """Full, one back, one again, full."""
    _answers(trial, (3, 3, OK), (1, 3, FULL), (-1, 3, OK), (1, 3, OK), (1, 3, FULL))


@chapter.promise(
    "A refused reservation takes nothing.",
    "被拒绝的预占不占用容量。",
)
def a_refusal_takes_nothing(trial: Trial) -> None:
    """Refused three times, the one unit that is left is there."""
    _answers(trial, (2, 3, OK), (2, 3, FULL), (2, 3, FULL), (2, 3, FULL), (1, 3, OK))


@chapter.promise(
    "Agents have capacity of their own; the answer names the one that is full.",
    "每位经办人容量独立；答复指出已满者。",
)
def agents_are_apart(trial: Trial) -> None:
    """One is full, the other is not."""
    trial.equal("the answer", _reserve(trial, Reservation("li", 3, 3)), OK)
    trial.equal("the answer", _reserve(trial, Reservation("wu", 3, 3)), OK)
    both = (Reservation("wu", -1, 3), Reservation("li", 1, 3))
    trial.equal("the answer", _reserve(trial, *both), FULL)
    trial.equal("the answer", _reserve(trial, Reservation("wu", 1, 3)), CapacityTaken("wu"))


@chapter.promise(
    "Several reservations of one agent in a batch count together.",
    "同一批次中同一经办人的多项预占合并计算。",
)
def together_in_a_batch(trial: Trial) -> None:
    """Two of one each where one is left; one back and one again where none is."""
    _answers(trial, (2, 3, OK))
    one = Reservation("li", 1, 3)
    trial.equal("the answer", _reserve(trial, one, one), FULL)
    trial.equal("the answer", _reserve(trial, one), OK)
    trial.equal("the answer", _reserve(trial, Reservation("li", -1, 3), one), OK)
    trial.equal("the answer", _reserve(trial, one), FULL)


@chapter.promise(
    "Without capacity the whole batch is refused: its tickets are not written either.",
    "容量不足时整批拒绝，工单也不写入。",
)
def the_whole_batch_is_refused(trial: Trial) -> None:
    """A ticket is opened for an agent that is full."""
    _answers(trial, (3, 3, OK))
    given = batch(opening("T1"), reservations=(Reservation("wu", 1, 3), Reservation("li", 1, 3)))
    trial.equal("the answer", trial.store.commit(given), FULL)
    trial.equal("what is there", dict(trial.store.load(("T1",))), {})
    trial.equal("the other's", _reserve(trial, Reservation("wu", 3, 3)), OK)


@chapter.promise(
    "The limit is that of the batch: it may be another one every time.",
    "上限以批次所给为准，每次可不同。",
)
def the_limit_of_the_batch(trial: Trial) -> None:
    """More is allowed later, and less."""
    _answers(trial, (3, 3, OK), (1, 3, FULL), (1, 5, OK), (1, 4, FULL), (1, 5, OK))


@chapter.promise(
    "A batch that is refused for its tickets takes no capacity.",
    "因工单原因被拒绝的批次不占用容量。",
)
def no_capacity_for_what_is_refused(trial: Trial) -> None:
    """A conflict and a repeat that would have taken all; then all is taken."""
    (before,) = trial.begun("T1")
    everything = (Reservation("li", 3, 3),)
    stale = evolve(following(before), expected=7)
    answer = trial.store.commit(batch(stale, reservations=everything))
    trial.equal("the answer", answer, Conflict("T1", 1))
    again = following(before, command_id="c1")
    answer = trial.store.commit(batch(again, reservations=everything))
    trial.equal("the answer", type(answer).__name__, "Repeated")
    _answers(trial, (3, 3, OK))


@chapter.promise(
    "Units are added up as they come: more may be given back than was taken.",
    "单位数照实累加：归还的可多于占用的。",
)
def more_given_back_than_taken(trial: Trial) -> None:
    """One was taken elsewhere and is given back here: four of three can be taken."""
    _answers(trial, (-1, 3, OK), (4, 3, OK), (1, 3, FULL))


@chapter.promise(
    "What reservations have taken is read back, and nothing of what was refused.",
    "可读回各经办人已占用的单位数，被拒绝的预占不计入。",
)
def what_is_used(trial: Trial) -> None:
    """Taken and refused; asked about several, one of whom never had any."""
    _answers(trial, (2, 3, OK), (2, 3, FULL))
    trial.equal("the answer", _reserve(trial, Reservation("wu", 1, 3)), OK)
    asked = ("wu", "nobody", "li")
    found = trial.store.used(asked)
    units = {name: found.get(name, 0) for name in asked}
    trial.equal("what is used", units, {"wu": 1, "nobody": 0, "li": 2})


CHECKS = chapter.checks()
