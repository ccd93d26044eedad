"""What a dossier says by itself, in English and Chinese, in one catalogue.

All else that stands in it are labels of the rulebook, and what people wrote.
"""

from collections.abc import Mapping

from workorder.manuals.argument_words import ARGUMENTS
from workorder.texts import CHINESE, ENGLISH, Texts, fill, in_language


def _both(english: str, chinese: str) -> Texts:
    return {ENGLISH: english, CHINESE: chinese}


WORDS: Mapping[str, Texts] = {
    "title": _both("Dossier of ticket {ticket}", "工单卷宗 {ticket}"),
    "colon": _both("{name}: {value}", "{name}：{value}"),
    "none": _both("None.", "无。"),
    "yes": _both("yes", "是"),
    "no": _both("no", "否"),
    "unknown": _both(
        "not at hand; its names are shown as “{other}” has them",
        "未提供；名称按“{other}”显示",
    ),
    "made": _both(
        "Made at {at} by {by}. Instants are shown in {zone}.",
        "制作时间：{at}；制作程序：{by}。页内时间均为 {zone} 时间。",
    ),
    "personal": _both(
        "This file holds personal data. Whoever passes it on answers for it.",
        "本文件含个人信息，转交者须对此负责。",
    ),
    "without_texts": _both(
        "Texts were left out of this file.", "本文件未包含当事人及经办人员书写的文字。"
    ),
    # sections
    "ticket": _both("The ticket", "工单概况"),
    "fields": _both("Its form", "登记内容"),
    "promises": _both("Deadlines and windows", "期限与时点"),
    "clocks": _both("Clocks", "计时"),
    "decisions": _both("Decisions", "审核与决定"),
    "holds": _both("Holds", "挂起"),
    "handovers": _both("Hand-overs", "转办与转派"),
    "customer": _both("The customer", "与客户的往来"),
    "keeping": _both("Legal holds and erasures", "保全与删除"),
    "links": _both("Linked tickets", "关联工单"),
    "figures": _both("Time in each state", "各状态用时"),
    "trail": _both("What happened, entry by entry", "处理经过（逐条）"),
    "rulebooks": _both("Rulebooks", "规则手册"),
    "checking": _both("How to check this file", "如何核验本文件"),
    # the ticket
    "tenant": _both("Tenant", "租户"),
    "number": _both("Ticket", "工单编号"),
    "elsewhere": _both("Number elsewhere", "来源系统编号"),
    "type": _both("Type", "工单类型"),
    "earlier_types": _both("Earlier types", "曾属类型"),
    "state": _both("State", "状态"),
    "since": _both("{state}, since {at}", "{state}（自 {at} 起）"),
    "owner": _both("Customer", "客户"),
    "subjects": _both("People it is about", "被投诉人"),
    "excluded": _both("Excluded from it", "须回避人员"),
    "channel": _both("Channel", "渠道"),
    "opened": _both("Opened", "登记"),
    "accepted": _both("Taken on, last time", "最近受理"),
    "resolved": _both("Resolved, last time", "最近办结"),
    "closed": _both("Closed", "结案"),
    "with": _both("With", "经办人"),
    "department": _both("Department", "经办部门"),
    "version": _both("Version, entries", "版本与记录数"),
    "revision": _both("version {version}, {events} entries", "第 {version} 版，共 {events} 条记录"),
    "head": _both("Digest of the last entry", "末条记录摘要"),
    "held_for": _both("Under legal hold for", "保全事项"),
    # heads of tables
    "entry": _both("Entry", "记录"),
    "when": _both("When", "时间"),
    "who": _both("Who", "人员"),
    "did": _both("What", "操作"),
    "said": _both("Said", "内容"),
    "what": _both("What", "事项"),
    "until": _both("Until", "截止"),
    "promised": _both("Promised", "承诺于"),
    "outcome": _both("What became of it", "结果"),
    "reason": _both("Reason", "原因"),
    "from": _both("From", "开始"),
    "to": _both("To", "结束"),
    "times": _both("Times", "次数"),
    "length": _both("In all", "合计用时"),
    "working": _both("Of it in opening hours", "其中营业时间"),
    "name": _both("Name", "名称"),
    "edition": _both("Edition", "版本"),
    "digest": _both("Digest", "摘要"),
    "entries": _both("Entries", "记录"),
    "relation": _both("How", "关系"),
    # an entry
    "step": _both("{source} → {target}", "{source} → {target}"),
    "as_role": _both("{who}, {role}", "{who}（{role}）"),
    "of_department": _both("{who}, {department}", "{who}，{department}"),
    "of_rank": _both("rank {rank}", "职级 {rank}"),
    "recorded": _both("recorded {at}", "记入时间：{at}"),
    "by_rulebook": _both("by {rulebook}", "依据：{rulebook}"),
    "command": _both("command {id}", "命令编号：{id}"),
    "promises_it": _both("{window} until {at}", "{window}：{at}"),
    # standing of sealed values
    "holds_good": _both("✓ as recorded then", "✓ 与当时记录一致"),
    "differs": _both("✗ not what was recorded then", "✗ 与当时记录不一致"),
    "erased": _both("erased on {at} (entry {entry})", "已于 {at} 删除（第 {entry} 条记录）"),
    "left_out": _both("left out of this file", "本文件未包含"),
    "missing": _both("✗ missing, and no entry says why", "✗ 缺失，且无删除记录"),
    "not_checked": _both("? could not be checked here", "？此处无法核验"),
    # outcomes of promises
    "met": _both("kept, {at} (entry {entry})", "按期完成：{at}（第 {entry} 条记录）"),
    "missed": _both("missed, {at} (entry {entry})", "逾期完成：{at}（第 {entry} 条记录）"),
    "overdue": _both("missed, and still open", "已逾期，尚未完成"),
    "suspended": _both("its clock is paused", "计时暂停中"),
    "running": _both("still to come", "尚未到期"),
    "over": _both("has passed", "已到时点"),
    "replaced": _both("replaced with entry {entry}", "由第 {entry} 条记录变更"),
    "ended": _both("lapsed with entry {entry}", "随第 {entry} 条记录失效"),
    "lasts": _both("still on hold", "仍在挂起"),
    "final": _both("for good", "终止状态"),
    # how an offer ends that nobody accepted
    "offer.declined": _both("declined", "已拒绝"),
    "offer.lapsed": _both("not answered in time", "逾期未答复"),
    "offer.withdrawn": _both("taken back", "已撤回"),
    # windows
    "due": _both("Resolve by", "办理时限"),
    "due_by": _both("Due by: {clock}", "时限：{clock}"),
    "close_from": _both("Closed by time from", "自动结案时点"),
    "reopen_until": _both("May be reopened until", "可重新打开至"),
    "archive_from": _both("Archived from", "归档时点"),
    "appeal_until": _both("May be appealed until", "可申请核查至"),
    "subtask": _both("Answer to sub-task {about}", "会办 {about} 答复时限"),
    "panel": _both("Conclusion of panel {about}", "会诊 {about} 结论时限"),
    # clocks
    "clock": _both("Clock", "计时项"),
    "cycle": _both("Cycle", "轮次"),
    "verdict": _both("Verdict", "结论"),
    "in_time": _both("in time", "按时"),
    "late": _both("late", "超时"),
    "went_on": _both("going on", "计时中"),
    "stopped": _both("paused", "已暂停"),
    "dropped": _both("cancelled", "已取消"),
    "due_at": _both("Due", "到期"),
    "due_first": _both("Due at first", "最初到期"),
    "due_before": _both("Due before", "原到期时间"),
    "due_after": _both("Due after", "现到期时间"),
    "cause": _both("Because of", "变更原因"),
    "granted": _both("Longer time, as granted and told", "延期（获批并已告知客户）"),
    "revised": _both("Due instants that became others", "时限调整"),
    "cycles": _both("Every clock, cycle by cycle", "各计时项及轮次"),
    "accounts": _both("How each counts", "计时明细"),
    "not_counted": _both(
        "How the clocks counted cannot be told here: the rulebook that the ticket goes by is not "
        "at hand, or its calendar does not reach so far.",
        "此处无法列出计时明细：本工单适用的规则手册未提供，或其日历未覆盖相应日期。",
    ),
    "by_calendar": _both("dates that became official", "放假安排公布"),
    # links
    "merged_into": _both("merged into", "并入"),
    "absorbed": _both("took in", "合并来源"),
    "appeal": _both("appealed by", "核查工单"),
    "appeal_of": _both("appeals", "所核查的工单"),
    # checking
    "check_what": _both(
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
    "check_trust": _both(
        "Take the program from a place you trust rather than from this file: whoever forges a file "
        "can forge the program in it.",
        "请从可信来源取得该程序，而非从本文件中取得：伪造文件者同样可以伪造其中的程序。",
    ),
    "check_limits": _both(
        "Whoever changes an entry must write all entries after it anew. The chain alone cannot "
        "show that somebody did so with a whole ticket; a checkpoint that was kept elsewhere at "
        "the time can.",
        "改动任何一条记录，须将其后的记录全部重写。仅凭摘要链不能发现整张工单被重写；当时另行保存的"
        "检查点可以发现。",
    ),
    "program": _both("The program", "核验程序"),
    "save": _both("save verify_dossier.py", "保存 verify_dossier.py"),
    "program_digest": _both("SHA-256 of the program", "程序的 SHA-256 摘要"),
    "with_checkpoint": _both(
        "A proof is in this file that its entries up to number {sequence} are in the checkpoint of "
        "{at}, of {size} entries: {root}.",
        "本文件附有证明：其第 1 至 {sequence} 条记录包含在 {at} 的检查点中"
        "（共 {size} 条记录）：{root}。",
    ),
    "not_in_checkpoint": _both(
        "None of its entries is in the checkpoint of {at}, of {size} entries: {root}.",
        "其记录均不在 {at} 的检查点中（共 {size} 条记录）：{root}。",
    ),
    "without_checkpoint": _both(
        "No checkpoint was asked for; this file has no proof of that kind.",
        "制作时未要求检查点，本文件不含此项证明。",
    ),
}

SAID: Mapping[str, Texts] = {
    **ARGUMENTS,
    "about": _both("about", "所涉事项"),
    "again": _both("somebody is looked for again at", "再次派单时间"),
    "again_from": _both("may be urged again from", "可再次催办时间"),
    "answer": _both("answer", "会办答复"),
    "appeal": _both("ticket that appeals it", "核查工单"),
    "appeal_of": _both("appeals ticket", "所核查的工单"),
    "appeal_reason": _both("reason of the appeal", "申请核查的理由"),
    "arguments": _both("given", "填写内容"),
    "assignee": _both("given to", "经办人"),
    "basis": _both("why", "删除依据"),
    "before": _both("rulebook before", "原规则手册"),
    "before_hold": _both("returns from hold to", "挂起后返回状态"),
    "before_merge": _both("returns from merging to", "取消合并后返回状态"),
    "case": _both("matter", "保全事项"),
    "cause": _both("because of", "变更原因"),
    "clock": _both("clock", "计时项"),
    "code": _both("why not", "未执行原因"),
    "cycle": _both("cycle", "轮次"),
    "decision": _both("how it was decided", "派单依据"),
    "deeds": _both("who worked on it", "经办情况"),
    "excluded": _both("excluded from it", "须回避人员"),
    "extensions": _both("extensions", "延期次数"),
    "final": _both("may not be declined again", "终派"),
    "hold": _both("waits for", "挂起原因"),
    "hold_reason": _both("reason", "挂起原因"),
    "hold_until": _both("on hold until", "挂起至"),
    "how": _both("how it ended", "结束方式"),
    "into": _both("merged into", "并入工单"),
    "key": _both("number elsewhere", "来源系统编号"),
    "last": _both("granted in full", "审批完成"),
    "level": _both("level", "升级级别"),
    "lifted": _both("not promised any more", "不再承诺"),
    "mark": _both("mark", "节点"),
    "name": _both("rulebook", "规则手册"),
    "notes": _both("oddities", "异常"),
    "opened_at": _both("opened there", "来源系统登记时间"),
    "panel": _both("panel", "会诊编号"),
    "passed": _both("passed over, by reason", "未选原因及人数"),
    "raw": _both("cells of the file", "原始数据"),
    "record": _both("as recorded", "原始记录"),
    "refs": _both("values", "所删内容"),
    "reopened": _both("worked on again", "重新办理"),
    "resolved": _both("concluded", "已办结"),
    "row": _both("digest of the row", "数据行摘要"),
    "rulebook": _both("digest of the rulebook", "规则手册摘要"),
    "source": _both("source", "来源"),
    "source_at": _both("made there", "来源系统时间"),
    "state": _both("state there", "来源系统状态"),
    "timer": _both("timer", "定时项"),
    "types": _both("types", "类型"),
    "unmet": _both("rules not met", "未满足的规则"),
    "version": _both("edition", "版本"),
    "windows": _both("deadlines", "期限处理"),
}
"""What the parts of an event are called, by their names; any other goes by its name alone."""


def told(key: str, language: str, **facts: object) -> str:
    """The words of that key, filled with *facts*."""
    return fill(WORDS[key], facts, language)


def named(name: str, language: str) -> str:
    """What a part of an event is called."""
    return in_language(SAID.get(name, {}), language, name)
