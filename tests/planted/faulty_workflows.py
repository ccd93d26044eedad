"""Workflows with one fault planted in each, and what must be found: keys, and how bad it is.

Where one fault has consequences that are mistakes of their own, they are listed after it.
"""

from attrs import evolve, frozen

from tests.planted.sound_workflow import (
    SOUND,
    WAITING,
    action,
    called,
    changed,
    more,
    row,
    settings,
    state,
    states,
    taking,
    undecided,
    using,
    without,
)
from workorder.conditions import ALWAYS, Condition, where
from workorder.workflow import SAME, Action, Approval, Argument, Definition, Role, Row, Use


@frozen
class Fault:
    """A definition with one fault.

    Attributes:
        definition: the definition.
        keys: where something must be found, and nowhere else; consequences after the first.
        found: words that the first finding must have.
        severity: of all of them.
    """

    definition: Definition
    keys: tuple[str, ...]
    found: str
    severity: str = "error"


def trapped() -> Definition:
    """Two states that lead to each other only."""
    return evolve(
        more(
            Row("send_off", "working", "lost", "clerk"),
            Row("wander", "lost", "astray", "clerk"),
            Row("turn_back", "astray", "lost", "clerk"),
        ),
        states=(*SOUND.states, state("lost"), state("astray")),
    )


def held_for_ever() -> Definition:
    """A state from which a ticket can only be held, so that resuming leads back there."""
    return evolve(
        more(
            Row("park", "working", "parked", "clerk"),
            Row("hold_parked", "parked", "dormant", "clerk"),
            Row("wake", "dormant", "@before_dormant", "clerk"),
        ),
        states=(*SOUND.states, state("parked"), state("dormant")),
    )


def opened_on_hold() -> Definition:
    """A state with a way back only, in which tickets are opened too: they come from nowhere."""
    return evolve(
        more(
            Row("open", (), "asleep", "clerk"),
            Row("sleep", "working", "asleep", "clerk"),
            Row("wake", "asleep", "@before_sleep", "clerk"),
        ),
        states=(*(evolve(each, category="open") if each.name == "new" else each
                  for each in SOUND.states), state("asleep", "initial")),
    )  # fmt: skip


def read_only_way_out() -> Definition:
    """A state that only a role declared read-only could lead out of."""
    return evolve(
        more(
            Row("send_off", "working", "lost", "clerk"),
            Row("find", "lost", "working", "auditor"),
        ),
        states=(*SOUND.states, state("lost")),
    )


ASKING = Use("approval_rank_sufficient", {"step": "note"})


def asked(
    rule: str | Use, *more: Approval, ranks: tuple[int, ...] = (1,), when: Condition = ALWAYS
) -> Definition:
    """The sound definition with approvals of a note, which a rule asks about."""
    plain = row("note", rules=(rule,))
    approvals = (Approval("note", ranks, when), *more)
    return evolve(plain, settings=evolve(plain.settings, approvals=approvals))


LATE = state("late")

