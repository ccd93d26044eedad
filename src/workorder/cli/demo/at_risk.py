"""Three tickets at risk: over a holiday, by the law, and on hold; and a week made up for."""

from collections.abc import Mapping
from datetime import UTC, timedelta
from typing import Any

from attrs import evolve

from workorder.canonical import decode
from workorder.cli.demo.promises import aligned, promised
from workorder.cli.demo.scene import GAO, LI, WANG, ZHAO, Scene
from workorder.sla.clocks import ClockLedger
from workorder.sla.clocks.telling import mark_text
from workorder.ticket import (
    Accept,
    ApproveExtension,
    Dispatch,
    Hold,
    InformCustomer,
    MarkReached,
    RequestExtension,
    Start,
)

Account = dict[str, Any]


def tell(scene: Scene) -> tuple[Account, list[Account]]:
    """From the last days of September to the first day after the break; as data, how the deadline
    over the break is counted, and the clocks of the other two.
    """
    scene.story.go(2026, 9, 24, 10)
    statutory = _complaint(scene, "C-20001", ("Charged twice", "重复扣款"))
    scene.story.go(2026, 9, 28, 15)
    waiting = _complaint(scene, "C-20002", ("Card not delivered", "未收到卡片"))
    scene.do(ZHAO, Hold("waiting_for_customer"))
    scene.story.go(2026, 9, 30, 16, 23)
    over_holiday = _request(scene)
    _a_week_off(scene, (over_holiday, statutory, waiting))
    deadline = _over_the_break(scene, over_holiday)
    return deadline, [_by_the_law(scene, statutory), *_on_hold(scene, waiting)]


def _complaint(scene: Scene, customer: str, title: tuple[str, str]) -> str:
    """A complaint that is worked on, and whose customer was called."""
    fields = {"title": scene.story.say(*title), "category": "card", "priority": 3}
    scene.ticket = scene.desk.open(
        "complaint", customer=customer, channel="phone", fields=fields, actor=LI
    )
    scene.do(LI, Accept(), InformCustomer("accepted", "phone"))
    scene.do(WANG, Dispatch(to="zhao.min", department="channels"))
    return scene.do(ZHAO, Start()).id


def _request(scene: Scene) -> str:
    """A request that was given to a department an hour before the break, and not taken up."""
    title = scene.story.say("A statement of 2019", "补打 2019 年对账单")
    fields = {"title": title, "category": "account", "priority": 3}
    scene.ticket = scene.desk.open(
        "request", customer="C-20003", channel="phone", fields=fields, actor=LI
    )
    scene.do(LI, Accept(), InformCustomer("accepted", "phone"))
    return scene.do(WANG, Dispatch(to="zhao.min", department="channels")).id


# --- a week off -----------------------------------------------------------------------------


def _a_week_off(scene: Scene, tickets: tuple[str, ...]) -> None:
    """Timers are run before the break, and not again until it is over."""
    story = scene.story
    store: Any = scene.desk.store  # one with an outbox
    began = story.go(2026, 9, 30, 17, 40)
    scene.desk.run_due()
    store.taken([place for place, _ in store.pending()])  # sent, as a host would
    story.go(2026, 10, 8, 9)
    ran = scene.desk.run_due()
    told = {_told(decode(message.data)["parameters"]) for _, message in store.pending()}
    marks = sorted(
        (
            (entry.event, (ticket, entry.event.clock, entry.event.mark) in told)
            for ticket in tickets
            for entry in scene.desk.history(ticket, actor=GAO)
            if isinstance(entry.event, MarkReached) and entry.event.trace.occurred_at > began
        ),
        key=lambda each: each[0].at,
    )
    late = sum(not heard for _, heard in marks)
    story.tell(
        f"September, and three other tickets. Over the National Day break the timers stand still "
        f"for a week; then they are run once. {len(marks)} marks were reached meanwhile: each is "
        f"noted at its own instant, and of the {late} that are long past nobody is told.",
        f"再看九月的另外三张工单。国庆假期一周未运行定时任务，节后运行一次：期间到达 {len(marks)} "
        f"个计时节点，均按各自时刻补记，其中 {late} 个早已过去，不再通知任何人。",
        time=ran.as_data(story.lang),
        late=late,
    )
    story.show(aligned([_mark(scene, event, heard=heard) for event, heard in marks]))


