"""Why a date is open or closed, in words."""

from enum import Enum

from attrs import frozen

from workorder.texts import CHINESE, ENGLISH, Label, Texts, in_language, is_chinese


class Why(Enum):
    """The kinds of reasons."""

    WEEKLY = "weekly"
    """The hours of the week."""
    REST = "rest"
    """A weekday without hours."""
    HOLIDAY = "holiday"
    WORKDAY = "workday"
    """A substituted workday."""
    SHORT_DAY = "short_day"
    CLOSED = "closed"
    """Closed by a rule for the date."""
    HOURS = "hours"
    """Hours by a rule for the date."""
    LIKE_WEEKDAY = "like_weekday"
    SKIPPED = "skipped"
    """The zone has no such date, or the whole of its hours fell into a change of clocks."""
    OTHER = "other"
    """Left out by the other calendar of a combination."""
    RECEIPT = "receipt"
    """The day of receipt, which is not counted."""
    BEFORE = "before"
    """Another day before counting begins."""
    OUTSIDE = "outside"
    """A working day, of which only closed hours are in question."""
    CALENDAR = "calendar"
    """Every day counts, open or not."""
    ELAPSED = "elapsed"
    """Time by the clock on the wall."""
    PAUSED = "paused"
    """The clock was paused; the name says by which event."""
    ENDED = "ended"
    """The clock had ended, and was taken up again later."""


_SAID: dict[Why, Texts] = {
    Why.WEEKLY: {ENGLISH: "weekly hours", CHINESE: "每周安排"},
    Why.REST: {ENGLISH: "closed on this weekday", CHINESE: "每周休息日"},
    Why.HOLIDAY: {ENGLISH: "holiday", CHINESE: "节假日"},
    Why.WORKDAY: {ENGLISH: "substituted workday", CHINESE: "调休上班"},
    Why.SHORT_DAY: {ENGLISH: "short day", CHINESE: "半日工作"},
    Why.CLOSED: {ENGLISH: "closed", CHINESE: "停业"},
    Why.HOURS: {ENGLISH: "special hours", CHINESE: "特别时段"},
    Why.LIKE_WEEKDAY: {ENGLISH: "like another weekday", CHINESE: "按其他工作日"},
    Why.SKIPPED: {ENGLISH: "skipped by a change of clocks", CHINESE: "因时钟调整而不存在"},
    Why.OTHER: {ENGLISH: "left out by the other calendar", CHINESE: "被另一日历排除"},
    Why.RECEIPT: {ENGLISH: "day of receipt, not counted", CHINESE: "收到当日，不计入"},
    Why.BEFORE: {ENGLISH: "before counting begins, not counted", CHINESE: "开始计算之前，不计入"},
    Why.OUTSIDE: {ENGLISH: "outside its hours", CHINESE: "营业时间之外"},
    Why.CALENDAR: {ENGLISH: "every day counts", CHINESE: "逐日计入"},
    Why.ELAPSED: {ENGLISH: "elapsed time", CHINESE: "连续时间"},
    Why.PAUSED: {ENGLISH: "paused", CHINESE: "暂停计时"},
    Why.ENDED: {ENGLISH: "the clock had ended", CHINESE: "计时已结束"},
}


@frozen
class Reason:
    """Why, and the name of the day where it has one."""

    why: Why
    name: Label = Label("")  # noqa: RUF009 (a frozen value)

    def text(self, language: str = ENGLISH) -> str:
        """For people: the name of the holiday, or what kind of day it is."""
        said = in_language(_SAID[self.why], language)
        name = self.name.text(language)
        if not name or name == said:
            return said
        if self.why is Why.HOLIDAY:
            return name
        return f"{said}（{name}）" if is_chinese(language) else f"{said} ({name})"


WEEKLY = Reason(Why.WEEKLY)
REST = Reason(Why.REST)
SKIPPED = Reason(Why.SKIPPED)
