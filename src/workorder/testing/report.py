"""What came of the checks: results as values, a report for people, one error for programs."""

from collections.abc import Mapping
from typing import ClassVar, Literal

from attrs import frozen

from workorder.errors import StoreError
from workorder.testing.check import Check
from workorder.texts import CHINESE, ENGLISH, Texts, is_chinese

Outcome = Literal["passed", "failed", "skipped"]


@frozen
class Result:
    """What came of one check.

    Attributes:
        check: the check.
        outcome: whether the promise is kept, or why nobody knows.
        reason: what is wrong, or why it was skipped; in English and Chinese, or as it was raised.
        case: which of its values it failed with, if it has several.
        history: the smallest failing history: calls and answers, numbered.
    """

    check: Check
    outcome: Outcome
    reason: Texts = {}
    case: str = ""
    history: tuple[str, ...] = ()

    def text(self, language: str = ENGLISH) -> str:
        """What there is to say, for people; several lines for a failure."""
        chosen = CHINESE if is_chinese(language) else ENGLISH
        reason = self.reason.get(chosen, self.reason.get(ENGLISH, ""))
        name = f"{self.check.name} [{self.case}]" if self.case else self.check.name
        if self.outcome == "passed":
            return f"通过：{name}" if chosen == CHINESE else f"passed: {name}"
        if self.outcome == "skipped":
            return f"跳过：{name}：{reason}" if chosen == CHINESE else f"skipped: {name}: {reason}"
        promise = self.check.promise[chosen]
        if chosen == CHINESE:
            lines = [f"未通过：{name}", f"  方法：{self.check.verb}", f"  承诺：{promise}"]
            lines += [f"  实际：{reason}", "  最短的失败过程："]
        else:
            lines = [f"FAILED: {name}", f"  verb:    {self.check.verb}", f"  promise: {promise}"]
            lines += [f"  but:     {reason}", "  the smallest failing history:"]
        return "\n".join([*lines, *(f"    {line}" for line in self.history)])


class StoreCheckFailed(StoreError):
    """A store breaks promises; :attr:`report` says which, and how to see it."""

    sentences: ClassVar[Mapping[str, Texts]] = {}

    def __init__(self, report: "Report") -> None:
        super().__init__("store_check_failed", report=report)

    @property
    def report(self) -> "Report":
        """The report."""
        report = self.facts["report"]
        assert isinstance(report, Report)  # noqa: S101 (set in __init__, narrowed for readers)
        return report

    def text(self, language: str = ENGLISH) -> str:
        """What failed, in *language*."""
        return self.report.text(language)


@frozen
class Report:
    """What came of all checks of one store.

    Attributes:
        store: what the store is called: the name of its class.
        results: one for each check, in the order of :data:`~workorder.testing.known.CHECKS`.
    """

    store: str
    results: tuple[Result, ...]

    @property
    def passed(self) -> tuple[Result, ...]:
        """Promises that are kept."""
        return tuple(each for each in self.results if each.outcome == "passed")

    @property
    def failed(self) -> tuple[Result, ...]:
        """Promises that are broken."""
        return tuple(each for each in self.results if each.outcome == "failed")

    @property
    def skipped(self) -> tuple[Result, ...]:
        """Checks that were not made, with the reason."""
        return tuple(each for each in self.results if each.outcome == "skipped")

    @property
    def ok(self) -> bool:
        """Whether something was looked at and no promise is broken."""
        return bool(self.passed) and not self.failed

    def require(self) -> None:
        """Insist that every promise that was looked at is kept.

        Raises:
            StoreCheckFailed: naming the verb, the promise and the smallest failing history of
                each that is not, or that nothing was looked at.
        """
        if not self.ok:
            raise StoreCheckFailed(self)

    def text(self, language: str = ENGLISH) -> str:
        """The whole report: what failed, what was skipped and why, and the sum."""
        counts = len(self.passed), len(self.failed), len(self.skipped)
        if is_chinese(language):
            total = "{}：{} 项通过，{} 项未通过，{} 项跳过".format(self.store, *counts)
        else:
            total = "{}: {} passed, {} failed, {} skipped".format(self.store, *counts)
        failed = [each.text(language) for each in self.failed]
        return "\n".join([*failed, *self._skipped(language), total])

    def _skipped(self, language: str) -> list[str]:
        """Why checks were skipped: one line for each reason."""
        chinese = is_chinese(language)
        grouped: dict[str, list[str]] = {}
        for each in self.skipped:
            reason = each.reason.get(CHINESE if chinese else ENGLISH, "")
            grouped.setdefault(reason, []).append(each.check.chapter)
        return [
            f"跳过 {len(found)} 项（{'、'.join(dict.fromkeys(found))}）：{reason}"
            if chinese
            else f"skipped {len(found)} ({', '.join(dict.fromkeys(found))}): {reason}"
            for reason, found in grouped.items()
        ]
