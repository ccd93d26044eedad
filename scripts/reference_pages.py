"""Write the pages of the reference that repeat what stands in data, from that data.

Started by hand after a change of the rulebooks or rules that ship, of the catalogue of sentences or
of the ready calendars. A test compares the pages with what this program would write.
"""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import attrs

from workorder import Actor, PlainCase, errors
from workorder.assign import USUAL, RoutingStep
from workorder.assign.routing import Routing
from workorder.conditions import ALWAYS, NEVER, Condition, to_data
from workorder.durations import Elapsed
from workorder.intake import Field
from workorder.refusals import PRECEDENCE
from workorder.rulebook import Rulebook, bank, basic, it_desk
from workorder.sla import ReadyCalendar, about, ready_codes
from workorder.sla.clocks import ServiceLevels
from workorder.sla.clocks.marks import MANAGER
from workorder.sla.clocks.metric import CONDITIONS
from workorder.texts import CHINESE, ENGLISH, PROBLEMS, REFUSALS, Label, Texts
from workorder.values import CODE_LIMIT
from workorder.workflow import SAME, STANDARD_RULES, Question, Row, Rule, Settings, Use
from workorder.workflow.standard_rules import ANSWERS, WORKED, answer_to

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "reference"
WRITTEN = "<!-- Written by scripts/reference_pages.py from the code. Do not edit by hand. -->"
SCOPES = {
    "own": "tickets they took part in, were given, or have as the customer",
    "department": "those they took part in, were given or have, and those with their department",
    "all": "every ticket of the tenant",
}
READS = {"all": "all", "shared": "what is [shared](../how-to/who-reads-what.md) with the customer"}
TITLES = {
    "bank": "The bank's rulebook",
    "basic": "The basic rulebook",
    "it_desk": "The rulebook of an IT desk",
}
OPENINGS = {
    "bank": "A complaint, enquiry, dispute, request or suggestion is registered and accepted"
    " (受理), dispatched (转办) and worked on (处理), alone, with other departments (会办) or with"
    " a panel of experts (会诊); somebody else reviews it, and the customer, intake, a supervisor"
    " or time closes it (结案).",
    "basic": "A ticket is opened (受理) and dispatched (转办), somebody works on it (处理), and"
    " somebody else closes it or sends it back (结案).",
    "it_desk": "An incident or a service request is opened, assigned, worked on and resolved; its"
    " caller confirms, or time closes it. Nothing of a bank is in it.",
}
PAUSES = {
    "internal": "the desk's own",
    "where_allowed": "those whose text allows it, once the customer was told",
    "nothing": "none",
}


def pages() -> Mapping[Path, str]:
    """Every page, by its path."""
    return {
        FOLDER / "bank-rulebook.md": page(rulebook_page(bank())),
        FOLDER / "basic-rulebook.md": page(rulebook_page(basic())),
        FOLDER / "errors-and-refusals.md": page(catalogue_page()),
        FOLDER / "it-desk-rulebook.md": page(rulebook_page(it_desk())),
        FOLDER / "ready-calendars.md": page(calendars_page([*map(about, ready_codes())])),
        FOLDER / "workflow.md": page(workflow_page()),
    }


def page(parts: Iterable[str]) -> str:
    """One page out of its parts."""
    return "\n\n".join(parts) + "\n"


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table in Markdown."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def code(names: Iterable[str]) -> str:
    """Names as code, in one cell."""
    return ", ".join(f"`{name}`" for name in names)


def both(texts: Texts) -> tuple[str, str]:
    """The English and the Chinese text."""
    return texts.get(ENGLISH, ""), texts.get(CHINESE, "")


