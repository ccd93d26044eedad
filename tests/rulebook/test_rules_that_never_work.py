"""Rulebook files that say what can never happen: each is found, where it stands."""

import re

import pytest

from workorder.cli.rulebooks import rulebook_file
from workorder.errors import ConfigurationError, Finding
from workorder.rulebook import Rulebook, rulebook_from_toml
from workorder.rulebook.findings import rulebook_warnings

FILE = rulebook_file("bank")
BANK = FILE.read_text(encoding="utf-8")
LABELS = 'labels = { en = "x", zh-CN = "x" }'


def found(text: str) -> list[Finding]:
    """Everything that is wrong with a file."""
    assert text != BANK
    with pytest.raises(ConfigurationError) as refused:
        rulebook_from_toml(text, "bank.toml", folder=FILE.parent)
    return list(refused.value.findings)


def only(text: str) -> tuple[str, str, str]:
    """The only thing that is wrong with a file: key, found, expected."""
    (each,) = found(text)
    assert each.file.startswith("bank.toml:")
    return each.key, each.found, each.expected


def read(text: str) -> Rulebook:
    """What a file says that is without mistakes."""
    return rulebook_from_toml(text, folder=FILE.parent)


def warned(text: str) -> list[tuple[str, str, str]]:
    """What is worth a look in a file without mistakes: key, found, expected."""
    told = rulebook_warnings(read(text))
    assert all(each.severity == "warning" for each in told)
    return [(each.key, each.found, each.expected) for each in told]


def changed(old: str, new: str) -> str:
    """The bank's file with *new* for *old*."""
    assert old in BANK, old
    return BANK.replace(old, new, 1)


def when(condition: str) -> str:
    """The bank's file with a condition on an approval, which is the third."""
    return (
        f'{BANK}\n[[settings.approvals]]\nstep = "approve"\nranks = [10, 30]\nwhen = {condition}\n'
    )


CONDITIONS = {
    '{ field = "fields.amuont", ge = 1 }': (
        "fields.amuont, a field that no form has",
        "fields.amount",
    ),
    '{ field = "counts.extension", ge = 1 }': ("counts.extension", "counts.extensions"),
    '{ field = "times.close", missing = true }': ("times.close", "times.closed"),
    '{ field = "chanel", eq = "phone" }': ("chanel", "channel"),
    '{ field = "department", gt = 5 }': ("department gt 5", "text to compare department with"),
    '{ field = "fields.amount", ge = "1" }': (
        "fields.amount ge “1”",
        "a whole number to compare fields.amount with",
    ),
    '{ field = "fields.amount", contains = 1 }': (
        "fields.amount contains 1",
        "one of eq, ne, lt, le, gt, ge, in, missing",
    ),
    '{ field = "counts.extensions", ge = true }': (
        "counts.extensions ge true",
        "a whole number to compare counts.extensions with",
    ),
    '{ field = "fields.title", eq = "x" }': (
        "fields.title, which is sealed: its value is never compared",
        "a field that is not sensitive",
    ),
    '{ field = "type", eq = "complant" }': ("type complant", "complaint"),
    '{ not = { any = [{ field = "type", in = ["complant"] }] } }': ("type complant", "complaint"),
    '{ field = "state", ne = "acepted" }': ("state acepted", "accepted"),
    '{ field = "told", eq = "x" }': (
        "told eq “x”",
        "missing, which alone can be asked of a table",
    ),
    '{ field = "asked", eq = "cards" }': ("asked eq “cards”", "one of contains, missing"),
    '{ field = "intake_approved", gt = true }': (
        "intake_approved gt true",
        "one of eq, ne, in, missing",
    ),
    '{ field = "approvals.close", contains = "li" }': ("approvals.close", "approvals.approve"),
}


@pytest.mark.parametrize("condition", CONDITIONS)
def test_conditions_that_never_hold(condition: str) -> None:
    """What a condition asks about is there, and of the kind that it is compared with."""
    expected = CONDITIONS[condition]
    key, said, meant = only(when(condition))
    assert (key, said) == ("settings.approvals[2].when", expected[0])
    assert expected[1] in meant


@pytest.mark.parametrize(
    "condition",
    [
        '{ field = "fields.amount", ge = 1 }',
        '{ field = "fields.title", missing = true }',
        '{ field = "fields.product", in = ["card", "loan"] }',
        '{ field = "times.opened", lt = 2026-01-01T00:00:00Z }',
        '{ field = "earlier_types", contains = "enquiry" }',
        '{ field = "intake_approved", eq = true }',
        '{ field = "urged", missing = true }',
        '{ field = "before_hold", eq = "accepted" }',
        '{ field = "approvals.approve", contains = "li" }',
    ],
)
def test_conditions_that_may_hold(condition: str) -> None:
    """Everything that a ticket answers may be asked about."""
    assert read(when(condition)).name == "bank"


