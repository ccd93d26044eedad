"""An edition of a rulebook is published by somebody who did not write it."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from attrs import evolve

from workorder.errors import CommandRefused, InvalidInput
from workorder.rulebook import Publication, basic, publish

NOON = datetime(2026, 9, 30, 4, 0, tzinfo=UTC)


def test_two_people_publish() -> None:
    """The publication says what was published, digest by digest, by whom, and when in UTC."""
    beijing = NOON.astimezone(timezone(timedelta(hours=8)))
    book = basic()
    made = publish(book, author="li", publisher="wang", at=beijing)
    assert made == Publication(
        "basic", "1", book.digest, book.digests, author="li", publisher="wang", at=NOON
    )
    assert made.at.tzinfo is UTC
    assert hash(made) == hash(publish(book, author="li", publisher="wang", at=NOON))


@pytest.mark.parametrize("publisher", ["li", "Li", " li ", "ｌｉ", "LI\u3000"])
def test_one_person_does_not(publisher: str) -> None:
    """However the name is written: one person is refused, and told what helps, in two languages."""
    with pytest.raises(CommandRefused) as refused:
        publish(basic(), author="li", publisher=publisher, at=NOON)
    refusal = refused.value.refusal
    (unmet,) = refusal.unmet
    assert (refusal.code, unmet.name, unmet.code) == (
        "rules",
        "publisher_differs",
        "publisher_differs",
    )
    assert unmet.text() == "li wrote this edition; somebody else must publish it"
    assert unmet.text("zh-CN") == "该版本由 li 编写，须由他人发布"
    assert "Publish the rulebook" in refusal.text()
    assert "发布规则手册" in refusal.text("zh-CN")


def test_names_in_two_normal_forms_are_one() -> None:
    """A name that was typed on another keyboard is the same name."""
    with pytest.raises(CommandRefused):
        publish(basic(), author="M\u00fcller", publisher="Mu\u0308ller", at=NOON)


def test_a_publication_covers_what_was_published() -> None:
    """Any change of the rulebook, even of a label, is no longer covered."""
    made = publish(basic(), author="li", publisher="wang", at=NOON)
    assert made.covers(basic())
    assert not made.covers(evolve(basic(), version="2"))
    assert not made.covers(evolve(basic(), labels={"en": "Other"}))


def test_an_instant_without_a_zone_is_refused() -> None:
    """When it was published must be known."""
    with pytest.raises(InvalidInput) as refused:
        publish(basic(), author="li", publisher="wang", at=NOON.replace(tzinfo=None))
    assert (refused.value.code, refused.value.facts["name"]) == ("naive_datetime", "at")


@pytest.mark.parametrize(
    ("author", "publisher", "name"), [("", "wang", "author"), ("li", " ", "publisher")]
)
def test_nobody_is_nobody(author: str, publisher: str, name: str) -> None:
    """Both people have a name."""
    with pytest.raises(InvalidInput) as refused:
        publish(basic(), author=author, publisher=publisher, at=NOON)
    assert (refused.value.code, refused.value.facts["name"]) == ("blank", name)
