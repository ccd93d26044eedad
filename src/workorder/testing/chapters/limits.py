"""What is large is kept whole."""

from attrs import evolve

from workorder.storage import RECORD_LIMIT, Capability, Record
from workorder.testing.batches import following, message, opening
from workorder.testing.check import Chapter
from workorder.testing.trial import Trial
from workorder.ticket import SealedValue
from workorder.values import TEXT_LIMIT

chapter = Chapter("limit", "commit")


@chapter.promise(
    "A record as large as records may be is kept whole.",
    "达到上限大小的记录完整保存。",
    cases={"at the limit": RECORD_LIMIT, "more than 64 KiB": 70_000, "1 MiB": 2**20},
)
def large_records(trial: Trial) -> None:
    """Bytes that do not repeat."""
    data = b"\x00\xff\x80" + bytes(n * n % 251 for n in range(1_000)) * (trial.case // 1_000 + 1)
    record = Record("T1", 1, 1, data[: trial.case])
    trial.committed(evolve(opening("T1"), records=(record,)))
    receipt = trial.stored("T1", "c1").receipts.get("c1")
    found = receipt.records[0].data if receipt and receipt.records else b""
    trial.equal("its size", len(found), trial.case)
    trial.holds("the bytes of the receipt are others", found == record.data)
    if trial.has(Capability.HISTORY):
        kept = trial.store.records("T1")
        trial.holds("the bytes of the record are others", kept == [record])


@chapter.promise(
    "A large ticket is kept whole.",
    "大工单完整保存。",
    verb="load",
)
def large_tickets(trial: Trial) -> None:
    """A hundred fields of ten thousand Chinese characters: three million bytes."""
    fields = {f"字段{number}": "客户" * 5_000 for number in range(100)}
    change = opening("T1", fields=fields)
    trial.committed(change)
    found = trial.now("T1").data
    trial.equal("its size", len(found), len(change.snapshot.data))
    trial.holds("its bytes are others", found == change.snapshot.data)


@chapter.promise(
    "A text of 20,000 characters of four bytes is sealed and revealed whole.",
    "两万个四字节字符的文本完整密封与读取。",
    verb="reveal",
    needs=(Capability.SEALED,),
    cases={"Chinese": "客", "four bytes each": "𠮷"},
)
def long_texts(trial: Trial) -> None:
    """As long as texts may be."""
    kept = SealedValue("T1", "1.text", b"salt", trial.case * TEXT_LIMIT)
    trial.committed(opening("T1"), sealed=(kept,))
    found = trial.store.reveal("T1", ["1.text"]).get("1.text")
    trial.equal("its length", len(found.value) if found else 0, TEXT_LIMIT)
    trial.holds("its characters are others", found == kept)


@chapter.promise(
    "A large message is kept whole.",
    "大消息完整保存。",
    verb="pending",
    needs=(Capability.OUTBOX,),
)
def large_messages(trial: Trial) -> None:
    """A million bytes."""
    data = "消息".encode() * 170_000
    trial.committed(outbox=(message("T1", "large", data),))
    found = [each.data for _, each in trial.store.pending()]
    trial.equal("their sizes", [len(each) for each in found], [len(data)])
    trial.holds("its bytes are others", found == [data])


@chapter.promise(
    "A change may bring many records.",
    "一次更改可带来大量记录。",
)
def many_records(trial: Trial) -> None:
    """Three hundred in one change, on top of two."""
    trial.committed(opening("T1", events=2))
    change = following(trial.now("T1"), events=300)
    trial.committed(change)
    receipt = trial.stored("T1", "c2").receipts.get("c2")
    trial.equal("how many in the receipt", len(receipt.records) if receipt else 0, 300)
    trial.holds("others in the receipt", receipt is not None and receipt.records == change.records)
    if trial.has(Capability.HISTORY):
        trial.equal("how many in the history", len(trial.store.records("T1")), 302)


@chapter.promise(
    "A batch may bring many sealed values, and many are asked for at once.",
    "一个批次可带来大量密封值，也可一次读取大量。",
    verb="reveal",
    needs=(Capability.SEALED,),
)
def many_sealed_values(trial: Trial) -> None:
    """Twelve hundred."""
    kept = [SealedValue("T1", f"1.{number}", b"s", f"value {number}") for number in range(1_200)]
    trial.committed(opening("T1"), sealed=kept)
    found = trial.store.reveal("T1", [each.ref for each in kept])
    trial.equal("how many", len(found), len(kept))
    trial.holds("others", found == {each.ref: each for each in kept})


CHECKS = chapter.checks()
