"""What the usual arguments of actions are called, since commands name them for programs only."""

from collections.abc import Mapping

from workorder.texts import CHINESE, ENGLISH, Texts

ARGUMENTS: Mapping[str, Texts] = {
    name: {ENGLISH: english, CHINESE: chinese}
    for name, english, chinese in (
        ("about", "what is overdue", "超期事项"),
        ("answer", "answer", "会办答复"),
        ("channel", "channel", "渠道"),
        ("conclusion", "conclusion", "会诊结论"),
        ("customer", "customer", "客户"),
        ("department", "department", "部门"),
        ("due", "due", "截止时间"),
        ("fields", "fields of the form", "表单字段"),
        ("findings", "findings", "质检意见"),
        ("members", "members", "会诊成员"),
        ("note", "note", "备注"),
        ("opinion", "opinion", "会诊意见"),
        ("outcome", "outcome", "联系结果"),
        ("priority", "priority", "优先级"),
        ("question", "question", "问题"),
        ("reason", "reason", "原因"),
        ("remark", "remark", "评价内容"),
        ("resolution", "resolution", "处理结果"),
        ("score", "score", "评分"),
        ("subject", "what the customer is told about", "告知事项"),
        ("subjects", "people the matter is about", "被投诉人"),
        ("subtask", "sub-task", "会办编号"),
        ("target", "target ticket", "目标工单"),
        ("text", "text", "内容"),
        ("to", "person", "接办人"),
        ("told_at", "when the customer was told", "告知时间"),
        ("type", "ticket type", "工单类型"),
        ("until", "until", "截至时间"),
    )
}
"""Words by the name of the argument; any other argument goes by its name alone."""