def test_a_value_that_a_field_cannot_have() -> None:
    """A field with choices is one of them."""
    choosy = changed(
        '[fields.category]\nkind = "code"', '[fields.category]\nkind = "code"\nchoices = ["card"]'
    )
    text = choosy + when('{ field = "fields.category", eq = "crad" }')[len(BANK) :]
    assert only(text) == ("settings.approvals[2].when", "fields.category crad", "card")


# --- approvals ----------------------------------------------------------------------------------


def approval(step: str, ranks: str, more: str = "") -> str:
    """The bank's file with a third approval."""
    return f'{BANK}\n[[settings.approvals]]\nstep = "{step}"\nranks = {ranks}\n{more}\n'


def test_an_approval_that_nobody_asks_about() -> None:
    """An approval of a step changes nothing unless a row asks for the rank."""
    key, said, meant = only(approval("close", "[50]"))
    assert (key, said) == ("settings.approvals[2].step", "close, which no row asks about")
    assert "approval_rank_sufficient" in meant


def test_a_rule_that_asks_about_another_step() -> None:
    """Without a step the rule means `approve`; what was meant is said."""
    text = changed('{ rule = "approves_once", step = "approve_extension" }', '"approves_once"')
    assert only(text) == (
        "actions.approve_extension.rules.approves_once",
        "no step, which means “approve”",
        "step = “approve_extension”, of which settings.approvals speaks",
    )
    asking = changed(
        '{ rule = "approval_rank_sufficient", step = "approve_extension" }',
        '"approval_rank_sufficient"',
    )
    assert only(asking)[0] == "actions.approve_extension.rules.approval_rank_sufficient"


def test_the_usual_step_need_not_be_said() -> None:
    """In the rows of `approve` itself it means what it says."""
    text = BANK.replace('{ rule = "approves_once", step = "approve" }', '"approves_once"')
    assert read(text + approval("approve", "[10]")[len(BANK) :]).name == "bank"


CANCEL = '"own_ticket_if_customer",\n  { rule = "approval_rank_sufficient", step = "cancel" },'


def test_a_chain_that_is_not_recorded() -> None:
    """Of other steps no ticket knows who agreed before: a chain would never come to its end."""
    start = BANK.index("[actions.cancel]")
    rows = BANK[start:].replace('"own_ticket_if_customer",', CANCEL, 1)
    text = BANK[:start] + rows
    one = '\n[[settings.approvals]]\nstep = "cancel"\nranks = [10]\n'
    assert read(text + one).name == "bank"
    assert only(text + one.replace("[10]", "[10, 30]")) == (
        "settings.approvals[2].ranks",
        "2 of cancel, which records no agreement",
        "one rank, or a chain of approve or approve_extension",
    )


def test_an_approval_that_another_hides() -> None:
    """After one that always applies, none of the same step is ever taken."""
    text = approval("approve_extension", "[20]", 'when = { field = "type", eq = "dispute" }')
    assert only(text) == (
        "settings.approvals[2]",
        "never applied: one of approve_extension that always applies stands before it",
        "the one without a condition last",
    )


@pytest.mark.parametrize(
    ("ranks", "expected"),
    [
        ("[-1]", ("-1", "ranks of zero or more")),
        ("[30, 10]", ("falling ranks: 30, 10", "each as high as the one before")),
    ],
)
def test_ranks_that_make_no_chain(ranks: str, expected: tuple[str, str]) -> None:
    """Ranks begin at nothing and do not fall."""
    assert only(approval("approve", ranks)) == ("settings.approvals[2].ranks", *expected)


# --- ways back ----------------------------------------------------------------------------------

LIMBO = f"""
[states.limbo]
stage = "handling"
category = "open"
{LABELS}

[actions.park]
{LABELS}
from = ["in_progress"]
to = "limbo"
roles = ["handler"]

[actions.unpark]
{LABELS}
from = ["limbo"]
to = "@TARGET"
roles = ["handler"]
"""


@pytest.mark.parametrize("name", ["befor_hold", "before_hodl", "beforehold"])
def test_a_way_back_that_is_misspelt(name: str) -> None:
    """A name that all but reads like one a ticket remembers was meant to be that one."""
    text = BANK.replace("@before_hold", f"@{name}")
    assert [(each.key, each.expected) for each in found(text)] == [
        ("actions.resume.to", "@before_hold"),
        ("actions.customer_reply.to", "@before_hold"),
    ]


@pytest.mark.parametrize("name", ["before_hold", "before_merge"])
def test_a_way_back_that_nothing_fills(name: str) -> None:
    """Where no hold (no merging) leads, nothing is remembered: tickets would stay for ever."""
    key, said, meant = only(BANK + LIMBO.replace("TARGET", name))
    assert key == "states.limbo"
    assert said == f"left only by @{name}, which means nothing after park"
    assert meant.startswith("a row that leads on, or ")


