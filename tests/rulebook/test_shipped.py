"""The rulebooks that ship: what they say, row for row, and that they say it to every reader."""

import tomllib
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest

import workorder
from tests.rulebook.bank_table import ACTIONS, ROLES, ROWS, STATES
from workorder.conditions import Compare
from workorder.durations import CalendarDays, Duration, Elapsed, WorkingDays
from workorder.refusals import Refusal
from workorder.rulebook import Rulebook, bank, basic, it_desk, shipped_names
from workorder.texts import LANGUAGES, Texts
from workorder.workflow import NEW, NO_LIMIT, Actor, Approval, HoldReason, PlainCase
from workorder.workflow.findings import check
from workorder.workflow.roles import may_see

BANK, BASIC, IT_DESK = bank(), basic(), it_desk()
ALL = [BANK, BASIC, IT_DESK]
FLOW, SETTINGS = BANK.workflow, BANK.workflow.settings
ROOT = Path(__file__).resolve().parents[2]

NOON = datetime(2026, 9, 30, 4, 0, tzinfo=UTC)
MINE = {"assignee": "li", "department": "cards", "customer": "C-1", "type": "complaint"}


def lines(table: str) -> list[list[str]]:
    """The words of every line of a table."""
    return [line.split() for line in table.strip().splitlines()]


def written() -> Iterator[dict[str, list[str]]]:
    """The rows of the bank as they are written down, each with its parts."""
    row: dict[str, list[str]] = {}
    for line in ROWS.strip().splitlines():
        if not line.startswith(" "):
            if row:
                yield row
            row = {"action": line.split(" -> "), "from": [], "rules": []}
        else:
            name, _, said = line.strip().partition(": ")
            row[name] = [*row.get(name, []), *said.split()]
    yield row


def labels(book: Rulebook) -> Iterator[tuple[str, Texts]]:
    """Every label of a rulebook, with a name to find it by."""
    flow = book.workflow
    if book.labels:
        yield book.name, book.labels
    for group in (flow.states, flow.roles, flow.actions, flow.settings.hold_reasons):
        yield from ((each.name, each.labels) for each in group)
    yield from ((f"customer {each.name}", each.customer_label.texts) for each in flow.states)
    for reason in flow.settings.hold_reasons:
        yield f"customer {reason.name}", reason.customer_labels or reason.labels
    for form in book.forms:
        yield form.type, form.labels
        yield from ((f"{form.type}.{each.name}", each.labels) for each in form.fields)


def judged(book: Rulebook, action: str, state: str, actor: Actor, **case: object) -> str:
    """The state that *action* leads to, or what stands in its way, in one word after another."""
    arguments = case.pop("arguments", {})
    assert isinstance(arguments, dict)
    answer = book.workflow.evaluate(
        PlainCase(state, **{**MINE, **case}),  # type: ignore[arg-type]  # parts of a case by name
        action,
        actor=actor,
        at=NOON,
        arguments=arguments,
    )
    if isinstance(answer, Refusal):
        return " ".join([answer.code, *(each.name for each in answer.unmet)])
    return answer.to_state


