"""What ``reveal`` and ``Change.erased`` promise (capability ``sealed``)."""

from attrs import evolve

from workorder.storage import EVERYTHING, Capability, Conflict, Receipt, Repeated
from workorder.testing.batches import batch, digest_of, following, opening, sealed_value
from workorder.testing.check import Chapter
from workorder.testing.trial import Trial
from workorder.ticket.work import Links

chapter = Chapter("sealed", "reveal", Capability.SEALED)

REFS = ("1.a", "1.b", "1.c")


def _sealed(trial: Trial) -> None:
    """Two tickets with three values each, under the same references."""
    values = [sealed_value(each, ref, f"{each} {ref}") for each in ("T1", "T2") for ref in REFS]
    trial.committed(opening("T1"), opening("T2"), sealed=values)


def _kept(trial: Trial, ticket_id: str) -> set[str]:
    return set(trial.store.reveal(ticket_id, (*REFS, "2.a", "2.b")))


@chapter.promise(
    "It gives the values that were asked for, of that ticket, and leaves out what is not there.",
    "给出该工单被询问的值，不存在的省略。",
)
def what_was_asked_for(trial: Trial) -> None:
    """The same references on two tickets."""
    _sealed(trial)
    found = trial.store.reveal("T1", ["1.a", "9.z"])
    trial.equal("one value", found, {"1.a": sealed_value("T1", "1.a", "T1 1.a")})
    found = trial.store.reveal("T2", {"1.a", "1.c"})
    expected = {ref: sealed_value("T2", ref, f"T2 {ref}") for ref in ("1.a", "1.c")}
    trial.equal("two values", found, expected)
    trial.equal("of no ticket", trial.store.reveal("T9", ["1.a"]), {})
    trial.equal("asked for nothing", trial.store.reveal("T1", []), {})


@chapter.promise(
    "Values of later commits are added; those before stay.",
    "后续提交的值追加，先前的保留。",
    verb="commit",
)
def later_ones_are_added(trial: Trial) -> None:
    """A second batch brings one more."""
    _sealed(trial)
    trial.committed(following(trial.now("T1")), sealed=(sealed_value("T1", "2.a"),))
    trial.equal("what is kept", _kept(trial, "T1"), {*REFS, "2.a"})


@chapter.promise(
    "What a change erases is gone with it; the other values stay.",
    "更改所删除的值随之消失，其余保留。",
    verb="commit",
)
def erased_values_are_gone(trial: Trial) -> None:
    """Two of three, one of them, and one that is not there."""
    _sealed(trial)
    trial.committed(following(trial.now("T1"), erased=("1.a", "9.z")))
    trial.equal("what is kept", _kept(trial, "T1"), {"1.b", "1.c"})
    trial.committed(following(trial.now("T1"), erased=("1.b", "1.c")))
    trial.equal("what is kept", _kept(trial, "T1"), set())


@chapter.promise(
    "``EVERYTHING`` erases all values the ticket has.",
    "``EVERYTHING`` 删除该工单的全部值。",
    verb="commit",
)
def everything_is_everything(trial: Trial) -> None:
    """Three values, in one go."""
    _sealed(trial)
    trial.committed(following(trial.now("T1"), erased=(EVERYTHING,)))
    trial.equal("what is kept", _kept(trial, "T1"), set())


@chapter.promise(
    "Erasing leaves other tickets as they are: their values and their receipts.",
    "删除不影响其他工单的值与回执。",
    verb="commit",
)
def other_tickets_stay_as_they_are(trial: Trial) -> None:
    """By reference and altogether, also when the other ticket is in the batch."""
    _sealed(trial)
    trial.committed(following(trial.now("T1"), erased=("1.a",)), following(trial.now("T2")))
    trial.committed(following(trial.now("T1"), erased=(EVERYTHING,)))
    trial.equal("what T2 keeps", _kept(trial, "T2"), set(REFS))
    receipts = trial.stored("T2", "c1", "c2").receipts
    digests = {each: receipt.digest for each, receipt in receipts.items()}
    trial.equal("the digests of T2", digests, {c: digest_of(c) for c in ("c1", "c2")})


@chapter.promise(
    "Erasing comes before the batch's own values: those stay, whatever it erases.",
    "先删除，后写入本批次自己的值：后者始终保留。",
    verb="commit",
    cases={"everything": (EVERYTHING,), "by reference": ("1.a", "1.b", "1.c", "2.a")},
)
def its_own_values_stay(trial: Trial) -> None:
    """A batch that erases, and brings two."""
    _sealed(trial)
    values = (sealed_value("T1", "2.a"), sealed_value("T1", "2.b"))
    trial.committed(following(trial.now("T1"), erased=trial.case), sealed=values)
    trial.equal("what is kept", _kept(trial, "T1"), {"2.a", "2.b"})


