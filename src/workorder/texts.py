"""What the library says to people, in English and Chinese, in one catalogue.

Every refusal and every error has a stable ``code``; the sentences live here, one
template per language, so that a code can never say different things in two places.
A template is filled with *facts* (``{action}``, ``{state}``…); a fact that is a
:class:`Label` is shown in the reader's language.

Rules bring their own sentences (see :mod:`workorder.workflow`), because a host
writes rules too.
"""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta, tzinfo

from attrs import field, frozen

ENGLISH = "en"
CHINESE = "zh-CN"
LANGUAGES = (ENGLISH, CHINESE)

Texts = Mapping[str, str]
"""One sentence or name per language: ``{"en": …, "zh-CN": …}``."""


def is_chinese(language: str) -> bool:
    """Whether *language* is Chinese of any region: ``zh``, ``zh-CN``, ``zh-TW``."""
    return language.split("-", maxsplit=1)[0].lower() == "zh"


def in_language(texts: Texts, language: str, fallback: str = "") -> str:
    """Pick *language*, else another region of it, else English, else *fallback*.

    >>> in_language({"en": "close", "zh-CN": "结案"}, "zh-CN")
    '结案'
    >>> in_language({"en": "close"}, "zh-CN")
    'close'
    """
    found = texts.get(language)
    if found is not None:
        return found
    base = language.split("-", maxsplit=1)[0]
    for known, text in texts.items():
        if known.split("-")[0] == base:
            return text
    return texts.get(ENGLISH, fallback)


@frozen
class Label:
    """A stable name with what people call it in each language."""

    name: str
    texts: Texts = field(default={}, hash=False)

    def text(self, language: str = ENGLISH) -> str:
        """What to show: the label in *language*, or the bare name."""
        return in_language(self.texts, language, self.name)

    def __str__(self) -> str:
        return self.name


def shown(fact: object, language: str) -> str:
    """One fact as text: labels in the reader's language, several joined, instants in ISO 8601."""
    if isinstance(fact, Label):
        return fact.text(language)
    if isinstance(fact, datetime):
        return fact.isoformat(sep=" ", timespec="seconds")
    if isinstance(fact, tuple | list | frozenset | set):
        items = sorted(fact) if isinstance(fact, frozenset | set) else fact
        joined = ("、" if is_chinese(language) else ", ").join(
            shown(item, language) for item in items
        )
        return joined or ("无" if is_chinese(language) else "none")
    if fact is None:
        return "无" if is_chinese(language) else "none"
    return str(fact)


def _local(fact: object, zone: tzinfo | None) -> object:
    if not isinstance(fact, datetime) or fact.tzinfo is None or zone is None:
        return fact
    try:
        return fact.astimezone(zone)
    except OverflowError:  # at either end of the calendar: there is no such hour over there
        return fact


_ENDS = frozenset({"until", "due", "limit", "found", "than"})


def _said(name: str, fact: object, zone: tzinfo | None, language: str) -> str:
    """One fact: of an end at midnight, the day that it ends."""
    here = _local(fact, zone)
    if zone is None or not isinstance(here, datetime) or here.tzinfo is None:
        return shown(here, language)
    if name in _ENDS and here.time() == time.min and here.date() > date.min:
        return f"{here.date() - timedelta(days=1)} 24:00"
    return f"{here:%Y-%m-%d %H:%M}" if here.tzinfo is zone else shown(here, language)