class TestAll:
    """What holds of every rulebook that ships."""

    def test_they_are_these_three(self) -> None:
        """The names that are listed are those of the rulebooks, and of their workflows."""
        assert shipped_names() == ("bank", "basic", "it_desk")
        assert [book.name for book in ALL] == ["bank", "basic", "it_desk"]
        assert [book.workflow.name for book in ALL] == ["bank", "basic", "it_desk"]
        assert [book.version for book in ALL] == ["1", "1", "1"]

    def test_they_are_made_once(self) -> None:
        """Asking twice gives the same value."""
        assert (bank(), basic(), it_desk()) == (BANK, BASIC, IT_DESK)
        assert all(again() is again() for again in (bank, basic, it_desk))

    def test_no_two_are_the_same(self) -> None:
        """Each has a digest of its own."""
        assert len({book.digest for book in ALL}) == 3

    @pytest.mark.parametrize("book", ALL, ids=lambda book: book.name)
    def test_nothing_is_found(self, book: Rulebook) -> None:
        """Checking finds nothing: no error, and nothing to look at either."""
        assert check(book.workflow) == ()

    @pytest.mark.parametrize("book", ALL, ids=lambda book: book.name)
    def test_every_label_is_in_every_language(self, book: Rulebook) -> None:
        """Whatever people read is there in English and in Chinese, and is not blank."""
        found = list(labels(book))
        assert len(found) > 30
        assert [name for name, texts in found if set(texts) != set(LANGUAGES)] == []
        assert [name for name, texts in found if not all(map(str.strip, texts.values()))] == []

    @pytest.mark.parametrize("book", ALL, ids=lambda book: book.name)
    def test_a_chinese_label_is_chinese(self, book: Rulebook) -> None:
        """Chinese labels have Chinese characters and punctuation, and English ones have none."""
        for name, texts in labels(book):
            assert any("\u4e00" <= sign <= "\u9fff" for sign in texts["zh-CN"]), name
            assert not set(texts["zh-CN"]) & set(",;:?!()"), name
            assert texts["en"].isascii(), name

    @pytest.mark.parametrize("book", ALL, ids=lambda book: book.name)
    def test_every_type_asks_for_a_title_only(self, book: Rulebook) -> None:
        """A ticket is opened with what is known: nothing but a title is required."""
        for form in book.forms:
            assert [each.name for each in form.fields if each.required] == ["title"]

    @pytest.mark.parametrize("book", ALL, ids=lambda book: book.name)
    def test_time_may_do_what_it_is_asked_to_do(self, book: Rulebook) -> None:
        """Whatever limit is set, there is a row by which time acts on it."""
        settings = book.workflow.settings
        limits: dict[str, list[object]] = {
            "close": [settings.auto_close_after],
            "archive": [settings.reopen_window],
            "resume": [each.longest for each in settings.hold_reasons],
            "mark_overdue": [settings.subtask_limit, settings.panel_limit],
        }
        asked = {name for name, found in limits.items() if not set(found) <= {None, NO_LIMIT}}
        may = {row.action for row in book.workflow.rows if "system" in row.roles}
        assert asked <= may

    def test_the_files_are_in_the_wheel(self) -> None:
        """The wheel takes the whole package, and the files lie in it."""
        project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
        assert project["tool"]["hatch"]["build"]["targets"]["wheel"] == {
            "packages": ["src/workorder"]
        }
        folder = Path(str(workorder.__file__)).parent / "rulebook" / "shipped"
        assert sorted(path.name for path in folder.iterdir() if path.suffix == ".toml") == [
            "bank.toml",
            "basic.toml",
            "it_desk.toml",
        ]


