"""Decisions told to people, in English and Chinese."""

from collections.abc import Iterator, Mapping

from workorder.assign.decision import AFFINITY, OVERRIDE, AssignmentDecision
from workorder.texts import CHINESE, ENGLISH, Texts, both, fill, in_language

_WORDS: Mapping[str, Texts] = {
    "chosen": both("{item} goes to {agent}: {how}", "{item} 分派给 {agent}：{how}"),
    "nobody": both("{item} goes to nobody: {how}", "{item} 无人可派：{how}"),
    "nobody_there": both("nobody was asked", "没有候选人"),
    "nobody_can": both("nobody of {number} can have it", "{number} 名候选人均不符合条件"),
    "hard": both("{agent} was named, but must not have it", "指定了 {agent}，但其须回避"),
    "affinity": both("first choice ({why})", "优先人选（{why}）"),
    "override": both("named, because: {reason}", "人工指定，理由：{reason}"),
    "by": both("{selector}, policy “{policy}”", "{selector}，策略“{policy}”"),
    "step": both("step {step} of the plan", "路由计划第 {step} 步"),
    "ranking": both("Could have it:", "符合条件："),
    "against": both("Passed over:", "未选原因："),
    "counted": both("Passed over: {counts}", "未选：{counts}"),
}


def told(decision: AssignmentDecision, language: str = ENGLISH) -> str:
    """The whole decision as text: who, how, who would have been next, and every reason."""
    return "\n".join(_lines(decision, language))


def _said(key: str, language: str, **facts: object) -> str:
    return fill(_WORDS[key], facts, language)


def _lines(decision: AssignmentDecision, language: str) -> Iterator[str]:
    how = _how(decision, language)
    if decision.chosen is None:
        yield _said("nobody", language, item=decision.item, how=how)
    else:
        yield _said("chosen", language, item=decision.item, agent=decision.chosen, how=how)
    if decision.ranking:
        yield in_language(_WORDS["ranking"], language)
        for number, each in enumerate(decision.ranked(), 1):
            parts = ", ".join(f"{name} {score:.2f}" for name, score in each.parts.items())
            yield f"  {number}. {each.agent}" + (f"  {each.score:.3f}  ({parts})" if parts else "")
    if decision.rejections:
        yield in_language(_WORDS["against"], language)
        for agent, reasons in sorted(decision.rejections.items()):
            yield f"  - {agent}: " + "; ".join(each.text(language) for each in reasons)
    elif decision.passed_over:
        counts = ", ".join(f"{code} {n}" for code, n in sorted(decision.passed_over.items()))
        yield _said("counted", language, counts=counts)


def _how(decision: AssignmentDecision, language: str) -> str:
    said = [_way(decision, language)]
    if decision.step:
        said.append(_said("step", language, step=decision.step))
    return ("；" if language == CHINESE else "; ").join(said)


def _way(decision: AssignmentDecision, language: str) -> str:
    by = decision.by
    if by == OVERRIDE:
        key = "override" if decision.chosen is not None else "hard"
        return _said(key, language, reason=decision.reason, agent=decision.named)
    if decision.chosen is None:
        number = len(decision.candidates) or sum(decision.passed_over.values())
        key = "nobody_can" if number else "nobody_there"
        return _said(key, language, number=number)
    if by.startswith(AFFINITY):
        return _said("affinity", language, why=by.removeprefix(AFFINITY))
    return _said("by", language, selector=by, policy=decision.policy)
