"""What a dossier says by itself, in English and Chinese, in one catalogue.

All else that stands in it are labels of the rulebook, and what people wrote.
"""

from collections.abc import Mapping

from workorder.manuals.argument_words import ARGUMENTS
from workorder.texts import Texts, both, fill, in_language

WORDS: Mapping[str, Texts] = {
    "title": both("Dossier of ticket {ticket}", "工单卷宗 {ticket}"),
    "colon": both("{name}: {value}", "{name}：{value}"),
    "none": both("None.", "无。"),
    "yes": both("yes", "是"),
    "no": both("no", "否"),
    "unknown": both(
        "not at hand; its names are shown as “{other}” has them",
        "未提供；名称按“{other}”显示",
    ),
    "made": both(
        "Made at {at} by {by}. Instants are shown in {zone}.",
        "制作时间：{at}；制作程序：{by}。页内时间均为 {zone} 时间。",
    ),
    "personal": both(
        "This file holds personal data. Whoever passes it on answers for it.",
        "本文件含个人信息，转交者须对此负责。",
    ),
    "without_texts": both(
        "Texts were left out of this file.", "本文件未包含当事人及经办人员书写的文字。"
    ),
    # sections
    "ticket": both("The ticket", "工单概况"),
    "fields": both("Its form", "登记内容"),
    "promises": both("Deadlines and windows", "期限与时点"),
    "clocks": both("Clocks", "计时"),
    "decisions": both("Decisions", "审核与决定"),
    "holds": both("Holds", "挂起"),
    "handovers": both("Hand-overs", "转办与转派"),
    "customer": both("The customer", "与客户的往来"),
    "keeping": both("Legal holds and erasures", "保全与删除"),
    "links": both("Linked tickets", "关联工单"),
    "figures": both("Time in each state", "各状态用时"),
    "trail": both("What happened, entry by entry", "处理经过（逐条）"),
    "rulebooks": both("Rulebooks", "规则手册"),
    "checking": both("How to check this file", "如何核验本文件"),
    # the ticket
    "tenant": both("Tenant", "租户"),
    "number": both("Ticket", "工单编号"),
    "elsewhere": both("Number elsewhere", "来源系统编号"),
    "type": both("Type", "工单类型"),
    "earlier_types": both("Earlier types", "曾属类型"),
    "state": both("State", "状态"),
    "since": both("{state}, since {at}", "{state}（自 {at} 起）"),
    "owner": both("Customer", "客户"),
    "subjects": both("People it is about", "被投诉人"),
    "excluded": both("Excluded from it", "须回避人员"),
    "channel": both("Channel", "渠道"),
    "opened": both("Opened", "登记"),
    "accepted": both("Taken on, last time", "最近受理"),
    "resolved": both("Resolved, last time", "最近办结"),
    "closed": both("Closed", "结案"),
    "with": both("With", "经办人"),
    "department": both("Department", "经办部门"),
    "version": both("Version, entries", "版本与记录数"),
    "revision": both("version {version}, {events} entries", "第 {version} 版，共 {events} 条记录"),
    "head": both("Digest of the last entry", "末条记录摘要"),
    "held_for": both("Under legal hold for", "保全事项"),
    # heads of tables
    "entry": both("Entry", "记录"),
    "when": both("When", "时间"),
    "who": both("Who", "人员"),
    "did": both("What", "操作"),
    "said": both("Said", "内容"),
    "what": both("What", "事项"),
    "until": both("Until", "截止"),
    "promised": both("Promised", "承诺于"),
    "outcome": both("What became of it", "结果"),
    "reason": both("Reason", "原因"),
    "from": both("From", "开始"),
    "to": both("To", "结束"),
    "times": both("Times", "次数"),
    "length": both("In all", "合计用时"),
    "working": both("Of it in opening hours", "其中营业时间"),
    "name": both("Name", "名称"),
    "edition": both("Edition", "版本"),
    "digest": both("Digest", "摘要"),
    "entries": both("Entries", "记录"),
    "relation": both("How", "关系"),
    # an entry
    "step": both("{source} → {target}", "{source} → {target}"),
    "as_role": both("{who}, {role}", "{who}（{role}）"),
    "of_department": both("{who}, {department}", "{who}，{department}"),
    "of_rank": both("rank {rank}", "职级 {rank}"),
    "recorded": both("recorded {at}", "记入时间：{at}"),
    "by_rulebook": both("by {rulebook}", "依据：{rulebook}"),
    "command": both("command {id}", "命令编号：{id}"),
    "promises_it": both("{window} until {at}", "{window}：{at}"),
    # standing of sealed values
    "holds_good": both("✓ as recorded then", "✓ 与当时记录一致"),
    "differs": both("✗ not what was recorded then", "✗ 与当时记录不一致"),
    "erased": both("erased on {at} (entry {entry})", "已于 {at} 删除（第 {entry} 条记录）"),
    "left_out": both("left out of this file", "本文件未包含"),
    "missing": both("✗ missing, and no entry says why", "✗ 缺失，且无删除记录"),
    "not_checked": both("? could not be checked here", "？此处无法核验"),
    # outcomes of promises
    "met": both("kept, {at} (entry {entry})", "按期完成：{at}（第 {entry} 条记录）"),
    "missed": both("missed, {at} (entry {entry})", "逾期完成：{at}（第 {entry} 条记录）"),
    "overdue": both("missed, and still open", "已逾期，尚未完成"),
    "suspended": both("its clock is paused", "计时暂停中"),
    "running": both("still to come", "尚未到期"),
    "over": both("has passed", "已到时点"),
    "replaced": both("replaced with entry {entry}", "由第 {entry} 条记录变更"),
    "ended": both("lapsed with entry {entry}", "随第 {entry} 条记录失效"),
    "lasts": both("still on hold", "仍在挂起"),
    "final": both("for good", "终止状态"),
    # how an offer ends that nobody accepted
    "offer.declined": both("declined", "已拒绝"),
    "offer.lapsed": both("not answered in time", "逾期未答复"),
    "offer.withdrawn": both("taken back", "已撤回"),
    # windows
    "due": both("Resolve by", "办理时限"),
    "due_by": both("Due by: {clock}", "时限：{clock}"),
    "close_from": both("Closed by time from", "自动结案时点"),
    "reopen_until": both("May be reopened until", "可重新打开至"),
    "archive_from": both("Archived from", "归档时点"),
    "appeal_until": both("May be appealed until", "可申请核查至"),
    "subtask": both("Answer to sub-task {about}", "会办 {about} 答复时限"),
    "panel": both("Conclusion of panel {about}", "会诊 {about} 结论时限"),
    # clocks
    "clock": both("Clock", "计时项"),
    "cycle": both("Cycle", "轮次"),
    "verdict": both("Verdict", "结论"),
    "in_time": both("in time", "按时"),
    "late": both("late", "超时"),
    "went_on": both("going on", "计时中"),
    "stopped": both("paused", "已暂停"),
    "dropped": both("cancelled", "已取消"),
    "due_at": both("Due", "到期"),
    "due_first": both("Due at first", "最初到期"),
    "due_before": both("Due before", "原到期时间"),
    "due_after": both("Due after", "现到期时间"),
    "cause": both("Because of", "变更原因"),
    "granted": both("Longer time, as granted and told", "延期（获批并已告知客户）"),
    "revised": both("Due instants that became others", "时限调整"),
    "cycles": both("Every clock, cycle by cycle", "各计时项及轮次"),
    "accounts": both("How each counts", "计时明细"),
    "not_counted": both(
        "How the clocks counted cannot be told here: the rulebook that the ticket goes by is not "
        "at hand, or its calendar does not reach so far.",
        "此处无法列出计时明细：本工单适用的规则手册未提供，或其日历未覆盖相应日期。",
    ),
    "by_calendar": both("dates that became official", "放假安排公布"),
    # links
    "merged_into": both("merged into", "并入"),
    "absorbed": both("took in", "合并来源"),
    "appeal": both("appealed by", "核查工单"),
    "appeal_of": both("appeals", "所核查的工单"),
    # checking
    "check_what": both(
        "Every entry is kept as bytes that name the digest of the entry before. These bytes stand "
        "in this file, with all that is needed to check them: save the program below as "
        "verify_dossier.py and start “python verify_dossier.py FILE”. It needs Python 3.8 or later "
        "and nothing else, and it says in plain words what holds (OK), what is wrong (WRONG) and "
        "what it cannot tell (OPEN). With “--list” it prints the entries as the bytes have them.",
        "每条记录以固定的字节保存，并写有前一条记录的摘要。这些字节及核验所需的全部数据均在本文件中："
        "将下方程序存为 verify_dossier.py，运行“python verify_dossier.py 文件名”即可核验。程序只需 "
        "Python 3.8 或更高版本，并以 OK（成立）、WRONG（有误）、OPEN（无从判断）逐项说明结果；加上"
        "“--list”可按字节内容列出各条记录。",
    ),
    "check_trust": both(
        "Take the program from a place you trust rather than from this file: whoever forges a file "
        "can forge the program in it.",
        "请从可信来源取得该程序，而非从本文件中取得：伪造文件者同样可以伪造其中的程序。",
    ),
    "check_limits": both(
        "Whoever changes an entry must write all entries after it anew. The chain alone cannot "
        "show that somebody did so with a whole ticket; a checkpoint that was kept elsewhere at "
        "the time can.",
        "改动任何一条记录，须将其后的记录全部重写。仅凭摘要链不能发现整张工单被重写；当时另行保存的"
        "检查点可以发现。",
    ),
    "program": both("The program", "核验程序"),
    "save": both("save verify_dossier.py", "保存 verify_dossier.py"),
    "program_digest": both("SHA-256 of the program", "程序的 SHA-256 摘要"),
    "with_checkpoint": both(
        "A proof is in this file that its entries up to number {sequence} are in the checkpoint of "
        "{at}, of {size} entries: {root}.",
        "本文件附有证明：其第 1 至 {sequence} 条记录包含在 {at} 的检查点中"
        "（共 {size} 条记录）：{root}。",
    ),
    "not_in_checkpoint": both(
        "None of its entries is in the checkpoint of {at}, of {size} entries: {root}.",
        "其记录均不在 {at} 的检查点中（共 {size} 条记录）：{root}。",
    ),
    "without_checkpoint": both(
        "No checkpoint was asked for; this file has no proof of that kind.",
        "制作时未要求检查点，本文件不含此项证明。",
    ),
}