def rulebook_page(rulebook: Rulebook) -> Iterator[str]:
    """A rulebook that ships, as tables."""
    flow = rulebook.workflow
    yield f"# {TITLES[rulebook.name]}"
    yield WRITTEN
    yield (
        f"`{rulebook.name}()` of `workorder.rulebook`, read from"
        f" `src/workorder/rulebook/shipped/{rulebook.name}.toml`: name `{rulebook.name}`, version"
        f" `{rulebook.version}`, {len(flow.states)} states, {len(flow.roles)} roles,"
        f" {len(flow.actions)} actions. {OPENINGS[rulebook.name]}"
    )
    yield "## States"
    yield table(
        ("state", "English", "中文", "stage", "category", "the customer sees", "客户看到"),
        [
            (f"`{s.name}`", *both(s.labels), s.stage, s.category, *both(s.customer_label.texts))
            for s in flow.states
        ],
    )
    ends = any(state.category == "final" for state in flow.states)
    yield (
        "`initial` is where tickets begin; a `closed` ticket may be reopened; "
        + (
            "a `final` one is at its end."
            if ends
            else "there is no state of the category `final` here."
        )
    )
    yield "## Roles"
    yield table(
        ("role", "English", "中文", "sees", "reads of it"),
        [(f"`{r.name}`", *both(r.labels), SCOPES[r.sees], READS[r.reads]) for r in flow.roles],
    )
    yield "## Actions"
    labels = {action.name: action.labels for action in flow.actions}
    yield table(
        ("action", "English", "中文", "from", "to", "who", "rules: all must hold"),
        [
            (
                f"`{row.action}`",
                *both(labels[row.action]),
                code(row.sources) or "(new)",
                target(row),
                code(row.roles),
                ", ".join(used(use) for use in row.rules),
            )
            for row in flow.rows
        ],
    )
    yield "## Arguments of actions"
    yield (
        "*Required* are those without which the action has no meaning; whether another must be"
        " given is said by the rules above. *Sealed* values never stand in a record. A text may"
        f" have {flow.text_limit:,} characters, a code {CODE_LIMIT}."
    )
    yield table(
        ("action", "argument", "kind", "required", "sealed"),
        [
            (f"`{a.name}`", f"`{x.name}`", x.kind, yes(x.required), yes(x.sealed))
            for a in flow.actions
            for x in a.arguments
        ],
    )
    yield from rules_part(rulebook)
    yield from forms_part(rulebook)
    yield from settings_part(rulebook)
    if rulebook.sla is not None:
        yield from levels_part(rulebook.sla)
    if rulebook.routing is not None:
        yield from routing_part(rulebook.routing)


def rules_part(rulebook: Rulebook) -> Iterator[str]:
    """The rules that the rows name."""
    flow = rulebook.workflow
    names = dict.fromkeys(use.rule for row in flow.rows for use in row.rules)
    yield "## Rules"
    yield table(
        ("rule", "holds when", "成立条件", "otherwise it says", "否则提示", "reads"),
        [rule_row(flow.rules[name]) for name in names],
    )
    worked = (
        f"`not_own_work` counts what was done in the roles {code(WORKED)}, besides the actions its"
        " row names; being given a ticket counts as acting in the role `assignee`. "
    )
    yield (
        (worked if "not_own_work" in names else "")
        + "A rule that raises an exception counts as not met."
    )


def forms_part(rulebook: Rulebook) -> Iterator[str]:
    """The ticket types and their fields."""
    yield "## Ticket types and their fields"
    for form in rulebook.forms:
        english, chinese = both(form.labels)
        yield f"### `{form.type}`: {english} {chinese}"
        yield table(
            ("field", "English", "中文", "kind", "required", "sealed", "searchable", "allowed"),
            [
                (
                    f"`{x.name}`",
                    *both(x.labels),
                    x.kind,
                    yes(x.required),
                    yes(x.sealed),
                    yes(x.searchable),
                    allowed(x),
                )
                for x in form.fields
            ],
        )


