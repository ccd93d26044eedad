"""The workflow: states, roles, actions and rows as one immutable value.

Making one checks it: a workflow that names what it does not have, or that leaves a state
nobody can reach, is refused at construction with every finding at once. It is compiled
then, too.
"""

from collections.abc import Mapping
from datetime import datetime

from attrs import field, frozen

from workorder.errors import ConfigurationError
from workorder.instants import aware
from workorder.refusals import Refusal
from workorder.texts import Label
from workorder.workflow import evaluate as judging
from workorder.workflow import options as judging_options
from workorder.workflow.case import Actor, Case
from workorder.workflow.compiled import Compiled
from workorder.workflow.definition import Definition
from workorder.workflow.findings import findings
from workorder.workflow.options import NO_ARGUMENTS
from workorder.workflow.roles import Role
from workorder.workflow.states import State
from workorder.workflow.verdicts import Option, Permitted


@frozen(kw_only=True)
class Workflow(Definition):
    """How work orders move.

    The parts are those of a :class:`~workorder.workflow.definition.Definition`;
    :attr:`compiled` is the same, made ready for judging.

    Raises:
        ConfigurationError: with every finding, each with the key where it stands.
    """

    compiled: Compiled = field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        found = findings(self)
        if found:
            raise ConfigurationError(found)
        object.__setattr__(self, "compiled", Compiled(self))

    @property
    def state_by_name(self) -> Mapping[str, State]:
        """Every state."""
        return self.compiled.states

    @property
    def role_by_name(self) -> Mapping[str, Role]:
        """Every role."""
        return self.compiled.roles

    @property
    def labels(self) -> Mapping[str, Label]:
        """The labelled names of states, the one before opening among them."""
        return self.compiled.labels

    @property
    def role_labels(self) -> Mapping[str, Label]:
        """The labelled names of roles."""
        return self.compiled.role_labels

    @property
    def action_labels(self) -> Mapping[str, Label]:
        """The labelled names of actions."""
        return self.compiled.actions

    def customer_label(self, case: Case) -> Label:
        """What the customer sees of *case*: its state as the customer knows it, or, on hold, what
        the reason says; the bare name of a state that the workflow does not have.
        """
        state = self.compiled.states.get(case.state)
        reason = self.settings.hold_reason(case.value("hold_reason"))
        ended = state is not None and state.ended  # merged or cancelled while it was on hold
        if reason is not None and reason.customer_labels and not ended:
            return Label(case.state, reason.customer_labels)
        return Label(case.state) if state is None else state.customer_label

    def evaluate(
        self,
        case: Case,
        action: str,
        *,
        actor: Actor,
        at: datetime,
        arguments: Mapping[str, object] = NO_ARGUMENTS,
        related: Mapping[str, Case] = judging.NOTHING,
    ) -> Permitted | Refusal:
        """Judge one action on *case*, a host's own object or a ticket.

        Args:
            case: anything that satisfies :class:`~workorder.workflow.Case`.
            action: the action's name.
            actor: who wants to act.
            at: the instant, with a time zone.
            arguments: what the action is given, by name.
            related: other cases the action concerns, by id (the target of a merge).

        Returns:
            :class:`Permitted` with the step, or a :class:`~workorder.refusals.Refusal` with
            every reason. Both work in ``if``: a refusal is false.

        Raises:
            InvalidInput: ``naive_datetime`` when *at* has no zone.
        """
        instant = aware(at, "at")
        return judging.evaluate(self.compiled, case, action, actor, instant, arguments, related)

    def options(self, case: Case, *, actor: Actor, at: datetime) -> tuple[Option, ...]:
        """Every action but opening, as *actor* may take it on *case* now; with all reasons."""
        return judging_options.options(self.compiled, case, actor, aware(at, "at"))

    def option(self, case: Case, action: str, *, actor: Actor, at: datetime) -> Option:
        """One action as *actor* may take it on *case*; see :meth:`options`.

        Raises:
            KeyError: when the workflow has no such action.
        """
        return judging_options.option(self.compiled, case, action, actor, aware(at, "at"))