SAID: Mapping[str, Texts] = {
    **ARGUMENTS,
    "about": both("about", "所涉事项"),
    "again": both("somebody is looked for again at", "再次派单时间"),
    "again_from": both("may be urged again from", "可再次催办时间"),
    "answer": both("answer", "会办答复"),
    "appeal": both("ticket that appeals it", "核查工单"),
    "appeal_of": both("appeals ticket", "所核查的工单"),
    "appeal_reason": both("reason of the appeal", "申请核查的理由"),
    "arguments": both("given", "填写内容"),
    "assignee": both("given to", "经办人"),
    "basis": both("why", "删除依据"),
    "before": both("rulebook before", "原规则手册"),
    "before_hold": both("returns from hold to", "挂起后返回状态"),
    "before_merge": both("returns from merging to", "取消合并后返回状态"),
    "case": both("matter", "保全事项"),
    "cause": both("because of", "变更原因"),
    "clock": both("clock", "计时项"),
    "code": both("why not", "未执行原因"),
    "cycle": both("cycle", "轮次"),
    "decision": both("how it was decided", "派单依据"),
    "deeds": both("who worked on it", "经办情况"),
    "excluded": both("excluded from it", "须回避人员"),
    "extensions": both("extensions", "延期次数"),
    "final": both("may not be declined again", "终派"),
    "hold": both("waits for", "挂起原因"),
    "hold_reason": both("reason", "挂起原因"),
    "hold_until": both("on hold until", "挂起至"),
    "how": both("how it ended", "结束方式"),
    "into": both("merged into", "并入工单"),
    "key": both("number elsewhere", "来源系统编号"),
    "last": both("granted in full", "审批完成"),
    "level": both("level", "升级级别"),
    "lifted": both("not promised any more", "不再承诺"),
    "mark": both("mark", "节点"),
    "name": both("rulebook", "规则手册"),
    "notes": both("oddities", "异常"),
    "opened_at": both("opened there", "来源系统登记时间"),
    "panel": both("panel", "会诊编号"),
    "passed": both("passed over, by reason", "未选原因及人数"),
    "raw": both("cells of the file", "原始数据"),
    "record": both("as recorded", "原始记录"),
    "refs": both("values", "所删内容"),
    "reopened": both("worked on again", "重新办理"),
    "resolved": both("concluded", "已办结"),
    "row": both("digest of the row", "数据行摘要"),
    "rulebook": both("digest of the rulebook", "规则手册摘要"),
    "source": both("source", "来源"),
    "source_at": both("made there", "来源系统时间"),
    "state": both("state there", "来源系统状态"),
    "timer": both("timer", "定时项"),
    "types": both("types", "类型"),
    "unmet": both("rules not met", "未满足的规则"),
    "version": both("edition", "版本"),
    "windows": both("deadlines", "期限处理"),
}
"""What the parts of an event are called, by their names; any other goes by its name alone."""


def told(key: str, language: str, **facts: object) -> str:
    """The words of that key, filled with *facts*."""
    return fill(WORDS[key], facts, language)


def named(name: str, language: str) -> str:
    """What a part of an event is called."""
    return in_language(SAID.get(name, {}), language, name)
