"""Sealing: sensitive values are kept apart, and can still be proved."""

import hashlib

from hypothesis import given
from hypothesis import strategies as st

from workorder.ticket import Sealed, SealedValue, opens, seal
from workorder.ticket.sealing import SALT_BYTES, commitment

texts = st.text(st.characters(codec="utf-8"))
salts = st.binary(min_size=SALT_BYTES, max_size=SALT_BYTES)


@given(texts, salts)
def test_a_commitment_opens_with_its_value(value: str, salt: bytes) -> None:
    """Law: what was sealed opens with exactly what was kept, and both know where it belongs."""
    sealed, kept = seal("T1", "3.reason", salt, value)
    assert opens(sealed, kept)
    assert (sealed.ref, kept.ref, kept.ticket_id) == ("3.reason", "3.reason", "T1")
    assert kept.value == value


@given(texts, texts, salts, salts)
def test_a_commitment_opens_with_nothing_else(
    value: str, other: str, salt: bytes, another: bytes
) -> None:
    """Law: another value, another salt, or another reference does not open it."""
    sealed, kept = seal("T1", "3.reason", salt, value)
    assert opens(sealed, SealedValue("T1", "3.reason", salt, other)) is (value == other)
    assert opens(sealed, SealedValue("T1", "3.reason", another, value)) is (salt == another)
    assert not opens(sealed, SealedValue("T1", "4.reason", salt, value))
    assert not opens(Sealed("4.reason", sealed.commitment), kept)


def test_the_same_value_looks_different_under_another_salt() -> None:
    """Who sees two commitments cannot tell that the values are the same."""
    one, _ = seal("T1", "1.reason", b"a" * SALT_BYTES, "lost card")
    other, _ = seal("T1", "1.reason", b"b" * SALT_BYTES, "lost card")
    assert one.commitment != other.commitment


def test_the_commitment_is_plain_sha_256() -> None:
    """Anybody can check a commitment with nothing but SHA-256: tag, salt, value in UTF-8."""
    data = b"workorder/sealed\x00" + b"salt" * 4 + "挂失".encode()
    assert commitment(b"salt" * 4, "挂失") == hashlib.sha256(data).hexdigest()
