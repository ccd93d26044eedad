"""What can be wrong with a trail: codes that keep their meaning, and their sentences.

Nothing here repeats what a record says in its body: a report of damage may be shown to people who
may not see the ticket.
"""

from collections.abc import Mapping
from typing import Any

from attrs import frozen

from workorder.texts import ENGLISH, Texts, both, fill

SENTENCES: Mapping[str, Texts] = {
    # one record
    "record_unreadable": both("the record cannot be read", "记录无法读取"),
    "record_not_json": both("the record is no JSON object", "记录不是 JSON 对象"),
    "record_too_large": both("the record is larger than {limit} bytes", "记录超过 {limit} 字节"),
    "record_too_deep": both(
        "the record is nested more than {limit} deep", "记录嵌套超过 {limit} 层"
    ),
    "snapshot_not_canonical": both(
        "the snapshot is not in the form in which snapshots are written", "快照不是规范编码"
    ),
    "key_unexpected": both(
        "the record says something that no header has", "记录头部含有未定义的键"
    ),
    "key_missing": both("the record does not say its “{key}”", "记录缺少“{key}”"),
    "key_wrong": both(
        "“{key}” of the record is not {expected}", "记录的“{key}”类型不符：{expected}"
    ),
    "unknown_format": both("the record has a format not known here", "记录格式未知"),
    "unknown_algorithm": both(
        "the record names a digest algorithm that is not to be had here",
        "记录所用的摘要算法在此不可用",
    ),
    "not_canonical": both(
        "the record is not in the form in which records are written", "记录不是规范编码"
    ),
    # its place
    "other_ticket": both("the record says that it is another ticket's", "记录自称属于另一工单"),
    "filed_elsewhere": both(
        "the record is filed under another {key} than it says", "记录的 {key} 与存储中登记的不一致"
    ),
    "sequence_gap": both(
        "records are missing: after {before} comes {found}", "记录缺失：{before} 之后为 {found}"
    ),
    "sequence_repeated": both(
        "the record comes after number {before}", "记录序号重复或倒退：位于第 {before} 条之后"
    ),
    "version_back": both("the version goes back", "版本倒退"),
    "time_back": both("it happened before the record before it", "发生时间早于前一条记录"),
    # the chain
    "record_altered": both(
        "the record is not the one that record {next} was written behind: "
        "it was altered or replaced",
        "记录与第 {next} 条所引用的不一致：记录已被篡改或替换",
    ),
    "previous_missing": both("the record does not name the one before it", "记录未引用前一条记录"),
    "previous_unexpected": both(
        "the record names one before it, and there is none", "记录引用了前一条记录，但前面没有记录"
    ),
    "head_differs": both(
        "the last record is not the one that the ticket ended with: "
        "it was altered, or records were cut off or added",
        "最后一条记录与工单的链头不一致：记录被篡改、截断或追加",
    ),
    # the snapshot
    "snapshot_unreadable": both("the ticket as it stands cannot be read", "工单快照无法读取"),
    "snapshot_id": both("the snapshot is that of another ticket", "快照属于另一工单"),
    "snapshot_events": both(
        "the snapshot counts {expected} events, there are {found} records",
        "快照计有 {expected} 个事件，实有 {found} 条记录",
    ),
    "snapshot_version": both(
        "the snapshot has version {expected}, the last record {found}",
        "快照版本为 {expected}，最后一条记录为 {found}",
    ),
    "no_snapshot": both("there are records, but no ticket", "有记录而无工单快照"),
    "no_records": both("there is a ticket, but no records", "有工单快照而无记录"),
    # sealed values
    "sealed_missing": both(
        "the sealed value {ref} is gone, and nothing says that it was erased",
        "封存值 {ref} 已不存在，且无删除记录",
    ),
    "sealed_differs": both(
        "the sealed value {ref} is not the one that was sealed", "封存值 {ref} 与承诺值不符"
    ),
    "sealed_not_erased": both(
        "the sealed value {ref} is still there after it was erased",
        "封存值 {ref} 已登记删除，但仍存在",
    ),
    "sealed_unreadable": both("the sealed values cannot be read", "封存值无法读取"),
    # replay
    "replay_failed": both(
        "the record cannot be applied to the ticket ({reason})", "无法据此记录重演工单（{reason}）"
    ),
    "replay_differs": both(
        "the ticket as it stands differs from what its records make of it: {parts}",
        "工单快照与记录重演结果不一致：{parts}",
    ),
    # the whole log
    "log_unreadable": both(
        "no digest can be taken of the record at position {position} of the log",
        "日志第 {position} 位的记录无法计算摘要",
    ),
    "checkpoint_short": both(
        "the log has {found} records, the checkpoint {expected}: records are gone",
        "日志有 {found} 条记录，检查点有 {expected} 条：记录已缺失",
    ),
    "checkpoint_differs": both(
        "the first {size} records of the log are not those of the checkpoint",
        "日志前 {size} 条记录与检查点不一致",
    ),
    "checkpoint_foreign": both("the checkpoint is another tenant's", "检查点属于另一租户"),
    # the file
    "file_damaged": both(
        "the database finds fault with its file: {found}", "数据库检查发现文件损坏：{found}"
    ),
    "rows_orphaned": both(
        "{count} rows of {table} belong to no ticket", "{table} 中有 {count} 行不属于任何工单"
    ),
    "rows_hidden": both(
        "{count} rows of {table} are numbered below 1, where no verification and no checkpoint "
        "would read them",
        "{table} 中有 {count} 行编号小于 1，核验与检查点均读不到",
    ),
    "column_differs": both(
        "the column {column} differs from the snapshot", "列 {column} 与快照不一致"
    ),
    "erased_left": both(
        "{count} sealed values were erased, but their bytes still stand in the file",
        "{count} 个封存值已登记删除，但文件中仍留有内容",
    ),
    "store_unreadable": both("the store cannot read it ({reason})", "存储无法读取（{reason}）"),
}
"""A sentence for every code, after the words that say where."""


@frozen
class Damage:
    """One thing that is wrong with a trail.

    Attributes:
        ticket: the ticket; empty for what concerns the store.
        sequence: the record; ``None`` for what concerns the ticket, or all of the store.
        code: what is wrong (:data:`SENTENCES`); keeps its meaning.
        facts: what else is to be said; never what stands in the body of a record.
    """

    ticket: str
    sequence: int | None
    code: str
    facts: Mapping[str, object] = {}

    def text(self, language: str = ENGLISH) -> str:
        """The sentence for people, beginning with the place.

        >>> Damage("T1", 3, "record_altered", {"next": 4}).text()[:47]
        'ticket T1, record 3: the record is not the one '
        """
        sentence = fill(SENTENCES[self.code], self.facts, language)
        place = {"ticket": self.ticket, "sequence": self.sequence}
        if not self.ticket:
            return sentence
        return fill(_IN_TICKET if self.sequence is None else _AT, place, language) + sentence

    def as_data(self, language: str = ENGLISH) -> dict[str, Any]:
        """As plain data, with the sentence."""
        return {
            "ticket": self.ticket,
            "sequence": self.sequence,
            "code": self.code,
            "facts": dict(self.facts),
            "text": self.text(language),
        }


_IN_TICKET = both("ticket {ticket}: ", "工单 {ticket}：")
_AT = both("ticket {ticket}, record {sequence}: ", "工单 {ticket} 第 {sequence} 条记录：")
