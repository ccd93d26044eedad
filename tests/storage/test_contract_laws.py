"""Whatever is committed in whatever order: every store answers alike and keeps the same."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.storage.stores import all_stores, change, dump
from workorder.kernel import replay
from workorder.storage import Batch, Codec, Committed, Message, Reservation
from workorder.ticket import SealedValue

IDS = ("T1", "T2", "T3")
COMMANDS = tuple(f"c{number}" for number in range(6))

attempts = st.fixed_dictionaries(
    {
        "ids": st.lists(st.sampled_from(IDS), min_size=1, max_size=3, unique=True),
        "commands": st.lists(st.sampled_from(COMMANDS), min_size=3, max_size=3),
        "off": st.lists(st.sampled_from([0, 0, 0, -1, 1]), min_size=3, max_size=3),
        "events": st.integers(1, 3),
        "agent": st.sampled_from(["li", "wu", None]),
        "units": st.integers(-1, 3),
        "extras": st.booleans(),
    }
)


@given(st.lists(attempts, max_size=12))
def test_stores_answer_alike(tries: list[dict[str, Any]]) -> None:
    """The same batches get the same answers from every store and leave the same tickets,
    receipts, records, sealed values, messages; what is refused leaves no trace; and the records
    of every ticket replay to its snapshot.
    """
    with all_stores() as stores:
        for number, wanted in enumerate(tries):
            answers = []
            for store in stores.values():
                known = store.load(wanted["ids"])
                changes = []
                for place, ticket_id in enumerate(wanted["ids"]):
                    before = known[ticket_id].snapshot if ticket_id in known else None
                    version = before.ticket.version if before is not None else 0
                    changes.append(
                        change(
                            ticket_id,
                            before,
                            command_id=wanted["commands"][place],
                            expected=max(0, version + wanted["off"][place]),
                            events=wanted["events"],
                        )
                    )
                agent = wanted["agent"]
                batch = Batch(
                    tuple(changes),
                    (Message("T1", f"t{number}", b"{}"),) if wanted["extras"] else (),
                    (SealedValue(changes[0].ticket_id, f"{number}", b"s", "v"),)
                    if wanted["extras"]
                    else (),
                    (Reservation(agent, wanted["units"], 4),) if agent else (),
                )
                was = dump(store)
                answer = store.commit(batch)
                assert (answer == Committed()) == (dump(store) != was)
                answers.append(answer)
            assert answers[0] == answers[1] == answers[2]
        memory, plain, on_file = (
            stores[kind] for kind in ("memory", "memory_without_history", "sqlite")
        )
        assert (
            memory.load(IDS, COMMANDS) == plain.load(IDS, COMMANDS) == on_file.load(IDS, COMMANDS)
        )
        assert [record for _, record in memory.log()] == [record for _, record in on_file.log()]
        assert [each for _, each in memory.pending()] == [each for _, each in on_file.pending()]
        refs = [str(number) for number in range(len(tries))]
        for ticket_id, found in on_file.load(IDS).items():
            assert memory.reveal(ticket_id, refs) == on_file.reveal(ticket_id, refs)
            events = [Codec().decode(record) for record in on_file.records(ticket_id)]
            assert replay(ticket_id, events) == found.snapshot.ticket
