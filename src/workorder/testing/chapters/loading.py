"""What ``load`` promises: tickets as they stand, and the receipts that were asked about."""

from workorder.storage import Stored
from workorder.testing.batches import following, opening
from workorder.testing.check import Chapter
from workorder.testing.trial import Trial

chapter = Chapter("load", "load")


@chapter.promise(
    "A ticket is loaded as it was committed: the same value and the same bytes.",
    "工单读出时与提交时一致：值相同，字节也相同。",
)
def what_was_committed(trial: Trial) -> None:
    """One ticket, opened and read."""
    change = opening("T1", events=2)
    trial.committed(change)
    found = trial.now("T1")
    trial.equal("the ticket", found.ticket, change.snapshot.ticket)
    trial.equal("its bytes", found.data, change.snapshot.data)
    trial.equal("its head", found.head, change.snapshot.head)


@chapter.promise(
    "Tickets that do not exist are left out.",
    "不存在的工单不出现在结果中。",
)
def missing_ones_are_left_out(trial: Trial) -> None:
    """Before and after one of two is opened."""
    trial.equal("what is there", dict(trial.store.load(("T1", "T2"))), {})
    trial.committed(opening("T1"))
    trial.equal("what is there", [*trial.store.load(("T1", "T2"))], ["T1"])
    trial.equal("what is there", dict(trial.store.load(("T2",), ("c1",))), {})


@chapter.promise(
    "Asked for nothing, it gives nothing; asked twice for a ticket, it gives it once.",
    "未请求则不返回；同一工单请求两次只返回一次。",
)
def any_list_of_ids(trial: Trial) -> None:
    """No ids, doubled ids, and ids in another order."""
    trial.begun("T1", "T2", "T3")
    trial.equal("nothing", dict(trial.store.load(())), {})
    trial.equal("doubled", {*trial.store.load(("T1", "T1"))}, {"T1"})
    found = trial.store.load(("T3", "T1"))
    trial.equal(
        "the tickets",
        {each: s.snapshot.ticket.id for each, s in found.items()},
        {"T1": "T1", "T3": "T3"},
    )


@chapter.promise(
    "The last commit counts.",
    "以最后一次提交为准。",
)
def the_last_commit_counts(trial: Trial) -> None:
    """Three versions of a ticket."""
    (before,) = trial.begun("T1")
    for state in "assigned", "closed":
        change = following(before, state=state)
        trial.committed(change)
        before = trial.now("T1")
        trial.equal("the ticket", before.ticket, change.snapshot.ticket)


@chapter.promise(
    "Receipts come for the commands that were asked about and were carried out, no others.",
    "只返回所询问且已执行的命令的回执。",
)
def receipts_that_were_asked_about(trial: Trial) -> None:
    """Two commands, asked about in turn."""
    (before,) = trial.begun("T1")
    trial.committed(following(before))
    trial.equal("asked about none", dict(trial.stored("T1").receipts), {})
    for asked, known in ((["c1"], {"c1"}), (["c2", "c9"], {"c2"}), ({"c1", "c2"}, {"c1", "c2"})):
        found = trial.store.load(("T1",), asked).get("T1", Stored(before)).receipts
        trial.equal("the receipts", set(found), known)
        trial.equal("their commands", {each.command_id for each in found.values()}, known)


@chapter.promise(
    "A command id belongs to its ticket: the same id on two tickets is two commands.",
    "命令号属于其工单：两张工单上的相同命令号是两条命令。",
)
def receipts_belong_to_one_ticket(trial: Trial) -> None:
    """The same command id opens two tickets, another one changes only the second."""
    first, second = opening("T1"), opening("T2", events=2)
    trial.committed(first, second)
    trial.committed(following(trial.now("T2"), command_id="c9"))
    found = trial.store.load(("T1", "T2"), ("c1", "c9"))
    trial.equal("the receipts of T1", set(found["T1"].receipts), {"c1"})
    trial.equal("the receipts of T2", set(found["T2"].receipts), {"c1", "c9"})
    for ticket_id, change in (("T1", first), ("T2", second)):
        receipt = found[ticket_id].receipts["c1"]
        trial.equal(f"the records of {ticket_id}", receipt.records, change.records)


@chapter.promise(
    "Many tickets and many commands are loaded at once.",
    "可一次读取大量工单和大量命令。",
)
def many_at_once(trial: Trial) -> None:
    """More than databases take in one list."""
    ids = [f"T{number:04}" for number in range(600)]
    trial.committed(*(opening(each) for each in ids))
    asked = [*(f"X{number}" for number in range(1_500)), *ids]
    found = trial.store.load(asked, ["c1", *(f"x{number}" for number in range(30))])
    trial.equal("how many", len(found), len(ids))
    trial.equal("the receipts", {len(each.receipts) for each in found.values()}, {1})


@chapter.promise(
    "A command that was not known is known once it is carried out.",
    "先前未知的命令执行后即可查到。",
)
def receipts_that_come_later(trial: Trial) -> None:
    """Asked about before and after: nothing is remembered that was only true once."""
    (before,) = trial.begun("T1")
    trial.equal("before", dict(trial.stored("T1", "mine").receipts), {})
    trial.committed(following(before, command_id="mine"))
    trial.equal("after", set(trial.stored("T1", "mine").receipts), {"mine"})


CHECKS = chapter.checks()