FAULTS: dict[str, Fault] = {
    # names
    "a state twice": Fault(states(SOUND.states[1]), ("states.working",), "2 times"),
    "a role twice": Fault(
        changed(roles=(*SOUND.roles, SOUND.roles[0])), ("roles.clerk",), "2 times"
    ),
    "an action twice": Fault(
        changed(actions=(*SOUND.actions, SOUND.actions[0])), ("actions.open",), "2 times"
    ),
    "a role without a name": Fault(
        changed(
            roles=(*SOUND.roles, Role("", labels=called("x"), read_only=True)),
        ),
        ("roles",),
        "an empty name",
    ),
    "a state called like a sign": Fault(
        evolve(
            more(Row("go", "working", "@x", "clerk"), Row("back", "@x", "working", "clerk")),
            states=(*SOUND.states, state("@x")),
        ),
        ("states.@x", "states.@x", "actions.go.to"),
        "a sign that targets use",
    ),
    "an unknown stage": Fault(
        states(working={"stage": "handlign"}), ("states.working.stage",), "handlign"
    ),
    "an unknown category": Fault(
        states(working={"category": "opne"}), ("states.working.category",), "opne"
    ),
    "no initial state": Fault(states(new={"category": "open"}), ("states",), "none"),
    "two initial states": Fault(
        states(working={"category": "initial"}), ("states",), "initial states: new, working"
    ),
    "an unknown action": Fault(
        changed(rows=(*SOUND.rows, Row("finsh", "working", "done", "clerk"))),
        ("actions.finsh",),
        "the action finsh",
    ),
    "an unknown source": Fault(
        row("note", sources=("new", "wroking")), ("actions.note.from",), "wroking"
    ),
    "an unknown source of the second row": Fault(
        row("finish", 1, sources=("wroking",)), ("actions.finish.rows[1].from",), "wroking"
    ),
    "an unknown target": Fault(row("start", target="wroking"), ("actions.start.to",), "wroking"),
    "an unknown target of the first row": Fault(
        row("finish", target="doen"), ("actions.finish.rows[0].to",), "doen"
    ),
    "a target that is not remembered": Fault(
        row("resume", target="@"), ("actions.resume.to",), "@"
    ),
    "no role": Fault(row("note", roles=()), ("actions.note.roles",), "none"),
    "an unknown role": Fault(
        row("note", roles=("clerk", "cheif")), ("actions.note.roles",), "cheif"
    ),
    "an action without a row": Fault(
        changed(actions=(*SOUND.actions, action("archvie"))), ("actions.archvie",), "no row"
    ),
    "an argument twice": Fault(
        taking(Argument("text"), Argument("text")), ("actions.note.arguments.text",), "2 times"
    ),
    "choices of a number": Fault(
        taking(Argument("score", "integer", choices=("1", "2"))),
        ("actions.note.arguments.score.choices",),
        "1, 2 for the kind integer",
    ),
    "a choice that is too long": Fault(
        taking(Argument("answer", "code", limit=3, choices=("yes", "maybe"))),
        ("actions.note.arguments.answer.choices",),
        "“maybe”",
    ),
    "an argument of an unknown kind": Fault(
        taking(Argument("at", "instnat")),  # type: ignore[arg-type]
        ("actions.note.arguments.at.kind",),
        "instnat",
    ),
    "a sealed number": Fault(
        taking(Argument("score", "integer", sensitive=True)),
        ("actions.note.arguments.score.sensitive",),
        "true for the kind integer",
    ),
    # rules and what their parameters name
    "an unknown rule": Fault(
        using("reason_givn"), ("actions.note.rules.reason_givn",), "an unknown rule"
    ),
    "an unknown rule of the second row": Fault(
        row("finish", 1, rules=("is_asignee", "resolution_given")),
        ("actions.finish.rows[1].rules.is_asignee",),
        "an unknown rule",
    ),
    "an unknown parameter": Fault(
        using("sized", most=1), ("actions.note.rules.sized.most",), "an unknown parameter"
    ),
    "a parameter where none is taken": Fault(
        using("is_assignee", x=1), ("actions.note.rules.is_assignee.x",), "an unknown parameter"
    ),
    "a parameter of a wrong type": Fault(
        using("sized", least="5"), ("actions.note.rules.sized.least",), "“5”"
    ),
    "four eyes on a role nobody has": Fault(
        using("not_own_work", roles=("clrek", "assignee")),
        ("actions.note.rules.not_own_work.roles",),
        "clrek",
    ),
    "four eyes besides an unknown action": Fault(
        using("not_own_work", besides=("opne",)),
        ("actions.note.rules.not_own_work.besides",),
        "opne",
    ),
    "a rule besides an unknown role": Fault(
        using("sized", besides_roles=("cheif",)),
        ("actions.note.rules.sized.besides_roles",),
        "cheif",
    ),
    "a rule about an unknown state": Fault(
        using("quiet", states=("nwe",)), ("actions.note.rules.quiet.states",), "nwe"
    ),
    "a rule about an unknown setting": Fault(
        using("quiet", setting="windwo"), ("actions.note.rules.quiet.setting",), "windwo"
    ),
    "a rule about an unknown step": Fault(
        using("quiet", step="aprove"), ("actions.note.rules.quiet.step",), "aprove"
    ),
    # settings
    "a hold reason twice": Fault(
        settings(hold_reasons=(WAITING, WAITING)),
        ("settings.hold_reasons.waiting",),
        "2 times",
    ),
    "a hold reason that does not say what it pauses": Fault(
        undecided(pauses=None), ("settings.hold_reasons.waiting.pauses",), "no decision"
    ),
    "a hold reason that pauses something unknown": Fault(
        undecided(pauses="intrenal"), ("settings.hold_reasons.waiting.pauses",), "intrenal"
    ),
    "a hold reason that does not say how long": Fault(
        undecided(longest=None), ("settings.hold_reasons.waiting.longest",), "no decision"
    ),
    "a hold reason that ends on an unknown action": Fault(
        undecided(resumes_on=("ntoe",)), ("settings.hold_reasons.waiting.resumes_on",), "ntoe"
    ),
    "an approval of an unknown step": Fault(
        settings(approvals=(Approval("finish", (1,)), Approval("finihs", (1,)))),
        ("settings.approvals[1].step", "settings.approvals[0].step"),
        "finihs",
    ),
    "an approval by nobody": Fault(
        settings(approvals=(Approval("finish", ()),)),
        ("settings.approvals[0].ranks", "settings.approvals[0].step"),
        "none",
    ),
    "an approval that no row asks about": Fault(
        settings(approvals=(Approval("finish", (1,)),)),
        ("settings.approvals[0].step",),
        "finish, which no row asks about",
    ),
    "a rule about another step than its own": Fault(
        asked("approval_rank_sufficient"),
        ("actions.note.rules.approval_rank_sufficient",),
        "no step, which means “approve”",
    ),
    "an approval that is never applied": Fault(
        asked(ASKING, Approval("note", (2,), where("type").equals("x"))),
        ("settings.approvals[1]",),
        "never applied",
    ),
    "falling ranks": Fault(
        asked(ASKING, ranks=(5, 3)), ("settings.approvals[0].ranks",), "falling ranks: 5, 3"
    ),
    "a condition that is misspelt": Fault(
        asked(ASKING, when=where("departmnet").equals("x")),
        ("settings.approvals[0].when",),
        "departmnet",
    ),
    "a condition on an unknown state": Fault(
        asked(ASKING, when=where("state").one_of(["new", "nwe"]) & where("own_name").is_missing()),
        ("settings.approvals[0].when",),
        "state nwe",
    ),
    "a hold that an action does not end": Fault(
        undecided(resumes_on=("note",)),
        ("settings.hold_reasons.waiting.resumes_on",),
        "note, which takes no ticket out of a hold",
    ),
    "a way back that is misspelt": Fault(
        row("resume", target="@before_hodl"), ("actions.resume.to",), "@before_hodl"
    ),
    "a way back that a host may remember": Fault(
        row("resume", target="@before_lunch"),
        ("actions.resume.to",),
        "@before_lunch, which no ticket remembers",
        "warning",
    ),
    "a way back that nothing fills": Fault(
        evolve(
            more(
                Row("park", "working", "parked", "clerk"),
                Row("unpark", "parked", "@before_hold", "clerk"),
            ),
            states=(*SOUND.states, state("parked")),
        ),
        ("states.parked",),
        "left only by @before_hold, which means nothing after park",
    ),
    "a rating upside down": Fault(settings(rating=(5, 1)), ("settings.rating",), "5 to 1"),
    # shape
    "no way to open": Fault(without("open"), ("rows",), "no row without sources"),
    "opening into nothing": Fault(row("open", target=SAME), ("actions.open.to",), "="),
    "opening back to somewhere": Fault(row("open", target="@x"), ("actions.open.to",), "@x"),
    "opening in the middle": Fault(
        more(Row("open", (), "working", "clerk", ("is_assignee",))),
        ("actions.open.rows[1].to", "actions.open.rows[1].to"),
        "which is not initial",
        "warning",
    ),
    "a state nobody reaches": Fault(
        evolve(more(Row("go", "late", "done", "clerk")), states=(*SOUND.states, LATE)),
        ("states.late",),
        "no way into it",
    ),
    "a circle nobody enters": Fault(
        evolve(
            more(
                Row("go", "late", "later", "clerk"),
                Row("turn", "later", "late", "clerk"),
                Row("leave", "later", "done", "clerk"),
            ),
            states=(*SOUND.states, LATE, state("later")),
        ),
        ("states.late", "states.later"),
        "no way into it",
    ),
    "a state that only a read-only role leads into": Fault(
        evolve(
            more(Row("send", "new", "late", "auditor"), Row("go", "late", "done", "clerk")),
            states=(*SOUND.states, LATE),
        ),
        ("states.late", "roles.auditor.read_only", "actions.send"),
        "no way into it",
    ),
    "a state without a way out": Fault(
        evolve(more(Row("go", "working", "late", "clerk")), states=(*SOUND.states, LATE)),
        ("states.late",),
        "no way out of it",
    ),
    "a closed state without a way out": Fault(
        evolve(
            more(Row("go", "working", "late", "clerk")),
            states=(*SOUND.states, state("late", "closed")),
        ),
        ("states.late",),
        "no way out of it",
    ),
    "a state nobody may lead out of": Fault(
        read_only_way_out(),
        ("states.lost", "roles.auditor.read_only", "actions.find"),
        "nobody may bring it out",
    ),
    "a way back to nowhere": Fault(
        row("resume", sources=("pending", "new")), ("actions.resume.from",), "new"
    ),
    "a move out of a final state": Fault(
        more(Row("revive", "archived", "working", "chief")), ("actions.revive.from",), "archived"
    ),
    # endings
    "no end": Fault(
        states(
            done={"category": "open"},
            archived={"category": "open"},
            merged={"category": "open"},
        ),
        ("states", "states.archived", "states.merged"),
        "no final or closed state",
    ),
    "two states that hold tickets for ever": Fault(
        trapped(), ("states.astray", "states.lost"), "for ever among it and lost"
    ),
    "a hold that leads back to itself": Fault(
        held_for_ever(),
        ("states.dormant", "states.parked", "actions.wake.to", "states.dormant"),
        "for ever among it and parked",
    ),
    "opened on hold": Fault(
        opened_on_hold(),
        (
            "states.asleep",
            "actions.open.rows[0].to",
            "actions.open.rows[1].to",
            "actions.wake.to",
            "states.asleep",
        ),
        "for ever among it and working",
    ),
    # people
    "a role that may do nothing": Fault(
        changed(roles=(*SOUND.roles, Role("guest", labels=called("guest")))),
        ("roles.guest",),
        "nothing it may do",
        "warning",
    ),
    "a read-only role that may do something": Fault(
        row("note", roles=("clerk", "auditor")),
        ("roles.auditor.read_only",),
        "true, and it may take note",
    ),
    "an action for a read-only role only": Fault(
        more(Row("inspect", "done", SAME, "auditor")),
        ("actions.inspect", "roles.auditor.read_only"),
        "nobody who may take it",
    ),
    # choice
    "two targets that nothing tells apart": Fault(
        more(Row("start", "new", "pending", "clerk", (Use("sized", {"least": 1}),))),
        ("actions.start.rows[1].to",),
        "two targets from new for clerk: working, pending",
    ),
    "two targets, the rules in another order": Fault(
        row("finish", 1, rules=("is_assignee", "reason_given")),
        ("actions.finish.rows[1].to",),
        "two targets from working for clerk: done, archived",
    ),
    "to stay or to go": Fault(
        more(Row("archive", "done", SAME, "chief")),
        ("actions.archive.rows[1].to",),
        "archived, done",
    ),
    "a row that is never taken": Fault(
        row("finish", rules=("is_assignee",)),
        ("actions.finish.rows[1].to",),
        "never taken where actions.finish.rows[0] is",
        "warning",
    ),
    "two rows that may both pass": Fault(
        row("finish", 1, rules=("is_assignee",)),
        ("actions.finish.rows[1].to",),
        "asks more and is taken first",
        "warning",
    ),
    # labels
    "a state without a Chinese label": Fault(
        states(done={"labels": {"en": "Done"}}),
        ("states.done.labels.zh-CN",),
        "nothing",
        "warning",
    ),
    "a label in no language": Fault(
        states(done={"labels": {"en": "Done", "zhCN": "完成"}}),
        ("states.done.labels.zhCN",),
        "no language",
        "warning",
    ),
    "a blank label": Fault(
        states(done={"labels": {"en": " ", "zh-CN": "完成"}}),
        ("states.done.labels.en",),
        "nothing",
        "warning",
    ),
    "a state the customer cannot read": Fault(
        states(done={"customer_labels": {"zh-CN": "完成"}}),
        ("states.done.customer_labels.en",),
        "nothing",
        "warning",
    ),
    "a role without labels": Fault(
        changed(roles=(Role("clerk"), *SOUND.roles[1:])),
        ("roles.clerk.labels.en", "roles.clerk.labels.zh-CN"),
        "nothing",
        "warning",
    ),
    "an action without an English label": Fault(
        changed(actions=(Action("open", labels={"zh-CN": "登记"}), *SOUND.actions[1:])),
        ("actions.open.labels.en",),
        "nothing",
        "warning",
    ),
    "a hold reason without a Chinese label": Fault(
        undecided(labels={"en": "Waiting"}),
        ("settings.hold_reasons.waiting.labels.zh-CN",),
        "nothing",
        "warning",
    ),
    "a hold reason the customer cannot read": Fault(
        undecided(customer_labels={"en": "Waiting"}),
        ("settings.hold_reasons.waiting.customer_labels.zh-CN",),
        "nothing",
        "warning",
    ),
}
"""Every kind of finding at least once."""
