"""What ``records``, ``log`` and ``ids`` promise (capability ``history``)."""

from threading import Event

from attrs import evolve

from workorder.storage import Capability, Record
from workorder.testing.batches import batch, following, opening
from workorder.testing.check import Chapter
from workorder.testing.opened import PATIENCE
from workorder.testing.trial import Trial

chapter = Chapter("history", "records", Capability.HISTORY)


@chapter.promise(
    "The records of a ticket come in the order of their sequence, all of them, and only its own.",
    "工单的记录按序号给出，不缺不混。",
)
def records_in_order(trial: Trial) -> None:
    """Two tickets that grow in turn."""
    given: dict[str, list[Record]] = {"T1": [], "T2": []}
    for number in range(3):
        for ticket_id in given:
            known = trial.store.load((ticket_id,))
            change = (
                following(known[ticket_id].snapshot, events=number + 1)
                if ticket_id in known
                else opening(ticket_id, events=2)
            )
            trial.committed(change)
            given[ticket_id] += change.records
    for ticket_id, expected in given.items():
        trial.equal(f"the records of {ticket_id}", trial.store.records(ticket_id), expected)
    trial.equal("the records of an unknown ticket", trial.store.records("T9"), [])


@chapter.promise(
    "Records are read in pages: those above a sequence number, at most so many.",
    "记录可分页读取：大于某序号，至多若干条。",
)
def records_in_pages(trial: Trial) -> None:
    """Every page there can be of five records."""
    trial.committed(opening("T1", events=3), opening("T2", events=2))
    trial.committed(following(trial.now("T1"), events=2))
    whole = trial.store.records("T1")
    trial.equal("the sequence numbers", [each.sequence for each in whole], [1, 2, 3, 4, 5])
    trial.equal("the versions", [each.version for each in whole], [1, 1, 1, 2, 2])
    for after in range(7):
        for limit in (None, 1, 2, 9):
            until = None if limit is None else after + limit
            found = trial.store.records("T1", after, limit)
            trial.equal(f"after {after}, at most {limit}", found, whole[after:until])


@chapter.promise(
    "The log has the order of the commits, and within a batch that of its changes.",
    "总日志按提交顺序排列，批次内按更改的顺序。",
    verb="log",
)
def the_log_has_the_order_of_commits(trial: Trial) -> None:
    """Batches whose tickets stand in another order than their ids."""
    given: list[Record] = []
    for ids in (("T2",), ("T9", "T10", "T1"), ("T1", "T2"), ("T10",)):
        known = trial.store.load(ids)
        changes = [
            following(known[each].snapshot) if each in known else opening(each, events=2)
            for each in ids
        ]
        trial.committed(*changes)
        given += [record for each in changes for record in each.records]
    trial.equal("the log", [record for _, record in trial.store.log()], given)


@chapter.promise(
    "Positions of the log rise, and stay what they are.",
    "日志位置递增且不再改变。",
    verb="log",
)
def positions_rise_and_stay(trial: Trial) -> None:
    """What was read once is read again, with more behind it."""
    seen: list[tuple[int, Record]] = []
    for number in range(4):
        trial.committed(opening(f"T{9 - number}", events=2))
        now = trial.store.log()
        trial.equal("what was read before", now[: len(seen)], seen)
        positions = [position for position, _ in now]
        trial.equal("the positions", positions, sorted(set(positions)))
        trial.holds("a position is not above 0", positions[0] > 0)
        seen = list(now)


@chapter.promise(
    "The log is read in pages that leave nothing out.",
    "日志可分页读取，无遗漏。",
    verb="log",
)
def the_log_in_pages(trial: Trial) -> None:
    """Pages of every size, each behind the last position of the one before."""
    for number in range(3):
        trial.committed(opening(f"T{number}"), opening(f"U{number}", events=2))
    whole = trial.store.log()
    trial.equal("how many", len(whole), 9)
    for size in (1, 2, 4, 9, 50):
        walked: list[tuple[int, Record]] = []
        while page := trial.store.log(walked[-1][0] if walked else 0, size):
            trial.holds("a page is longer than its limit", len(page) <= size)
            walked += page
            trial.holds("pages never end", len(walked) <= len(whole))
        trial.equal(f"in pages of {size}", walked, whole)


