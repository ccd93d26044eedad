"""What must hold of a store file, however often those who wrote it were killed.

Told from the bytes alone, with ``sqlite3``, ``json`` and ``hashlib``; nothing of the library is
imported. Beside the file it reads what the workers took down themselves: what they were answered,
and what was delivered from the outbox.
"""

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import Any

LIMIT = 5
"""Units of capacity that an agent has at most."""

Rows = list[tuple[Any, ...]]


def lines(path: Path) -> list[dict[str, Any]]:
    """The lines of a journal; one that was cut short by a kill is left out."""
    found = []
    for line in path.read_text("utf-8").splitlines() if path.exists() else ():
        try:
            found.append(json.loads(line))
        except ValueError:
            continue
    return found


def sealed_in(value: Any) -> Iterator[tuple[str, str]]:
    """References with their commitments, wherever they stand in *value*."""
    if isinstance(value, dict):
        if value.keys() == {"commitment", "sealed"}:
            yield value["sealed"], value["commitment"]
        for each in value.values():
            yield from sealed_in(each)
    elif isinstance(value, list):
        for each in value:
            yield from sealed_in(each)


def is_made(path: Path) -> bool:
    """Whether there is a store by now; whoever was to make it may have been killed."""
    if not path.exists():
        return False
    with closing(sqlite3.connect(path, timeout=60)) as connection:
        names = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
        assert not names or len(names) > 10, "half of the tables"
        return bool(names)


class Kept:
    """Everything in a store file, as of one moment."""

    def __init__(self, path: Path) -> None:
        with closing(sqlite3.connect(path, isolation_level=None, timeout=60)) as connection:
            connection.execute("BEGIN")
            self.whole = connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            self.tenant: str = connection.execute(
                "SELECT value FROM workorder_meta WHERE name = 'tenant'"
            ).fetchone()[0]

            def rows(select: str) -> Rows:
                return connection.execute(select).fetchall()

            self.tickets = rows(
                "SELECT number, id, version, type, state, assignee, department, customer, opened,"
                " next_timer, snapshot FROM workorder_tickets ORDER BY number"
            )
            self.records = rows(
                "SELECT position, ticket, sequence, version, data FROM workorder_records"
                " ORDER BY position"
            )
            self.receipts = rows(
                "SELECT ticket, command_id, digest, version, first, last FROM workorder_receipts"
            )
            self.sealed = rows(
                "SELECT ticket, ref, salt, value FROM workorder_sealed WHERE erased = 0"
            )
            self.blank = rows("SELECT salt, CAST(value AS BLOB) FROM workorder_sealed WHERE erased")
            self.people = rows("SELECT ticket, person FROM workorder_people")
            self.asked = rows("SELECT ticket, department FROM workorder_asked")
            self.outbox = rows(
                "SELECT position, ticket_id, topic, data FROM workorder_outbox ORDER BY position"
            )
            self.capacity: dict[str, int] = dict(rows("SELECT agent, used FROM workorder_capacity"))
            self.sent = sum(
                number
                for (number,) in rows(
                    "SELECT seq FROM sqlite_sequence WHERE name = 'workorder_outbox'"
                )
            )
        self.ids = {row[0]: row[1] for row in self.tickets}


