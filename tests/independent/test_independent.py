"""A checker written from the page "Record format" alone, against what the library writes."""

import ast
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.independent import verifier
from tests.independent.verifier import commitment_holds, faults, read
from tests.storage.golden_records import FOLDER, kept
from tests.storage.golden_records import TENANT as GOLDEN_TENANT
from tests.storage.golden_records import TICKET as GOLDEN_TICKET
from tests.storage.verifying.vaults import MemoryVault, Row
from workorder.canonical import ALGORITHMS, available, is_canonical
from workorder.storage import record_digest
from workorder.storage.verifying import verify_ticket
from workorder.testing.strategies import records as random_records

HERE = [each for each in ALGORITHMS if available(each)]
TENANT, TICKET = "bank", "T1"
LARGEST = 4_194_304
Said = dict[str, Any]
Write = Callable[[Said], bytes]
each_algorithm = pytest.mark.parametrize("algorithm", HERE)


def plain(said: object) -> bytes:
    """JSON in the one form, of anything that JSON can hold."""
    text = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.encode(errors="surrogatepass")


def digest(record: bytes, said: Said, tenant: str, ticket: str) -> str:
    """The digest by the algorithm that the record names; by SHA-256, if it names none."""
    named = said.get("digest")
    return record_digest(tenant, ticket, record, named if named in HERE else "sha-256")


def linked(
    chain: list[Said],
    at: int = -1,
    write: Write = plain,
    *,
    tenant: str = TENANT,
    ticket: str = TICKET,
) -> tuple[list[bytes], str]:
    """Records, each naming the digest of the one before, and the head; *write* writes the one at
    *at*.
    """
    made: list[bytes] = []
    head = ""
    for index, each in enumerate(chain):
        said = {**each, "previous": head} if index else each
        made.append(write(said) if index == at else plain(said))
        head = digest(made[-1], said, tenant, ticket)
    return made, head


@st.composite
def chains(draw: st.DrawFn) -> list[Said]:
    """What the records of a chain say: in the order of time, by several algorithms."""
    chain = [json.loads(each.data) for each in draw(random_records(TENANT, TICKET, 5))]
    times = sorted(each["at"] for each in chain)
    for said, at in zip(chain, times, strict=True):
        said.pop("previous", None)
        said |= {"at": at, "digest": draw(st.sampled_from(HERE))}
    return chain


# --- golden records -------------------------------------------------------------------------


@each_algorithm
def test_golden_chains_are_sound(algorithm: str) -> None:
    """The golden chain and each beginning of it are found sound, with the digests kept as heads."""
    records, digests = kept(algorithm)
    for length, head in enumerate(digests, 1):
        assert faults(records[:length], GOLDEN_TENANT, GOLDEN_TICKET, head) == []
    assert faults(records, GOLDEN_TENANT, GOLDEN_TICKET) == []


@each_algorithm
def test_golden_chains_with_another_head(algorithm: str) -> None:
    """The head of the golden chain is really looked at: any other digest of it is a fault."""
    records, digests = kept(algorithm)
    for head in digests[:-1]:
        found = faults(records, GOLDEN_TENANT, GOLDEN_TICKET, head)
        assert [position for position, _ in found] == [len(records)]


@each_algorithm
def test_golden_commitments_hold(algorithm: str) -> None:
    """Each golden commitment is opened by its own salt and value, and by nothing near them."""
    lines = (FOLDER / "commitments.jsonl").read_text("utf-8").splitlines()
    golden = [each for each in map(json.loads, lines) if each["algorithm"] == algorithm]
    assert golden
    for each in golden:
        commitment, salt, value = each["commitment"], bytes.fromhex(each["salt"]), each["value"]
        assert commitment_holds(commitment, salt, value)
        assert not commitment_holds(commitment, salt, f"{value} ")
        assert not commitment_holds(commitment, bytes(each ^ 1 for each in salt), value)
        assert not commitment_holds(commitment.upper(), salt, value)
        assert not commitment_holds(f"sha-256:{commitment}", salt, value)
        assert not commitment_holds(f"md5:{commitment}", salt, value)
        # Where the salt ends and the value begins must not be a matter of taste.
        assert not commitment_holds(commitment, salt[:-1], value)
        assert not commitment_holds(commitment, salt + value[:1].encode(), value[1:]) or not value


def test_commitments_of_anything() -> None:
    """Texts that are no commitment, and values that no UTF-8 can hold, open nothing."""
    for commitment in ("", ":", "sm3:", "a:b:c", "\ud800", "0" * 64):
        assert not commitment_holds(commitment, bytes(16), "\ud800")


