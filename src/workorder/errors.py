"""Every error the library raises: one flat tree, stable codes, structured facts.

``except WorkorderError`` catches them all; ``error.code`` never changes its meaning;
``error.facts`` holds what a program needs; ``error.text("zh-CN")`` is for people.
Errors about one argument or field share their sentences with refusals
(:mod:`workorder.texts`).
"""

from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from typing import ClassVar, Literal

from attrs import frozen

from workorder.refusals import Refusal
from workorder.texts import CHINESE, ENGLISH, PROBLEMS, Texts, fill, is_chinese


class WorkorderError(Exception):
    """The root of every error raised on purpose by this library."""

    sentences: ClassVar[Mapping[str, Texts]] = PROBLEMS

    def __init__(self, code: str, /, **facts: object) -> None:
        self.code = code
        self.facts: Mapping[str, object] = facts
        super().__init__(code, facts)

    def text(self, language: str = ENGLISH) -> str:
        """The sentence for people, in *language*."""
        texts = self.sentences.get(self.code)
        return fill(texts, self.facts, language) if texts else f"{self.code}: {dict(self.facts)}"

    def __str__(self) -> str:
        return self.text()

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuild, (type(self), self.code, dict(self.facts))


def _rebuild(kind: type[WorkorderError], code: str, facts: dict[str, object]) -> WorkorderError:
    error = kind.__new__(kind)
    WorkorderError.__init__(error, code, **facts)
    return error


class InvalidInput(WorkorderError, ValueError):
    """A value from outside that the library will not take; nothing was changed."""


