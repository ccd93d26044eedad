"""What becomes of a ticket that is moved to another rulebook, and whether it can be.

A :class:`Plan` says what the new rulebook cannot know by itself: which state of the new
workflow stands for one that is gone or split, and what becomes of instants that were promised.
:func:`verdict` says for one ticket what would follow, with every reason against it. It changes
nothing; the kernel moves tickets, by the same verdict.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Literal

from attrs import field, frozen

from workorder.conditions import ALWAYS, Condition, compile_condition, to_data
from workorder.errors import InvalidInput
from workorder.refusals import Unmet, problem
from workorder.rulebook.rulebook import Rulebook
from workorder.texts import CHINESE, ENGLISH, Label, Texts, in_language, is_chinese
from workorder.ticket import Ticket
from workorder.workflow import SAME, Row, State
from workorder.workflow.case import case_value
from workorder.workflow.compiled import ways_back

Clocks = Literal["carry", "restart"]

CLOCKS: tuple[Clocks, ...] = ("carry", "restart")

BEFORE_HOLD = "before_hold"
BEFORE_MERGE = "before_merge"
"""Under which names a ticket remembers where it returns to."""


@frozen
class Split:
    """One of several states that stand for an old one.

    Attributes:
        to: the state of the new workflow.
        when: for which tickets, as they stand before they are moved.
    """

    to: str
    when: Condition = ALWAYS
    applies: Callable[[Any], bool] = field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "applies", compile_condition(self.when, case_value))


def _states(
    given: Mapping[str, "str | Split | Iterable[Split]"],
) -> Mapping[str, tuple[Split, ...]]:
    if not isinstance(given, Mapping):
        raise InvalidInput(
            "wrong_type", name="states", expected="a table", found=type(given).__name__
        )
    made = {}
    for state, to in given.items():
        several = (Split(to),) if isinstance(to, str) else (to,) if isinstance(to, Split) else to
        sound = isinstance(several, tuple | list) and several
        if not sound or not all(isinstance(each, Split) for each in several):
            expected = "a state, or several Split(to, when)"
            found = type(to).__name__
            raise InvalidInput("wrong_type", name=state, expected=expected, found=found)
        made[state] = tuple(several)
    return made


@frozen
class Plan:
    """How tickets are moved from one rulebook to another.

    Attributes:
        states: for an old state what stands for it, also where a ticket returns to it: a state
            of the new workflow, or several :class:`Split`, of which the first that applies is
            taken. A state that both workflows have need not be named.
        windows: ``carry`` keeps every instant that was promised. ``restart`` reckons them
            again by the new settings: the time limit from acceptance (unless it was extended),
            quiet period and windows from when the ticket came into its state, the appeal from
            when the customer was told, a hold from its beginning (unless somebody chose its end).

    Raises:
        InvalidInput: when it says something else.

    >>> Plan({"pending": "waiting"}).states["pending"][0].to
    'waiting'
    """

    states: Mapping[str, tuple[Split, ...]] = field(factory=dict, converter=_states)
    windows: Clocks = "carry"

    def __attrs_post_init__(self) -> None:
        if self.windows not in CLOCKS:
            raise InvalidInput("not_a_choice", name="windows", found=self.windows, choices=CLOCKS)

    def as_data(self) -> dict[str, Any]:
        """The plan as plain data."""
        states = {
            state: [{"to": each.to, "when": to_data(each.when)} for each in several]
            for state, several in self.states.items()
        }
        return {"states": states, "windows": self.windows}


_NO_PLAN = Plan()

Answer = Literal["safe", "needs_map", "blocked"]

_ANSWERS: Mapping[Answer, Texts] = {
    "safe": {ENGLISH: "safe", CHINESE: "可以迁移"},
    "needs_map": {ENGLISH: "needs a map", CHINESE: "需指定对应状态"},
    "blocked": {ENGLISH: "blocked", CHINESE: "不能迁移"},
}
_NEEDS_MAP = frozenset({"state_gone", "no_case_applies"})
"""Reasons that another plan does away with."""


@frozen
class Verdict:
    """What would become of one ticket under the new rulebook.

    Attributes:
        ticket_id: the ticket.
        verdict: ``safe``; ``needs_map``, when the plan must say more; ``blocked``.
        from_state: the state it is in.
        to_state: the state it would be in; ``None`` where that cannot be said.
        reasons: everything that stands in the way.
        before_hold: the state a hold would return to.
        before_merge: the state a merged ticket would return to.
        there: it goes by the new rulebook already; nothing is left to do.
    """

    ticket_id: str
    verdict: Answer
    from_state: str
    to_state: str | None = None
    reasons: tuple[Unmet, ...] = ()
    before_hold: str | None = None
    before_merge: str | None = None
    there: bool = False

    @property
    def safe(self) -> bool:
        """Whether nothing stands in the way."""
        return self.verdict == "safe"

    def text(self, language: str = ENGLISH) -> str:
        """The verdict for people: what would happen, or every reason why not."""
        colon = "：" if is_chinese(language) else ": "
        way = f"{self.from_state} → {self.to_state or '?'}"
        head = f"{self.ticket_id}{colon}{in_language(_ANSWERS[self.verdict], language)}, {way}"
        if is_chinese(language):
            head = head.replace(", ", "，")
        return "\n".join([head, *(f"- {each.text(language)}" for each in self.reasons)])

    def as_data(self, language: str = ENGLISH) -> dict[str, Any]:
        """The verdict as plain data, with sentences in *language*."""
        return {
            "ticket": self.ticket_id,
            "verdict": self.verdict,
            "there": self.there,
            "from": self.from_state,
            "to": self.to_state,
            "before_hold": self.before_hold,
            "before_merge": self.before_merge,
            "reasons": [
                {"name": each.name, "code": each.code, "text": each.text(language)}
                for each in self.reasons
            ],
        }


def verdict(ticket: Ticket, old: Rulebook | None, new: Rulebook, plan: Plan = _NO_PLAN) -> Verdict:
    """What would become of *ticket* if it were moved from *old* to *new*. Nothing is changed.

    Args:
        ticket: as it stands.
        old: the rulebook that it goes by; ``None`` where that is not at hand.
        new: the rulebook that it would go by.
        plan: what becomes of states that are gone, and of what was promised.

    Returns:
        Safe, or every reason why not; :attr:`Verdict.there` where nothing is left to do.
    """
    hold = ticket.work.hold.before if ticket.work.hold is not None else None
    merge = ticket.links.before_merge
    if ticket.origin.rulebook == new.digest:
        here = ticket.state
        return Verdict(ticket.id, "safe", here, here, (), hold, merge, there=True)
    if old is None or old.digest != ticket.origin.rulebook:
        lost = problem("rulebook", "rulebook_not_here", rulebook=ticket.origin.rulebook)
        return Verdict(ticket.id, "blocked", ticket.state, None, (lost,))
    way = _Way(ticket, old, new, plan)
    to = way.mapped("state", ticket.state)
    returns = {name: way.mapped(name, state) for name, state in _remembered(hold, merge)}
    way.judge(to, returns)
    reasons = (*_missing(ticket, new), *_uncounted(ticket, new, plan), *way.reasons)
    answer: Answer = "safe"
    if reasons:
        mapping = all(each.code in _NEEDS_MAP for each in reasons)
        answer = "needs_map" if mapping else "blocked"
    back = (returns.get(BEFORE_HOLD), returns.get(BEFORE_MERGE))
    return Verdict(ticket.id, answer, ticket.state, to, reasons, *back)


def _remembered(hold: str | None, merge: str | None) -> Iterator[tuple[str, str]]:
    if hold is not None:
        yield BEFORE_HOLD, hold
    if merge is not None:
        yield BEFORE_MERGE, merge


def _missing(ticket: Ticket, new: Rulebook) -> Iterator[Unmet]:
    """What the ticket has besides states that the new rulebook does not know."""
    if ticket.type not in new.form_by_type:
        yield problem("type", "type_gone", type=ticket.type)
    unknown = tuple(kind for kind in ticket.kinds if kind not in new.known_events)
    if unknown:
        yield problem("events", "events_unknown", types=unknown)
    hold = ticket.work.hold
    if hold is not None and new.workflow.settings.hold_reason(hold.reason) is None:
        yield problem("hold_reason", "hold_reason_gone", reason=hold.reason)


def _uncounted(ticket: Ticket, new: Rulebook, plan: Plan) -> Iterator[Unmet]:
    """Calendars that its clocks have counted by, and that the new rulebook does not have: what was
    used would be counted by another one.
    """
    levels = new.sla
    if levels is None or plan.windows == "restart":
        return
    from workorder.sla.clocks.levels import USUAL

    for name, clock in ticket.clocks.items():
        if not clock.active or name not in levels.by_name:
            continue
        used = dict.fromkeys(each.calendar.partition("@")[0] for each in clock.segments)
        for calendar in used:
            if calendar not in {USUAL, *levels.calendars}:
                label = levels.by_name[name].label
                yield problem("clocks", "calendar_gone", clock=label, calendar=calendar)


class _Way:
    """The way of one ticket from workflow to workflow, and what stands in it."""

    def __init__(self, ticket: Ticket, old: Rulebook, new: Rulebook, plan: Plan) -> None:
        self.reasons: list[Unmet] = []
        self._ticket = ticket
        self._before = old.workflow
        self._after = new.workflow
        self._plan = plan

    def mapped(self, name: str, state: str) -> str | None:
        """The state that stands for the old *state*; nothing, where that cannot be said."""
        known = self._after.state_by_name
        several = self._plan.states.get(state)
        old = self._before.labels.get(state, Label(state))
        if several is None:
            if state in known:
                return state
            self._say(name, "state_gone", state=old)
            return None
        to = next((each.to for each in several if each.applies(self._ticket)), None)
        if to is None:
            self._say(name, "no_case_applies", state=old)
        elif to not in known:
            self._say(name, "not_a_state", state=old, found=to)
        else:
            self._same_standing(name, state, to)
            return to
        return None

    def _same_standing(self, name: str, state: str, to: str) -> None:
        """Refuse a plan that concludes, ends or reopens what the rules have not."""
        old, new = self._before.state_by_name.get(state), self._after.state_by_name[to]
        if to != state and old is not None and _standing(old) != _standing(new):
            self._say(name, "other_standing", state=old.label, to=new.label)

    def judge(self, to: str | None, returns: Mapping[str, str | None]) -> None:
        """Find whether the ticket can go on from where it would be."""
        if to is None:
            return
        labels = self._after.labels
        merged = BEFORE_MERGE in returns
        for name, before in returns.items():
            # What is merged while it is on hold returns to the hold first.
            place = returns[BEFORE_MERGE] if name == BEFORE_HOLD and merged else to
            if (
                before is not None
                and place is not None
                and not self._leads_back(name, place, before)
            ):
                self._say(name, "no_return", state=labels[place], to=labels[before])
        state = self._before.state_by_name.get(self._ticket.state)
        over = state is not None and state.category == "final"
        if not over and not any(self._leads_out(row, to, returns) for row in self._rows(to)):
            self._say("state", "no_way_out", state=labels[to])

    def _rows(self, state: str) -> Iterator[Row]:
        return (row for row in self._after.rows if state in row.sources)

    def _leads_out(self, row: Row, state: str, returns: Mapping[str, str | None]) -> bool:
        if row.returns:
            before = returns.get(row.target[1:])
            return before is not None and before in ways_back(self._after.rows, state)
        return row.target not in {SAME, state}

    def _leads_back(self, name: str, state: str, before: str) -> bool:
        """Whether the new workflow leads from *state* back to *before*; a final state need not."""
        rows = [row for row in self._rows(state) if row.returns and row.target[1:] == name]
        if not rows:
            return self._after.state_by_name[state].category == "final"
        return before in ways_back(self._after.rows, state)

    def _say(self, name: str, code: str, **facts: object) -> None:
        self.reasons.append(problem(name, code, **facts))


def _standing(state: State) -> str:
    """How far work is: being done, concluded, or at its end."""
    if state.ended:
        return state.category
    return "resolved" if state.resolved else "open"
