"""Texts keep what they say, and what differs stays apart."""

from datetime import timedelta

from attrs import evolve

from workorder.conditions import where
from workorder.errors import UnsupportedQuery
from workorder.storage import (
    Capability,
    CapacityTaken,
    Mark,
    Receipt,
    Reservation,
    TicketQuery,
)
from workorder.testing.batches import AT, batch, digest_of, following, message, opening, timers
from workorder.testing.check import Chapter
from workorder.testing.trial import Trial
from workorder.ticket import SealedValue, Times

ALIKE = {
    "case": ("case-a", "CASE-A", "Case-a"),
    "blanks at the end": ("T", "T ", "T  ", " T"),
    "accents": ("e", "é", "è", "ê"),
    "width": ("A1", "Ａ１", "ｱ", "ア"),
    "sharp s and i": ("strasse", "straße", "I", "ı", "i", "İ"),
    "marks that combine": ("q", "q\u0303", "q\u0303\u0301"),
    "characters of little weight": ("a\u200db", "ab", "a-b", "a\u00adb"),
    "beyond the first plane": ("𠮷", "吉", "💳", "💴"),
    "variants of Han": ("号", "號", "户", "戶"),
    "numbers": ("7", "07", "7.0", "7e0", "+7"),
    "words of SQL": ("NULL", "null", "''", "' OR 1=1 --", '"', "%", "_", "\\", "a%", "a_"),
    "patterns": ("ab", "a?", "a*", "a[b]", "[ab]b", "a.", "^ab"),
}
"""Texts that some database takes for the same, or for something else."""

LONG = "𠮷" * 200
"""The longest id: two hundred characters of four bytes."""

chapter = Chapter("text", "commit")


@chapter.promise(
    "Ids that differ in anything are different tickets.",
    "工单号有任何不同即为不同工单。",
    cases=ALIKE,
)
def ids_are_kept_apart(trial: Trial) -> None:
    """Each is opened; each is loaded as itself."""
    for number, ticket_id in enumerate(trial.case):
        trial.committed(opening(ticket_id, state=f"s{number}"))
    found = trial.store.load(trial.case)
    trial.equal(
        "the tickets",
        {each: (s.snapshot.ticket.id, s.snapshot.ticket.state) for each, s in found.items()},
        {each: (each, f"s{number}") for number, each in enumerate(trial.case)},
    )


@chapter.promise(
    "Command ids that differ in anything are different commands.",
    "命令号有任何不同即为不同命令。",
    cases=ALIKE,
)
def command_ids_are_kept_apart(trial: Trial) -> None:
    """Each is carried out once on one ticket, and has its own receipt."""
    first, *rest = trial.case
    trial.committed(opening("T1", command_id=first))
    for command_id in rest:
        trial.committed(following(trial.now("T1"), command_id=command_id))
    receipts = trial.stored("T1", *trial.case).receipts
    found = {each: (r.command_id, r.digest, r.version) for each, r in receipts.items()}
    expected = {each: (each, digest_of(each), n) for n, each in enumerate(trial.case, 1)}
    trial.equal("the receipts", found, expected)


@chapter.promise(
    "References that differ in anything are different sealed values.",
    "引用有任何不同即为不同密封值。",
    verb="reveal",
    needs=(Capability.SEALED,),
    cases=ALIKE,
)
def references_are_kept_apart(trial: Trial) -> None:
    """All are sealed in one batch, and erased one after the other."""
    values = [SealedValue("T1", ref, b"salt", f"of {ref}") for ref in trial.case]
    trial.committed(opening("T1"), sealed=values)
    expected = {each.ref: each for each in values}
    trial.equal("the values", trial.store.reveal("T1", trial.case), expected)
    for ref in reversed(trial.case):
        trial.committed(following(trial.now("T1"), erased=(ref,)))
        del expected[ref]
        trial.equal(f"without {ref!r}", trial.store.reveal("T1", trial.case), expected)


