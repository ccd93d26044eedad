"""Check the dossier of a ticket, without the program that made it.

    python verify_dossier.py DOSSIER.html [--checkpoint FILE] [--list]

Needs Python 3.8 or later, and nothing else: no network, no other file, no package. It works on the
data inside the page (format 1), trusts none of it, and prints one line each for what holds (OK),
what is wrong (WRONG) and what cannot be told from here (OPEN). Exit code: 0 nothing is wrong,
1 something is, 2 it could not be checked. Take this script from where you trust it: a dossier that
somebody forged brings along whatever they put into it.
"""
# ruff: noqa: T201

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import sys
import unicodedata
from io import TextIOWrapper
from itertools import islice
from pathlib import Path
from typing import Any, Iterator  # noqa: UP035

OPENING = b'<script type="application/json" id="workorder-dossier">'
CLOSING = b"</script>"
LARGEST, LARGEST_RECORD, SALT = 256 * 2**20, 4 * 2**20, 16
MOST, PARTS = 100, 5_000_000
ALGORITHMS = {"sha-256": "sha256", "sm3": "sm3"}
END = b"\n</body></html>\n"
FORMS = ("fields", "raw", "promises", "clocks", "given")
OK, WRONG, OPEN, STOPPED = "OK", "WRONG", "OPEN", "STOPPED"


class Unreadable(Exception):
    """Why it cannot be checked."""


# --- Reading: everything in the file may have been made to do harm. ---


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len(dict(pairs)) != len(pairs):
        raise ValueError("the same key twice")
    return dict(pairs)


def _number(text: str) -> int:
    if len(text) > len(str(-(2**63))):
        raise ValueError("a number of more than 64 bits")
    return int(text)


def _refused(text: str) -> None:
    raise ValueError(f"no whole number: {text[:20]}")


def read_json(data: bytes, what: str) -> dict[str, Any]:
    """The object that *data* holds."""
    if sum(map(data.count, (b"[", b"{", b","))) > PARTS:
        raise Unreadable(f"{what}: of too many parts")  # each would take many times its own bytes
    try:
        found = json.loads(
            data.decode("utf-8"),
            object_pairs_hook=_once,
            parse_int=_number,
            parse_float=_refused,
            parse_constant=_refused,
        )
    except RecursionError:
        raise Unreadable(f"{what}: nested too deeply") from None
    except ValueError as error:
        raise Unreadable(f"{what}: damaged ({str(error)[:100]})") from None
    checked: dict[str, Any] = take({what: found}, what, dict, "the file")
    return checked


def take(data: dict[str, Any], key: str, kind: type, where: str) -> Any:
    """The value at *key*, which must be of that type."""
    if type(data.get(key)) is not kind:
        raise Unreadable(f"{where}: “{key}” is missing or of the wrong type")
    return data[key]


def unpacked(text: object, what: str) -> bytes:
    """The bytes that *text* stands for."""
    try:
        return base64.b64decode(str(text).encode("ascii"), validate=True)
    except ValueError:
        raise Unreadable(f"{what}: damaged (no base64)") from None


def parts(value: Any) -> Iterator[tuple[str, Any]]:
    """Everything inside *value*, with its key; keys and *value* itself among it."""
    rest: list[tuple[str, Any]] = [("", value)]
    while rest:
        yield rest[-1]
        each = rest.pop()[1]
        rest += [*(("", key) for key in each), *each.items()] if isinstance(each, dict) else []
        rest += [("", item) for item in each] if isinstance(each, list) else []


def sealed_in(value: Any) -> Iterator[tuple[str, str]]:
    """Every reference to a sealed value inside *value*, with its commitment."""
    for key, each in parts(value):
        # Under the keys of FORMS stand a host's own names, which may be these two as well.
        if isinstance(each, dict) and set(each) == {"sealed", "commitment"} and key not in FORMS:
            yield str(each["sealed"]), str(each["commitment"])


def short(value: object) -> str:
    """Any value, fit for a line of text."""
    return repr(value)[:80]