class Judge:
    """Goes through a store file, and takes down every fault.

    Args:
        store: the file.
        journals: what the workers took down; read before the file, so that it cannot be ahead.
        deliveries: what the reader of the outbox took down; read after the file, so that nothing
            is missing in both.
    """

    def __init__(self, store: Path, journals: list[Path], deliveries: Path) -> None:
        self.answers = [line for each in journals for line in lines(each) if "said" in line]
        self.store = store
        self.kept = Kept(store)
        self.delivered = lines(deliveries)
        self.faults: list[str] = []
        self.records: dict[int, Rows] = defaultdict(list)
        for position, number, sequence, version, data in self.kept.records:
            self.records[number].append((position, sequence, version, data, json.loads(data)))
        self.receipts: dict[int, Rows] = defaultdict(list)
        for number, *receipt in self.kept.receipts:
            self.receipts[number].append(tuple(receipt))
        self.done = {(self.kept.ids.get(row[0], "?"), row[1]): row[3] for row in self.kept.receipts}

    def must(self, holds: object, fault: str) -> None:
        """Take down a fault, unless *holds*."""
        if not holds:
            self.faults.append(fault)

    def judge(self) -> list[str]:
        """Every fault there is."""
        self.must(self.kept.whole, "the file is damaged")
        strangers = (self.records.keys() | self.receipts.keys()) - self.kept.ids.keys()
        self.must(not strangers, f"rows of no ticket: {sorted(strangers)}")
        for row in self.kept.tickets:
            self._chain(row)
            self._snapshot(row)
            self._batches(row[0], row[1])
            self._sealed(row[0], row[1])
        self.must(
            not any(any(each) for row in self.kept.blank for each in row), "erased, and not blank"
        )
        self._answers()
        self._together()
        self._capacity()
        self._outbox()
        return self.faults

    def _chain(self, row: tuple[Any, ...]) -> None:
        """Each record names the digest of the one before, the snapshot that of the last."""
        number, ticket_id, snapshot = row[0], row[1], json.loads(row[-1])
        head = None
        for place, (_, sequence, _, data, record) in enumerate(self.records[number], 1):
            self.must(sequence == place, f"{ticket_id}: record {sequence} where {place} belongs")
            self.must(record["sequence"] == place, f"{ticket_id}/{place}: says another number")
            self.must(record["ticket"] == ticket_id, f"{ticket_id}/{place}: says another ticket")
            self.must(record.get("previous") == head, f"{ticket_id}/{place}: the chain is broken")
            tag = f"workorder/record\0{self.kept.tenant}\0{ticket_id}\0".encode()
            head = sha256(tag + data).hexdigest()
        self.must(snapshot["head"] == head, f"{ticket_id}: the snapshot has another head")

    def _snapshot(self, row: tuple[Any, ...]) -> None:
        """Columns, people and questions say what the snapshot says."""
        number, ticket_id, *columns, text = row
        kept = json.loads(text)
        assigned = kept.get("assignment", {})
        timers = [each["at"] for each in kept.get("timers", ())]
        said = [
            kept["revision"]["version"],
            kept["type"],
            kept["state"],
            assigned.get("assignee"),
            assigned.get("department"),
            kept.get("parties", {}).get("customer"),
            kept["times"]["opened"],
            min(timers, default=None),
        ]
        self.must(columns == said, f"{ticket_id}: columns {columns}, snapshot {said}")
        self.must(kept["id"] == ticket_id, f"{ticket_id}: a snapshot of {kept['id']}")
        events = len(self.records[number])
        self.must(kept["revision"]["events"] == events, f"{ticket_id}: {events} records")
        people = {person for ticket, person in self.kept.people if ticket == number}
        self.must(people == set(kept.get("deeds", ())), f"{ticket_id}: people {people}")
        asked = {department for ticket, department in self.kept.asked if ticket == number}
        tasks = {each["department"] for each in kept.get("work", {}).get("subtasks", ())}
        self.must(asked == tasks, f"{ticket_id}: asked {asked}, subtasks {tasks}")

    def _batches(self, number: int, ticket_id: str) -> None:
        """Every version has the records of one batch, with a receipt for every command and timer in
        it; what another ticket's command did here has its receipt there.
        """
        versions: dict[int, Rows] = defaultdict(list)
        for record in self.records[number]:
            versions[record[2]].append(record)
        last = max(versions, default=0)
        self.must(sorted(versions) == list(range(1, last + 1)), f"{ticket_id}: versions missing")
        marked: dict[int, Rows] = defaultdict(list)
        for receipt in self.receipts[number]:
            marked[receipt[2]].append(receipt)
        self.must(marked.keys() <= versions.keys(), f"{ticket_id}: receipts without records")
        seen: Counter[str] = Counter()
        for version, records in versions.items():
            sequences = [record[1] for record in records]
            span = (min(sequences), max(sequences))
            where = f"{ticket_id} version {version}"
            self.must(len(records) == span[1] - span[0] + 1, f"{where}: not in one piece")
            commands = {record[4]["command"] for record in records}
            seen.update(commands)
            receipts = marked[version]
            for command_id, _, _, first, end in receipts:
                self.must((first, end) == span, f"{where}: receipt {command_id} names others")
            if receipts:
                ids = {receipt[0] for receipt in receipts}
                self.must(ids == commands, f"{where}: receipts {ids}, records {commands}")
            else:
                elsewhere = {name for ticket, name in self.done if ticket != ticket_id}
                self.must(commands <= elsewhere, f"{where}: no receipt of {commands}")
        for command_id, times in seen.items():
            self.must(times == 1, f"{ticket_id}: {command_id} was carried out {times} times")

    def _sealed(self, number: int, ticket_id: str) -> None:
        """Sealed values are there and open their commitments, unless they were erased: then they
        are gone, and so are the digests of earlier commands.
        """
        kept = {row[1]: row[2:] for row in self.kept.sealed if row[0] == number}
        gone: set[str] = set()
        known: dict[str, str] = {}
        erased_at = 0
        for _, _, version, _, record in self.records[number]:
            if record["kind"] == "ticket.erased":
                gone |= set(record["body"].get("refs", ())) or set(known)
                erased_at = version
            known.update(sealed_in(record.get("body", {})))
        for ref, said in known.items():
            if ref in gone:
                self.must(ref not in kept, f"{ticket_id}: {ref} was erased and is still there")
            elif ref not in kept:
                self.must(holds=False, fault=f"{ticket_id}: {ref} is lost")
            else:
                salt, value = kept[ref]
                found = sha256(b"workorder/sealed\0" + salt + value.encode()).hexdigest()
                self.must(found == said, f"{ticket_id}: {ref} does not open its commitment")
        self.must(kept.keys() <= known.keys(), f"{ticket_id}: sealed values of no record")
        for command_id, digest, version, *_ in self.receipts[number]:
            blank = version < erased_at
            self.must(blank == (digest == ""), f"{ticket_id}: the digest of {command_id}")

    def _answers(self) -> None:
        """What somebody was told has happened has happened, once; what was refused has not."""
        for line in self.answers:
            key, said = (line["ticket"], line["id"]), line["said"]
            if said == "done":
                found = self.done.get(key)
                self.must(found == line["version"], f"{key}: told {line['version']}, is {found}")
            elif said == "refused":
                self.must(key not in self.done, f"{key}: refused, and carried out")
            else:
                self.must(holds=False, fault=f"{key}: {said}")

    def _together(self) -> None:
        """What changes two tickets has changed both, in records that stand side by side."""
        places: dict[str, Rows] = defaultdict(list)
        for number, records in self.records.items():
            for position, _, _, _, record in records:
                if not record["command"].startswith("time."):
                    places[record["command"]].append((position, number, record["kind"]))
        for command_id, found in places.items():
            kinds = Counter(kind for _, _, kind in found)
            for one, other in (
                ("ticket.merged_into", "ticket.absorbed"),
                ("ticket.unmerged", "ticket.released"),
                ("ticket.appealed", "ticket.opened"),
            ):
                if one in kinds:
                    self.must(kinds[other], f"{command_id}: {one} without {other}")
            span = max(found)[0] - min(found)[0]
            self.must(len({n for _, n, _ in found}) == 1 or span < 20, f"{command_id}: far apart")

    def _capacity(self) -> None:
        """Capacity is what was taken less what was given back, and never over the limit."""
        used: Counter[str] = Counter()
        counted = set()
        for _, number, _, _, data in self.kept.records:
            command_id = json.loads(data)["command"]
            sign, agent = command_id[-3:-2], command_id[-2:]
            if sign in {"+", "-"} and (number, command_id) not in counted:
                counted.add((number, command_id))
                used[agent] += 1 if sign == "+" else -1
                self.must(0 <= used[agent] <= LIMIT, f"{agent} had {used[agent]} of {LIMIT}")
        kept = {name: units for name, units in self.kept.capacity.items() if name in used}
        self.must(used == Counter(kept), f"{used}, kept {kept}")  # the rest is what tickets take

    def _outbox(self) -> None:
        """Each message was delivered at least once or still waits, in order, and stays itself."""
        first: dict[int, tuple[str, str, str]] = {}
        for line in self.delivered:
            said = (line["ticket"], line["topic"], line["data"])
            self.must(
                first.get(line["position"], said) == said, f"message {line['position']} is another"
            )
            if line["position"] not in first:
                newest = max(first, default=0)
                self.must(line["position"] > newest, f"message {line['position']} was overtaken")
                first[line["position"]] = said
        waiting = [row[0] for row in self.kept.outbox]
        missing = set(range(1, self.kept.sent + 1)) - first.keys() - set(waiting)
        self.must(not missing, f"messages never delivered: {sorted(missing)[:5]}")
        said_of = {at: said for at, said in first.items() if at <= self.kept.sent}
        said_of |= {row[0]: tuple(row[1:]) for row in self.kept.outbox}
        self.told(list(said_of.values()))

    def told(self, messages: list[tuple[str, str, str]]) -> None:
        """Whatever ran late was told of, once to each; every mark in the bank's ladders tells
        somebody, and nobody has its dates revised here.
        """
        late, reached = Counter[str](), Counter[tuple[Any, ...]]()
        for number, records in self.records.items():
            ticket = self.kept.ids.get(number, "?")
            for *_, record in records:
                if record["kind"] == "ticket.marked_overdue":
                    late[ticket] += 1
                elif record["kind"] == "ticket.mark_reached":
                    body = record["body"]
                    reached[ticket, body["clock"], body["cycle"], body["mark"]] += 1
        about = Counter(ticket for ticket, topic, _ in messages if topic == "ticket.overdue")
        self.must(late == about, f"late are {late}, messages are about {about}")
        told = Counter[tuple[Any, ...]]()
        for ticket, topic, data in messages:
            if topic == "sla.mark":
                body = json.loads(data)
                said = body["parameters"]
                mark = (ticket, said["metric"], said["cycle"], said["mark"])
                told[(*mark, json.dumps(body["recipient"], sort_keys=True))] += 1
        twice = [mark for mark, times in (reached + told).items() if times > 1]
        self.must(not twice, f"marks reached or told more than once: {twice[:3]}")
        apart = reached.keys() ^ {mark[:4] for mark in told}
        self.must(not apart, f"marks reached and not told, or the other way round: {apart}")
        known = {"ticket.overdue", "sla.mark", "ticket.offered"}
        topics = {topic for _, topic, _ in messages} - known
        self.must(not topics, f"messages about {topics}")

    def at_rest(self, now: str) -> list[str]:
        """The faults of a store on which all that was due at *now* is done and delivered."""
        self.judge()
        late = [row[1] for row in self.kept.tickets if row[9] is not None and row[9] <= now]
        self.must(not late, f"time never acted on {late}")
        self.must(not self.kept.outbox, f"{len(self.kept.outbox)} messages wait for ever")
        delivered = {line["position"] for line in self.delivered}
        self.must(
            delivered == set(range(1, self.kept.sent + 1)), "more was delivered than was sent"
        )
        self._no_trace()
        return self.faults

    def _no_trace(self) -> None:
        """No byte of the files tells what was erased; every text names the command it came with."""
        files = (self.store, *self.store.parent.glob(f"{self.store.name}-*"))
        content = b"".join(each.read_bytes() for each in files)
        kept = {(row[0], row[1]) for row in self.kept.sealed}
        for number, records in self.records.items():
            for _, _, _, _, record in records:
                for ref, _ in sealed_in(record.get("body", {})):
                    text = f"<said with {record['command']}>".encode()
                    if record["kind"] == "ticket.commented" and (number, ref) not in kept:
                        self.must(text not in content, f"{ref} of {number} can still be read")