def _told(parameters: Mapping[str, str]) -> tuple[str, str, str]:
    return parameters["ticket"], parameters["metric"], parameters["mark"]


def _mark(scene: Scene, event: MarkReached, *, heard: bool) -> tuple[str, ...]:
    levels, lang = scene.rulebook.sla, scene.story.lang
    metric = levels.by_name[event.clock] if levels is not None else None
    return (
        scene.moment(event.at.replace(microsecond=0)),
        metric.label.text(lang) if metric is not None else event.clock,
        mark_text(event.mark, lang),
        scene.story.say("told", "已通知") if heard else scene.story.say("told nobody", "不再通知"),
    )


# --- the three ------------------------------------------------------------------------------


def _over_the_break(scene: Scene, ticket: str) -> Account:
    """Three working days, with the substituted workdays and without; how they are counted."""
    story = scene.story
    leading = _leading(scene, ticket)
    clock, calendar = leading.reading.clock, scene.calendar
    due = calendar.due(clock.started, clock.target)
    if due.instant != leading.reading.due:
        raise RuntimeError("the story counts otherwise than the clock")
    without = evolve(calendar, substitutes=False).due(clock.started, clock.target).instant
    story.tell(
        f"First at risk: a request of {scene.moment(clock.started)}, three working days. It is due "
        f"{scene.moment(due.instant)}; without the substituted workday it would be "
        f"{scene.moment(without)}.",
        f"第一张告急：{scene.moment(clock.started)} 收到的申请，期限三个工作日，"
        f"{scene.moment(due.instant)} 到期；若无调休上班则为 {scene.moment(without)}。",
        due=leading.reading.due,
        without=without.astimezone(UTC),
    )
    story.show(due.ledger.text(story.lang))
    return due.ledger.as_data(story.lang)


def _by_the_law(scene: Scene, ticket: str) -> Account:
    """Fifteen days and fifteen more; both due instants stay."""
    story = scene.story
    scene.ticket = scene.desk.get(ticket, actor=GAO)
    before = scene.ticket.windows.due
    if before is None:
        raise RuntimeError("the story needs a deadline")
    until = before + timedelta(days=15)
    scene.do(ZHAO, RequestExtension(until, story.say("The merchant must answer", "待商户答复")))
    scene.do(GAO, ApproveExtension())
    scene.do(LI, InformCustomer("extension", "phone"))
    ledger = _leading(scene, ticket)
    first = scene.moment(before)
    story.tell(
        f"Second: a complaint; the law's fifteen days end {first}. More time is asked for, granted "
        "and told. Both due instants are kept.",
        f"第二张：投诉，监管规定的十五日至 {first} 届满。申请延期、获批并告知客户；前后两个时限"
        "均保留在案。",
        first=before,
        due=ledger.reading.due,
    )
    story.show(ledger.text(story.lang))
    return ledger.as_data(story.lang)


def _on_hold(scene: Scene, ticket: str) -> list[Account]:
    """Waiting for the customer stops the bank's own clock, and not the law's."""
    story = scene.story
    story.tell(
        "Third: a complaint on hold for the customer. The bank's own clock stands still, the law's "
        "runs on:",
        "第三张：待客户补件而挂起的投诉。内部计时暂停，监管时限照走：",
        hold=scene.desk.get(ticket, actor=GAO).work.hold is not None,
    )
    story.show(promised(scene, ticket, GAO, standing=True))
    return [each.as_data(story.lang) for each in _clocks(scene, ticket)]


def _leading(scene: Scene, ticket: str) -> ClockLedger:
    (found,) = (each for each in _clocks(scene, ticket) if each.leads)
    return found


def _clocks(scene: Scene, ticket: str) -> tuple[ClockLedger, ...]:
    return scene.desk.explain(ticket, actor=GAO).clocks