def settings_part(rulebook: Rulebook) -> Iterator[str]:
    """The settings that say something, and the rulebook's own."""
    settings = rulebook.workflow.settings
    yield "## Settings"
    minutes = rulebook.clock_skew / timedelta(minutes=1)
    yield (
        f"A command may carry an instant up to {minutes:.0f} minutes before the ticket's last event"
        " (`clock_skew`); it is then raised to that event's. An earlier one is refused. What time"
        f" does more than {rulebook.late_notice / timedelta(hours=1):.0f} hours late, it does"
        " without telling anybody (`late_notice`). Settings that are not listed set no limit."
    )
    if rulebook.calendar is not None:
        name = rulebook.calendar_name
        yield f"Days are counted by the ready calendar [`{name}`](ready-calendars.md)."
    figures = list(figures_of(settings, {action.name for action in rulebook.workflow.actions}))
    if figures:
        yield table(("setting", "is"), figures)
    if settings.hold_reasons:
        yield "### Why a ticket may wait"
        yield "Without a text of its own, a reason lets the customer see what the state says."
        yield table(
            (
                *("reason", "English", "中文", "the customer sees", "客户看到"),
                *("stops which clocks", "at most", "ended by"),
            ),
            [
                (
                    *(f"`{x.name}`", *both(x.labels), *both(x.customer_labels)),
                    *(PAUSES[x.pauses or "nothing"], str(x.longest)),
                    code(("resume", *x.resumes_on)),
                )
                for x in settings.hold_reasons
            ],
        )
    if settings.approvals:
        yield "### Who must agree"
        yield "The first approval of a step that applies is taken; a step without one asks no rank."
        yield table(
            ("step", "when", "ranks, in order"),
            [
                (
                    f"`{x.step}`",
                    asked(x.when),
                    ", ".join(map(str, x.ranks)),
                )
                for x in settings.approvals
            ],
        )


def levels_part(levels: ServiceLevels) -> Iterator[str]:
    """What is measured and promised, and who is told."""
    yield "## Service levels"
    yield (
        "The ticket is due when the first of these that it has is due:"
        f" {code(levels.leading)}. Promises are counted by the rulebook's calendar, where no other"
        " is named."
        if levels.leading
        else "Promises are counted by the rulebook's calendar, where no other is named."
    )
    yield "### What is measured"
    yield table(
        ("metric", "English", "中文", "condition", "holds when"),
        [
            (f"`{metric.name}`", *both(metric.labels), name, asked(condition))
            for metric in levels.measured
            for name in CONDITIONS
            if (condition := getattr(metric, name)) not in {None, NEVER}
        ],
    )
    yield "### How long it may take"
    yield "Policies are asked in this order, and the first target that applies is taken."
    yield table(
        ("policy", "English", "中文", "on which tickets", "metric", "when", "within", "calendar"),
        [
            (
                *(f"`{policy.name}`", *both(policy.labels), asked(policy.when, "all")),
                *(f"`{each.metric}`", asked(each.when), str(each.within)),
                f"`{each.calendar}`" if each.calendar else "",
            )
            for policy in levels.promised
            for each in policy.targets
        ],
    )
    if levels.ladders:
        yield "### Who is told"
        yield table(
            ("ladder", "English", "中文", "at", "tells", "level", "escalates", "of metrics"),
            [
                (
                    *(f"`{ladder.name}`", *both(ladder.labels), mark.at, code(mark.tell)),
                    *(str(mark.level) if MANAGER in mark.tell else "", yes(mark.escalates)),
                    code(each.name for each in levels.measured if each.ladder == ladder.name),
                )
                for ladder in levels.ladders
                for mark in ladder.marks
            ],
        )


