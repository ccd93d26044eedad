"""What databases do to values, rows and locks unless they are told otherwise.

These probes come first. A store on a database with such a habit breaks promises in many places at
once; the name of the habit says more than all of them. The habits, where they are met and what to
do about each stand in the how-to page on writing a store.
"""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone

from attrs import evolve

from workorder.storage import Answer, Capability, Change, Committed, Conflict, Mark, Reservation
from workorder.testing.batches import AT, batch, following, message, opening, timers
from workorder.testing.check import Chapter
from workorder.testing.trial import Trial
from workorder.ticket import SealedValue
from workorder.values import CODE_LIMIT, TEXT_LIMIT

chapter = Chapter("habits", "commit")

LARGE = 70_000
"""Bytes: more than the usual columns for long values keep."""

_HOUR = timedelta(hours=1)
_MICRO = timedelta(microseconds=1)
_WRITERS = 4
_ROUNDS = 3


@chapter.promise(
    "A whole number is a whole number when it comes back, no text and no decimal.",
    "整数读回时仍是整数，不是文本，也不是十进制小数类型。",
)
def numbers_change_their_kind(trial: Trial) -> None:
    """Versions and sequence numbers in receipts and conflicts."""
    (before,) = trial.begun("T1")
    receipt = trial.stored("T1", "c1").receipts["c1"]
    trial.equal("the kind of a version", type(receipt.version), int)
    for record in receipt.records:
        trial.equal("the kind of a sequence number", type(record.sequence), int)
    answer = trial.store.commit(batch(evolve(following(before), expected=7)))
    version = answer.version if isinstance(answer, Conflict) else None
    trial.equal("the kind of a version", type(version), int)


@chapter.promise(
    "An empty text is an empty text when it comes back, and not missing.",
    "空文本读回时仍是空文本，不会变成空值。",
)
def empty_text_becomes_null(trial: Trial) -> None:
    """An empty digest, and an empty sealed value."""
    change = evolve(opening("T1"), marks=(Mark("c1", ""),))
    sealed = [_sealed("")] if trial.has(Capability.SEALED) else []
    trial.committed(change, sealed=sealed)
    trial.equal("the digest", trial.stored("T1", "c1").receipts["c1"].digest, "")
    for kept in sealed:
        trial.equal("the value", trial.store.reveal("T1", [kept.ref]), {kept.ref: kept})


@chapter.promise(
    "What is true stays true, and what is false stays false.",
    "真值读回仍为真，假值读回仍为假。",
    needs=(Capability.OUTBOX,),
)
def flags_are_misread(trial: Trial) -> None:
    """A message waits before it is taken, and not afterwards."""
    trial.committed(opening("T1"), outbox=[message()])
    waiting = trial.store.pending()
    trial.equal("messages that wait", [each for _, each in waiting], [message()])
    trial.store.taken([position for position, _ in waiting])
    trial.equal("messages that wait after they were taken", trial.store.pending(), [])


@chapter.promise(
    "JSON comes back as the same bytes: no key moves, no blank comes in.",
    "JSON 读回时字节不变：键的次序不变，不增减空白。",
)
def json_is_rewritten(trial: Trial) -> None:
    """The bytes of a snapshot, of records and of a message."""
    change = opening("T1", fields={"zz": 1, "a": 2})
    sent = [message(data=b'{"zz":1,"a":{"y":2,"b":3}}')] if trial.has(Capability.OUTBOX) else []
    trial.committed(change, outbox=sent)
    stored = trial.stored("T1", "c1")
    pairs = [("the snapshot", stored.snapshot.data, change.snapshot.data)]
    kept = stored.receipts["c1"].records
    pairs += [("a record", a.data, b.data) for a, b in zip(kept, change.records, strict=False)]
    if sent:
        waiting = [each for _, each in trial.store.pending()]
        pairs += [("a message", a.data, b.data) for a, b in zip(waiting, sent, strict=False)]
    for what, found, expected in pairs:
        same = found == expected or _told(found) != _told(expected)
        trial.holds(f"{what} is the same JSON in other bytes: found {found[:60]!r}", same)


@chapter.promise(
    "Blanks at the end of a text stay.",
    "文本末尾的空格保留。",
)
def blanks_are_trimmed(trial: Trial) -> None:
    """A digest and a sealed value that end with blanks."""
    change = evolve(opening("T1"), marks=(Mark("c1", "digest  "),))
    sealed = [_sealed(" said  ")] if trial.has(Capability.SEALED) else []
    trial.committed(change, sealed=sealed)
    trial.equal("the digest", trial.stored("T1", "c1").receipts["c1"].digest, "digest  ")
    for kept in sealed:
        trial.equal("the value", trial.store.reveal("T1", [kept.ref]), {kept.ref: kept})


@chapter.promise(
    "Capitals and small letters are different letters.",
    "大写与小写是不同的字母。",
)
def case_is_ignored(trial: Trial) -> None:
    """Two tickets, and two commands."""
    _told_apart(trial, "Ticket-1", "ticket-1")


