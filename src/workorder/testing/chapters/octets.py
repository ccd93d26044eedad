"""Bytes are bytes: what was written comes back the same."""

from attrs import evolve

from workorder.storage import Batch, Capability, Message, Record
from workorder.testing.batches import opening
from workorder.testing.check import Chapter
from workorder.testing.trial import Trial
from workorder.ticket import SealedValue

CASES = {
    "nothing": b"",
    "a zero byte": b"\x00",
    "zero bytes around": b"\x00a\x00b\x00",
    "no UTF-8": b"\xff\xfe\x80",
    "every byte": bytes(range(256)),
    "keys in no order": b'{"b":1,"a":2}',
    "blanks": b' {"a" :  1 }\n',
    "keys twice": b'{"a":1,"a":2}',
    "an escape": b'{"a":"\\u5de5\\/"}',
    "a number of another spelling": b'{"a":1.0e1,"b":-0}',
    "not composed": "e\u0301".encode(),
    "line ends": b"a\r\nb\rc\n",
    "Chinese": "工单，投诉".encode(),
    "an emoji": "💳".encode(),
    "trailing blanks": b"a  ",
}
"""What databases change when they take bytes for text or for JSON."""

chapter = Chapter("bytes", "commit")


def _odd(data: bytes) -> Record:
    return Record("T1", 1, 1, data)


@chapter.promise(
    "The records of a receipt come back byte for byte.",
    "回执中的记录逐字节原样返回。",
    cases=CASES,
)
def records_of_receipts(trial: Trial) -> None:
    """One record, read with its receipt."""
    trial.committed(evolve(opening("T1"), records=(_odd(trial.case),)))
    receipt = trial.stored("T1", "c1").receipts.get("c1")
    found = receipt.records if receipt else None
    trial.equal("the records", found, (_odd(trial.case),))


@chapter.promise(
    "Records come back byte for byte, for a ticket and in the log.",
    "记录逐字节原样返回，按工单读取与在总日志中均如此。",
    verb="records",
    needs=(Capability.HISTORY,),
    cases=CASES,
)
def records_of_history(trial: Trial) -> None:
    """One record, read both ways."""
    trial.committed(evolve(opening("T1"), records=(_odd(trial.case),)))
    trial.equal("the records", trial.store.records("T1"), [_odd(trial.case)])
    trial.equal("the log", [each for _, each in trial.store.log()], [_odd(trial.case)])


@chapter.promise(
    "Snapshots come back byte for byte; nothing in them is encoded anew.",
    "快照逐字节原样返回，不重新编码。",
    verb="load",
)
def snapshots(trial: Trial) -> None:
    """A ticket with values that JSON types of databases change."""
    fields = {
        "z": "last first",
        "a": 2**63 - 1,
        "b": -(2**63),
        "空": "",
        "slash": "a/b\\c",
        "flag": True,
        "marks": '"quoted"\n\ttabbed',
        "none": None,
    }
    change = opening("T1", fields=fields)
    data = change.snapshot.data
    trial.committed(change)
    trial.equal("the bytes", trial.now("T1").data, data)
    trial.equal("the head", trial.now("T1").head, change.snapshot.head)


@chapter.promise(
    "The bodies of messages come back byte for byte.",
    "消息正文逐字节原样返回。",
    verb="pending",
    needs=(Capability.OUTBOX,),
    cases=CASES,
)
def messages(trial: Trial) -> None:
    """One message."""
    given = Message("T1", "note", trial.case)
    trial.wrote(Batch((), (given,)))
    trial.equal("the messages", [each for _, each in trial.store.pending()], [given])


@chapter.promise(
    "The salt of a sealed value comes back byte for byte.",
    "密封值的盐逐字节原样返回。",
    verb="reveal",
    needs=(Capability.SEALED,),
    cases=CASES,
)
def salts(trial: Trial) -> None:
    """One sealed value."""
    given = SealedValue("T1", "1.text", trial.case, "value")
    trial.committed(opening("T1"), sealed=(given,))
    trial.equal("the sealed values", trial.store.reveal("T1", ["1.text"]), {"1.text": given})


CHECKS = chapter.checks()
