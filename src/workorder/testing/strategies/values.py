"""What stands in fields and arguments: texts, codes, numbers, instants, sealed values."""

from datetime import UTC, datetime, timedelta, timezone

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from workorder.canonical import normal_text
from workorder.ticket import Fields, FieldValue, Sealed, SealedValue, seal
from workorder.ticket.sealing import SALT_BYTES

AWKWARD = (
    "A",
    "a",
    "é",
    "工单",
    "投诉／催办",
    "𠮷野家",
    "💳",
    "10",
    "9",
    "null",
    "true",
    "NaN",
    "o'x",
    'a"b',
    "a\\b",
    "a\u2009b",
    "%s",
    "{}",
    "<b>",
    "../x",
)
"""Words that some system compares, escapes or reads in its own way."""

_EPOCH = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
_PRINTED = st.characters(exclude_categories=["C", "Zl", "Zp"])


def texts(limit: int = 40) -> SearchStrategy[str]:
    """Texts that people write: any language, line ends, tabs; in normal form."""
    alphabet = _PRINTED | st.sampled_from("\n\t")
    drawn = st.text(alphabet, max_size=limit).map(normal_text).filter(lambda t: len(t) <= limit)
    return st.sampled_from(["", " ", *AWKWARD]) | drawn


def codes(limit: int = 40) -> SearchStrategy[str]:
    """Identifiers: not blank, no blanks at either end, one line; in normal form."""
    drawn = st.text(_PRINTED, min_size=1, max_size=limit).map(lambda t: normal_text(t).strip())
    return st.sampled_from(AWKWARD) | drawn.filter(lambda t: 0 < len(t) <= limit)


def integers() -> SearchStrategy[int]:
    """Whole numbers of 64 bits, with both ends."""
    return st.sampled_from([0, 1, -1, 2**53 + 1, 2**63 - 1, -(2**63)]) | st.integers(
        -(2**63), 2**63 - 1
    )


@st.composite
def instants(draw: DrawFn, around: datetime = _EPOCH) -> datetime:
    """Instants around one, mostly a few seconds or a microsecond apart, in several zones."""
    seconds = draw(st.sampled_from([0, 1, 60, -60, 86_400]) | st.integers(-(10**7), 10**7))
    micro = draw(st.sampled_from([0, 1, 999_999]) | st.integers(0, 999_999))
    hours = draw(st.sampled_from([0, 8, -5, 5.5]))
    at = around + timedelta(seconds=seconds, microseconds=micro)
    return at.astimezone(timezone(timedelta(hours=hours)))


def sealed_values(ticket_id: str = "T1", ref: str = "1.text") -> SearchStrategy[SealedValue]:
    """Sensitive values on their way into a store."""
    salts = st.binary(min_size=SALT_BYTES, max_size=SALT_BYTES)
    return st.builds(SealedValue, st.just(ticket_id), st.just(ref), salts, texts())


def sealed(refs: SearchStrategy[str] | None = None) -> SearchStrategy[Sealed]:
    """References with commitments that some value opens."""
    salts = st.binary(min_size=SALT_BYTES, max_size=SALT_BYTES)
    return st.builds(
        lambda ref, salt, value: seal("T1", ref, salt, value)[0],
        codes(12) if refs is None else refs,
        salts,
        texts(),
    )


def field_values() -> SearchStrategy[FieldValue]:
    """Any value that a ticket's field may have."""
    in_utc = instants().map(lambda at: at.astimezone(UTC))
    several = st.lists(codes(), max_size=3).map(tuple)
    return st.one_of(texts(), integers(), st.booleans(), several, in_utc, sealed(), st.none())


def fields() -> SearchStrategy[Fields]:
    """Several fields by name."""
    return st.dictionaries(codes(12), field_values(), max_size=4)
