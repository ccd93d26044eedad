"""Publishing an edition of a rulebook: one person writes it, another one lets it out."""

import unicodedata
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from attrs import field, frozen

from workorder.canonical import normal_text
from workorder.errors import CommandRefused, InvalidInput
from workorder.instants import aware
from workorder.refusals import Refusal, Unmet
from workorder.rulebook.rulebook import Rulebook
from workorder.texts import CHINESE, ENGLISH, Label, Texts
from workorder.values import CODE_LIMIT, check_value

_ACTION = Label("publish_rulebook", {ENGLISH: "Publish the rulebook", CHINESE: "发布规则手册"})

_OTHERWISE: Texts = {
    ENGLISH: "{author} wrote this edition; somebody else must publish it",
    CHINESE: "该版本由 {author} 编写，须由他人发布",
}


@frozen
class Publication:
    """That an edition was published: what exactly, by whom, and when.

    Attributes:
        name: of the rulebook.
        version: its edition.
        digest: of everything it says.
        digests: of its parts.
        author: who wrote it.
        publisher: who let it out; somebody else.
        at: when, in UTC.
    """

    name: str
    version: str
    digest: str
    digests: Mapping[str, str] = field(hash=False)
    author: str
    publisher: str
    at: datetime

    def covers(self, rulebook: Rulebook) -> bool:
        """Whether *rulebook* says exactly what was published."""
        return self.digest == rulebook.digest


def publish(rulebook: Rulebook, *, author: str, publisher: str, at: datetime) -> Publication:
    """Publish *rulebook*: *publisher* answers for what *author* wrote.

    Raises:
        CommandRefused: ``rules`` with ``publisher_differs`` unmet when they are one person, however
            their name is written (letters large or small, wide or narrow, blanks around it).
        InvalidInput: when a name is blank or *at* has no time zone.

    >>> from datetime import UTC
    >>> from workorder.rulebook import basic
    >>> at = datetime(2026, 11, 22, tzinfo=UTC)
    >>> publish(basic(), author="li", publisher="wang", at=at).covers(basic())
    True
    """
    instant = aware(at, "at")
    author, publisher = _named(author, "author"), _named(publisher, "publisher")
    if _person(author) == _person(publisher):
        unmet = Unmet("publisher_differs", "publisher_differs", {"author": author}, _OTHERWISE)
        raise CommandRefused(Refusal("rules", (unmet,), facts={"action": _ACTION}))
    return Publication(
        name=rulebook.name,
        version=rulebook.version,
        digest=rulebook.digest,
        digests=rulebook.digests,
        author=author,
        publisher=publisher,
        at=instant,
    )


def _named(value: Any, name: str) -> str:
    """Somebody's name as it is recorded: in normal form, without blanks around it."""
    known: str = normal_text(value).strip() if isinstance(value, str) else value
    found = check_value(name, "code", known, CODE_LIMIT)
    if found is not None:
        raise InvalidInput(found.code, **found.facts)
    return known


def _person(name: str) -> str:
    """The same text for every way to write one name."""
    return unicodedata.normalize("NFKC", name).casefold().strip()
