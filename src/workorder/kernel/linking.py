"""Tickets that concern each other: merging, unmerging, appealing.

What happens to two tickets happens in one commit, with an event on each.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from attrs import evolve

from workorder.errors import InvalidInput
from workorder.kernel.advance import advance, with_deed
from workorder.kernel.context import Beside, Context, Draft
from workorder.kernel.intake import stored
from workorder.refusals import Unmet
from workorder.rulebook import Rulebook
from workorder.ticket import (
    Absorbed,
    Appeal,
    Appealed,
    Command,
    MergedInto,
    MergeInto,
    Opened,
    Released,
    Sealed,
    Ticket,
    Unmerge,
    Unmerged,
)
from workorder.ticket.sealing import seal
from workorder.workflow import NEW, Step


def concerned(ticket: Ticket, command: Command, known: Mapping[str, Ticket | None]) -> str | None:
    """The next ticket that must be looked up to decide *command*, besides those already *known*
    (``None`` for one that is not there); ``None`` when nothing is missing.
    """
    name: object = None
    if command.action == MergeInto.action:  # perhaps asked for by name alone
        name = command.arguments().get("target")
    elif command.action == Unmerge.action:
        name = ticket.links.merged_into
    seen = {ticket.id}
    while isinstance(name, str) and name not in seen:
        seen.add(name)
        if name not in known:
            return name
        found = known[name]
        name = found.links.merged_into if found is not None else None
    return None


def merge_into(draft: Draft[MergeInto]) -> tuple[MergedInto, ...]:
    """It is the same matter as the target; of a chain of mergers, as the last."""
    target = _last(draft.context.others, draft.command.target)
    own = draft.present
    due, theirs = own.windows.due, target.windows.due
    sooner = due is not None and (theirs is None or due < theirs) and not target.is_led
    absorbed = Absorbed(
        draft.trace_of(target),
        draft.step_of(target),
        own.id,
        own.parties.subjects,
        own.parties.excluded,
        own.deeds,
        (*own.origin.types, own.type),
        own.counts.extensions,
        promises={"due": due} if sooner and due is not None else {},
    )
    draft.beside.append(Beside(target.id, target, (absorbed,)))
    reason = draft.seal_given("reason", draft.command.reason)
    return (MergedInto(draft.trace, draft.step, target.id, reason),)


def _last(others: Mapping[str, Ticket], name: str) -> Ticket:
    found = others.get(name)
    seen = {name}
    while found is not None and found.links.merged_into is not None:
        name = found.links.merged_into
        found = None if name in seen else others.get(name)
        seen.add(name)
    if found is None:  # in a workflow that leaves out the rule target_other_and_open
        raise InvalidInput("required", name="target")
    return found


def unmerge(draft: Draft[Unmerge]) -> tuple[Unmerged, ...]:
    """It was another matter after all."""
    into = draft.present.links.merged_into
    if into is None:
        raise InvalidInput("required", name="merged_into")
    target = draft.context.others.get(into)
    if target is not None:
        released = Released(draft.trace_of(target), draft.step_of(target), draft.present.id)
        draft.beside.append(Beside(target.id, target, (released,)))
    return (Unmerged(draft.trace, draft.step, into, draft.reason()),)


OUTSIDE = frozenset(
    {
        *("customer", "bot", "system", "intake", "intake_reviewer", "dispatcher"),
        *("panel", "candidate"),
    }
)
"""Acting in these roles is no work on the matter itself."""


def appeal(draft: Draft[Appeal]) -> tuple[Appealed, ...]:
    """A new ticket for the same customer, which nobody who worked on this one may be given."""
    old = draft.present
    worked = tuple(
        sorted(person for person, roles in old.deeds.items() if not OUTSIDE.issuperset(roles))
    )
    excluded = tuple(dict.fromkeys((*old.parties.excluded, *worked)))
    taken: dict[str, Any] = {n: v for n, v in old.fields.items() if not isinstance(v, Sealed)}
    rulebook = draft.context.current or draft.context.rulebook
    if old.type not in rulebook.form_by_type:  # the type is gone: it goes by the old rules, too
        rulebook = draft.context.rulebook
    form = rulebook.form_by_type.get(old.type)
    other: Any = _Elsewhere(draft)  # as much of a draft as sealing needs
    if form is not None:  # what is masked by now is not carried on in full
        taken |= {f.name: f.kept(taken[f.name]) for f in form.fields if f.name in taken}
    fields = {**taken, **(stored(other, form, draft.command.fields) if form else {})}
    step = _opening_step(draft, rulebook)
    limit = rulebook.workflow.settings.time_limits.get(old.type)
    due = None if limit is None else rulebook.until(draft.trace.occurred_at, limit)
    taken_on = step.category == "open" and due is not None
    opened = Opened(
        evolve(draft.trace, version=1, rulebook=rulebook.digest),
        step,
        old.type,
        old.customer,
        old.parties.subjects,
        old.origin.channel,
        None,
        fields,
        excluded,
        old.id,
        other.seal("appeal_reason", draft.command.reason),
        promises={"due": due} if taken_on and due is not None else {},
    )
    new_id = draft.context.new_id
    draft.beside.append(Beside(new_id, None, (opened,)))
    return (Appealed(draft.trace, draft.step, new_id),)


class _Elsewhere:
    """Seals values for the ticket that is being opened beside this one."""

    ticket = None

    def __init__(self, draft: Draft[Any]) -> None:
        self._draft = draft

    def seal(self, name: str, value: str) -> Sealed:
        """Keep *value* apart, with the new ticket."""
        context = self._draft.context
        taken = {kept.ref for kept in self._draft.sealed if kept.ticket_id == context.new_id}
        ref = f"1.{name}"
        if ref in taken:  # the reason, beside a field of that name
            ref = f"1.{name}~2"
        salt = context.salt(f"{context.new_id}/{ref}")
        sealed, kept = seal(context.new_id, ref, salt, value, context.algorithm)
        self._draft.sealed.append(kept)
        return sealed


def _opening_step(draft: Draft[Any], rulebook: Rulebook) -> Step:
    """How the workflow opens tickets, taken in the role in which the appeal was."""
    rows = rulebook.workflow.compiled.table.get("open", {}).get(NEW, ())
    for row in rows:
        for permit in row.permits.values():
            step = permit.step
            return evolve(step, role=draft.step.role)
    raise InvalidInput("required", name="open")


def check_appeal(ticket: Ticket, command: Appeal, context: Context) -> Iterator[Unmet]:
    """The fields given for the new ticket are fields of its form."""
    form = context.rulebook.form_by_type.get(ticket.type)
    if form is not None:
        yield from form.changes(command.fields)


def after_merged(ticket: Ticket, event: MergedInto) -> Ticket:
    """Work goes on elsewhere; it remembers where it was."""
    links = evolve(ticket.links, merged_into=event.into, before_merge=ticket.state)
    return advance(ticket, event, links=links)


def after_absorbed(ticket: Ticket, event: Absorbed) -> Ticket:
    """Another ticket is part of it now. Whoever may not judge or had worked on that one may not
    judge or has worked on this one; what its type asked for, its limit and the extensions it
    had are this one's as well; whoever agreed so far, agreed to something else.
    """
    links = evolve(ticket.links, absorbed=(*ticket.links.absorbed, event.source))
    parties = evolve(
        ticket.parties,
        subjects=_both(ticket.parties.subjects, event.subjects),
        excluded=_both(ticket.parties.excluded, event.excluded),
    )
    earlier = [each for each in event.types if each != ticket.type]
    counts = ticket.counts
    if event.extensions > counts.extensions:
        counts = evolve(counts, extensions=event.extensions)
    after = advance(
        ticket,
        event,
        links=links,
        parties=parties,
        counts=counts,
        work=evolve(ticket.work, approvals={}) if ticket.work.approvals else ticket.work,
        origin=evolve(ticket.origin, types=_both(ticket.origin.types, earlier)),
    )
    deeds = after.deeds
    for person, roles in event.deeds.items():
        for role, actions in roles.items():
            for action in actions:
                deeds = with_deed(deeds, person, role, action)
    return evolve(after, deeds=deeds)


def _both(some: tuple[str, ...], more: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*some, *more)))


def after_unmerged(ticket: Ticket, event: Unmerged) -> Ticket:
    """It goes on where it was."""
    links = evolve(ticket.links, merged_into=None, before_merge=None)
    return advance(ticket, event, links=links)


def after_released(ticket: Ticket, event: Released) -> Ticket:
    """It is part of it no more."""
    absorbed = _without(ticket.links.absorbed, event.source)
    return advance(ticket, event, links=evolve(ticket.links, absorbed=absorbed))


def _without(names: Iterable[str], name: str) -> tuple[str, ...]:
    return tuple(each for each in names if each != name)


def after_appealed(ticket: Ticket, event: Appealed) -> Ticket:
    """It is appealed."""
    return advance(ticket, event, links=evolve(ticket.links, appeal=event.appeal))


DECIDERS: Mapping[type, Any] = {MergeInto: merge_into, Unmerge: unmerge, Appeal: appeal}

EVOLVERS: Mapping[type, Any] = {
    MergedInto: after_merged,
    Absorbed: after_absorbed,
    Unmerged: after_unmerged,
    Released: after_released,
    Appealed: after_appealed,
}

CHECKS: Mapping[type, Any] = {Appeal: check_appeal}