@chapter.promise(
    "Letters with and without accents are different letters.",
    "带重音与不带重音是不同的字母。",
)
def accents_are_ignored(trial: Trial) -> None:
    """Two tickets, and two commands."""
    _told_apart(trial, "José-1", "Jose-1")


@chapter.promise(
    "Full-width and half-width letters are different letters.",
    "全角与半角是不同的字符。",
)
def widths_are_ignored(trial: Trial) -> None:
    """Two tickets, and two commands."""
    _told_apart(trial, "T1", "Ｔ１")


@chapter.promise(
    "The width of a column counts characters: 200 Chinese ones fit where 200 are allowed.",
    "列宽按字符计：允许 200 个字符处可存 200 个汉字。",
)
def text_is_counted_in_bytes(trial: Trial) -> None:
    """Ids of the greatest length that differ in their last character."""
    same = "工" * (CODE_LIMIT - 1)
    _told_apart(trial, f"{same}单", f"{same}号")


@chapter.promise(
    "Characters beyond the first 65,536 are kept.",
    "基本平面以外的字符（如生僻字、表情）完整保存。",
)
def four_byte_characters_are_lost(trial: Trial) -> None:
    """In ids, in snapshots, in sealed values."""
    _told_apart(trial, "T-𠮷", "T-💳")
    change = opening("T2", fields={"name": "𠮷野"})
    sealed = [_sealed("💳", "T2")] if trial.has(Capability.SEALED) else []
    trial.committed(change, sealed=sealed)
    trial.equal("a field", trial.now("T2").ticket.fields["name"], "𠮷野")
    for kept in sealed:
        trial.equal("the value", trial.store.reveal("T2", [kept.ref]), {kept.ref: kept})


@chapter.promise(
    "Bytes are kept whatever they are, also zero bytes and what is no text.",
    "任意字节均可保存，包括零字节和非文本字节。",
    needs=(Capability.SEALED,),
)
def bytes_are_taken_for_text(trial: Trial) -> None:
    """A salt of all bytes there are."""
    kept = evolve(_sealed(), salt=bytes(range(256)))
    trial.committed(opening("T1"), sealed=[kept])
    found = trial.store.reveal("T1", [kept.ref])
    trial.equal("the salt", {each.salt for each in found.values()}, {kept.salt})


@chapter.promise(
    "Long values are kept whole.",
    "长内容完整保存。",
)
def long_values_are_cut(trial: Trial) -> None:
    """A record and a snapshot of more than 64 KiB, and the longest text there may be."""
    first = opening("T1", fields={"long": "x" * LARGE})
    (record,) = first.records
    large = evolve(record, data=b'{"text":"%s"}' % (b"x" * LARGE))
    sealed = [_sealed("x" * TEXT_LIMIT)] if trial.has(Capability.SEALED) else []
    trial.committed(evolve(first, records=(large,)), sealed=sealed)
    stored = trial.stored("T1", "c1")
    trial.equal("a text in the snapshot", len(str(stored.snapshot.ticket.fields["long"])), LARGE)
    (found,) = stored.receipts["c1"].records
    trial.holds(f"of a record {len(found.data)} bytes are left", len(found.data) >= LARGE)
    for kept in sealed:
        revealed = trial.store.reveal("T1", [kept.ref])
        trial.equal("the value", [len(each.value) for each in revealed.values()], [TEXT_LIMIT])


@chapter.promise(
    "Instants keep their microseconds.",
    "时刻保留微秒。",
    verb="claim_due",
    needs=(Capability.TIMERS,),
)
def instants_lose_their_digits(trial: Trial) -> None:
    """A timer and the end of a lease, a microsecond before and at their instant."""
    due, until = AT + 123_456 * _MICRO, AT + 654_321 * _MICRO
    trial.committed(opening("T1", timers=timers(due)))
    for at, end, lent in (
        (due - _MICRO, until, []),
        (due, until, ["T1"]),
        (until - _MICRO, until, []),
        (until, until + _HOUR, ["T1"]),
    ):
        found = trial.store.claim_due(at, end, "w1", 9)
        trial.equal("what is lent", [each.ticket.id for each in found], lent)


@chapter.promise(
    "Instants keep their zone: each hour of autumn is one hour, in whatever zone it is told.",
    "时刻保留时区：秋季回拨的两个小时各自不同，且与表示所用时区无关。",
    verb="claim_due",
    needs=(Capability.TIMERS,),
)
def instants_lose_their_zone(trial: Trial) -> None:
    """Every half hour of the nights in which clocks are put back, in UTC and as told elsewhere."""
    nights = datetime(2026, 10, 25, tzinfo=UTC), datetime(2026, 11, 1, tzinfo=UTC)
    due = [night + number * _HOUR / 2 for night in nights for number in range(24)]
    ids = [f"T{number:02}" for number in range(len(due))]
    pairs = zip(ids, due, strict=True)
    trial.committed(*(opening(each, timers=timers(at)) for each, at in pairs))
    beyond = due[-1] + _HOUR
    for each, at in zip(ids, due, strict=True):
        found = trial.store.claim_due(at, beyond, "w1", 100)
        trial.equal(f"what is due at {at:%H:%M}", [one.ticket.id for one in found], [each])
    trial.store.release(ids, "w1")
    there = timezone(8 * _HOUR)
    for at, lent in ((due[1], ids[:2]), (due[1] + _HOUR / 4, []), (due[2], ids[:3])):
        until = min(at + _HOUR / 2, due[2])
        found = trial.store.claim_due(at.astimezone(there), until.astimezone(there), "w1", 100)
        trial.equal(f"what is due at {at:%H:%M}", [one.ticket.id for one in found], lent)