# --- random chains --------------------------------------------------------------------------


class Planted(NamedTuple):
    """A chain with a fault in it, and where the first one is to be found."""

    records: list[bytes]
    head: str
    position: int
    tenant: str = TENANT
    ticket: str = TICKET


def changed(chain: list[Said], at: int, /, **keys: Any) -> list[Said]:
    """The chain with one record that says something else."""
    return [*chain[:at], chain[at] | keys, *chain[at + 1 :]]


def dropped(chain: list[Said], at: int) -> Planted:
    """A record is gone."""
    records, head = linked(chain)
    return Planted(records[:at] + records[at + 1 :], head, min(at + 1, max(len(chain) - 1, 1)))


def swapped(chain: list[Said], at: int) -> Planted:
    """A record and the next one have changed places; one that stands alone is gone."""
    records, head = linked(chain)
    if len(chain) == 1:
        return Planted([], head, 1)
    at = min(at, len(chain) - 2)
    pair = [records[at + 1], records[at]]
    return Planted([*records[:at], *pair, *records[at + 2 :]], head, at + 1)


def repeated(chain: list[Said], at: int) -> Planted:
    """A record stands there twice."""
    records, head = linked(chain)
    return Planted([*records[: at + 1], *records[at:]], head, at + 2)


def appended(chain: list[Said], at: int) -> Planted:
    """A record was added at the end that fits perfectly."""
    _, head = linked(chain)
    more = chain[-1] | {"sequence": len(chain) + 1}
    return Planted(linked([*chain, more])[0], head, len(chain) + 1)


def inserted(chain: list[Said], at: int) -> Planted:
    """A record was put between that fits behind the one before it; the next ones are as before."""
    records, head = linked(chain)
    more = linked([*chain[: at + 1], chain[at] | {"sequence": at + 2}])[0][-1]
    return Planted(
        [*records[: at + 1], more, *records[at + 1 :]], head, at + 2 + (at + 1 < len(chain))
    )


def other_algorithm(chain: list[Said], at: int) -> Planted:
    """A record names an algorithm that nobody has, and its link and the head are by SHA-256."""
    return Planted(*linked(changed(chain, at, digest="md5")), at + 1)


def renamed_algorithm(chain: list[Said], at: int) -> Planted:
    """A record names the other algorithm, or what is none, after the digests were taken."""
    records, head = linked(chain)
    other = next((each for each in HERE if each != chain[at]["digest"]), None)
    records[at] = plain(json.loads(records[at]) | {"digest": other or "SHA-256"})
    return Planted(records, head, min(at + 2, len(chain)) if other else at + 1)


def gap(chain: list[Said], at: int) -> Planted:
    """A number is left out, and all links hold."""
    late = [each | {"sequence": each["sequence"] + 1} for each in chain[at:]]
    return Planted(*linked(chain[:at] + late), at + 1)


def version_back(chain: list[Said], at: int) -> Planted:
    """A version is below that of the record before, or below 1, and all links hold."""
    before = chain[at - 1]["version"] if at else 1
    return Planted(*linked(changed(chain, at, version=before - 1)), at + 1)


def time_back(chain: list[Said], at: int) -> Planted:
    """A record happened before the one before it, or at no time, and all links hold."""
    when = "1999-12-31T23:59:59.999999Z" if at else "1999-02-29T00:00:00.000000Z"
    return Planted(*linked(changed(chain, at, at=when)), at + 1)


def previous_missing(chain: list[Said], at: int) -> Planted:
    """A record names none before it; the first one does."""
    if not at:
        return Planted(*linked(changed(chain, 0, previous="0" * 64)), 1)
    write = lambda said: plain({key: said[key] for key in said if key != "previous"})  # noqa: E731
    return Planted(*linked(chain, at, write), at + 1)


def rewritten(write: Write) -> Callable[[list[Said], int], Planted]:
    """One record is written in another way, and all links hold."""
    return lambda chain, at: Planted(*linked(chain, at, write), at + 1)


def saying(**keys: Any) -> Callable[[list[Said], int], Planted]:
    """One record says something else, and all links hold."""
    return rewritten(lambda said: plain(said | keys))


def without(key: str) -> Callable[[list[Said], int], Planted]:
    """One record lacks a key, and all links hold."""
    return rewritten(lambda said: plain({name: said[name] for name in said if name != key}))