@chapter.promise(
    "Agents whose names differ in anything have capacity of their own.",
    "经办人名称有任何不同，容量各自计算。",
    needs=(Capability.CAPACITY,),
    cases=ALIKE,
)
def agents_are_kept_apart(trial: Trial) -> None:
    """Each takes all it has."""
    for agent in trial.case:
        trial.committed(reservations=(Reservation(agent, 1, 1),))
    for agent in trial.case:
        answer = trial.store.commit(batch(reservations=(Reservation(agent, 1, 1),)))
        trial.equal("the answer", answer, CapacityTaken(agent))


@chapter.promise(
    "Workers whose names differ in anything hold leases of their own.",
    "工作者名称有任何不同，租约各自持有。",
    verb="release",
    needs=(Capability.TIMERS,),
    cases=ALIKE,
)
def workers_are_kept_apart(trial: Trial) -> None:
    """What the first holds, none of the others can give back."""
    first, *rest = trial.case
    trial.committed(opening("T1", timers=timers(AT)))
    until = AT + timedelta(hours=1)
    trial.equal("lent", len(trial.store.claim_due(AT, until, first, 5)), 1)
    for worker in rest:
        trial.store.release(["T1"], worker)
        trial.equal("lent again", len(trial.store.claim_due(AT, until, "other", 5)), 0)
    trial.store.release(["T1"], first)
    trial.equal("given back", len(trial.store.claim_due(AT, until, "other", 5)), 1)


@chapter.promise(
    "Ids of 200 characters are kept whole, also where each has four bytes.",
    "200 个字符的编号完整保存，即使每个字符占四字节。",
)
def long_ids(trial: Trial) -> None:
    """A ticket, its twin that differs in the last character, and all else that has a name."""
    twin = LONG[:-1] + "吉"
    trial.committed(opening(LONG, command_id=LONG), opening(twin, command_id=LONG))
    found = trial.store.load((LONG, twin), (LONG,))
    trial.equal("the tickets", {each.snapshot.ticket.id for each in found.values()}, {LONG, twin})
    for ticket_id, stored in found.items():
        records = opening(ticket_id, command_id=LONG).records
        receipt = Receipt(LONG, digest_of(LONG), 1, records)
        trial.equal("the receipt", stored.receipts.get(LONG), receipt)
    if trial.has(Capability.SEALED):
        kept = SealedValue(twin, LONG, b"s", LONG)
        trial.committed(following(found[twin].snapshot), sealed=(kept,))
        trial.equal("the sealed value", trial.store.reveal(twin, [LONG]), {LONG: kept})
    if trial.has(Capability.CAPACITY):
        for agent in (LONG, twin):
            trial.committed(reservations=(Reservation(agent, 1, 1),))
    if trial.has(Capability.TIMERS):
        trial.committed(opening("T1", timers=timers(AT)))
        until = AT + timedelta(minutes=1)
        trial.equal("lent", len(trial.store.claim_due(AT, until, LONG, 5)), 1)
        trial.store.release(["T1"], twin)
        trial.equal("lent again", len(trial.store.claim_due(AT, until, twin, 5)), 0)
    if trial.has(Capability.OUTBOX):
        trial.committed(outbox=(message(LONG, LONG),))
        waiting = [(each.ticket_id, each.topic) for _, each in trial.store.pending()]
        trial.equal("the message", waiting, [(LONG, LONG)])


@chapter.promise(
    "An empty text stays an empty text, and nothing stays nothing.",
    "空文本仍为空文本，缺失仍为缺失。",
    verb="load",
)
def empty_texts(trial: Trial) -> None:
    """In a ticket, in a receipt, as a topic, as a sealed value."""
    fields = {"empty": "", "nothing": None, "blank": " "}
    change = opening("T1", fields=fields, state="")
    trial.committed(change)
    ticket = trial.now("T1").ticket
    trial.equal("the fields", dict(ticket.fields), fields)
    trial.equal("the state", ticket.state, "")
    if trial.has(Capability.SEALED):
        kept = SealedValue("T1", "1.empty", b"", "")
        trial.committed(following(trial.now("T1")), sealed=(kept,))
        trial.equal("the sealed", trial.store.reveal("T1", ["1.empty"]), {"1.empty": kept})
    if trial.has(Capability.OUTBOX):
        trial.committed(outbox=(message("T1", "", b""),))
        waiting = [each for _, each in trial.store.pending()]
        trial.equal("the messages", waiting, [message("T1", "", b"")])


