"""What pictures, tables and manuals say by themselves, in English and Chinese, in one catalogue.

Everything else they show are the labels and sentences of the rulebook.
"""

from collections.abc import Iterable, Mapping

from workorder.texts import CHINESE, ENGLISH, Texts, fill, is_chinese


def _both(english: str, chinese: str) -> Texts:
    return {ENGLISH: english, CHINESE: chinese}


PHRASES: Mapping[str, Texts] = {
    "none": _both("none", "无"),
    "no_limit": _both("no limit", "不限"),
    "yes": _both("yes", "是"),
    "no": _both("no", "否"),
    "always": _both("in every case", "任何情况"),
    "other_cases": _both("in every other case", "其余情形"),
    "never": _both("in no case", "任何情况均不"),
    "back": _both("back to where it was: {states}", "返回原状态：{states}"),
    "stays": _both("(stays)", "（不变）"),
    "move": _both("{action}: {source} → {target}", "{action}：{source} → {target}"),
    "swimlane.title": _both("Who moves a ticket: {name}", "工单流转泳道图：{name}"),
    "swimlane.from": _both("from this state", "起始状态"),
    "swimlane.to": _both("to this state", "到达状态"),
    # headings and heads of tables
    "states": _both("States", "状态"),
    "roles": _both("Roles", "角色"),
    "actions": _both("Actions", "操作"),
    "settings": _both("Settings", "参数"),
    "forms": _both("Forms", "表单"),
    "state": _both("State", "状态"),
    "name": _both("Name", "标识"),
    "stage": _both("Stage", "阶段"),
    "category": _both("Kind", "类别"),
    "customer_sees": _both("The customer sees", "客户看到"),
    "role": _both("Role", "角色"),
    "sees": _both("Sees", "可见工单"),
    "reads": _both("Reads", "可读内容"),
    "acts": _both("Acts", "可操作"),
    "action": _both("Action", "操作"),
    "from": _both("From", "原状态"),
    "to": _both("To", "新状态"),
    "who": _both("Who", "操作角色"),
    "rules": _both("Rules", "规则"),
    "setting": _both("Setting", "参数"),
    "value": _both("Value", "取值"),
    "field": _both("Field", "字段"),
    "kind": _both("Type", "类型"),
    "required": _both("Required", "必填"),
    "limit": _both("Limit", "限制"),
    "searchable": _both("Searchable", "可检索"),
    "sealed": _both("Kept sealed", "封存"),
    "readers": _both("Read by", "可读角色"),
    "readers.everybody": _both("whoever sees the ticket", "所有可见者"),
    "reason": _both("Reason", "挂起原因"),
    "clocks": _both("Clocks that stop", "暂停的计时"),
    "longest": _both("At most", "最长时间"),
    "ends_by": _both("Ends by", "结束方式"),
    "step": _both("Step", "审批环节"),
    "ranks": _both("Ranks, in order", "所需职级（依次）"),
    "when": _both("When", "适用情形"),
    # kinds of values, as the people who type them in know them
    "kind.text": _both("text", "文字"),
    "kind.code": _both("code", "代码"),
    "kind.integer": _both("whole number", "整数"),
    "kind.flag": _both("yes or no", "是或否"),
    "kind.instant": _both("date and time", "日期时间"),
    "kind.codes": _both("several codes", "多个代码"),
    "limit.text": _both("{limit} characters", "{limit} 字"),
    "limit.codes": _both("{count} codes of {limit} characters", "{count} 项，每项 {limit} 字"),
    "limit.masked": _both("only the last {last} kept", "仅保留末 {last} 位"),
    "limit.choices": _both("one of: {choices}", "限选：{choices}"),
    # stages, categories, scopes
    "stage.intake": _both("Intake", "受理"),
    "stage.dispatch": _both("Dispatch", "转办"),
    "stage.handling": _both("Handling", "处理"),
    "stage.conclusion": _both("Conclusion", "结案"),
    "category.initial": _both("initial", "初始"),
    "category.open": _both("open", "在办"),
    "category.closed": _both("closed", "已结"),
    "category.final": _both("final", "终止"),
    "scope.own": _both("their own", "本人相关"),
    "scope.department": _both("their own and their department's", "本人及本部门"),
    "scope.all": _both("all", "全部"),
    "reads.all": _both("all of a ticket", "工单全部内容"),
    "reads.shared": _both("what is shared with the customer", "与客户共享的内容"),
    # what holds pause
    "pauses.internal": _both("the bank's own", "行内计时"),
    "pauses.where_allowed": _both(
        "those whose text allows it, once the customer was told", "规定允许暂停的计时（告知客户后）"
    ),
    "pauses.nothing": _both("none", "均不暂停"),
    "sees_state": _both("what the state says", "同状态显示"),
    "time": _both("time running out", "到期自动恢复"),
    # parameters of rules
    "parameter.besides": _both("not counting", "不计"),
    "parameter.roles": _both("for the roles", "角色范围"),
    "parameter.besides_roles": _both("not asked of", "不适用角色"),
    "parameter.step": _both("step", "环节"),
    "parameter.reasons": _both("for the reasons", "适用原因"),
    "parameter.actions": _both("of the actions", "操作范围"),
    "parameter.states": _both("in the states", "状态范围"),
    # conditions
    "condition.contains": _both("contains", "包含"),
    "condition.missing": _both("is missing", "为空"),
    "condition.all": _both("and", "且"),
    "condition.any": _both("or", "或"),
    "condition.not": _both("not", "非"),
}


def said(key: str, language: str, **facts: object) -> str:
    """The phrase of that key, filled with *facts*."""
    return fill(PHRASES[key], facts, language)


def known(key: str, language: str, otherwise: str) -> str:
    """The phrase of that key, or *otherwise* when the catalogue has none: a host's own name."""
    return said(key, language) if key in PHRASES else otherwise


def stage_name(stage: str, language: str) -> str:
    """What a stage is called."""
    return known(f"stage.{stage}", language, stage)


def category_name(category: str, language: str) -> str:
    """What a category of states is called."""
    return known(f"category.{category}", language, category)


def joined(parts: Iterable[str], language: str) -> str:
    """Several names, one after the other; "none" when there are none."""
    return ("、" if is_chinese(language) else ", ").join(parts) or said("none", language)


def in_brackets(text: str, language: str) -> str:
    """*text* as a remark behind something."""
    return f"（{text}）" if is_chinese(language) else f" ({text})"


def after_colon(head: str, text: str, language: str) -> str:
    """*head*, a colon, *text*."""
    return f"{head}：{text}" if is_chinese(language) else f"{head}: {text}"
