"""Running the checks: which of them, on which stores, and what came of it."""

import pickle
from collections.abc import Callable, Collection, Iterable, Sequence
from fnmatch import fnmatchcase
from inspect import Parameter, signature
from typing import Any

from attrs import frozen

from workorder.errors import ConfigurationError, Finding, one_of
from workorder.storage import Capability
from workorder.testing.check import Check
from workorder.testing.known import CHECKS
from workorder.testing.report import Report, Result
from workorder.testing.trial import Broken, NotMadeError, Trial
from workorder.texts import CHINESE, ENGLISH, Texts

EXAMPLES = 50
"""Random histories, if not said otherwise."""

FIRST = "habits"
"""The chapter after which nothing else is looked at, should a check of it fail."""

_NOT_MADE: Texts = {
    ENGLISH: "there is no store to look at",
    CHINESE: "没有可检查的存储",
}
_NOT_EMPTY: Texts = {
    ENGLISH: "`make_store` gave a store that is not empty: it has {ids} already. It is called "
    "several times, also for one check, and is to give a new, empty store each time. "
    "Before that was seen: ",
    CHINESE: "`make_store` 给出的存储不是空的，已有 {ids}。同一项检查也可能多次调用它，"
    "每次都应给出新的空存储。此前所见：",
}
_USUAL = ("T1", "T2", "T3", "T4")
"""Tickets that most checks write."""

_ONLY: Texts = {ENGLISH: "left out by the call", CHINESE: "调用时已排除"}
_WANTED: dict[str, Texts] = {
    "reopen": {
        ENGLISH: "no `reopen` was given, so there is no second way to the same store",
        CHINESE: "未提供 `reopen`，无法从别处打开同一存储",
    },
    "tenant": {
        ENGLISH: "`make_store` takes no `tenant`, so there is only one",
        CHINESE: "`make_store` 不接受 `tenant` 参数，只有一个租户",
    },
    "threads": {
        ENGLISH: "the store is used in one thread only, says the call",
        CHINESE: "调用时说明：该存储只在单一线程中使用",
    },
    "async": {
        ENGLISH: "the store is synchronous",
        CHINESE: "该存储是同步的",
    },
}


def check_store(
    make_store: Callable[..., Any],
    *,
    capabilities: Collection[Capability] | None = None,
    reopen: Callable[[], Any] | None = None,
    only: Iterable[str] | None = None,
    skip: Iterable[str] = (),
    examples: int = EXAMPLES,
    threads: bool = True,
    out: Callable[[str], object] | None = print,
) -> Report:
    """Look at every promise of a store, each on a new one. Needs no test framework.

    The chapter ``habits`` comes first: what the database does to values, rows and locks. If one is
    found it is named, and the rest is skipped, for it would fail in many places.

    Args:
        make_store: gives a new, empty store, or a context manager of one; synchronous or not. If
            it takes ``tenant``, two tenants are looked at as well: their stores are open at the
            same time, and making the second must leave the first as it is.
        capabilities: what the store is meant to offer; declaring anything else is a failure.
        reopen: opens the store that ``make_store`` gave last, once more; picklable, for it is
            called in other processes.
        only: checks to make: names, chapters, or patterns (``"timer.*"``).
        skip: checks not to make; the report names them.
        examples: how many random histories are compared with the reference.
        threads: false for a store that is used in one thread only.
        out: takes the report, line by line; ``None`` for silence.

    Returns:
        The report. A store that breaks promises raises nothing: see :meth:`Report.require`.

    Raises:
        ConfigurationError: for arguments that cannot be; all at once.
    """
    run = Run.of(make_store, capabilities, reopen, examples, threads=threads)
    chosen, left = chosen_checks(only), names_of(skip, "skip")
    results: list[Result] = []
    habit, unmade = "", run.unmade()
    for check in CHECKS:
        if check.name not in chosen:
            continue
        if check.name in left:
            results.append(Result(check, "skipped", _ONLY))
        elif unmade and any(each.outcome == "failed" for each in results):
            results.append(Result(check, "skipped", _NOT_MADE))
        elif unmade:
            results.append(Result(check, "failed", {ENGLISH: unmade}))
        elif habit and check.chapter != FIRST:
            results.append(Result(check, "skipped", _after(habit)))
        else:
            results.append(run.result(check))
            if check.chapter == FIRST and results[-1].outcome == "failed":
                habit = habit or check.name
    report = Report(run.name(), tuple(results))
    if out is not None:
        for line in report.text().splitlines():
            out(line)
    return report


def chosen_checks(only: Iterable[str] | None) -> frozenset[str]:
    """The names of the checks that *only* means; all, without it."""
    return frozenset(c.name for c in CHECKS) if only is None else names_of(only, "only")


def names_of(patterns: Iterable[str], key: str) -> frozenset[str]:
    """The names of checks that names, chapters and patterns mean.

    Raises:
        ConfigurationError: for one that means none.
    """
    given = (patterns,) if isinstance(patterns, str) else tuple(patterns)
    found: set[str] = set()
    findings = []
    names = [check.name for check in CHECKS]
    for pattern in given:
        meant = {n for n in names if n.split(".")[0] == pattern or fnmatchcase(n, pattern)}
        if not meant:
            chapters = dict.fromkeys(name.split(".")[0] for name in names)
            known = names if "." in pattern else chapters
            findings.append(Finding(key, pattern, one_of(known, pattern)))
        found |= meant
    if findings:
        raise ConfigurationError(findings)
    return frozenset(found)