class _Shown(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "?"


def fill(
    texts: Texts,
    facts: Mapping[str, object],
    language: str = ENGLISH,
    zone: tzinfo | None = None,
) -> str:
    """Fill the template of *language* with *facts*, instants in *zone*; ``?`` for missing ones."""
    known = _Shown((name, _said(name, fact, zone, language)) for name, fact in facts.items())
    template = in_language(texts, language)
    try:
        return template.format_map(known)
    except (ValueError, LookupError, AttributeError):
        return template  # a host's sentence that is no template is shown as it is


_HALF_WIDTH = {0xFF01 + n: 0x21 + n for n in range(94)} | {0x3000: 0x20}


def half_width(text: str) -> str:
    """Full-width signs, letters and digits as the usual ones: what Chinese input methods type.

    >>> half_width("\uff10\uff19\uff1a\uff10\uff10")
    '09:00'
    """
    return text.translate(_HALF_WIDTH)


def both(english: str, chinese: str) -> Texts:
    """A text in both languages that the library speaks."""
    return {ENGLISH: english, CHINESE: chinese}


REFUSALS: Mapping[str, Texts] = {
    "not_found": both(
        "there is no ticket {ticket} that {actor} may see",
        "没有 {actor} 可见的工单 {ticket}",
    ),
    "command_reused": both(
        "command id {command_id} was already used for another command on this ticket; "
        "use a new id for a new command",
        "命令编号 {command_id} 已用于本工单的另一条命令；新命令请使用新编号",
    ),
    "stale": both(
        "the ticket is at version {version}, not {expected} as expected; reload and decide again",
        "工单已是版本 {version}，而非预期的 {expected}；请重新载入后再处理",
    ),
    "conflict": both(
        "others changed the ticket {attempts} times in a row while this was decided; try again",
        "处理期间工单连续 {attempts} 次被他人修改；请重试",
    ),
    "clock_skew": both(
        "the instant {at} is earlier than the last step {last} by more than the allowed {limit}",
        "时间 {at} 早于最近一步 {last}，超过允许的偏差 {limit}",
    ),
    "opaque_history": both(
        "the ticket holds steps of a kind this version does not know ({types}); "
        "upgrade this worker before changing it",
        "工单含有当前版本不认识的步骤（{types}）；请先升级再修改",
    ),
    "unknown_action": both(
        "there is no action “{action}”; did you mean: {similar}?",
        "没有名为“{action}”的操作；是否想用：{similar}？",
    ),
    "unknown_type": both(
        "there is no ticket type “{type}”; known types: {known}",
        "没有名为“{type}”的工单类型；已有类型：{known}",
    ),
    "unknown_role": both(
        "{actor} comes with unknown roles: {unknown}; known roles: {known}",
        "{actor} 带有未知角色：{unknown}；已有角色：{known}",
    ),
    "unknown_state": both(
        "the ticket is in the state “{state}”, which the workflow does not have; "
        "map it to one of its states first",
        "工单处于流程中没有的状态“{state}”；请先映射到已有状态",
    ),
    "wrong_state": both(
        "“{action}” is not possible while the ticket is “{state}”; it is possible in: {states}",
        "工单处于“{state}”时不能“{action}”；可在以下状态进行：{states}",
    ),
    "not_permitted": both(
        "“{action}” in state “{state}” is for: {roles}; {actor} has: {held}",
        "“{state}”状态下的“{action}”仅限：{roles}；{actor} 的角色：{held}",
    ),
    "invalid_arguments": both(
        "“{action}” was given arguments it cannot use",
        "“{action}”的参数有误",
    ),
    "rules": both(
        "“{action}” is not allowed yet; in the way:",
        "暂不能“{action}”，原因：",
    ),
    "rulebook_change": both(
        "the ticket cannot be moved to the rulebook {rulebook}; in the way:",
        "工单暂不能改用规则手册 {rulebook}，原因：",
    ),
    "legal_hold": both(
        "the ticket is under legal hold ({cases}); until that is lifted, nothing may be erased",
        "工单处于诉讼保全中（{cases}）；解除前不得删除任何内容",
    ),
    "not_eligible": both(
        "{agent} must not have this ticket, whoever names them",
        "{agent} 须回避此工单，任何人不得指派",
    ),
    "capacity_taken": both(
        "{agent} has no capacity left for this ticket",
        "{agent} 已无余量承接此工单",
    ),
}
"""Why a command was refused, by code."""


PROBLEMS: Mapping[str, Texts] = {
    "unknown_argument": both("{name}: there is no such argument", "{name}：没有此参数"),
    "unknown_field": both(
        "{name}: the form has no such field; it has: {known}",
        "{name}：表单没有此字段；已有字段：{known}",
    ),
    "required": both("{name}: required", "{name}：必填"),
    "no_way_back": both(
        "it is not known which state to return to ({name})",
        "不知道应返回哪个状态（{name}）",
    ),
    "already_set": both(
        "{name}: already recorded; it cannot be exchanged",
        "{name}：已登记，不能更换",
    ),
    "not_later": both(
        "{name}: {found} is not later than {than}",
        "{name}：{found} 不晚于 {than}",
    ),
    "time_failed": both(
        "what time was to do failed ({error}); the ticket is as it was",
        "定时处理出错（{error}）；工单未变",
    ),
    "unknown_target": both(
        "{target} is not known here, so nobody can tell whose ticket it is",
        "此处没有 {target}，无法确认其所属客户",
    ),
    "beyond_limit": both(
        "{name}: {found} is later than {limit}, the longest allowed",
        "{name}：{found} 晚于允许的最长期限 {limit}",
    ),
    "in_future": both("{name}: {found} lies in the future", "{name}：{found} 为将来的时间"),
    "nothing_to_tell": both(
        "{name}: there is nothing of the kind yet that the customer could be told of",
        "{name}：尚无可告知客户的该事项",
    ),
    "blank": both("{name}: blank; leave it out instead", "{name}：为空白；如无内容请勿填写"),
    "padded": both("{name}: begins or ends with a blank", "{name}：首尾含空格"),
    "too_many": both(
        "{name}: {count} values, at most {limit} are allowed",
        "{name}：共 {count} 项，最多 {limit} 项",
    ),
    "wrong_type": both(
        "{name}: expected {expected}, found {found}", "{name}：应为 {expected}，实为 {found}"
    ),
    "too_long": both(
        "{name}: {length} characters, at most {limit} are allowed",
        "{name}：共 {length} 字，最多 {limit} 字",
    ),
    "control_character": both(
        "{name}: contains the control character {character} at position {position}",
        "{name}：第 {position} 位含控制字符 {character}",
    ),
    "not_encodable": both(
        "{name}: contains half a character (a lone surrogate) at position {position}",
        "{name}：第 {position} 位含不完整字符",
    ),
    "not_a_choice": both(
        "{name}: “{found}” is none of {choices}", "{name}：“{found}”不在可选值中：{choices}"
    ),
    "naive_datetime": both(
        "{name}: a datetime without a time zone; attach one, e.g. .replace(tzinfo=UTC)",
        "{name}：时间没有时区；请先加上时区",
    ),
    "without_offset": both(
        "“{found}” has no offset from UTC; in {zone} it would be {suggestion}",
        "“{found}”没有 UTC 偏移；按 {zone} 应写作 {suggestion}",
    ),
    "rule_error": both(
        "the rule itself failed ({error}) and therefore counts as not met",
        "规则本身出错（{error}），视为未满足",
    ),
    "duration_without_unit": both(
        "“{found}” does not say what it counts; it could be: {could}",
        "“{found}”没有说明按什么计算；可能是：{could}",
    ),
    "not_a_duration": both(
        "“{found}” is no duration; expected {expected}",
        "“{found}”不是期限；应为 {expected}",
    ),
    "beyond_horizon": both(
        "counting from {start}, there is no answer within {years} years (horizon_years); "
        "is the amount meant, and does this calendar ever open and close?",
        "自 {start} 起计算，{years} 年内没有结果（horizon_years）；"
        "请检查数量是否无误、日历是否有营业和停业时间",
    ),
    "outside_years": both(
        "the year {year} lies outside {first}-{last}, the years calendars are made for",
        "{year} 年超出日历支持的年份（{first}-{last}）",
    ),
    "unpublished": both(
        "{date} lies outside the dates this calendar is known for ({known}), "
        "and the calendar refuses to guess; bring its holidays up to date",
        "{date} 超出日历已公布的日期范围（{known}），该日历设为不做推测；请更新节假日数据",
    ),
    "estimated": both(
        "the holiday on {date} is only estimated, and the calendar refuses to guess; "
        "bring its holidays up to date",
        "{date} 的节假日仅为推算，该日历设为不做推测；请更新节假日数据",
    ),
    "not_given": both(
        "the due instant “{field}” was not given with the case; given: {known}",
        "未随工单提供到期时间“{field}”；已提供：{known}",
    ),
    "unknown_calendar": both(
        "there is no ready calendar “{found}”; did you mean: {similar}?",
        "没有名为“{found}”的现成日历；是否想用：{similar}？",
    ),
    "no_such_calendar": both(
        "“{found}” is neither a ready calendar (perhaps {similar}) nor a file that ends in .toml",
        "“{found}”既不是现成日历（可能是 {similar}），也不是已有的 .toml 文件",
    ),
    "not_a_time": both(
        "{name}: holds NaT (not a time) at position {position}",
        "{name}：第 {position} 位为 NaT（非时间）",
    ),
    "held_already": both(
        "the ticket is under legal hold for this matter already",
        "工单已因该事项处于保全中",
    ),
    "cannot_be_written": both(
        "this event cannot be written as {name}, as older workers would read it: {reason}",
        "该事件无法按旧版 {name} 写入：{reason}",
    ),
    "too_large": both(
        "{name}: {found} bytes, at most {limit} are allowed",
        "{name}：{found} 字节，最多 {limit} 字节",
    ),
    "already_there": both(
        "it goes by that rulebook already; there is nothing to move",
        "工单已依据该规则手册，无需更换",
    ),
    "rulebook_not_here": both(
        "the rulebook that it goes by is not at hand ({rulebook}); give it as an earlier one",
        "未提供工单现在依据的规则手册（{rulebook}）；请作为早期规则手册一并提供",
    ),
    "type_gone": both(
        "the new rulebook has no form for the type “{type}”",
        "新规则手册没有类型“{type}”的表单",
    ),
    "events_unknown": both(
        "the new rulebook does not know events that the ticket has: {types}",
        "新规则手册不认识工单已有的事件：{types}",
    ),
    "hold_reason_gone": both(
        "it is on hold for “{reason}”, which the new settings do not have",
        "工单因“{reason}”挂起，而新设置中没有该原因",
    ),
    "calendar_gone": both(
        "the clock “{clock}” has counted by the calendar “{calendar}”, which the new service "
        "levels do not have; keep it there, or let the plan restart what was promised",
        "计时“{clock}”曾按日历“{calendar}”计算，而新的服务水平中没有该日历；"
        "请予保留，或在迁移方案中重新起算",
    ),
    "state_gone": both(
        "{name}: the new workflow has no state “{state}”, and the plan does not say what becomes "
        "of it",
        "{name}：新流程没有状态“{state}”，迁移方案也未说明如何处理",
    ),
    "no_case_applies": both(
        "{name}: of the states that the plan has for “{state}”, none applies to this ticket",
        "{name}：迁移方案为“{state}”列出的状态均不适用于本工单",
    ),
    "not_a_state": both(
        "{name}: for “{state}” the plan says {found}, which the new workflow does not have",
        "{name}：迁移方案将“{state}”对应为 {found}，而新流程没有该状态",
    ),
    "other_standing": both(
        "{name}: moving does not conclude, end or reopen a ticket, as from “{state}” to “{to}” "
        "it would",
        "{name}：更换规则手册不得办结、结束或重新打开工单，而从“{state}”到“{to}”会如此",
    ),
    "no_way_out": both(
        "{name}: in the new workflow nothing leads this ticket out of “{state}”",
        "{name}：新流程中本工单无法离开“{state}”",
    ),
    "no_return": both(
        "{name}: in the new workflow nothing leads back from “{state}” to “{to}”",
        "{name}：新流程无法从“{state}”返回“{to}”",
    ),
    "unequal_lengths": both(
        "{name}: {found} elements, expected {expected}",
        "{name}：共 {found} 个元素，应为 {expected} 个",
    ),
}
"""What is wrong with one argument, field or rule, by code."""