class TestBank:
    """The bank's rulebook is the one written down."""

    def test_states(self) -> None:
        """Twelve states in four stages, under the names that staff and customers read."""
        found = [
            [s.name, s.stage, s.category, s.labels["zh-CN"], s.customer_labels["zh-CN"]]
            for s in FLOW.states
        ]
        assert found == lines(STATES)
        assert len(found) == 12
        assert [s.name for s in FLOW.states if s.resolved] == ["resolved"]

    def test_roles(self) -> None:
        """Fifteen roles, each with what it sees and reads; only the auditor does nothing."""
        found = [[r.name, r.sees.value, r.reads, r.labels["zh-CN"]] for r in FLOW.roles]
        assert found == lines(ROLES)
        assert len(FLOW.roles) == 15
        assert [role.name for role in FLOW.roles if role.read_only] == ["auditor"]
        assert {role.name for role in FLOW.roles} - {
            name for row in FLOW.rows for name in row.roles
        } == {"auditor"}

    def test_actions(self) -> None:
        """The 49 actions of the lifecycle, in its order, and the one that time alone takes."""
        assert [[a.name, a.labels["zh-CN"]] for a in FLOW.actions] == lines(ACTIONS)
        assert len(FLOW.actions) == 50
        assert FLOW.actions[-1].name == "mark_overdue"

    def test_rows(self) -> None:
        """From where to where, by whom, under which rules: row for row."""
        found = [
            {
                "action": [row.action, row.target],
                "from": list(row.sources),
                "who": list(row.roles),
                "rules": [use.rule for use in row.rules],
            }
            for row in FLOW.rows
        ]
        assert found == list(written())
        assert len(found) == 51

    def test_rules_use_their_parameters(self) -> None:
        """Rules are used with the parameters agreed on, and all others with none."""
        found = {
            (row.action, use.rule, name): value
            for row in FLOW.rows
            for use in row.rules
            for name, value in use.parameters.items()
        }
        judging = (
            "edit approve_intake return_intake accept reject_intake reclassify dispatch transfer"
            " assign offer withdraw_offer"
            " hold resume inform_customer open_subtask cancel_subtask convene_panel conclude_panel"
            " approve return_for_rework approve_extension reject_extension close reopen cancel"
            " merge_into unmerge quality_review"
        )
        besides = {
            (action, "not_party", "besides_roles"): ("customer", "system")
            for action in judging.split()
        }
        approve = "approval_rank_sufficient approves_once further_approval_needed last_approval"
        steps = {("approve", rule, "step"): "approve" for rule in approve.split()}
        extension = {
            ("approve_extension", rule, "step"): "approve_extension"
            for rule in ("approval_rank_sufficient", "approves_once")
        }
        assert found == besides | steps | extension

    def test_everybody_else_is_kept_out(self) -> None:
        """Each action in each state and role: offered where the table says, nowhere else."""
        rows = list(written())
        for action in FLOW.actions:
            mine = [row for row in rows if row["action"][0] == action.name]
            for state in (NEW, *(each.name for each in FLOW.states)):
                here = [row for row in mine if state in (row["from"] or [NEW])]
                for role in (each.name for each in FLOW.roles):
                    code = judged(BANK, action.name, state, Actor("li", role)).split()[0]
                    may = any(role in row["who"] for row in here)
                    expected = None if may else "not_permitted" if here else "wrong_state"
                    stopped = code if code in {"not_permitted", "wrong_state"} else None
                    assert stopped == expected, (action.name, state, role)

    def test_settings(self) -> None:
        """The figures are those of the lifecycle."""
        assert SETTINGS.required_fields == ("title", "customer", "category", "channel")
        assert SETTINGS.types_without_review == ("enquiry",)
        assert SETTINGS.types_with_intake_approval == ()
        assert SETTINGS.types_requiring_decision_notice == ("complaint",)
        assert SETTINGS.time_limits == {}  # the service levels say how long it may take
        assert (SETTINGS.auto_close_after, SETTINGS.reopen_window, SETTINGS.appeal_window) == (
            CalendarDays(7),
            CalendarDays(30),
            CalendarDays(30),
        )
        assert SETTINGS.longest_extension == CalendarDays(30)
        assert SETTINGS.urge_min_interval == Elapsed(timedelta(minutes=60))
        assert (SETTINGS.subtask_limit, SETTINGS.panel_limit) == (WorkingDays(2), WorkingDays(3))
        assert (SETTINGS.max_escalation_level, SETTINGS.max_declines) == (3, 2)
        assert (SETTINGS.rating, SETTINGS.own) == ((1, 5), {})

    def test_hold_reasons(self) -> None:
        """Every reason says what it pauses, how long it lasts and what ends it."""

        def said(reason: HoldReason) -> tuple[object, ...]:
            shown = reason.customer_labels["zh-CN"]
            return reason.labels["zh-CN"], reason.pauses, reason.longest, reason.resumes_on, shown

        assert {each.name: said(each) for each in SETTINGS.hold_reasons} == {
            "waiting_for_customer": (
                "待客户补件",
                "internal",
                CalendarDays(30),
                ("customer_reply",),
                "待补充材料",
            ),
            "waiting_for_third_party": ("待第三方", "nothing", NO_LIMIT, (), "处理中"),
            "external_appraisal": ("外部鉴定", "where_allowed", NO_LIMIT, (), "处理中"),
        }

    def test_approvals(self) -> None:
        """The first extension needs rank 10, any later one rank 30; a review no rank at all."""
        assert SETTINGS.approvals == (
            Approval("approve_extension", (30,), Compare("counts.extensions", "ge", 1)),
            Approval("approve_extension", (10,)),
        )

    def test_calendar(self) -> None:
        """Days are counted by the mainland's calendar, in which a Saturday may be worked."""
        beijing = timezone(timedelta(hours=8))
        due = BANK.until(NOON, WorkingDays(3)).astimezone(beijing)
        assert due.date() == date(2026, 10, 10)
        assert due.strftime("%A") == "Saturday"

    def test_ticket_types(self) -> None:
        """Five types share their fields; a complaint may be major, a dispute is about money."""
        common = ["title", "description", "category", "product", "priority"]
        assert {form.type: [each.name for each in form.fields] for form in BANK.forms} == {
            "complaint": [*common, "major", "received_at"],
            "enquiry": common,
            "dispute": [*common, "amount", "currency"],
            "request": common,
            "suggestion": common,
        }
        dispute = BANK.form_by_type["dispute"]
        assert [each.kind for each in dispute.fields] == [
            *("text", "text", "code", "code", "integer", "integer", "code"),
        ]

    def test_its_words_are_those_of_the_basic_one(self) -> None:
        """States, roles, actions and fields of the basic rulebook have the same names here."""
        for part in ("states", "roles", "actions"):
            inner = {each.name for each in getattr(BASIC.workflow, part)}
            assert inner <= {each.name for each in getattr(FLOW, part)}
        for form in BASIC.forms:
            own = {each.name: each for each in BANK.form_by_type[form.type].fields}
            assert [own[each.name] for each in form.fields] == list(form.fields)