def backwards(said: Said) -> bytes:
    """JSON with the keys in the opposite order."""
    turned = {key: said[key] for key in sorted(said, reverse=True)}
    return json.dumps(turned, separators=(",", ":"), ensure_ascii=False).encode()


PLANTED: dict[str, Callable[[list[Said], int], Planted]] = {
    "dropped": dropped,
    "swapped": swapped,
    "repeated": repeated,
    "appended": appended,
    "inserted": inserted,
    "other ticket": lambda chain, _: Planted(*linked(chain), 1, ticket="T2"),
    "says another ticket": saying(ticket="T2"),
    "other tenant": lambda chain, _: Planted(*linked(chain), min(2, len(chain)), tenant="bank2"),
    "other head": lambda chain, _: Planted(linked(chain)[0], "0" * 64, len(chain)),
    "head of the one before": lambda chain, _: Planted(
        linked(chain)[0], linked(chain[:-1])[1], len(chain)
    ),
    "other algorithm": other_algorithm,
    "renamed algorithm": renamed_algorithm,
    "gap": gap,
    "version back": version_back,
    "time back": time_back,
    "previous missing": previous_missing,
    "blanks": rewritten(lambda said: json.dumps(said, sort_keys=True, ensure_ascii=False).encode()),
    "line end": rewritten(lambda said: plain(said) + b"\n"),
    "byte order mark": rewritten(lambda said: b"\xef\xbb\xbf" + plain(said)),
    "key order": rewritten(backwards),
    "repeated key": rewritten(lambda said: b'{"action":"a",' + plain(said)[1:]),
    "escapes": rewritten(lambda said: plain(said).replace(b"action", b"\\u0061ction")),
    "in a list": rewritten(lambda said: b"[" + plain(said) + b"]"),
    "other character set": rewritten(lambda said: plain(said).decode().encode("utf-16")),
    "too large": saying(body={"text": "x" * LARGEST}),
    "float": saying(body={"amount": 1.0}),
    "float in a list": saying(body={"amounts": [1, [2.5]]}),
    "large number": saying(body={"amount": 2**63}),
    "huge number": rewritten(lambda said: plain(said)[:-1] + b',"z":' + b"9" * 5_000 + b"}"),
    "minus zero": rewritten(lambda said: plain(said | {"rank": 0}).replace(b'k":0', b'k":-0')),
    "lone surrogate": saying(actor="\ud800"),
    "lone surrogate, escaped": rewritten(
        lambda said: plain(said | {"actor": "?"}).replace(b'"?"', b'"\\ud800"')
    ),
    "decomposed text": saying(actor="Zoe\u0308"),
    "decomposed key": saying(body={"e\u0301": 1}),
    "no category": saying(category="odd"),
    "not resolved": saying(resolved=False),
    "another key": saying(colour="red"),
    "null": saying(department=None),
    "number for text": saying(actor=7),
    "true for number": saying(schema=True),
    "list for object": saying(body=[]),
    "day that is none": saying(recorded="2026-02-30T00:00:00.000000Z"),
    "hour that is none": saying(recorded="2026-02-28T24:00:00.000000Z"),
    "other format": saying(format=2),
    "no rulebook": without("rulebook"),
    "no version": without("version"),
    "no digest": without("digest"),
}


@given(chains(), st.data())
def test_sound_chains(chain: list[Said], data: st.DataObject) -> None:
    """Whatever the events are and whichever algorithms they name, a sound chain has no fault."""
    records, head = linked(chain)
    assert faults(records, TENANT, TICKET, head) == []
    length = data.draw(st.integers(1, len(records)))
    assert faults(records[:length], TENANT, TICKET) == []