def routing_part(routing: Routing) -> Iterator[str]:
    """Which tickets wait, what they ask, and how somebody is found."""
    order = f"`{routing.discipline.name}`{figures(routing.discipline)}"
    yield "## Who gets a ticket"
    yield (
        f"Tickets that nobody has wait for somebody in {code(routing.waiting)}; those that somebody"
        f" has take room in {code(routing.busy)}. They come in the order of {order}. On a ticket"
        f" {', '.join(f'`{name}` is `{field}`' for name, field in routing.reads.items())}."
    )
    if routing.routes:
        yield "The first route that is for a ticket counts."
        yield table(
            (
                "route",
                "English",
                "中文",
                "on which tickets",
                "teams",
                "skills",
                "policy",
                "plan",
                "offer",
            ),
            [
                (
                    *(f"`{each.name}`", *both(each.labels), asked(each.when, "all others")),
                    code(sorted(each.teams)) or "those of its department",
                    ", ".join(f"`{name}` {level}" for name, level in each.skills.items()),
                    f"`{each.policy}`" if each.policy else "",
                    f"`{each.plan}`" if each.plan else "",
                    str(Elapsed(each.offer)) if each.offer else "assigned outright",
                )
                for each in routing.routes
            ],
        )
    if routing.needs:
        yield "Besides, it takes:"
        yield table(
            ("on which tickets", "skills"),
            [
                (asked(x.when, "all"), ", ".join(f"`{n}` {level}" for n, level in x.skills.items()))
                for x in routing.needs
            ],
        )
    yield "The first policy is the usual one."
    yield table(
        ("policy", "besides the usual filters", "scorers", "selector"),
        [
            (
                f"`{name}`",
                ", ".join(f"`{x.name}`{figures(x)}" for x in policy.filters if x not in USUAL),
                ", ".join(f"`{x.scorer.name}` × {x.weight:g}" for x in policy.scorers),
                f"`{policy.selector.name}`",
            )
            for name, policy in routing.policies.items()
        ],
    )
    if routing.plans:
        yield table(
            ("plan", "after", "what will do"),
            [
                (f"`{name}`", str(Elapsed(step.after)), will_do(step))
                for name, plan in routing.plans.items()
                for step in plan.steps
            ],
        )


def will_do(step: RoutingStep) -> str:
    """A step of a plan, as a cell."""
    said = [f"also {code(sorted(step.teams))}"] if step.teams else []
    said += [f"{step.relax} level{'s' if step.relax > 1 else ''} less"] if step.relax else []
    return ", ".join(said)


def figures(part: Any) -> str:
    """What a filter or a discipline was given, behind its name."""
    values = [(x.name, getattr(part, x.name)) for x in attrs.fields(type(part))]
    said = [
        f"{name} {Elapsed(value) if isinstance(value, timedelta) else value}"
        for name, value in values
    ]
    return f" ({', '.join(said)})" if said else ""


def asked(condition: Condition, always: str = "otherwise") -> str:
    """A condition, as a cell."""
    if condition == ALWAYS:
        return always
    return f"`{json.dumps(to_data(condition), ensure_ascii=False)}`"


def figures_of(settings: Settings, actions: Collection[str]) -> Iterator[tuple[str, str]]:
    """The settings that are one figure, a list of names or a limit per type, where they are set."""
    for each in attrs.fields(Settings):
        value, name = getattr(settings, each.name), f"`{each.name}`"
        if each.name in {"hold_reasons", "approvals", "own"} or value in (None, (), {}):
            continue
        if isinstance(value, Mapping):
            yield from ((f"`{each.name}.{key}`", str(item)) for key, item in value.items())
        elif each.name == "rating":
            if "rate" in actions:
                yield name, " to ".join(map(str, value))
        else:
            yield name, code(value) if isinstance(value, tuple) else str(value)


def target(row: Row) -> str:
    """Where a row leads, as a cell."""
    if row.target == SAME:
        return "unchanged"
    return f"back (`{row.target}`)" if row.returns else f"`{row.target}`"


def allowed(spec: Field) -> str:
    """What a field may hold, as a cell."""
    if spec.choices:
        return f"one of {code(spec.choices)}"
    said = [f"at most {spec.limit:,} characters"] if spec.limit else []
    if spec.keep_last is not None:
        said.append(f"only the last {spec.keep_last} kept")
    if spec.readers:
        said.append(f"read by {code(spec.readers)}")
    return "; ".join(said)


def used(use: Use) -> str:
    """A rule as a row uses it."""
    given = ", ".join(f"{name}: {code(value)}" for name, value in parameters(use))
    return f"`{use.rule}`" + (f" ({given})" if given else "")


def parameters(use: Use) -> Iterator[tuple[str, Sequence[str]]]:
    """The parameters of a use; those that ship take lists of names."""
    for name, value in use.parameters.items():
        yield name, value if isinstance(value, tuple) else (str(value),)