class TestBankDecides:
    """The rows of the bank's rulebook, asked."""

    @pytest.mark.parametrize(
        ("who", "seen"),
        [
            (Actor("C-1", "customer"), True),
            (Actor("C-2", "customer"), False),
            (Actor("bot", "bot"), False),
            (Actor("wang", "handler", "cards"), True),
            (Actor("wang", "handler", "loans"), False),
            (Actor("wang", "reviewer", "cards"), True),
            (Actor("wang", "reviewer", "loans"), False),
            (Actor("wang", "expert", "cards"), False),
            (Actor("wang", "supervisor", "loans"), True),
            (Actor("wang", "auditor"), True),
        ],
        ids=lambda value: f"{value.id}-{'-'.join(value.roles)}" if hasattr(value, "id") else None,
    )
    def test_who_sees_a_ticket(self, who: Actor, seen: bool) -> None:
        """A ticket is seen by its customer, its department and those who see all."""
        case = PlainCase("in_progress", assignee="li", department="cards", customer="C-1")
        assert may_see(case, who, FLOW.role_by_name) is seen

    def test_who_is_named_in_a_complaint_does_not_decide_about_it(self) -> None:
        """The same supervisor may refuse a ticket, unless it is about them."""
        wang, why = Actor("wang", "supervisor"), {"reason": "no bank matter"}
        named = {"subjects": ("wang",)}
        assert judged(BANK, "reject_intake", "registered", wang, arguments=why) == "rejected"
        assert (
            judged(BANK, "reject_intake", "registered", wang, arguments=why, values=named)
            == "rules not_party"
        )

    def test_a_customer_ends_their_own_ticket(self) -> None:
        """What keeps parties from judging does not keep a customer from withdrawing."""
        why = {"reason": "settled"}
        own, other = Actor("C-1", "customer"), Actor("C-2", "customer")
        assert judged(BANK, "cancel", "assigned", own, arguments=why) == "cancelled"
        assert "own_ticket_if_customer" in judged(BANK, "cancel", "assigned", other, arguments=why)

    def test_one_reviewer_is_enough(self) -> None:
        """Without a chain of approvals, a reviewer of any rank who did not work on it decides."""
        deeds = {"li": {"handler": ("start",)}}
        wang, li = Actor("wang", "reviewer"), Actor("li", ("reviewer", "supervisor"), rank=99)
        assert judged(BANK, "approve", "under_review", wang, deeds=deeds) == "resolved"
        assert "not_own_work" in judged(BANK, "approve", "under_review", li, deeds=deeds)

    @pytest.mark.parametrize(
        ("granted", "rank", "found"),
        [
            (0, 9, False),
            (0, 10, True),
            (1, 29, False),
            (1, 30, True),
            (2, 29, False),
            (2, 30, True),
        ],
    )
    def test_ranks_of_extensions(self, granted: int, rank: int, found: bool) -> None:
        """The first extension is granted by rank 10, every later one by rank 30."""
        values = {
            "extension": "requested",
            "extension_requester": "li",
            "counts.extensions": granted,
        }
        actor = Actor("wang", "executive", rank=rank)
        answer = judged(BANK, "approve_extension", "in_progress", actor, values=values)
        assert answer == ("in_progress" if found else "rules approval_rank_sufficient")

    def test_overdue_is_recorded_by_time_alone(self) -> None:
        """Time marks a passed deadline wherever work goes on; people do not."""
        about, system = {"about": "s1"}, Actor("clock", "system")
        assert judged(BANK, "mark_overdue", "pending", system, arguments=about) == "pending"
        refused = judged(BANK, "mark_overdue", "pending", Actor("wang", "supervisor"))
        assert refused == "not_permitted"


