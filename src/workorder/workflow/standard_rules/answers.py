"""What a case answers by name: everything that the rules that ship ask for.

A ticket answers all of it; a host's own case answers what it knows, and ``None`` to the rest.
"""

from typing import Literal

from attrs import frozen

Kind = Literal["text", "names", "state", "flag", "number", "instant", "instants", "table", "any"]
"""What an answer is; ``instants`` and ``table`` are mappings."""


@frozen
class Answer:
    """One name.

    Attributes:
        name: what :meth:`~workorder.workflow.Case.value` is asked; one that ends in ``…`` stands
            for every name that begins like it.
        kind: what the answer is, unless it is ``None``.
        means: what it says.
    """

    name: str
    kind: Kind
    means: str

    def covers(self, name: str) -> bool:
        """Whether this is the one that says what *name* means."""
        if self.name.endswith("…"):
            return name.startswith(self.name[:-1])
        return name == self.name


ANSWERS: tuple[Answer, ...] = (
    Answer("id", "text", "its own number, as others name it"),
    # intake
    Answer("opened_by", "text", "who opened it"),
    Answer("channel", "text", "through which channel it came"),
    Answer("form_problems", "names", "fields given at opening that its form does not accept"),
    Answer("intake_approved", "flag", "its intake was approved, and nothing edited since"),
    Answer("earlier_types", "names", "types it had before, or that were merged into it"),
    # people
    Answer("subjects", "names", "people whom the complaint is about"),
    Answer("excluded", "names", "people who worked on the case that this one appeals"),
    # offers
    Answer("offered_to", "text", "to whom it is offered"),
    Answer("offer_until", "instant", "when that offer ends"),
    Answer("not_taken", "instants", "who did not take it, and when last"),
    # waiting
    Answer("hold_reason", "text", "why it waits"),
    Answer("before_hold", "state", "the state it waits from, and returns to"),
    # work with others
    Answer("open_subtasks", "table", "sub-tasks that are open: their number, and the department"),
    Answer("asked", "names", "departments that owe an answer"),
    Answer("panel_members", "names", "the members of the panel that is open"),
    Answer("approvals.…", "names", "who has agreed to the step of that name, in this round"),
    # windows
    Answer("due", "instant", "until when it is to be resolved"),
    Answer("extension", "text", "`requested`, or `granted` while the customer is not told of it"),
    Answer("extension_requester", "text", "who asked for that extension"),
    Answer("close_from", "instant", "when its quiet period ends"),
    Answer("reopen_until", "instant", "until when it may be reopened"),
    Answer("appeal_until", "instant", "until when it may be appealed"),
    Answer("urged", "instants", "who urged, and from when they may again"),
    Answer("told", "instants", "what the customer was told about, and when"),
    Answer("rated", "flag", "the customer has rated its present resolution"),
    # other tickets
    Answer("merged_into", "text", "the ticket that it was merged into"),
    Answer("before_merge", "state", "the state it was merged from, and returns to"),
    Answer("appeal", "text", "the ticket that appeals this one"),
    Answer("appeal_of", "text", "the ticket that this one appeals"),
    # groups
    Answer("counts.declines", "number", "how often it was declined"),
    Answer("counts.escalations", "number", "how often it was escalated"),
    Answer("counts.…", "number", "how often anything else happened: `counts.extensions`"),
    Answer("times.…", "instant", "when something happened: `times.opened`"),
    Answer("fields.…", "any", "the field of that name on its form: `fields.amount`"),
)
"""Every name, with what it means."""


def answer_to(name: str) -> Answer | None:
    """What *name* means, if a rule or a condition may ask for it.

    >>> answer_to("counts.declines").means
    'how often it was declined'
    """
    return next((each for each in ANSWERS if each.covers(name)), None)