def canonical(value: Any, data: bytes) -> bool:
    """Whether *data* is the one way to write *value*: JSON, keys in order, text in form C."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    texts = (each for _, each in parts(value) if isinstance(each, str))
    normal = all(unicodedata.is_normalized("NFC", each) for each in texts)
    return normal and text.encode("utf-8", "surrogatepass") == data


def digest(algorithm: object, data: bytes) -> str:
    """The digest of *data*, in hexadecimal."""
    try:
        return hashlib.new(ALGORITHMS[str(algorithm)], data).hexdigest()
    except (KeyError, ValueError):
        raise Unreadable(f"this Python has no digest “{str(algorithm)[:20]}”") from None


class Dossier:
    """What the page holds, taken apart."""

    def __init__(self, page: bytes) -> None:
        head, mark, rest = page.partition(OPENING)
        inside, end, tail = rest.partition(CLOSING)
        if not mark or not end:
            raise Unreadable("there are no data of a dossier in this file, or only a part of them")
        if OPENING in tail:
            raise Unreadable("there are data of more than one dossier in this file")
        self.around = head + tail
        self.in_place = tail.replace(b"\r\n", b"\n") == END and b"<" not in inside
        self.data = read_json(inside, "data")
        if take(self.data, "format", int, "data") != 1:
            raise Unreadable(f"data: of format {self.data['format']}, and this script knows 1")
        self.tenant = take(self.data, "tenant", str, "data")
        self.ticket = take(self.data, "ticket", str, "data")
        self.sealed = take(self.data, "sealed", dict, "data")
        self.texts = take(self.data, "texts", bool, "data")
        if self.sealed and not self.texts:
            raise Unreadable("data: texts are said to be left out, and some of them are here")
        self.records: list[dict[str, Any]] = []
        self.bytes: list[bytes] = []
        self.digests: list[str] = []
        bound = f"workorder/record\0{self.tenant}\0{self.ticket}\0".encode("utf-8", "replace")
        for number, text in enumerate(take(self.data, "records", list, "data"), 1):
            data = unpacked(text, f"record {number}")
            if len(data) > LARGEST_RECORD:
                raise Unreadable(f"record {number}: larger than a record may be")
            self.bytes.append(data)
            self.records.append(read_json(data, f"record {number}"))
            self.digests.append(digest(self.records[-1].get("digest"), bound + data))
        if not self.records:
            raise Unreadable("data: no records")
        self.snapshot_bytes = unpacked(take(self.data, "snapshot", str, "data"), "snapshot")
        self.snapshot = read_json(self.snapshot_bytes, "snapshot")

    def version(self, number: int) -> object:
        """The version of the ticket after that record."""
        return self.records[number - 1].get("version")


# --- Checking: each yields what it finds; one that yields nothing found that all of it holds. ---


def chain(dossier: Dossier) -> Iterator[tuple[str, str]]:
    """Every record in its place, naming the digest of the one before."""
    before, last = "", [0, ""]
    for number, said in enumerate(dossier.records, 1):
        if not canonical(said, dossier.bytes[number - 1]):
            yield WRONG, f"record {number}: not in canonical form"
        for key, due in (("format", 1), ("ticket", dossier.ticket), ("sequence", number)):
            if said.get(key) != due or type(said.get(key)) is not type(due):
                yield WRONG, f"record {number}: {key} is {short(said.get(key))}, not {short(due)}"
        now: list[Any] = [said.get("version"), said.get("at")]
        if list(map(type, now)) != [int, str] or now[0] < last[0] or now[1] < last[1]:
            yield WRONG, f"record {number}: its version or its time goes back, or is none"
        last = now if list(map(type, now)) == [int, str] else last
        if said.get("previous", "") != before:
            yield WRONG, f"record {number}: names another record before it than the one here"
        before = dossier.digests[number - 1]


def standing(dossier: Dossier) -> Iterator[tuple[str, str]]:
    """The ticket as it stands names the last record, and says of itself what that one says."""
    said, last = dossier.snapshot, dossier.records[-1]
    revision = take(said, "revision", dict, "snapshot")
    if not canonical(said, dossier.snapshot_bytes):
        yield WRONG, "snapshot: not in canonical form"
    for name, found, due in (
        ("head", said.get("head"), dossier.digests[-1]),
        ("ticket", said.get("id"), dossier.ticket),
        ("number of records", revision.get("events"), len(dossier.records)),
        ("version", revision.get("version"), last.get("version")),
        ("state", said.get("state"), last.get("to", last.get("from"))),
    ):
        if found != due:
            yield WRONG, f"snapshot: {name} is {short(found)}; by the records it is {short(due)}"


def erasures(dossier: Dossier) -> dict[str, int]:
    """For each sealed value that the records say was erased, the number of the record."""
    known: list[str] = []
    erased: dict[str, int] = {}
    for number, said in enumerate(dossier.records, 1):
        if said.get("kind") == "ticket.erased":
            body = take(said, "body", dict, f"record {number}")
            named = take(body, "refs", list, f"record {number}") if "refs" in body else []
            erased.update((str(ref), number) for ref in named or known)
            known = known if named else []
        known += (ref for ref, _ in sealed_in(said.get("body")))
    return erased


def sealed(dossier: Dossier) -> Iterator[tuple[str, str]]:
    """Texts are those the records commit to; what is missing was erased or left out."""
    known: dict[str, tuple[str, int]] = {}
    erased = erasures(dossier)
    for number, said in enumerate([*dossier.records, {"body": dossier.snapshot}], 1):
        for ref, commitment in sealed_in(said.get("body")):
            if known.setdefault(ref, (commitment, number))[0] != commitment:
                yield WRONG, f"record {number}: another commitment for {short(ref)} than before"
    for ref in sorted(set(dossier.sealed) - set(known)):
        yield WRONG, f"sealed value {short(ref)}: no record refers to it"
    for ref, (commitment, number) in known.items():
        name, by = f"sealed value {short(ref)}", erased.get(ref, 0)
        if number > len(dossier.records):
            yield WRONG, f"{name}: the snapshot refers to it, and no record does"
        elif ref in dossier.sealed:
            if not opens(commitment, take(dossier.sealed, ref, dict, "sealed"), name):
                yield WRONG, f"{name}: not the one that the records commit to"
            # What was sealed in one go with the erasure was there only after it.
            if by and dossier.version(by) != dossier.version(number):
                yield WRONG, f"{name}: erased by record {by}, and still here"
        elif not by and dossier.texts:
            yield WRONG, f"{name}: missing, and no record says that it was erased"
    if not dossier.texts:
        yield OPEN, "texts were left out of this dossier; what they said cannot be told from here"


def opens(commitment: str, kept: dict[str, Any], name: str) -> bool:
    """Whether the value that was kept is the one committed to."""
    algorithm, _, due = commitment.rpartition(":")
    salt = unpacked(take(kept, "salt", str, name), name)
    value = take(kept, "value", str, name).encode("utf-8", "surrogatepass")
    # Only its length tells where the salt ends and the value begins.
    found = digest(algorithm or "sha-256", b"workorder/sealed\0" + salt + value)
    return len(salt) == SALT and found == due


def page(dossier: Dossier) -> Iterator[tuple[str, str]]:
    """The page around the data has the digest that they name. Nothing else binds it to them."""
    found = hashlib.sha256(dossier.around.replace(b"\r\n", b"\n")).hexdigest()
    if found != take(dossier.data, "page", str, "data") or not dossier.in_place:
        yield WRONG, "the page was changed after it was made: believe --list, and not the page"
    else:
        yield OPEN, "the page has the digest that its data name, as a forged one would: see --list"


CHECKS = (
    (chain, "the records stand in order, whole, each naming the digest of the one before"),
    (standing, "the ticket as it stands has the head, number, version and state of the records"),
    (sealed, "the texts are those that the records commit to; missing ones were erased on record"),
    (page, "the page has the digest that its data name"),
)


def root_from(leaf: bytes, index: int, size: int, path: list[bytes], name: object) -> str:
    """The root of a tree to which a path leads (RFC 6962; RFC 9162, section 2.1.3.2)."""
    last, node = size - 1, digest(name, b"\0" + leaf)
    for each in path:
        if last == 0:
            return ""
        if index & 1 or index == last:
            node = digest(name, b"\1" + each + bytes.fromhex(node))
            while index and not index & 1:
                index, last = index >> 1, last >> 1
        else:
            node = digest(name, b"\1" + bytes.fromhex(node) + each)
        index, last = index >> 1, last >> 1
    return "" if last else node


def proven(dossier: Dossier, kept: bytes | None) -> Iterator[tuple[str, str]]:
    """The records are in a checkpoint, and that is the one which was kept elsewhere."""
    if "proof" not in dossier.data:
        kind = OPEN if kept is None else STOPPED
        yield kind, "no proof for a checkpoint: whoever can write the store can write it all anew"
        return
    proof = take(dossier.data, "proof", dict, "data")
    made = take(proof, "checkpoint", dict, "proof")
    size, root = take(made, "size", int, "checkpoint"), take(made, "root", str, "checkpoint")
    number, index = take(proof, "sequence", int, "proof"), take(proof, "index", int, "proof")
    if made.get("tenant") != dossier.tenant or not 0 <= number <= len(dossier.records):
        yield WRONG, "proof: of another tenant, or of a record that is not here"
        return
    try:
        path = [bytes.fromhex(str(each)) for each in take(proof, "path", list, "proof")]
        leaf = bytes.fromhex(dossier.digests[number - 1])
    except ValueError:
        raise Unreadable("proof: damaged (no digests)") from None
    if number and not 0 <= index < size:
        yield WRONG, f"proof: no place {index} among {size} records"
    elif number and root_from(leaf, index, size, path, made.get("algorithm")) != root:
        yield WRONG, f"proof: does not show that record {number} is in the checkpoint"
    elif number:
        yield OK, f"the first {number} records are in the checkpoint of {size} records, {root}"
    if number < len(dossier.records):
        yield OPEN, f"records after number {number} are not in the proof: later, or written anew"
    for said in dossier.records[number : number + 1]:
        if str(said.get("recorded", said.get("at"))) < str(made.get("at")):
            yield OPEN, "the next record says that it is older than the checkpoint: ask why"
    if kept is None:
        yield OPEN, "whether that is the checkpoint which was kept elsewhere (--checkpoint FILE)"
    else:
        yield from compared(dossier, made, kept)


def compared(dossier: Dossier, made: dict[str, Any], kept: bytes) -> Iterator[tuple[str, str]]:
    """The checkpoint of the proof is the one that was kept."""
    other = read_json(kept, "checkpoint")
    other = other["checkpoint"] if isinstance(other.get("checkpoint"), dict) else other
    if other.get("size") != made["size"] and other.get("tenant") == dossier.tenant:
        yield STOPPED, f"your checkpoint has {short(other.get('size'))} records: ask for its proof"
    elif any(other.get(key) != made.get(key) for key in ("tenant", "algorithm", "root")):
        yield WRONG, "your checkpoint is another one than that of the proof"
    else:
        yield OK, "your checkpoint is that of the proof"


def check(file: bytes, checkpoint: bytes | None = None) -> list[tuple[str, str]]:
    """All that is found, as kind and sentence."""
    found: list[tuple[str, str]] = []
    try:
        dossier = Dossier(file)
        for test, holds in CHECKS:
            said = list(islice(test(dossier), MOST))
            found += said or [(OK, holds)]
        found += proven(dossier, checkpoint)
    except Unreadable as error:
        found.append((STOPPED, str(error)))
    except (MemoryError, RecursionError):
        found.append((STOPPED, "data: too large, or nested too deeply"))
    return found


def listed(file: bytes) -> Iterator[str]:
    """The trail as the records have it, a line for each entry and each text."""
    dossier = Dossier(file)
    for number, said in enumerate(dossier.records, 1):
        at, who, role, action = (said.get(key) for key in ("at", "actor", "role", "action"))
        before = said.get("from")
        yield f"{number}. {at} {who} ({role}): {action}, {before} -> {said.get('to', before)}"
        for ref, _ in sealed_in(said.get("body")):
            kept = dossier.sealed.get(ref)
            value = kept.get("value") if isinstance(kept, dict) else None
            yield f"    {ref}: {'(not here)' if value is None else value}"


def shown(text: str) -> str:
    """*text* on one line, with nothing in it that a terminal would obey."""
    return "".join(each if each.isprintable() else repr(each)[1:-1] for each in text)


def read(path: str) -> bytes:
    """The bytes of a file."""
    with Path(path).open("rb") as file:
        data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise Unreadable(f"{path}: larger than {LARGEST >> 20} MB")
    return data


def main(arguments: list[str] | None = None) -> int:
    """Check a file, and say what was found."""
    wanted = argparse.ArgumentParser(description="Check the dossier of a ticket.")
    wanted.add_argument("dossier")
    wanted.add_argument("--checkpoint", metavar="FILE", help="one that was kept elsewhere")
    wanted.add_argument("--list", action="store_true", help="print what the records say")
    given = wanted.parse_args(arguments)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        file = read(given.dossier)
        found = check(file, read(given.checkpoint) if given.checkpoint else None)
        for line in listed(file) if given.list else ():
            print(shown(line))
    except (OSError, Unreadable, MemoryError, RecursionError) as error:
        found = [(STOPPED, str(error) or "too large, or nested too deeply")]
    for kind, sentence in found:
        print(f"{kind:7}", shown(sentence))
    kinds = {kind for kind, _ in found}
    if WRONG in kinds:
        print("Something is wrong with this dossier.")
        return 1
    if STOPPED in kinds:
        print("This dossier could not be checked.")
        return 2
    print("Nothing is wrong with this dossier. What is OPEN, it cannot show by itself.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
