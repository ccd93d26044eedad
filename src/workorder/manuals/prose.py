"""What the manual says in sentences of its own, in English and Chinese."""

from collections.abc import Mapping

from workorder.texts import Texts, both, fill

PROSE: Mapping[str, Texts] = {
    "title": both("{name}: operation manual", "{name}操作手册"),
    "rulebook": both("Rulebook", "规则手册"),
    "version": both("Version", "版本"),
    "digest": both("Digest", "摘要"),
    "calendar": both("Calendar", "日历"),
    "skew": both("Clocks may differ by", "允许的时钟偏差"),
    "late_notice": both("No notice when later than", "迟于此时限不再通知"),
    "reading": both("How to read this manual", "阅读说明"),
    "reading.source": both(
        "This manual is made from the rulebook named above, from the same data by which the "
        "system decides. When the digest differs from that of the system, the manual belongs to "
        "another edition.",
        "本手册由上述规则手册直接生成，与系统判定所依据的数据一致。摘要与系统所示不同的，"
        "即为其他版本的手册。",
    ),
    "reading.names": both(
        "Words in this `type` are the names that stand in the rulebook, in screens for "
        "administrators and in records.",
        "以 `code` 字体书写的，是规则手册、管理界面和记录中使用的标识。",
    ),
    "reading.action": both(
        "For every action the manual says who takes it, from which state to which, what must be "
        "given, which rules must hold, and which limits apply. All rules are checked at once: a "
        "refusal names every one that is not met, and what would help.",
        "每项操作列明操作角色、状态变化、须填内容、须满足的规则，以及适用的限制和时限。"
        "各项规则同时检查，拒绝时一并说明所有未满足的规则及解决办法。",
    ),
    "reading.roles": both(
        "A person may hold several roles; one that passes is enough, and the one that passed is "
        "recorded. Rules about who worked on a ticket look at its history, not at present roles.",
        "一人可兼任多个角色，任一角色符合即可操作，系统记录实际采用的角色。"
        "是否经办过工单以办理记录为准，与当前角色无关。",
    ),
    "reading.refusals": both(
        "A request is checked in this order, and answered at the first that applies:",
        "操作请求按以下顺序检查，遇到首个不通过的情形即予答复：",
    ),
    "refusal.not_found": both(
        "There is no such ticket, or you may not see it: refused.",
        "工单不存在，或无权查看：拒绝。",
    ),
    "refusal.repeated": both(
        "The same request was made before: answered with the first answer; nothing happens twice.",
        "同一请求已提交过：返回首次结果，不重复执行。",
    ),
    "refusal.stale": both(
        "Somebody changed the ticket since you looked: refused; look again and decide again.",
        "查看后工单已被他人更新：拒绝，请重新查看后再处理。",
    ),
    "refusal.state": both(
        "The action is not possible in the ticket's state: refused.",
        "工单所处状态不允许该操作：拒绝。",
    ),
    "refusal.role": both(
        "The action is not for any of your roles: refused.", "本人所有角色均无该操作权限：拒绝。"
    ),
    "refusal.arguments": both(
        "What was given cannot be used: refused, with everything that is wrong.",
        "填写内容有误：拒绝，并列明所有错误。",
    ),
    "refusal.rules": both(
        "A rule is not met: refused, with every rule that is not.",
        "规则未满足：拒绝，并列明所有未满足的规则。",
    ),
    "way": both("The way of a ticket", "工单流程"),
    "way.figure": both(
        "The figure shows the actions that move a ticket. Frames are stages, arrows are actions.",
        "下图为使工单状态变化的操作：方框为阶段，箭头为操作。",
    ),
    "steps": both("Actions, stage by stage", "各阶段操作"),
    "steps.stage": both("Stage: {stage}", "{stage}阶段"),
    "steps.several": both("In several stages", "跨阶段操作"),
    "steps.states": both("States of this stage", "本阶段状态"),
    "steps.also": both("Also possible here", "本阶段另可进行"),
    "steps.empty": both("No action belongs to this stage alone.", "本阶段无专属操作。"),
    "owner": both("Owner", "归口部门"),
    "who": both("Who", "操作角色"),
    "change": both("State", "状态变化"),
    "given": both("To be given", "填写内容"),
    "given.nothing": both("nothing", "无须填写"),
    "given.required": both("required", "必填"),
    "given.asked": both("asked for by a rule below", "下列规则要求填写"),
    "given.optional": both("may be left out", "选填"),
    "given.sealed": both("kept sealed", "封存"),
    "must_hold": both("What must hold", "须满足的规则"),
    "must_hold.nothing": both("no further rule", "无其他规则"),
    "refused_with": both("Otherwise the answer is", "未满足时的提示"),
    "limits": both("Limits", "限制与时限"),
    "refused": both("Refused", "拒绝情形"),
    "refused.states": both("in the states {states}", "工单处于以下状态：{states}"),
    "refused.open": both("on a ticket that is open already", "工单已登记"),
    "refused.roles": both("to every other role", "由其他角色操作"),
    "refused.arguments": both(
        "while something that must be given is missing or cannot be used", "填写内容缺失或有误"
    ),
    "refused.rules": both("while one of the rules is not met", "任一规则未满足"),
    "case": both("Case {number}", "情形 {number}"),
    "parameters": both("Settings and limits", "参数与时限"),
    "parameters.calendar": both(
        "Working days and hours are those of the calendar {calendar}. Limits in calendar days end "
        "with the last day; windows in days are no multiples of 24 hours.",
        "工作日和工作时间以日历 {calendar} 为准。按自然日计算的期限止于末日终了，"
        "并非 24 小时的倍数。",
    ),
    "parameters.holds": both("Reasons for a hold", "挂起原因"),
    "parameters.approvals": both("Approvals", "审批"),
    "parameters.first": both(
        "Of several lines for one step, the first that applies is taken. Without a line, one "
        "person of any rank is enough.",
        "同一环节有多行的，取首个适用者；未列明的环节，任一职级的一人审批即可。",
    ),
    "roles": both("What each role may do", "各角色权限"),
    "roles.key": both(
        "● the action is possible and the ticket stays; → it moves the ticket to the state named; "
        "– not possible. Rules still apply.",
        "● 可操作，状态不变；→ 可操作，转入所示状态；– 不可操作。规则仍须满足。",
    ),
    "roles.sees": both("Sees tickets", "可见工单"),
    "roles.reads": both("Reads", "可读内容"),
    "roles.read_only": both(
        "This role reads and takes no action, on purpose.", "本角色仅可查看，不作任何操作。"
    ),
    "roles.idle": both("This role takes no action.", "本角色无任何操作。"),
    "forms": both("Forms", "表单字段"),
    "forms.sealed": both(
        "What is kept sealed never stands in records: they hold a reference to it, and it can be "
        "erased without breaking them.",
        "封存的内容不写入记录，记录中仅保留引用；删除封存内容不影响记录的完整性。",
    ),
    "glossary": both("Glossary", "术语"),
    "glossary.term": both("Term", "术语"),
    "glossary.other": both("Chinese", "标识"),
    "glossary.meaning": both("Meaning", "含义"),
}
"""By key; what stands in braces is filled in."""

REFUSALS = (
    "refusal.not_found",
    "refusal.repeated",
    "refusal.stale",
    "refusal.state",
    "refusal.role",
    "refusal.arguments",
    "refusal.rules",
)
"""In the order in which a request is checked."""


def told(key: str, language: str, **facts: object) -> str:
    """The sentence of that key, filled with *facts*."""
    return fill(PROSE[key], facts, language)