@chapter.promise(
    "An empty digest of a command stays empty.",
    "命令的空摘要保持为空。",
    verb="load",
)
def empty_digests(trial: Trial) -> None:
    """A mark without a digest."""
    trial.committed(evolve(opening("T1"), marks=(Mark("c1", ""),)))
    receipt = trial.stored("T1", "c1").receipts.get("c1")
    trial.equal("the digest", receipt.digest if receipt else receipt, "")


VALUES = {
    "Chinese": "客户投诉：“重复扣款”，金额￥１００。",
    "emoji": "💳👨‍👩‍👧‍👦🇨🇳",
    "combining": "q\u0303\u0301 नमस्ते",
    "right to left": "שלום \u200fمرحبا",
    "rare Han": "𠮷䶮㛃𬭚",
    "blanks": "  two before, two behind  ",
    "lines": "one\ntwo\n\n",
    "tabs": "a\tb",
    "quotes": "o'x \"y\" `z` \\ \\' '' ;--",
    "patterns": "% _ ? :a $1 %s {} &amp; <b>",
    "words": "null",
}
"""Texts that some driver or column changes."""


@chapter.promise(
    "Texts of any language come back as they were, blanks included.",
    "任何语言的文本原样返回，包括空格。",
    cases=VALUES,
    verb="load",
)
def any_language(trial: Trial) -> None:
    """In a ticket and in a sealed value."""
    text = trial.case
    trial.committed(opening("T1", fields={"text": text, text.strip(): "key"}, state=text))
    ticket = trial.now("T1").ticket
    trial.equal("the text", ticket.fields.get("text"), text)
    trial.equal("as the name of a field", ticket.fields.get(text.strip()), "key")
    trial.equal("the state", ticket.state, text)
    if trial.has(Capability.SEALED):
        kept = SealedValue("T1", "2.text", b"salt", text)
        trial.committed(following(trial.now("T1")), sealed=(kept,))
        trial.equal("sealed", trial.store.reveal("T1", ["2.text"]), {"2.text": kept})
    if trial.has(Capability.OUTBOX):
        trial.committed(outbox=(message("T1", text, text.encode()),))
        waiting = [each for _, each in trial.store.pending()]
        trial.equal("as a message", waiting, [message("T1", text, text.encode())])


@chapter.promise(
    "Instants keep their microseconds.",
    "时刻保留到微秒。",
    verb="load",
)
def microseconds(trial: Trial) -> None:
    """In the times of a ticket, in a field, and in a timer."""
    ticks = [AT + timedelta(microseconds=each) for each in (1, 999_999, 500_000, 123_456)]
    times = Times(ticks[0], ticks[1], ticks[2])
    change = opening("T1", times=times, fields={"at": ticks[3]}, timers=timers(ticks[0]))
    trial.committed(change)
    trial.equal("the times", trial.now("T1").ticket.times, times)
    trial.equal("the field", trial.now("T1").ticket.fields.get("at"), ticks[3])
    trial.equal("the timer", trial.now("T1").ticket.next_timer_at, ticks[0])


@chapter.promise(
    "A number, a flag and a text of the same look are three values.",
    "外观相同的数字、真假值和文本是三个不同的值。",
    verb="find",
    needs=(Capability.QUERY,),
)
def kinds_are_kept_apart(trial: Trial) -> None:
    """One field that holds another kind in each ticket, as rulebooks change over the years."""
    values = {"k1": True, "k2": 1, "k3": "1", "k4": False, "k5": 0, "k6": "true"}
    trial.committed(*(opening(each, fields={"v": value}) for each, value in values.items()))
    for ticket_id, value in values.items():
        query = TicketQuery(where("fields.v").equals(value), order=("id",))
        try:
            found = [each.ticket.id for each in trial.store.find(query)]
        except UnsupportedQuery:
            return  # said plainly: that is allowed
        trial.equal(f"found by {value!r}", found, [ticket_id])


CHECKS = chapter.checks()
