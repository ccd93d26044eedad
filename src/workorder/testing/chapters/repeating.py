"""What ``commit`` promises for commands that arrive twice."""

from attrs import evolve

from workorder.storage import Mark, Receipt, Repeated
from workorder.testing.batches import batch, digest_of, following, opening
from workorder.testing.check import Chapter
from workorder.testing.trial import Trial

chapter = Chapter("repeat", "commit")


def _again(trial: Trial, ticket_id: str, command_id: str, receipt: Receipt) -> None:
    again = following(trial.now(ticket_id), command_id=command_id, events=1)
    answer = trial.store.commit(batch(again))
    trial.equal("the answer", answer, Repeated(ticket_id, receipt))


@chapter.promise(
    "A repeated command is answered with its first receipt: digest, version and records, byte for"
    " byte.",
    "重复的命令得到首次回执：摘要、版本和记录逐字节相同。",
)
def the_first_receipt_comes_back(trial: Trial) -> None:
    """Right away, and after others came by."""
    first = opening("T1", events=3)
    trial.committed(first)
    receipt = Receipt("c1", digest_of("c1"), 1, first.records)
    _again(trial, "T1", "c1", receipt)
    for _ in range(4):
        trial.committed(following(trial.now("T1"), events=2))
        _again(trial, "T1", "c1", receipt)
    trial.equal("the version", trial.now("T1").ticket.version, 5)
    trial.equal("as it is loaded", trial.stored("T1", "c1").receipts.get("c1"), receipt)


@chapter.promise(
    "An opening that arrives twice is a repeat, no conflict.",
    "重复到达的受理命令是重复，不是冲突。",
)
def opening_twice(trial: Trial) -> None:
    """The very same batch, again."""
    first = opening("T1")
    trial.committed(first)
    receipt = Receipt("c1", digest_of("c1"), 1, first.records)
    trial.equal("the answer", trial.store.commit(batch(first)), Repeated("T1", receipt))


@chapter.promise(
    "A repeat goes before a conflict: also decided on what no longer stands.",
    "重复优先于冲突，即使依据的版本已过时。",
)
def also_when_the_ticket_moved_on(trial: Trial) -> None:
    """The same batch, while the ticket is two versions further."""
    (before,) = trial.begun("T1")
    change = following(before, command_id="mine")
    trial.committed(change)
    trial.committed(following(trial.now("T1"), command_id="theirs"))
    receipt = Receipt("mine", digest_of("mine"), 2, change.records)
    trial.equal("the answer", trial.store.commit(batch(change)), Repeated("T1", receipt))


@chapter.promise(
    "A store does not compare digests: the first one comes back, whatever comes now.",
    "存储不比较摘要：无论此次为何，返回首次的摘要。",
)
def the_digest_is_the_first_one(trial: Trial) -> None:
    """The same id with another digest; comparing is for the desk."""
    first = evolve(opening("T1"), marks=(Mark("c1", "first"),))
    trial.committed(first)
    other = evolve(following(trial.now("T1")), marks=(Mark("c1", "other"),))
    expected = Repeated("T1", Receipt("c1", "first", 1, first.records))
    trial.equal("the answer", trial.store.commit(batch(other)), expected)


@chapter.promise(
    "A receipt has the records of its own ticket only, and of its own change only.",
    "回执只含本工单、本次更改的记录。",
)
def only_the_records_of_its_change(trial: Trial) -> None:
    """Batches of two tickets, one after the other."""
    trial.committed(opening("T1", events=2), opening("T2", events=3))
    one, two = following(trial.now("T1"), events=2), following(trial.now("T2"))
    trial.committed(one, two)
    for change in (one, two):
        receipt = Receipt("c2", digest_of("c2"), 2, change.records)
        _again(trial, change.ticket_id, "c2", receipt)


@chapter.promise(
    "Of several repeated commands the first of the batch is answered.",
    "多条命令重复时，答复批次中的第一条。",
)
def the_first_of_the_batch_is_answered(trial: Trial) -> None:
    """Both tickets of a batch bring a command that was carried out."""
    trial.begun("T1", "T2")
    for first, second in (("T1", "T2"), ("T2", "T1")):
        given = [following(trial.now(each), command_id="c1") for each in (first, second)]
        answer = trial.store.commit(batch(*given))
        trial.equal("the ticket", getattr(answer, "ticket_id", answer), first)


@chapter.promise(
    "A repeat is noticed by any of the commands of a change.",
    "更改中任一命令重复都会被发现。",
)
def any_command_of_a_change(trial: Trial) -> None:
    """The second of three marks was carried out before."""
    first = opening("T1", command_id="b")
    trial.committed(first)
    marks = tuple(Mark(each, digest_of(each)) for each in ("a", "b", "c"))
    answer = trial.store.commit(batch(evolve(following(trial.now("T1")), marks=marks)))
    receipt = Receipt("b", digest_of("b"), 1, first.records)
    trial.equal("the answer", answer, Repeated("T1", receipt))
    trial.equal("the receipts", set(trial.stored("T1", "a", "b", "c").receipts), {"b"})


@chapter.promise(
    "A change without records leaves a receipt as well, with its version.",
    "没有记录的更改同样留下回执及其版本。",
)
def a_receipt_without_records(trial: Trial) -> None:
    """One mark, no record."""
    (before,) = trial.begun("T1")
    trial.committed(evolve(following(before), records=()))
    receipt = Receipt("c2", digest_of("c2"), 2, ())
    trial.equal("the receipt", trial.stored("T1", "c2").receipts.get("c2"), receipt)
    _again(trial, "T1", "c2", receipt)


@chapter.promise(
    "A receipt is kept for ever, also that of a store without history.",
    "回执永久保存，没有历史的存储也如此。",
)
def after_many_commits(trial: Trial) -> None:
    """Sixty commands later."""
    first = opening("T1")
    trial.committed(first)
    for _ in range(60):
        trial.committed(following(trial.now("T1")))
    _again(trial, "T1", "c1", Receipt("c1", digest_of("c1"), 1, first.records))


CHECKS = chapter.checks()