def rule_row(rule: Rule) -> tuple[str, ...]:
    """One rule as cells."""
    return f"`{rule.name}`", *both(rule.holds), *both(rule.otherwise), code(rule.needs)


def yes(value: object) -> str:
    """A flag as a cell."""
    return "yes" if value else ""


def catalogue_page() -> Iterator[str]:
    """Every code with its sentences."""
    yield "# Errors and refusals"
    yield WRITTEN
    yield (
        "Every refusal and every error has a code that keeps its meaning, facts for programs, and a"
        ' sentence in English and Chinese. Words in braces are facts; `…text("zh-CN")` fills them'
        " in. Wording may change between versions, codes may not."
    )
    yield "## Exceptions"
    yield "`WorkorderError` is the root; each has `code`, `facts` and `text(language)`."
    yield table(
        ("exception", "codes", "says"),
        [
            (f"`{kind.__name__}`", codes_of(kind), first_sentence(kind))
            for kind in vars(errors).values()
            if isinstance(kind, type)
            and issubclass(kind, errors.WorkorderError)
            and kind is not errors.WorkorderError
        ],
    )
    yield "## Refusals"
    yield (
        "The codes of `Refusal`, in the order of precedence: when several apply, the first of them"
        " is given. A repeat of an accepted command is no refusal: it gets its first answer."
    )
    yield sentences({name: REFUSALS[name] for name in PRECEDENCE})
    yield "## Problems with one argument, field or rule"
    yield (
        "The codes of `Unmet` inside a refusal (`unmet`), and of `InvalidInput`. A rule that does"
        " not hold has the rule's own name as its code; see the rules of"
        " [the basic rulebook](basic-rulebook.md)."
    )
    yield sentences(PROBLEMS)
    for kind in (errors.StoreError, errors.UnsupportedQuery, errors.SourceError):
        yield f"## {kind.__name__}"
        yield first_sentence(kind)
        yield sentences(kind.sentences)


def codes_of(kind: type[errors.WorkorderError]) -> str:
    """Where the codes of an exception are listed."""
    if kind is errors.CommandRefused:
        return "[refusals](#refusals)"
    if kind is errors.InvalidInput:
        return "[problems](#problems-with-one-argument-field-or-rule)"
    if kind is errors.ConfigurationError:
        return "`configuration`"
    return f"[below](#{kind.__name__.lower()})"


def first_sentence(kind: type) -> str:
    """The opening sentence of a docstring, roles of reStructuredText taken off."""
    return (kind.__doc__ or "").split("\n\n")[0].replace(":attr:`refusal`", "`refusal`").strip()


def sentences(texts: Mapping[str, Texts]) -> str:
    """Codes with both sentences."""
    return table(
        ("code", "English", "中文"), [(f"`{name}`", *both(each)) for name, each in texts.items()]
    )


def calendars_page(calendars: Sequence[ReadyCalendar]) -> Iterator[str]:
    """Every ready calendar, with what is known about it."""
    yield "# Ready calendars"
    yield WRITTEN
    yield (
        f"`ready(code)` makes one of {len(calendars)} calendars, `ready(code, hours)` one with"
        " hours of your own, and `about(code)` says what stands below. They are a beginning, not an"
        " authority: read the caveats, and let [a calendar of your own](../how-to/bank-calendar.md)"
        " decide."
    )
    yield table(
        ("code", "calendar", "日历", "zone", "hours, unless you give others"),
        [
            (f"`{each.code}`", *both(each.title.texts), each.zone, f"`{each.hours}`")
            for each in calendars
        ],
    )
    yield "## Closed on"
    yield said_of([(each.code, (each.covers,)) for each in calendars])
    yield "## Caveats"
    yield said_of([(each.code, each.caveats) for each in calendars])
    yield "## Where this is known from"
    yield said_of([(each.code, each.sources) for each in calendars])