@frozen
class Run:
    """How checks are made: the arguments of :func:`check_store`, looked at.

    Attributes:
        make_store: makes a new store.
        meant: what it is meant to offer, if said.
        reopen: opens it again, if there is a way.
        examples: how many random histories.
        threads: whether it may be used by many threads.
    """

    make_store: Callable[..., Any]
    meant: frozenset[Capability] | None
    reopen: Callable[[], Any] | None
    examples: int
    threads: bool = True

    @classmethod
    def of(
        cls,
        make_store: Callable[..., Any],
        capabilities: Collection[Capability] | None = None,
        reopen: Callable[[], Any] | None = None,
        examples: int = EXAMPLES,
        *,
        threads: bool = True,
    ) -> "Run":
        """One with arguments that can be.

        Raises:
            ConfigurationError: naming all that cannot.
        """
        findings: list[Finding] = []
        if not callable(make_store):
            expected = "something to call that gives a new, empty store"
            findings.append(Finding("make_store", repr(make_store)[:60], expected))
        if reopen is not None:
            findings += _reopen_findings(reopen)
        whole: object = examples  # whatever a caller without types gives
        if isinstance(whole, bool) or not isinstance(whole, int) or whole < 0:
            findings.append(Finding("examples", repr(examples), "a whole number from 0"))
        given = (capabilities,) if isinstance(capabilities, str) else capabilities or ()
        for each in given:
            if each not in set(Capability):
                findings.append(Finding("capabilities", str(each), one_of(Capability, str(each))))
        if findings:
            raise ConfigurationError(findings)
        meant = None if capabilities is None else frozenset(Capability(each) for each in given)
        return cls(make_store, meant, reopen, examples, threads)

    def trial(self, case: Any = None) -> Trial:
        """A new store for one check."""
        return Trial(self.make_store, self.reopen, case, self.meant, self.examples)

    def unmade(self) -> str:
        """Why no store can be made; empty, where it can."""
        try:
            with self.trial() as trial:
                trial.store  # noqa: B018 (made when it is asked for)
        except Exception as error:  # noqa: BLE001 (whatever is raised, there is no store)
            return _reason(error)[ENGLISH]
        return ""

    def left_over(self) -> str:
        """Which of the usual tickets a new store has already; empty, where it is as it should."""
        try:
            with self.trial() as trial:
                return ", ".join(sorted(trial.store.load(_USUAL)))
        except Exception:  # noqa: BLE001 (what is wrong then is told already)
            return ""

    def name(self) -> str:
        """What the store is called."""
        try:
            with self.trial() as trial:
                wrapped = trial.store.wrapped
                return type(getattr(wrapped, "awaited", wrapped)).__name__
        except Exception:  # noqa: BLE001 (a store that cannot be made fails every check)
            return getattr(self.make_store, "__name__", "store")

    def result(self, check: Check) -> Result:
        """What comes of *check*."""
        for name, case in check.cases.items():
            trial = self.trial(case)
            try:
                with trial:
                    reason = self.skipped(check, trial)
                    if reason is not None:
                        return Result(check, "skipped", reason)
                    check.run(trial)
            except Exception as error:  # noqa: BLE001 (whatever is raised, it is the store)
                reason, ids = _reason(error), self.left_over()
                if ids:
                    reason = {
                        language: said.format(ids=ids) + _reason(error)[ENGLISH]
                        for language, said in _NOT_EMPTY.items()
                    }
                return Result(check, "failed", reason, name, trial.history.lines())
        return Result(check, "passed")

    def skipped(self, check: Check, trial: Trial) -> Texts | None:
        """Why *check* cannot be made on the store of *trial*."""
        if check.wants == "reopen" and self.reopen is None:
            return _WANTED["reopen"]
        if check.wants == "tenant" and not _takes_tenant(self.make_store):
            return _WANTED["tenant"]
        if check.wants == "threads" and not self.threads:
            return _WANTED["threads"]
        declared = set(trial.store.capabilities) if check.needs or check.wants == "async" else set()
        missing = [each.value for each in check.needs if each not in declared]
        if missing:
            return {
                ENGLISH: f"the store does not declare {', '.join(missing)}",
                CHINESE: f"该存储未声明 {'、'.join(missing)}",
            }
        if check.wants == "async" and not trial.is_async:
            return _WANTED["async"]
        return None


def _after(habit: str) -> Texts:
    """Why nothing is looked at any more."""
    return {
        ENGLISH: f"a habit of the database comes first: {habit}",
        CHINESE: f"须先处理数据库的习性：{habit}",
    }


def _reopen_findings(reopen: object) -> Sequence[Finding]:
    if not callable(reopen):
        return [Finding("reopen", repr(reopen)[:60], "something to call that opens the store")]
    try:
        pickle.dumps(reopen)
    except Exception as error:  # noqa: BLE001 (pickle raises whatever the value raises)
        found = f"{type(error).__name__}: {error}"[:120]
        expected = "something that can be pickled: a function of a module, or a partial of one"
        return [Finding("reopen", found, expected)]
    return []


def _takes_tenant(make_store: Callable[..., Any]) -> bool:
    try:
        parameters = signature(make_store).parameters
    except (TypeError, ValueError):
        return False
    found = parameters.get("tenant")
    return found is not None and found.kind is not Parameter.POSITIONAL_ONLY


def _reason(error: Exception) -> Texts:
    if isinstance(error, Broken | NotMadeError):
        return {ENGLISH: str(error)}
    return {ENGLISH: f"{type(error).__name__}: {error}"}