def test_a_way_back_that_a_host_may_remember() -> None:
    """Another name is worth a look, and more so where it is the only way out."""
    text = BANK + LIMBO.replace("TARGET", "before_park")
    assert [(key, said) for key, said, _ in warned(text)] == [
        ("actions.unpark.to", "@before_park, which no ticket remembers"),
        ("states.limbo", "left only by @before_park, which no ticket remembers"),
    ]


def test_a_state_that_is_held_and_parked() -> None:
    """A second way into the state of a hold needs a way out of its own."""
    park = f'[actions.park]\n{LABELS}\nfrom = ["assigned"]\nto = "pending"\nroles = ["handler"]\n'
    leave = "[actions.transfer]\n"
    start = BANK.index(leave)
    stay = BANK[:start] + BANK[start:].replace('"in_progress", "pending"]', '"in_progress"]', 1)
    caught = stay.replace(
        '"in_progress", "pending", "under_review"]\nto = "cancelled"',
        '"in_progress", "under_review"]\nto = "cancelled"',
    )
    caught = caught.replace(
        '"in_progress", "pending"]\nto = "merged"', '"in_progress"]\nto = "merged"'
    )
    assert read(caught).name == "bank"
    assert only(caught + park)[0] == "states.pending"
    assert read(BANK + park).name == "bank"


# --- limits that time acts on -------------------------------------------------------------------


def without(action: str) -> str:
    """The bank's file without an action."""
    return re.sub(rf"\[actions\.{action}\].*?\n\n", "", BANK, flags=re.DOTALL)


def nobody(action: str) -> str:
    """The bank's file in which time may not take an action."""
    start = BANK.index(f"[actions.{action}]")
    return BANK[:start] + BANK[start:].replace(', "system"]', "]", 1)


ACTED_ON = {
    "time may not close": (nobody("close"), "settings.auto_close_after", "close from resolved"),
    "nothing is resolved": (
        changed("resolved = true\n", ""),
        "settings.auto_close_after",
        "a state with resolved = true",
    ),
    "time may not resume": (
        nobody("resume"),
        "settings.hold_reasons.waiting_for_customer.longest",
        "resume from pending",
    ),
    "nobody may resume": (
        without("resume"),
        "settings.hold_reasons.waiting_for_customer.longest",
        "resume from pending",
    ),
}


@pytest.mark.parametrize("name", ACTED_ON)
def test_limits_that_time_may_not_act_on(name: str) -> None:
    """A limit goes with a row by which time does what it says; the row that lacks is told."""
    text, key, expected = ACTED_ON[name]
    told = only(text)
    assert told[0] == key
    assert expected in told[2]


def test_nobody_tells_that_something_is_overdue() -> None:
    """Sub-tasks and panels with a limit go with the row that marks them."""
    assert [(each.key, each.expected) for each in found(without("mark_overdue"))] == [
        ("settings.subtask_limit", "a row of mark_overdue from in_progress for system"),
        ("settings.panel_limit", "a row of mark_overdue from in_progress for system"),
    ]


def test_a_bank_may_archive_by_hand() -> None:
    """That time does not archive is worth a look, no more."""
    assert warned(nobody("archive")) == [
        (
            "settings.reopen_window",
            "a limit, but system may not archive there",
            "a row of archive from closed for system",
        )
    ]


# --- labels -------------------------------------------------------------------------------------

UNREAD = {
    'labels = { en = "Complaint", zh-CN = "投诉" }': (
        'labels = { en = "Complaint", zhCN = "投诉" }',
        ("forms.complaint.labels.zhCN", "no language", "zh-CN"),
    ),
    'labels = { en = "Title", zh-CN = "标题" }': (
        'labels = { en = "Title" }',
        ("fields.title.labels.zh-CN", "nothing", "a label"),
    ),
    'labels = { en = "Currency", zh-CN = "币种" }': (
        'labels = { EN = "Currency", zh-CN = "币种" }',
        ("forms.dispute.fields.currency.labels.EN", "no language", "en"),
    ),
    'labels = { en = "Bank work orders", zh-CN = "银行客服工单" }': (
        'labels = { en = "Bank work orders" }',
        ("labels.zh-CN", "nothing", "a label"),
    ),
    'labels = { en = "Accepted", zh-CN = "已受理" }': (
        'labels = { en = "Accepted", zh-CN = "已受理", "中文" = "x" }',
        (
            "states.accepted.labels.中文",
            "no language",
            "en, zh-CN or another language, such as zh-Hant",
        ),
    ),
}


@pytest.mark.parametrize("old", UNREAD)
def test_labels_that_people_cannot_read(old: str) -> None:
    """Types, fields and the rulebook are read like states: in each language that ships."""
    new, expected = UNREAD[old]
    assert warned(changed(old, new)) == [expected]