def said_of(calendars: Sequence[tuple[str, Sequence[Label]]]) -> str:
    """What is said, with the codes of those it is said about."""
    everyone = [name for name, _ in calendars]
    codes: dict[tuple[str, str], list[str]] = {}
    for name, labels in calendars:
        for label in labels:
            codes.setdefault(both(label.texts), []).append(name)
    return table(
        ("calendars", "English", "中文"),
        [(named(names, everyone), *texts) for texts, names in codes.items()],
    )


def named(names: Sequence[str], everyone: Sequence[str]) -> str:
    """Some of them; most of them by who is missing."""
    others = [each for each in everyone if each not in names]
    if len(names) < len(others):
        return code(names)
    return f"all but {code(others)}" if others else "all"


KINDS = {
    "any": "any value",
    "state": "the name of a state",
    "flag": "`True`",
    "number": "a whole number",
    "instant": "an instant",
    "instants": "a mapping of texts to instants",
    "table": "a mapping of texts to texts",
}


def workflow_page() -> Iterator[str]:
    """The workflow, and what its rules ask a case for."""
    yield "# workorder.workflow"
    yield WRITTEN
    yield "States, roles, actions, rules, and the one question: may this be done?"
    yield members("workorder.workflow", "members:", "exclude-members: PRECEDENCE, Refusal, Unmet")
    yield "## The rules that ship"
    yield (
        "Named in rows of a workflow; see [the bank's rulebook](bank-rulebook.md) and"
        " [the basic one](basic-rulebook.md) for their sentences."
    )
    yield members("workorder.workflow.standard_rules", "no-index:")
    yield "## What a case answers by name"
    yield (
        "A rule asks `case.value(name)`. A ticket answers all of these but `form_problems`, which"
        " the desk asks the form itself; a case of your own answers what it knows, and `None` to"
        " the rest. Names are a tuple, a list or a set of texts, or one text. What a case does not"
        " know, or answers as something else than said here, leaves a limit unset and a permission"
        " ungiven. An instant without a zone is reported, and its rule counts as not met. See"
        " [Use the workflow on your own table](../how-to/workflow-on-your-own-table.md)."
    )
    asks = {name: list(asked_by(rule)) for name, rule in STANDARD_RULES.items()}
    yield table(
        ("name", "answer", "means", "asked by"),
        [
            (
                f"`{each.name}`",
                KINDS.get(each.kind, each.kind),
                each.means,
                code(n for n, names in asks.items() if each in map(answer_to, names))
                or ("rows that return" if each.kind == "state" else "conditions"),
            )
            for each in ANSWERS
        ],
    )


def members(module: str, *options: str) -> str:
    """What a module says of itself."""
    lines = [f".. automodule:: {module}", *(f"   :{each}" for each in options)]
    return "\n".join(("```{eval-rst}", *lines, "```"))


class Noting(dict[str, object]):
    """What a case answers; it writes down what it is asked."""

    def get(self, name: str, default: object = None) -> object:
        """Answer as any table would."""
        self.setdefault(f"?{name}", None)
        return super().get(name, default)


def asked_by(rule: Rule) -> Iterator[str]:
    """The names that a rule asks for, in a situation in which it goes on asking."""
    noted = Noting(id="1", merged_into="2", panel_members="me")
    settings = Settings(
        required_fields=("x", "channel"),
        types_with_intake_approval=("t",),
        types_requiring_decision_notice=("t",),
    )
    given = {"to": "you", "members": "you", "target": "2"}
    case = PlainCase("s", "t", values=noted)
    theirs = Noting(id="2")
    other = PlainCase("s", "t", assignee="you", values=theirs)
    actor, at = Actor("me", "system", "here"), datetime.now(UTC)
    rule(Question(case, actor, "system", at, given, settings, {}, {"2": other}))
    asked = dict.fromkeys((*noted, *theirs))
    yield from (name[1:] for name in asked if name.startswith("?"))


def main() -> None:
    """Write every page."""
    for path, text in pages().items():
        path.write_text(text, encoding="utf-8")
        print(f"written: docs/reference/{path.name}")


if __name__ == "__main__":
    main()
