"""What the settings are called, and what each of them means for one who takes an action."""

from collections.abc import Iterator, Mapping

from workorder.conditions import ALWAYS
from workorder.manuals.markdown import code, plain
from workorder.manuals.phrases import said
from workorder.manuals.sentences import condition_text, ranks_text, setting_text
from workorder.rulebook import Rulebook
from workorder.texts import Texts, both, fill, in_language

SETTINGS: Mapping[str, Texts] = {
    "required_fields": both("fields required before acceptance", "受理前必填字段"),
    "types_without_review": both("types that need no review", "免复核工单类型"),
    "types_with_intake_approval": both(
        "types whose intake somebody else approves", "登记须审核的工单类型"
    ),
    "types_requiring_decision_notice": both(
        "types closed only when the customer was told of the decision",
        "结案前须告知客户处理结果的工单类型",
    ),
    "time_limits": both("time limits from acceptance, by type", "各类型办理时限（自受理起）"),
    "auto_close_after": both("quiet period after the resolution", "办结后静默期"),
    "reopen_window": both("how long a closed ticket may be reopened", "结案后可重新打开的期限"),
    "appeal_window": both("how long an appeal is possible", "可申请核查的期限"),
    "longest_extension": both(
        "how far an extension may reach beyond the due time", "延期最长可超出到期时间"
    ),
    "urge_min_interval": both(
        "least time between two urges of one person", "同一人两次催办的最短间隔"
    ),
    "subtask_limit": both(
        "time for a sub-task, if not agreed otherwise", "会办时限（未另行约定时）"
    ),
    "panel_limit": both(
        "time for an expert panel, if not agreed otherwise", "会诊时限（未另行约定时）"
    ),
    "max_escalation_level": both("highest level of escalation", "最高升级级别"),
    "max_declines": both("declines before a dispatch is final", "退单次数上限"),
    "hold_reasons": both("reasons for a hold", "挂起原因"),
    "approvals": both("approvals: step and ranks", "审批环节及职级"),
    "rating": both("scores of a rating", "评分范围"),
    "retention": both(
        "how long sealed values are kept, from closing, by type",
        "各类型敏感内容保存期限（自结案起）",
    ),
    "own": both("the bank's own settings", "本行自定义参数"),
}
"""Words by the name of the setting."""

LIMITS: Mapping[str, Texts] = {
    "required_fields": both(
        "Before a ticket is accepted, these must be filled: {value}.", "受理前须填写：{value}。"
    ),
    "types_without_review": both(
        "Without a review only these types are resolved: {value}.",
        "仅以下类型可不经复核直接办结：{value}。",
    ),
    "types_with_intake_approval": both(
        "Somebody else approves the intake of these types before dispatch: {value}.",
        "以下类型转办前，登记内容须经他人审核：{value}。",
    ),
    "types_requiring_decision_notice": both(
        "Before these types are closed, the customer must have been told of the decision: {value}.",
        "以下类型结案前，须已告知客户处理结果：{value}。",
    ),
    "time_limits": both(
        "The time limit runs from acceptance ({value}).",
        "办理时限自受理起计算（{value}）。",
    ),
    "auto_close_after": both(
        "Quiet period: time closes a resolved ticket {value} after the resolution, not sooner.",
        "静默期：办结后满 {value}，系统方可自动结案。",
    ),
    "reopen_window": both(
        "A closed ticket may be reopened for {value}; after that it is archived.",
        "结案后 {value}内可重新打开；期满后归档。",
    ),
    "appeal_window": both(
        "An appeal is possible for {value} from when the customer was told of the decision, or "
        "from closing, if they were never told.",
        "自告知客户处理结果起 {value}内可申请核查；未告知的，自结案起计算。",
    ),
    "longest_extension": both(
        "An extension reaches {value} beyond the running due time at most.",
        "延期最多可超出当前到期时间 {value}。",
    ),
    "urge_min_interval": both(
        "The same person may urge again after {value}.", "同一人须间隔 {value} 方可再次催办。"
    ),
    "subtask_limit": both(
        "The other department has {value}, when nobody says otherwise.",
        "未另行约定时，会办部门须在 {value}内完成。",
    ),
    "panel_limit": both(
        "The panel has {value}, when nobody says otherwise.",
        "未另行约定时，会诊须在 {value}内完成。",
    ),
    "max_escalation_level": both(
        "A ticket may be escalated to level {value} at most.", "最高可升级至第 {value} 级。"
    ),
    "max_declines": both(
        "A ticket may be declined {value} times at most; after that its dispatch is final.",
        "退单最多 {value} 次；达到上限后，派单为终派。",
    ),
    "hold_reasons": both(
        "The reason is one of: {value}. What each of them means stands in the chapter on limits.",
        "挂起原因限选：{value}。各原因的含义见“参数与时限”一章。",
    ),
    "rating": both("The score lies in {value}.", "评分范围：{value}。"),
    "retention": both(
        "What people wrote is kept from closing for a time ({value}); then it is erased.",
        "敏感内容自结案起保存（{value}），期满删除。",
    ),
}
"""What a setting means for those who act, one sentence each."""

