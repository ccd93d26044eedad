"""What pictures, tables and manuals say by themselves, in English and Chinese, in one catalogue.

Everything else they show are the labels and sentences of the rulebook.
"""

from collections.abc import Iterable, Mapping

from workorder.texts import Texts, both, fill, is_chinese

PHRASES: Mapping[str, Texts] = {
    "none": both("none", "无"),
    "no_limit": both("no limit", "不限"),
    "yes": both("yes", "是"),
    "no": both("no", "否"),
    "always": both("in every case", "任何情况"),
    "other_cases": both("in every other case", "其余情形"),
    "never": both("in no case", "任何情况均不"),
    "back": both("back to where it was: {states}", "返回原状态：{states}"),
    "stays": both("(stays)", "（不变）"),
    "move": both("{action}: {source} → {target}", "{action}：{source} → {target}"),
    "swimlane.title": both("Who moves a ticket: {name}", "工单流转泳道图：{name}"),
    "swimlane.from": both("from this state", "起始状态"),
    "swimlane.to": both("to this state", "到达状态"),
    # headings and heads of tables
    "states": both("States", "状态"),
    "roles": both("Roles", "角色"),
    "actions": both("Actions", "操作"),
    "settings": both("Settings", "参数"),
    "forms": both("Forms", "表单"),
    "state": both("State", "状态"),
    "name": both("Name", "标识"),
    "stage": both("Stage", "阶段"),
    "category": both("Kind", "类别"),
    "customer_sees": both("The customer sees", "客户看到"),
    "role": both("Role", "角色"),
    "sees": both("Sees", "可见工单"),
    "reads": both("Reads", "可读内容"),
    "acts": both("Acts", "可操作"),
    "action": both("Action", "操作"),
    "from": both("From", "原状态"),
    "to": both("To", "新状态"),
    "who": both("Who", "操作角色"),
    "rules": both("Rules", "规则"),
    "setting": both("Setting", "参数"),
    "value": both("Value", "取值"),
    "field": both("Field", "字段"),
    "kind": both("Type", "类型"),
    "required": both("Required", "必填"),
    "limit": both("Limit", "限制"),
    "searchable": both("Searchable", "可检索"),
    "sealed": both("Kept sealed", "封存"),
    "readers": both("Read by", "可读角色"),
    "readers.everybody": both("whoever sees the ticket", "所有可见者"),
    "reason": both("Reason", "挂起原因"),
    "clocks": both("Clocks that stop", "暂停的计时"),
    "longest": both("At most", "最长时间"),
    "ends_by": both("Ends by", "结束方式"),
    "step": both("Step", "审批环节"),
    "ranks": both("Ranks, in order", "所需职级（依次）"),
    "when": both("When", "适用情形"),
    # kinds of values, as the people who type them in know them
    "kind.text": both("text", "文字"),
    "kind.code": both("code", "代码"),
    "kind.integer": both("whole number", "整数"),
    "kind.flag": both("yes or no", "是或否"),
    "kind.instant": both("date and time", "日期时间"),
    "kind.codes": both("several codes", "多个代码"),
    "limit.text": both("{limit} characters", "{limit} 字"),
    "limit.codes": both("{count} codes of {limit} characters", "{count} 项，每项 {limit} 字"),
    "limit.masked": both("only the last {last} kept", "仅保留末 {last} 位"),
    "limit.choices": both("one of: {choices}", "限选：{choices}"),
    # stages, categories, scopes
    "stage.intake": both("Intake", "受理"),
    "stage.dispatch": both("Dispatch", "转办"),
    "stage.handling": both("Handling", "处理"),
    "stage.conclusion": both("Conclusion", "结案"),
    "category.initial": both("initial", "初始"),
    "category.open": both("open", "在办"),
    "category.closed": both("closed", "已结"),
    "category.final": both("final", "终止"),
    "scope.own": both("their own", "本人相关"),
    "scope.department": both("their own and their department's", "本人及本部门"),
    "scope.all": both("all", "全部"),
    "reads.all": both("all of a ticket", "工单全部内容"),
    "reads.shared": both("what is shared with the customer", "与客户共享的内容"),
    # what holds pause
    "pauses.internal": both("the bank's own", "行内计时"),
    "pauses.where_allowed": both(
        "those whose text allows it, once the customer was told", "规定允许暂停的计时（告知客户后）"
    ),
    "pauses.nothing": both("none", "均不暂停"),
    "sees_state": both("what the state says", "同状态显示"),
    "time": both("time running out", "到期自动恢复"),
    # parameters of rules
    "parameter.besides": both("not counting", "不计"),
    "parameter.roles": both("for the roles", "角色范围"),
    "parameter.besides_roles": both("not asked of", "不适用角色"),
    "parameter.step": both("step", "环节"),
    "parameter.reasons": both("for the reasons", "适用原因"),
    "parameter.actions": both("of the actions", "操作范围"),
    "parameter.states": both("in the states", "状态范围"),
    # conditions
    "condition.contains": both("contains", "包含"),
    "condition.missing": both("is missing", "为空"),
    "condition.all": both("and", "且"),
    "condition.any": both("or", "或"),
    "condition.not": both("not", "非"),
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
