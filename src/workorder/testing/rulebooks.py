"""Checking a rulebook as a host would want it checked before anybody works by it.

The loader has refused what is plainly wrong. This asks more: the warnings, that the file says the
same when it is written and read again, and random lives of tickets, in which people do what is
offered to them: nothing may go wrong but refusals, and every ticket must follow from its events.
"""

from collections import Counter
from collections.abc import Mapping, Sequence

from attrs import frozen

from workorder.assign.shipped import own_parts
from workorder.errors import ConfigurationError, Finding
from workorder.rulebook import (
    Rulebook,
    rulebook_from_toml,
    rulebook_to_toml,
    rulebook_warnings,
)
from workorder.sla import Calendar
from workorder.testing.lives import Life
from workorder.texts import ENGLISH, is_chinese
from workorder.workflow import Actor


@frozen
class RulebookReport:
    """What came of checking a rulebook.

    Attributes:
        rulebook: its name and version.
        findings: what is wrong.
        warnings: what somebody should look at.
        lives: how many random lives were lived.
        done: how often each action was carried out in them.
        never: actions that nobody ever carried out: nothing was seen of them. More lives, or people
            who hold several roles, may reach them.
    """

    rulebook: str
    findings: tuple[Finding, ...]
    warnings: tuple[Finding, ...]
    lives: int
    done: Mapping[str, int]
    never: tuple[str, ...]

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong; warnings are not counted."""
        return not self.findings

    def require(self) -> None:
        """Insist that nothing is wrong.

        Raises:
            ConfigurationError: with every finding.
        """
        if self.findings:
            raise ConfigurationError(self.findings)

    def text(self, language: str = ENGLISH) -> str:
        """The report for people."""
        lines = [each.text(language) for each in (*self.findings, *self.warnings)]
        done = sum(self.done.values())
        never = "、".join(self.never) if is_chinese(language) else ", ".join(self.never)
        if is_chinese(language):
            lines.append(f"{self.rulebook}：随机演练 {self.lives} 次，执行动作 {done:,} 次")
            lines += [f"从未执行：{never}"] if never else []
        else:
            lines.append(f"{self.rulebook}: {self.lives} random lives, {done:,} actions taken")
            lines += [f"never taken: {never}"] if never else []
        return "\n".join(lines)


def check_rulebook(
    rulebook: Rulebook,
    *,
    lives: int = 30,
    steps: int = 100,
    seed: int = 0,
    people: Sequence[Actor] = (),
) -> RulebookReport:
    """Check *rulebook*, with its extensions.

    Args:
        rulebook: the rulebook.
        lives: how many random lives.
        steps: how much happens in each.
        seed: what they are drawn from; the same seed gives the same lives.
        people: who acts; three for each role, if not given.

    >>> from workorder import basic
    >>> report = check_rulebook(basic(), lives=5)
    >>> report.ok, report.warnings
    (True, ())
    """
    findings = _reread(rulebook)
    done: Counter[str] = Counter()
    tried: Counter[str] = Counter()
    for number in range(lives):
        life = Life(rulebook, seed + number, people, tried)
        findings += _lived(life, seed + number, steps)
        done += life.done
        tried = life.tried
    label = f"{rulebook.name} {rulebook.version}"
    actions = [action.name for action in rulebook.workflow.actions]
    never = tuple(name for name in actions if not done[name]) if lives else ()
    return RulebookReport(
        label, tuple(findings), tuple(rulebook_warnings(rulebook)), lives, done, never
    )


def _reread(rulebook: Rulebook) -> list[Finding]:
    """What is wrong with its file, if it can be written as one."""
    try:
        text = rulebook_to_toml(rulebook)
    except ConfigurationError:
        return []  # it says what no file can say, and that is allowed
    rules, calendars = rulebook.workflow.rules, _calendars(rulebook)
    parts = () if rulebook.routing is None else own_parts(rulebook.routing)
    again = rulebook_from_toml(
        text, calendars=calendars, extensions=rulebook.extensions, rules=rules, parts=parts
    )
    if again.digest == rulebook.digest:
        return []
    return [Finding("file", "another rulebook when it is read again", "the same")]


def _calendars(rulebook: Rulebook) -> Mapping[str, Calendar]:
    """Its calendars, by the names that its file has for them."""
    known = [(rulebook.calendar_name, rulebook.calendar)]
    if (levels := rulebook.sla) is not None:
        names = levels.calendar_names
        known += [(names.get(name), calendar) for name, calendar in levels.calendars.items()]
    return {name: calendar for name, calendar in known if name and calendar is not None}


_TOLD = 8


def _lived(life: Life, seed: int, steps: int) -> list[Finding]:
    """What was wrong with a life."""
    try:
        life.live(steps)
        wrong = list(life.wrong())
    except Exception as error:  # noqa: BLE001 (a host's code may raise anything)
        wrong = [f"{type(error).__name__}: {error}"]
    history = "; ".join(life.said[-_TOLD:])
    expected = "refusals at most, and tickets that follow from their events"
    key = f"lives[seed {seed}]"
    return [Finding(key, f"{each} (after: {history})", expected) for each in wrong]