def test_labels_in_more_languages() -> None:
    """Another language is nobody's mistake, and a rulebook may have no labels at all."""
    assert (
        warned(changed('{ en = "Title",', '{ zh-Hant = "標題", fr = "Titre", en = "Title",')) == []
    )
    assert (
        warned(changed('labels = { en = "Bank work orders", zh-CN = "银行客服工单" }\n', "")) == []
    )


# --- what people fill in ------------------------------------------------------------------------

FILLED = {
    "choices of a number": (
        '[fields.priority]\nkind = "integer"',
        '[fields.priority]\nkind = "integer"\nchoices = ["1", "2"]',
        ("fields.priority.choices", "1, 2 for the kind integer"),
    ),
    "a limit of a number": (
        '[fields.priority]\nkind = "integer"',
        '[fields.priority]\nkind = "integer"\nlimit = 3',
        ("fields.priority.limit", "3 for the kind integer"),
    ),
    "a choice that is too long": (
        'kind = "code"\nlimit = 3',
        'kind = "code"\nlimit = 3\nchoices = ["CNY", "CNYX"]',
        ("fields.currency.choices", "“CNYX”: 4 characters, at most 3"),
    ),
    "a blank choice": (
        'kind = "code"\nlimit = 3',
        'kind = "code"\nlimit = 3\nchoices = [" "]',
        ("fields.currency.choices", "“ ”: "),
    ),
    "a type that no ticket can have": (
        "[forms.suggestion]",
        f"[forms.{'x' * 201}]",
        (f"forms.{'x' * 201}", "a name that no ticket takes"),
    ),
    "a blank version": ('version = "1"', 'version = "  "', ("version", "blanks")),
    "no name": ('name = "bank"', 'name = ""', ("name", "nothing")),
    "accepting out of nothing": (
        'from = ["registered"]\nto = "accepted"',
        'from = []\nto = "accepted"',
        ("actions.accept.from", "no state"),
    ),
    "a hold that a comment ends": (
        'resumes_on = ["customer_reply"]',
        'resumes_on = ["comment"]',
        (
            "settings.hold_reasons.waiting_for_customer.resumes_on",
            "comment, which takes no ticket out of a hold",
        ),
    ),
    "a limit that is over at once": (
        'panel_limit = "3 working days"',
        'panel_limit = "0 elapsed hours"',
        ("settings.panel_limit", "0 elapsed hours"),
    ),
    "a retention that is over at once": (
        "rating = [1, 5]\n",
        'rating = [1, 5]\n[settings.retention]\ncomplaint = "0 elapsed hours"\n',
        ("settings.retention.complaint", "0 elapsed hours"),
    ),
    "no time for a sub-task": (
        'subtask_limit = "2 working days"',
        'subtask_limit = "0 working hours"',
        ("settings.subtask_limit", "0 working hours"),
    ),
}


@pytest.mark.parametrize("name", FILLED)
def test_what_nobody_could_fill_in(name: str) -> None:
    """Limits, choices and names that nothing asks about, or that nothing could pass."""
    old, new, expected = FILLED[name]
    told = found(changed(old, new))
    assert told[0].key == expected[0]
    assert told[0].found.startswith(expected[1])


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('auto_close_after = "7 calendar days"', 'auto_close_after = "0 elapsed hours"'),
        ('urge_min_interval = "60 elapsed minutes"', 'urge_min_interval = "0 elapsed minutes"'),
        ('panel_limit = "3 working days"', 'panel_limit = "0 working days"'),
    ],
)
def test_no_time_that_means_something(old: str, new: str) -> None:
    """At once, without waiting, and by the end of the same day are decisions of a bank."""
    assert read(changed(old, new)).name == "bank"


@pytest.mark.parametrize(
    "own", ["2026-01-01", "10:00:00", "[{ a = 2026-01-01 }]", "2026-01-01T00:00:00"]
)
def test_settings_of_a_host_are_plain(own: str) -> None:
    """A date and a time of day are told apart from nothing that a file has: they are texts."""
    key, _, meant = only(f"{BANK}\n[settings.own]\nd = {own}\n")
    assert key == "settings.own.d"
    assert meant.endswith(("as a text", "one with its offset"))


def test_settings_of_a_host_are_not_too_deep() -> None:
    """What nobody could compare is refused when it is read."""
    deep = f"{BANK}\n[settings.own.{'.'.join(['a'] * 60)}]\nx = 1\n"
    assert only(deep) == ("settings.own.a", "tables nested too deeply", "at most 50 levels")
    shallow = f"{BANK}\n[settings.own.{'.'.join(['a'] * 40)}]\nx = 1\n"
    assert read(shallow).name == "bank"