class TestItDesk:
    """Another trade on the same library."""

    def test_its_parts(self) -> None:
        """Seven states, four roles, seventeen actions, two ticket types; no calendar needed."""
        flow = IT_DESK.workflow
        assert [state.name for state in flow.states] == [
            *("new", "assigned", "in_progress", "pending", "resolved", "closed", "cancelled"),
        ]
        assert [role.name for role in flow.roles] == ["caller", "agent", "team_lead", "system"]
        assert [form.type for form in IT_DESK.forms] == ["incident", "service_request"]
        assert len(flow.actions) == 17
        assert IT_DESK.calendar is None

    def test_its_words(self) -> None:
        """Dispatch and transfer are called what a service desk calls them."""
        names = {each.name: each.labels["en"] for each in IT_DESK.workflow.actions}
        assert (names["dispatch"], names["transfer"]) == ("Assign", "Reassign")

    def test_its_waiting(self) -> None:
        """The four reasons of the public log; only the caller's answer ends one of them."""
        reasons = IT_DESK.workflow.settings.hold_reasons
        assert [each.name for each in reasons if not each.resumes_on] == [
            "awaiting_vendor",
            "awaiting_problem",
            "awaiting_evidence",
        ]
        caller = Actor("C-1", "caller")
        for reason in reasons:
            values = {"hold_reason": reason.name, "before_hold": "in_progress"}
            text = {"text": "here it is"}
            answer = judged(
                IT_DESK, "customer_reply", "pending", caller, values=values, arguments=text
            )
            assert (answer == "in_progress") == (reason.name == "awaiting_user")

    def test_the_first_call(self) -> None:
        """A new ticket may be claimed, put on hold or resolved by the agent who takes the call, and
        goes back to being new; one that somebody was given is started by nobody else.
        """
        li = Actor("li", "agent")
        nobodys = {"assignee": None}
        assert judged(IT_DESK, "claim", "new", li, **nobodys) == "in_progress"
        assert "unassigned" in judged(IT_DESK, "claim", "new", Actor("wang", "agent"))
        why = {"reason": "awaiting_user"}
        assert judged(IT_DESK, "hold", "new", li, arguments=why, **nobodys) == "pending"
        back = {"hold_reason": "awaiting_user", "before_hold": "new"}
        assert judged(IT_DESK, "resume", "pending", li, values=back) == "new"
        assert judged(IT_DESK, "start", "new", li) == "in_progress"
        assert "is_assignee" in judged(IT_DESK, "start", "new", Actor("wang", "agent"))

    def test_work_handed_on_stays_as_it_is(self) -> None:
        """Reassigning changes who has a ticket, not where it stands; a waiting one goes on waiting,
        and whoever belongs to the team may take what nobody has.
        """
        lead, team = Actor("boss", "team_lead"), Actor("sun", "agent", "cards")
        for state in ("assigned", "in_progress", "pending"):
            given = {"to": "wang"}
            assert judged(IT_DESK, "transfer", state, lead, arguments=given) == state
            assert judged(IT_DESK, "claim", state, team, assignee=None) == state

    def test_it_closes_by_itself_after_five_days(self) -> None:
        """Time closes what its caller left lying, from the instant promised on."""
        system = Actor("clock", "system")
        for hours, found in ((0, "closed"), (1, "rules quiet_period_over_if_system")):
            values = {"close_from": NOON + timedelta(hours=hours)}
            assert judged(IT_DESK, "close", "resolved", system, values=values) == found
        limit: Duration | None = IT_DESK.workflow.settings.auto_close_after
        assert limit == Elapsed(timedelta(days=5))

    def test_no_four_eyes(self) -> None:
        """Nobody looks over an agent's shoulder, and the agent resolves only their own tickets."""
        done = {"resolution": "rebooted"}
        for state in ("assigned", "in_progress", "pending"):
            li, wang = Actor("li", "agent"), Actor("wang", "agent")
            assert judged(IT_DESK, "resolve", state, li, arguments=done) == "resolved"
            assert "is_assignee" in judged(IT_DESK, "resolve", state, wang, arguments=done)
        first = judged(IT_DESK, "resolve", "new", Actor("wang", "agent"), arguments=done)
        assert first == "resolved"
        rules = {use.rule for row in IT_DESK.workflow.rows for use in row.rules}
        assert "not_own_work" not in rules

    def test_fields_as_the_public_log_has_them(self) -> None:
        """Impact and urgency take the three values of the log; priority is a number."""
        incident = IT_DESK.form_by_type["incident"]
        good = {"title": "no mail", "impact": "2 - Medium", "urgency": "3 - Low", "priority": 3}
        assert list(incident.problems(good)) == []
        bad = {**good, "impact": "2", "priority": "3 - Moderate"}
        assert [each.name for each in incident.problems(bad)] == ["impact", "priority"]