@chapter.promise(
    "What was refused leaves no record.",
    "被拒绝的批次不留记录。",
)
def nothing_of_what_was_refused(trial: Trial) -> None:
    """A conflict and a repeat."""
    (before,) = trial.begun("T1")
    trial.committed(following(before))
    trial.store.commit(batch(following(before, command_id="late"), opening("T2")))
    trial.store.commit(batch(following(trial.now("T1"), command_id="c1"), opening("T2")))
    trial.equal("how many records", len(trial.store.records("T1")), 2)
    trial.equal("those of the other", trial.store.records("T2"), [])
    trial.equal("how many in the log", len(trial.store.log()), 2)


@chapter.promise(
    "``ids`` gives the ids of all tickets once, by code point.",
    "``ids`` 按码位顺序给出全部工单号，各一次。",
    verb="ids",
)
def ids_by_code_point(trial: Trial) -> None:
    """Ids that databases sort otherwise."""
    ids = ["b", "B", "a", "A", "aa", "T10", "T9", "é", "工单", "\uffee", "\U0001f4b3", "_", "-"]
    trial.committed(*(opening(each, events=2) for each in ids))
    trial.committed(following(trial.now("a")))
    trial.equal("the ids", trial.store.ids(), sorted(ids, key=lambda t: [ord(c) for c in t]))


@chapter.promise(
    "``ids`` is read in pages: those above an id, at most so many.",
    "``ids`` 可分页读取：大于某工单号，至多若干个。",
    verb="ids",
)
def ids_in_pages(trial: Trial) -> None:
    """Every page of seven ids, also behind one that is not there."""
    ids = ["A", "B", "a", "b", "é", "工", "\U0001f4b3"]
    trial.committed(*(opening(each) for each in ids))
    trial.equal("none there, yet", trial.store.ids("\U0001f4b3"), [])
    for place, after in enumerate(ids, 1):
        for size in (1, 2, 50):
            found = trial.store.ids(after, size)
            trial.equal(f"{size} after {after}", found, ids[place : place + size])
    trial.equal("after one that is not there", trial.store.ids("C", 2), ["a", "b"])


@chapter.promise(
    "The tenth record comes after the ninth, and not after the first.",
    "第十条记录在第九条之后，而不是在第一条之后。",
)
def more_than_nine_records(trial: Trial) -> None:
    """A hundred and five, with as many positions in the log."""
    change = opening("T1", events=105)
    trial.committed(change)
    expected = list(range(1, 106))
    found = [each.sequence for each in trial.store.records("T1")]
    trial.equal("the sequence numbers", found, expected)
    trial.equal("the log", [each.sequence for _, each in trial.store.log()], expected)


@chapter.promise(
    "Records of equal bytes are several records.",
    "字节相同的记录也是多条记录。",
)
def equal_bytes_are_several(trial: Trial) -> None:
    """Twice the same in one ticket, and once more in another."""
    data = b'{"said":"twice"}'
    ours = tuple(Record("T1", number, 1, data) for number in (1, 2))
    theirs = (Record("T2", 1, 1, data),)
    trial.committed(evolve(opening("T1"), records=ours), evolve(opening("T2"), records=theirs))
    trial.equal("the records of T1", trial.store.records("T1"), [*ours])
    trial.equal("the records of T2", trial.store.records("T2"), [*theirs])
    trial.equal("the log", [each for _, each in trial.store.log()], [*ours, *theirs])


@chapter.promise(
    "The log has the order of the commits, through whichever connection they come.",
    "无论经由哪个连接提交，总日志都按提交顺序排列。",
    verb="log",
    wants="threads",
)
def the_order_over_connections(trial: Trial) -> None:
    """Two threads that commit in turn, one after the other; the log is read in between."""
    turns = [Event() for _ in range(7)]

    def writer(first: int) -> None:
        for number in range(first, 6, 2):
            turns[number].wait(PATIENCE)
            try:
                trial.committed(opening(f"T{number}"))
                seen.append([record.ticket_id for _, record in trial.store.log()])
            finally:
                turns[number + 1].set()

    seen: list[list[str]] = []
    turns[0].set()
    trial.together([lambda: writer(0), lambda: writer(1)])
    for count, found in enumerate(seen, 1):
        trial.equal(f"the log after {count}", found, [f"T{number}" for number in range(count)])


@chapter.promise(
    "``ids`` also gives tickets that were written without records.",
    "``ids`` 也包含写入时没有记录的工单。",
    verb="ids",
)
def ids_without_records(trial: Trial) -> None:
    """One with records, one without."""
    trial.committed(opening("T1"), evolve(opening("T2"), records=()))
    trial.equal("the ids", trial.store.ids(), ["T1", "T2"])


CHECKS = chapter.checks()