CONCERNS: Mapping[str, tuple[str, ...]] = {
    "accept": ("required_fields", "time_limits"),
    "approve_intake": ("types_with_intake_approval",),
    "dispatch": ("types_with_intake_approval",),
    "assign": ("types_with_intake_approval",),
    "offer": ("types_with_intake_approval",),
    "transfer": ("types_with_intake_approval",),
    "decline": ("max_declines",),
    "hold": ("hold_reasons",),
    "open_subtask": ("subtask_limit",),
    "convene_panel": ("panel_limit",),
    "submit": ("types_without_review",),
    "resolve": ("types_without_review",),
    "inform_customer": ("types_requiring_decision_notice",),
    "request_extension": ("longest_extension",),
    "urge": ("urge_min_interval",),
    "escalate": ("max_escalation_level",),
    "close": ("auto_close_after", "types_requiring_decision_notice"),
    "reopen": ("reopen_window",),
    "archive": ("reopen_window", "appeal_window", "retention"),
    "appeal": ("appeal_window",),
    "rate": ("rating",),
}
"""The settings that concern an action."""

_APPROVAL = both(
    "Who agrees has the rank {ranks} or above ({when}).",
    "审批人职级须为 {ranks} 及以上（{when}）。",
)
_CHAIN = both(
    "People of these ranks or above agree, one after the other, each of them somebody else: "
    "{ranks} ({when}).",
    "须依次经职级 {ranks} 及以上的不同人员审批（{when}）。",
)
_RESUMES = both("It ends a hold for the reason “{value}”.", "可结束原因为“{value}”的挂起。")


def setting_name(name: str, language: str) -> str:
    """What a setting is called; a name that is not known here stands for itself."""
    words = SETTINGS.get(name)
    return code(name) if words is None else in_language(words, language)


def limits(rulebook: Rulebook, action: str, language: str) -> Iterator[str]:
    """What the settings mean for one who takes *action*; settings that set no limit say nothing."""
    settings = rulebook.workflow.settings
    concerns = CONCERNS.get(action, ())
    if action == "open" and "accept" not in rulebook.workflow.action_labels:
        concerns = ("time_limits",)  # such a ticket is accepted as it is opened
    for name in concerns:
        value = getattr(settings, name)
        if value is not None and value not in ((), {}):
            text = setting_text(rulebook, name, value, language)
            yield fill(LIMITS[name], {"value": text}, language)
    for reason in settings.hold_reasons:
        if action in reason.resumes_on:
            yield fill(_RESUMES, {"value": plain(reason.label.text(language))}, language)
    approvals = [each for each in settings.approvals if each.step == action]
    for number, approval in enumerate(approvals):
        words = _CHAIN if len(approval.ranks) > 1 else _APPROVAL
        when = condition_text(approval.when, language)
        if number and approval.when == ALWAYS:
            when = said("other_cases", language)
        yield fill(words, {"ranks": ranks_text(approval), "when": when}, language)
