"""Why somebody is passed over: a code, facts, and a sentence in both languages."""

from collections.abc import Mapping

from attrs import field, frozen

from workorder.assign.values import NOTHING
from workorder.texts import ENGLISH, Label, Texts, both, fill

SENTENCES: Mapping[str, Texts] = {
    "not_present": both("is {presence}", "状态为“{presence}”"),
    "off_hours": both("is not at work at that hour", "该时段不当班"),
    "over_capacity": both(
        "holds {load} of {capacity} units; this takes {units}",
        "已占用 {load}/{capacity} 个单位，本件需 {units} 个",
    ),
    "channel_limit": both(
        "holds {held} of {limit} items of {channel}", "{channel} 渠道已持有 {held}/{limit} 件"
    ),
    "lacks_skill": both(
        "{skill}: has level {level}, needs {needed}", "{skill}：级别 {level}，需要 {needed}"
    ),
    "lacks_language": both("does not speak {language}", "不会 {language}"),
    "other_team": both("is in none of {teams}", "不属于 {teams}"),
    "conflict_of_interest": both(
        "must not act in a matter of {person}", "与 {person} 有利益冲突，须回避"
    ),
    "own_matter": both("it is about themselves", "本人即当事人，须回避"),
    "separation_of_duties": both("had a part in it before", "曾参与该事项，职责须分离"),
    "declined": both("declined it at {at}", "已于 {at} 退回"),
    "too_many_lately": both(
        "was given {number} within {within}; {most} are allowed",
        "{within} 内已分派 {number} 件，上限 {most} 件",
    ),
    "too_new": both("has done this since {since} only", "自 {since} 起任职，时间过短"),
    "filter_failed": both(
        "the filter “{filter}” failed: {reason}", "过滤器“{filter}”出错：{reason}"
    ),
    "scorer_failed": both(
        "the scorer “{scorer}” failed: {reason}", "评分器“{scorer}”出错：{reason}"
    ),
}
"""The sentences of the codes that ship; a host's own filter brings its own."""


_PRESENCE: Mapping[object, Label] = {
    name: Label(name, both(name, chinese))
    for name, chinese in (("busy", "忙碌"), ("away", "离开"), ("offline", "离线"))
}


def _label(name: str, value: object) -> object:
    """A fact in the words of people."""
    return _PRESENCE.get(value, value) if name == "presence" else value


@frozen
class Rejection:
    """One reason why somebody is passed over.

    Attributes:
        code: what kind of reason; it never changes its meaning.
        facts: what the sentence speaks about.
        texts: the sentence, of a host's own filter.

    >>> Rejection("lacks_language", {"language": "yue"}).text()
    'does not speak yue'
    """

    code: str
    facts: Mapping[str, object] = field(default=NOTHING, hash=False)
    texts: Texts = field(default=NOTHING, hash=False)

    @property
    def sentences(self) -> Texts:
        """The sentence in each language, with places for the facts."""
        return self.texts or SENTENCES.get(self.code, NOTHING)

    def text(self, language: str = ENGLISH) -> str:
        """The sentence for people, in *language*."""
        facts = {name: _label(name, value) for name, value in self.facts.items()}
        return fill(self.sentences, facts, language) or self.code