@pytest.mark.parametrize("name", PLANTED)
@settings(max_examples=max(settings().max_examples // 10, 1))
@given(chain=chains(), data=st.data())
def test_planted_changes(name: str, chain: list[Said], data: st.DataObject) -> None:
    """Each kind of change is found, and the first fault is told of the record where it is."""
    planted = PLANTED[name](chain, data.draw(st.integers(0, len(chain) - 1)))
    found = faults(planted.records, planted.tenant, planted.ticket, planted.head)
    assert min((position for position, _ in found), default=None) == planted.position


@given(chains(), st.data())
def test_edited_bytes(chain: list[Said], data: st.DataObject) -> None:
    """Any byte that is another is found, in its record or by the one after it."""
    records, head = linked(chain)
    at = data.draw(st.integers(0, len(records) - 1))
    place = data.draw(st.integers(0, len(records[at]) - 1))
    edited = bytearray(records[at])
    edited[place] ^= data.draw(st.integers(1, 255))
    found = faults([*records[:at], bytes(edited), *records[at + 1 :]], TENANT, TICKET, head)
    assert min(position for position, _ in found) in {at + 1, min(at + 2, len(records))}


# --- any bytes ------------------------------------------------------------------------------

DEEP = 1_000_000
ODD: dict[str, bytes] = {
    "nothing": b"",
    "lists that never end": b'{"a":' + b"[" * DEEP,
    "objects that never end": b'{"a":' * (DEEP // 2),
    "a text that never ends": b'{"a":"' + b"\\n" * DEEP,
    "digits": b'{"a":' + b"9" * DEEP + b"}",
    "an exponent": b'{"a":1e999999999}',
    "not a number": b'{"a":NaN}',
    "half a surrogate": b'{"a":"\xed\xa0\x80"}',
    "half an object": b'{"a":1',
    "half a list": b'{"a":[1',
    "a comma too many": b'{"a":[1,]}',
    "a wrong bracket": b'{"a":[1}]',
    "a closing one": b"}",
    "a text": b'"a"',
    "a key for a key": b'{"a":"b":1}',
    "digits of elsewhere": '{"a":١}'.encode(),
}


@pytest.mark.parametrize("name", ODD)
def test_odd_bytes(name: str) -> None:
    """Bytes that trouble readers of JSON are one fault of their record, never an exception."""
    for records, place in (([ODD[name]], 1), ([b"{}", ODD[name], b"{}"], 2)):
        found = faults(records, "", TICKET)
        assert next(why for position, why in found if position == place).startswith("is not in")


def test_so_deep_and_no_deeper() -> None:
    """Sixty-four in one another can be read, one more is a fault; and both say so."""
    for inside, sound in ((62, True), (63, False)):
        data = b'{"body":{"a":' + b"[" * inside + b"]" * inside + b"}}"
        try:
            assert read(data) == {"body": "{"}
        except ValueError:
            assert not sound
        else:
            assert sound
        agree(*restated(0, {"body": {"a": json.loads(b"[" * inside + b"]" * inside)}}))


@given(st.lists(st.binary() | st.text().map(str.encode), max_size=3), st.text(), st.text())
def test_any_bytes(records: list[bytes], tenant: str, ticket: str) -> None:
    """Any bytes give faults, one or more for each record, and never an exception."""
    found = faults(records, tenant, ticket, "")
    assert {position for position, _ in found} == set(range(1, max(len(records), 1) + 1))


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.sampled_from([0.0, -0.0, 1.5, 1e30, 2**63 - 1, 2**63, -(2**63), -(2**63) - 1])
    | st.text()
    | st.text('e\u0301n\u0303\n\\"/\b\x1f\x7f\u2028\ufffd\U0001f600'),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.text(), VALUES, max_size=4), st.booleans(), st.booleans(), st.booleans())
def test_the_one_form(said: Said, sort: bool, dense: bool, ascii_only: bool) -> None:
    """The checker's own reader and the library agree on which bytes are in the one form."""
    blanks = (",", ":") if dense else (", ", ": ")
    data = json.dumps(said, sort_keys=sort, separators=blanks, ensure_ascii=ascii_only).encode()
    try:
        read(data)
    except ValueError:
        assert not is_canonical(data)
    else:
        assert is_canonical(data)


# --- the library's own verification ---------------------------------------------------------

# What the library finds beyond the records themselves.
BEYOND = ("snapshot", "sealed", "no_", "filed_elsewhere")


def of_the_library(records: list[bytes], head: str) -> set[int | None]:
    """Which records of T1 the library finds fault with, were these its records and its head."""
    vault = MemoryVault()
    rows = [Row(None, number, 1, each) for number, each in enumerate(records, 1)]
    vault.put_rows(vault.ids["T1"], rows)
    with vault.restating("T1") as said:
        said["head"] = head
    report = verify_ticket(vault.store, vault.ids["T1"])
    return {each.sequence for each in report.damages if not each.code.startswith(BEYOND)}


def agree(records: list[bytes], head: str) -> None:
    """Both find a fault, or neither does."""
    mine = faults(records, "", MemoryVault().ids["T1"], head)
    assert bool(mine) == bool(of_the_library(records, head)), mine


def lived() -> tuple[list[bytes], str]:
    """The records of a ticket as a desk wrote them, and their head."""
    vault = MemoryVault()
    head = json.loads(vault.snapshot(vault.ids["T1"]))["head"]
    return [row.data for row in vault.rows(vault.ids["T1"])], head


def test_both_find_a_lived_ticket_sound() -> None:
    """What a desk wrote is sound for the library and for the checker from the page."""
    records, head = lived()
    assert faults(records, "", MemoryVault().ids["T1"], head) == []
    assert of_the_library(records, head) == set()


@given(st.data())
def test_agreement_on_damage(data: st.DataObject) -> None:
    """However records are dropped, swapped, repeated, cut and edited, both say the same."""
    records, head = lived()
    for _ in range(data.draw(st.integers(0, 2))):
        at = data.draw(st.integers(0, len(records) - 1))
        to = data.draw(st.integers(0, len(records) - 1))
        match data.draw(st.sampled_from(["drop", "swap", "repeat", "edit", "cut"])):
            case "drop" if len(records) > 1:
                del records[at]
            case "swap":
                records[at], records[to] = records[to], records[at]
            case "repeat":
                records.insert(to, records[at])
            case "edit":
                place = data.draw(st.integers(0, max(len(records[at]) - 1, 0)))
                more = data.draw(st.binary(max_size=2))
                records[at] = records[at][:place] + more + records[at][place + 1 :]
            case _:
                records[at] = records[at][: data.draw(st.integers(0, len(records[at])))]
    agree(records, head)


def restated(at: int, keys: dict[str, Any]) -> tuple[list[bytes], str]:
    """The lived chain with one record saying something else; ``...`` takes a key away. All links
    and the head are as if it had been written so.
    """
    chain = [json.loads(each) for each in lived()[0]]
    return linked(
        chain,
        at,
        lambda said: plain({key: x for key, x in (said | keys).items() if x is not ...}),
        tenant="",
        ticket=MemoryVault().ids["T1"],
    )


INSTANTS = st.datetimes().map(lambda at: f"{at:%Y-%m-%dT%H:%M:%S.%fZ}".rjust(27, "0"))
NUMBERS = st.integers(-3, 9) | st.integers(2**63 - 2, 2**63 + 2) | st.floats(-1, 9)
OTHERS: st.SearchStrategy[Any] = (
    st.none() | st.just(...) | st.just([]) | st.dictionaries(st.text(), NUMBERS, max_size=2)
)
TYPED: dict[str, st.SearchStrategy[Any]] = {
    **dict.fromkeys(("format", "sequence", "version", "schema", "rank"), NUMBERS | st.booleans()),
    **dict.fromkeys(("ticket", "kind", "actor", "department", "role", "action"), st.text()),
    **dict.fromkeys(("from", "to", "command", "rulebook"), st.text()),
    "digest": st.sampled_from([*ALGORITHMS, "SHA-256", "md5", ""]),
    "at": INSTANTS | st.text() | st.sampled_from(["2026-03-02T24:00:00.000000Z"]),
    "recorded": INSTANTS,
    "category": st.sampled_from(["initial", "open", "closed", "final"]),
    "resolved": st.just(value=True),
    "body": OTHERS,
}


@given(
    st.integers(0, 5),
    st.sampled_from(sorted(TYPED)).flatmap(
        lambda key: st.tuples(st.just(key), TYPED[key] | OTHERS)
    ),
)
def test_agreement_on_headers(at: int, change: tuple[str, Any]) -> None:
    """Whatever a key of the header holds while all links hold, both say the same."""
    agree(*restated(at, dict([change])))


DISPUTED: list[dict[str, Any]] = [
    {"resolved": False},
    {"category": "odd"},
    {"colour": "red"},
    {"recorded": "yesterday"},
    {"previous": ""},
]


@pytest.mark.parametrize("keys", DISPUTED, ids=str)
def test_disputed_headers(keys: dict[str, Any]) -> None:
    """Both find what the page forbids in a header even if nothing depends on it."""
    agree(*restated(0, keys))


# --- the checker itself ---------------------------------------------------------------------


def test_it_is_small_and_stands_alone() -> None:
    """The page suffices: 150 lines of nothing but the standard library follow it."""
    source = Path(verifier.__file__).read_text("utf-8")
    assert len(source.splitlines()) <= 150
    for each in ast.walk(ast.parse(source)):
        assert not isinstance(each, ast.ImportFrom) or not each.level
        names = [each.module or ""] if isinstance(each, ast.ImportFrom) else []
        names += [name.name for name in each.names] if isinstance(each, ast.Import) else []
        assert {name.partition(".")[0] for name in names} <= sys.stdlib_module_names