class CommandRefused(WorkorderError):
    """A command was refused; :attr:`refusal` says exactly why; nothing was changed."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.code, refusal=refusal)

    @property
    def refusal(self) -> Refusal:
        """The refusal as a value: code, every unmet rule, what would be allowed."""
        refusal = self.facts["refusal"]
        assert isinstance(refusal, Refusal)  # noqa: S101 (set in __init__, narrowed for readers)
        return refusal

    def text(self, language: str = ENGLISH) -> str:
        """The refusal for people, in *language*."""
        return self.refusal.text(language)


Severity = Literal["error", "warning"]
"""An error makes a configuration unusable, a warning is for somebody to look at."""


@frozen
class Finding:
    """One mistake in a configuration: where it stands, what was found, what was expected."""

    key: str
    found: str
    expected: str
    file: str = ""
    severity: Severity = "error"

    def text(self, language: str = ENGLISH) -> str:
        """One line for people."""
        place = f"{self.file}: {self.key}" if self.file else self.key
        if is_chinese(language):
            warning = "警告：" if self.severity == "warning" else ""
            return f"{warning}{place}：实为 {self.found}，应为 {self.expected}"
        warning = "warning: " if self.severity == "warning" else ""
        return f"{warning}{place}: found {self.found}, expected {self.expected}"


_FEW = 20


def one_of(names: Iterable[str], found: str) -> str:
    """What was expected: the nearest names, or all of them; the first ones, if they are many."""
    known = list(names)
    near = get_close_matches(found, known, n=2, cutoff=0.6)
    if near:
        return " or ".join(near)
    return f"one of {', '.join(known[:_FEW])}{', …' if len(known) > _FEW else ''}"


class ConfigurationError(WorkorderError):
    """A workflow, rulebook or mapping that cannot be used; *all* its mistakes at once."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__("configuration", findings=tuple(findings))

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Every mistake found."""
        findings = self.facts["findings"]
        assert isinstance(findings, tuple)  # noqa: S101 (set in __init__, narrowed for readers)
        return findings

    def text(self, language: str = ENGLISH) -> str:
        """Every finding on a line of its own."""
        return "\n".join(finding.text(language) for finding in self.findings)


class StoreError(WorkorderError):
    """A store could not do what it was asked; the code says what kind of trouble it is."""

    sentences: ClassVar[Mapping[str, Texts]] = {
        "damaged": {
            ENGLISH: "{path} is damaged or not a database: {reason}; restore it from a backup",
            CHINESE: "{path} 已损坏或不是数据库：{reason}；请从备份恢复",
        },
        "not_a_store": {
            ENGLISH: "{path} is a database, but not one of this library",
            CHINESE: "{path} 是数据库，但不是本库的存储",
        },
        "no_such_file": {
            ENGLISH: "there is no store at {path}",
            CHINESE: "{path} 处没有存储",
        },
        "other_tenant": {
            ENGLISH: "{path} belongs to tenant “{found}”, not “{expected}”",
            CHINESE: "{path} 属于租户“{found}”，而非“{expected}”",
        },
        "schema_version": {
            ENGLISH: "{path} has schema {found}, this version reads {expected}",
            CHINESE: "{path} 的结构版本为 {found}，本版本可读 {expected}",
        },
        "busy": {
            ENGLISH: "{path} stayed locked by others for {seconds} s; try again",
            CHINESE: "{path} 被占用超过 {seconds} 秒；请重试",
        },
        "busy_transaction": {
            ENGLISH: "others write to {path}, or have written since this transaction began to "
            "read; roll it back and do it again from its start, beginning with BEGIN IMMEDIATE",
            CHINESE: "{path} 正被其他连接写入，或在本事务开始读取后已被写入；"
            "请回滚并从头重做，以 BEGIN IMMEDIATE 开始",
        },
        "transaction_lost": {
            ENGLISH: "the whole transaction on {path} was rolled back by the database: {reason}; "
            "do it again from its start",
            CHINESE: "{path} 上的整个事务已被数据库回滚：{reason}；请从头重做",
        },
        "no_transaction": {
            ENGLISH: "no transaction is open on {path}, and its connection begins none by itself; "
            "execute BEGIN IMMEDIATE first",
            CHINESE: "{path} 上没有进行中的事务，其连接也不会自动开启；请先执行 BEGIN IMMEDIATE",
        },
        "in_transaction": {
            ENGLISH: "a transaction is open on {path}; commit it first",
            CHINESE: "{path} 上有进行中的事务；请先提交",
        },
        "no_tables": {
            ENGLISH: "{path} has no tables of this library; create_tables makes them",
            CHINESE: "{path} 中没有本库的表；可用 create_tables 创建",
        },
        "other_thread": {
            ENGLISH: "the connection to {path} belongs to another thread; a joined store is used "
            "in the thread of its connection",
            CHINESE: "{path} 的连接属于另一线程；附着式存储只能在其连接所在的线程中使用",
        },
        "unavailable": {
            ENGLISH: "{path} cannot be used: {reason}",
            CHINESE: "{path} 无法使用：{reason}",
        },
        "unsupported": {
            ENGLISH: "this store does not offer “{capability}”",
            CHINESE: "此存储不支持“{capability}”",
        },
        "unreadable_snapshot": {
            ENGLISH: "a stored ticket cannot be read: {reason}",
            CHINESE: "存储的工单无法读取：{reason}",
        },
        "unreadable_record": {
            ENGLISH: "ticket {ticket}, record {sequence}: {reason}",
            CHINESE: "工单 {ticket} 第 {sequence} 条记录无法读取：{reason}",
        },
        "already_other": {
            ENGLISH: "{file}, line {line}: ticket {ticket}: the store holds another record "
            "{sequence}, or brought it in otherwise; {added} records were brought in before",
            CHINESE: "{file} 第 {line} 行：工单 {ticket} 的第 {sequence} 条记录与存储中已有的不同；"
            "此前已导入 {added} 条记录",
        },
    }


class UnsupportedQuery(WorkorderError):
    """A question the store cannot answer exactly; never a different answer instead."""

    sentences: ClassVar[Mapping[str, Texts]] = {
        "unknown_field": {
            ENGLISH: "{field} is not searchable; searchable: {known}",
            CHINESE: "{field} 不可检索；可检索：{known}",
        },
        "wrong_operator": {
            ENGLISH: "{field} ({kind}) cannot be compared by “{operator}” with {value}",
            CHINESE: "{field}（{kind}）不能用“{operator}”与 {value} 比较",
        },
        "too_deep": {
            ENGLISH: "the condition is nested deeper than {limit} levels",
            CHINESE: "条件嵌套超过 {limit} 层",
        },
        "bad_cursor": {
            ENGLISH: "this page mark does not belong to this query",
            CHINESE: "翻页标记不属于此查询",
        },
        "bad_limit": {
            ENGLISH: "limit is {found}, expected 1 to {limit}",
            CHINESE: "每页条数为 {found}，应为 1 至 {limit}",
        },
    }


class SourceError(WorkorderError):
    """A file to import that cannot be read as its mapping says; names line and column."""

    sentences: ClassVar[Mapping[str, Texts]] = {
        "missing_columns": {
            ENGLISH: "{file}: columns missing: {missing}; the file has: {found}",
            CHINESE: "{file}：缺少列 {missing}；文件中有：{found}",
        },
        "repeated_columns": {
            ENGLISH: "{file}: columns named twice: {repeated}",
            CHINESE: "{file}：列名重复：{repeated}",
        },
        "wrong_width": {
            ENGLISH: "{file}, line {line}: {found} cells, expected {expected}",
            CHINESE: "{file} 第 {line} 行：有 {found} 格，应为 {expected} 格",
        },
        "wrong_encoding": {
            ENGLISH: "{file}, line {line}: not {encoding} ({reason})",
            CHINESE: "{file} 第 {line} 行：不是 {encoding} 编码（{reason}）",
        },
        "truncated": {
            ENGLISH: "{file}: the compressed file is damaged or ends too early, after line {line}; "
            "nothing was brought in",
            CHINESE: "{file}：压缩文件损坏或在第 {line} 行后提前结束；未导入任何数据",
        },
        "wrong_date": {
            ENGLISH: "{file}, line {line}, column {column}: “{found}” is no date like {expected}",
            CHINESE: "{file} 第 {line} 行 {column} 列：“{found}”不是 {expected} 格式的日期",
        },
        "wrong_value": {
            ENGLISH: "{file}, line {line}, column {column}: {reason}",
            CHINESE: "{file} 第 {line} 行 {column} 列：{reason}",
        },
        "empty": {
            ENGLISH: "{file}: no header line",
            CHINESE: "{file}：没有表头",
        },
        "unreadable": {
            ENGLISH: "{file}: cannot be read ({reason})",
            CHINESE: "{file}：无法读取（{reason}）",
        },
        "unwritable": {
            ENGLISH: "{file}: cannot be written ({reason})",
            CHINESE: "{file}：无法写入（{reason}）",
        },
        "not_an_export": {
            ENGLISH: "{file} does not begin as an export of this library does",
            CHINESE: "{file} 的开头不是本库导出文件的首行",
        },
        "export_format": {
            ENGLISH: "{file} is an export of format {found}, this version reads {expected}",
            CHINESE: "{file} 的导出格式为 {found}，本版本可读 {expected}",
        },
        "too_long": {
            ENGLISH: "{file}, line {line}: longer than {limit} bytes; "
            "{added} records before it were brought in",
            CHINESE: "{file} 第 {line} 行：超过 {limit} 字节；此前已导入 {added} 条记录",
        },
        "wrong_line": {
            ENGLISH: "{file}, line {line}: found {found}, expected {expected}; "
            "{added} records before it were brought in",
            CHINESE: "{file} 第 {line} 行：实为 {found}，应为 {expected}；"
            "此前已导入 {added} 条记录",
        },
        "cut_short": {
            ENGLISH: "{file} is damaged or ends too early, after line {line}; "
            "{added} records were brought in; load the whole file to go on",
            CHINESE: "{file} 已损坏或在第 {line} 行后提前结束；"
            "已导入 {added} 条记录；请用完整文件继续",
        },
        "wrong_digest": {
            ENGLISH: "{file}: lines {first} to {line} are not what was written; "
            "{added} records before them were brought in",
            CHINESE: "{file} 第 {first} 至 {line} 行与写出时不同；此前已导入 {added} 条记录",
        },
        "wrong_total": {
            ENGLISH: "{file}, line {line}: {name}: {found} in the last line, but {expected} came; "
            "{added} records were brought in",
            CHINESE: "{file} 第 {line} 行：末行所记 {name} 为 {found}，实收 {expected}；"
            "已导入 {added} 条记录",
        },
        "bad_record": {
            ENGLISH: "{file}, line {line}: ticket {ticket}, record {sequence}: {reason}; "
            "{added} records before it were brought in",
            CHINESE: "{file} 第 {line} 行：工单 {ticket} 第 {sequence} 条记录：{reason}；"
            "此前已导入 {added} 条记录",
        },
        "out_of_order": {
            ENGLISH: "{file}, line {line}: ticket {ticket}: record {sequence} stands where record "
            "{expected} belongs; {added} records before it were brought in",
            CHINESE: "{file} 第 {line} 行：工单 {ticket} 此处应为第 {expected} 条记录，"
            "实为第 {sequence} 条；此前已导入 {added} 条记录",
        },
        "broken_chain": {
            ENGLISH: "{file}, line {line}: ticket {ticket}: record {sequence} does not follow the "
            "one before it; one of them was changed; {added} records were brought in before",
            CHINESE: "{file} 第 {line} 行：工单 {ticket} 第 {sequence} 条记录与前一条不相衔接，"
            "其中之一已被改动；此前已导入 {added} 条记录",
        },
        "not_opened": {
            ENGLISH: "{file}, line {line}: ticket {ticket}, record {sequence}: the sealed value "
            "{ref} is not what was sealed; {added} records before it were brought in",
            CHINESE: "{file} 第 {line} 行：工单 {ticket} 第 {sequence} 条记录：封存内容 {ref} "
            "与封存时不符；此前已导入 {added} 条记录",
        },
        "other_ticket": {
            ENGLISH: "{file}, line {line}: ticket {ticket} comes out another way than it was after "
            "record {sequence}; types of events not known here: {kinds}; "
            "{added} records before it were brought in",
            CHINESE: "{file} 第 {line} 行：工单 {ticket} 在第 {sequence} 条记录之后与导出时不同；"
            "此处不认识的事件类型：{kinds}；此前已导入 {added} 条记录",
        },
    }