@chapter.promise(
    "With an erasure the digests of the ticket's earlier receipts are emptied; all else of them"
    " stays.",
    "删除时，该工单先前回执的摘要清空，其余内容保留。",
    verb="commit",
    cases={"everything": (EVERYTHING,), "by reference": ("1.a",), "not there": ("9.z",)},
)
def digests_of_earlier_receipts_are_emptied(trial: Trial) -> None:
    """Two commands before, one that erases."""
    first = opening("T1", events=2)
    trial.committed(first, sealed=[sealed_value("T1", ref) for ref in REFS])
    second = following(trial.now("T1"))
    trial.committed(second)
    trial.committed(following(trial.now("T1"), erased=trial.case))
    found = trial.stored("T1", "c1", "c2").receipts
    expected = {
        "c1": Receipt("c1", "", 1, first.records),
        "c2": Receipt("c2", "", 2, second.records),
    }
    trial.equal("the receipts", dict(found), expected)
    again = following(trial.now("T1"), command_id="c1")
    answer = trial.store.commit(batch(again))
    trial.equal("the answer to a repeat", answer, Repeated("T1", expected["c1"]))


@chapter.promise(
    "The digest of the erasing command itself is kept, and those of later commands are.",
    "删除命令自身及之后命令的摘要保留。",
    verb="commit",
)
def its_own_digest_stays(trial: Trial) -> None:
    """The command that erases, and one after it."""
    _sealed(trial)
    trial.committed(following(trial.now("T1"), erased=(EVERYTHING,)))
    trial.committed(following(trial.now("T1")))
    receipts = trial.stored("T1", "c2", "c3").receipts
    digests = {each: receipt.digest for each, receipt in receipts.items()}
    trial.equal("the digests", digests, {each: digest_of(each) for each in ("c2", "c3")})


@chapter.promise(
    "Where an appeal erases, the digests of the ticket that it appeals are emptied as well: its"
    " reason came in with a command there.",
    "申诉工单删除时，被申诉工单回执的摘要也清空：申诉理由随那里的命令而来。",
    verb="commit",
)
def digests_of_the_appealed_ticket(trial: Trial) -> None:
    """T2 appeals T1; T1 keeps its values."""
    _sealed(trial)
    links = Links(appeal_of="T1")
    change = following(trial.now("T2"), erased=(EVERYTHING,), links=links)
    trial.committed(change)
    trial.equal("what T1 keeps", _kept(trial, "T1"), set(REFS))
    receipt = trial.stored("T1", "c1").receipts.get("c1")
    trial.equal("the digest of T1", receipt.digest if receipt else receipt, "")
    trial.equal("the version of T1", trial.now("T1").ticket.version, 1)


@chapter.promise(
    "A batch that is refused erases nothing.",
    "被拒绝的批次不删除任何内容。",
    verb="commit",
)
def a_refused_batch_erases_nothing(trial: Trial) -> None:
    """Behind a conflict of another ticket, its own, and a repeat."""
    _sealed(trial)
    one = following(trial.now("T1"), erased=(EVERYTHING,))
    two = evolve(following(trial.now("T2")), expected=5)
    trial.equal("the answer", trial.store.commit(batch(one, two)), Conflict("T2", 1))
    stale = evolve(one, expected=5)
    trial.equal("the answer", trial.store.commit(batch(stale)), Conflict("T1", 1))
    repeated = following(trial.now("T1"), command_id="c1", erased=(EVERYTHING,))
    answer = trial.store.commit(batch(repeated))
    trial.equal("the answer", type(answer).__name__, "Repeated")
    trial.equal("what is kept", _kept(trial, "T1"), set(REFS))
    receipt = trial.stored("T1", "c1").receipts.get("c1")
    trial.equal("the digest", receipt.digest if receipt else receipt, digest_of("c1"))


@chapter.promise(
    "Without an erasure digests stay.",
    "没有删除时，摘要保留。",
    verb="commit",
)
def digests_stay_otherwise(trial: Trial) -> None:
    """Commands with sealed values, none erased."""
    _sealed(trial)
    trial.committed(following(trial.now("T1")), sealed=(sealed_value("T1", "2.a"),))
    receipts = trial.stored("T1", "c1", "c2").receipts
    digests = {each: receipt.digest for each, receipt in receipts.items()}
    trial.equal("the digests", digests, {each: digest_of(each) for each in ("c1", "c2")})


CHECKS = chapter.checks()
