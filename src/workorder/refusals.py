"""A refusal: why a command was not carried out, as a value.

A refusal is an answer, not a crash. It has one ``code`` (what kind of refusal),
the list of *everything* that stands in the way, and what would be allowed instead.
When several kinds apply, the first of :data:`PRECEDENCE` is the one given, so that
the same situation always gets the same answer.

A *repeat* of an accepted command is not in the list: it is answered with the first
answer, between ``not_found`` and ``stale``.
"""

from collections.abc import Mapping
from datetime import tzinfo
from typing import Literal

from attrs import field, frozen

from workorder.texts import ENGLISH, PROBLEMS, REFUSALS, Label, Texts, fill, is_chinese, shown

PRECEDENCE = (
    "unknown_role",
    "not_found",
    "command_reused",
    "stale",
    "conflict",
    "opaque_history",
    "clock_skew",
    "unknown_type",
    "unknown_action",
    "unknown_state",
    "wrong_state",
    "not_permitted",
    "invalid_arguments",
    "rules",
    "not_eligible",
    "rulebook_change",
    "legal_hold",
    "capacity_taken",
)
"""Refusal codes, the one that is reported first at the front."""


@frozen
class Unmet:
    """One thing that stands in the way: a rule that does not hold, or a bad argument.

    Attributes:
        name: the rule, argument or field.
        code: what kind of problem (the rule's name for a rule that simply does not hold).
        facts: what the sentence speaks about.
        texts: the sentence, one template per language.
    """

    name: str
    code: str
    facts: Mapping[str, object] = {}
    texts: Texts = {}

    def text(self, language: str = ENGLISH, zone: tzinfo | None = None) -> str:
        """The sentence for people, in *language*; instants in *zone*."""
        texts = self.texts or PROBLEMS.get(self.code, {})
        return fill(texts, self.facts, language, zone) or self.code


def problem(name: str, code: str, **facts: object) -> Unmet:
    """A bad argument or field, with its sentence from the catalogue.

    >>> problem("reason", "required").text("zh-CN")
    'reason：必填'
    """
    return Unmet(name, code, {"name": name, **facts}, PROBLEMS[code])


@frozen
class Refusal:
    """Why a command is refused.

    Attributes:
        code: one of :data:`PRECEDENCE`.
        unmet: every rule or argument that stands in the way, all at once.
        allowed: the actions this person may take now, if they give the right arguments.
        facts: what the sentence speaks about (action, state, actor…).
        zone: the time zone in which its sentences say instants; as they are, if not given.
    """

    code: str
    unmet: tuple[Unmet, ...] = ()
    allowed: tuple[Label, ...] = ()
    facts: Mapping[str, object] = {}
    zone: tzinfo | None = field(default=None, eq=False, repr=False)

    def __bool__(self) -> Literal[False]:
        """A refusal is false, so that ``if verdict:`` reads as it should."""
        return False

    def text(self, language: str = ENGLISH) -> str:
        """The whole refusal for people: the reason, every unmet rule, what is possible now."""
        chinese = is_chinese(language)
        lines = [fill(REFUSALS[self.code], self.facts, language, self.zone)]
        lines += [f"- {unmet.text(language, self.zone)}" for unmet in self.unmet]
        if self.allowed:
            lines.append(
                ("现在可以：" if chinese else "Possible now: ") + shown(self.allowed, language)
            )
        return "\n".join(lines)

    def as_data(self, language: str = ENGLISH) -> dict[str, object]:
        """The refusal as plain data (for JSON answers): codes and names, and the sentences."""
        return {
            "code": self.code,
            "text": fill(REFUSALS[self.code], self.facts, language, self.zone),
            "unmet": [
                {"name": unmet.name, "code": unmet.code, "text": unmet.text(language, self.zone)}
                for unmet in self.unmet
            ],
            "allowed": [label.name for label in self.allowed],
        }