@chapter.promise(
    "Rows come in the order that was promised, not in the order in which they lie.",
    "按约定的次序返回，而非按存放的次序。",
    verb="load",
)
def rows_come_in_any_order(trial: Trial) -> None:
    """The records of a receipt, of a ticket, of the log."""
    change = opening("T1", events=3)
    trial.committed(change)
    receipt = trial.stored("T1", "c1").receipts["c1"]
    kept = {"a receipt": list(receipt.records)}
    if trial.has(Capability.HISTORY):
        kept["a ticket"] = list(trial.store.records("T1"))
        kept["the log"] = [record for _, record in trial.store.log()]
    for what, records in kept.items():
        trial.equal(f"the records of {what}", [each.sequence for each in records], [1, 2, 3])


@chapter.promise(
    "A row that was found counts, also when the update left it as it was.",
    "更新找到的行即计数，即使内容没有变化。",
    needs=(Capability.CAPACITY,),
)
def unchanged_rows_do_not_count(trial: Trial) -> None:
    """A reservation of nothing, for somebody who has room."""
    for units in (1, 0):
        answer = trial.store.commit(batch(reservations=[Reservation("li", units, 3)]))
        trial.equal(f"the answer to a reservation of {units}", answer, Committed())


@chapter.promise(
    "Of writers that saw the same version, one gets through, also when they come at once.",
    "看到同一版本的多个写入者同时到来时，只有一个成功。",
    wants="threads",
)
def writers_are_not_kept_apart(trial: Trial) -> None:
    """Some threads on one ticket, a few times."""
    trial.begun("T1")
    for number in range(_ROUNDS):
        before = trial.now("T1")
        changes = [following(before, command_id=f"{number}.{each}") for each in range(_WRITERS)]
        answers = trial.together([_writer(trial, change) for change in changes])
        written = [each for each in answers if each == Committed()]
        trial.equal("how many got through", len(written), 1)


@chapter.promise(
    "Of workers that come at once, one is lent a ticket.",
    "多个工作进程同时到来时，一张工单只借给其中一个。",
    verb="claim_due",
    needs=(Capability.TIMERS,),
    wants="threads",
)
def locked_rows_are_not_skipped(trial: Trial) -> None:
    """Some threads that claim what is due."""
    ids = [f"T{number}" for number in range(_WRITERS)]
    trial.committed(*(opening(each, timers=timers(AT)) for each in ids))

    def worker(name: str) -> list[str]:
        return [each.ticket.id for each in trial.store.claim_due(AT, AT + _HOUR, name, 2)]

    calls = [lambda name=f"w{number}": worker(name) for number in range(_WRITERS)]
    lent = [each for found in trial.together(calls) for each in found]
    trial.equal("what is lent", sorted(lent), ids)


@chapter.promise(
    "What is refused leaves nothing behind: the transaction is rolled back.",
    "被拒绝的批次不留痕迹：事务已回滚。",
)
def statements_commit_alone(trial: Trial) -> None:
    """A ticket that could be opened stands before one that is stale."""
    (before,) = trial.begun("T1")
    stale = evolve(following(before), expected=7)
    answer = trial.store.commit(batch(opening("T2"), stale))
    trial.equal("the answer", answer, Conflict("T1", 1))
    trial.equal("what is there", [*trial.store.load(("T1", "T2"))], ["T1"])


def _sealed(value: str = "", ticket_id: str = "T1") -> SealedValue:
    """A value with a salt that is text, so that only the value can be in the way."""
    return SealedValue(ticket_id, "1.text", b"salt", value)


def _told(data: bytes) -> object:
    try:
        return json.loads(data)
    except ValueError:  # no JSON any longer: another habit
        return data


def _told_apart(trial: Trial, one: str, other: str) -> None:
    """Two ids that a database might take for one: as tickets, and as commands."""
    for each in (one, other):
        answer = trial.store.commit(batch(opening(each, command_id=one)))
        trial.equal(f"the answer to opening {each[-12:]}", answer, Committed())
    found = trial.store.load((one, other), (one, other))
    trial.equal("the tickets", {s.snapshot.ticket.id for s in found.values()}, {one, other})
    trial.equal("the receipts", [[*stored.receipts] for stored in found.values()], [[one], [one]])


def _writer(trial: Trial, change: Change) -> Callable[[], Answer]:
    def write() -> Answer:
        return trial.store.commit(batch(change))

    return write


CHECKS = chapter.checks()
