"""What a bank gets that adopts a pack of the Americas, Australia or India: clocks of tickets."""

from datetime import UTC, datetime, timedelta

import pytest

from workorder.clocks import Clock
from workorder.sla import ready
from workorder.sla.clocks import AdoptedPack, Moment, ServiceLevels, advance
from workorder.sla.regulations import pack

START = datetime(2026, 11, 20, 21, 40, tzinfo=UTC)


def levels(name: str, **how: object) -> ServiceLevels:
    """A bank that keeps this pack alone, by the calendar of its documentation."""
    taken = AdoptedPack(name, **how)  # type: ignore[arg-type]  # what a test says of it
    calendar = ready(pack(name).calendar)
    return ServiceLevels(metrics=(), policies=(), calendar=calendar, packs=(taken,))


def told(at: datetime, subject: str, **facts: object) -> Moment:
    """The customer is told of *subject*."""
    return Moment.of(at, action="inform_customer", by="agent", event__subject=subject, **facts)


def after(own: ServiceLevels, *moments: Moment) -> dict[str, Clock]:
    """The clocks of a ticket after *moments*."""
    clocks: dict[str, Clock] = {}
    for moment in moments:
        clocks |= advance(clocks, moment, own).changed
    return clocks


def test_canada_rolls_by_its_own_calendar() -> None:
    """Where desks close on Saturdays, the pack is adopted with CA-ROLL, and a Saturday stays."""
    taken = AdoptedPack("ca_bank_act", calendar="rolling")
    own = ServiceLevels(
        metrics=(),
        policies=(),
        calendar=ready("CA"),
        calendars={"rolling": ready("CA-ROLL")},
        packs=(taken,),
    )
    opened = Moment.of(datetime(2026, 9, 12, 14, tzinfo=UTC), action="open", type="complaint")
    # Sat 12 September and 56 days: Sat 7 November, 24:00 in Toronto.
    due = datetime(2026, 11, 8, 5, tzinfo=UTC)
    assert after(own, opened)["ca.bankact.deal"].due == due


def test_several_clocks_run_from_one_notice() -> None:
    """Regulation E counts ten business days and 45 days together, from the same notice."""
    clocks = after(levels("us_reg_e"), Moment.of(START, action="open", type="dispute"))
    assert set(clocks) == {"us.rege.determine", "us.rege.investigate45"}
    dues = {name: clock.due for name, clock in clocks.items()}
    # 24:00 in New York on 7 December, and on 4 January: counted in test_united_states.
    assert dues["us.rege.determine"] == datetime(2026, 12, 8, 5, tzinfo=UTC)
    assert dues["us.rege.investigate45"] == datetime(2027, 1, 5, 5, tzinfo=UTC)


def test_the_ticket_says_whether_the_account_is_new() -> None:
    """For a new account twenty business days stand in place of ten."""
    opened = Moment.of(START, action="open", type="dispute", fields__new_account=True)
    clocks = after(levels("us_reg_e"), opened)
    assert set(clocks) == {"us.rege.new_account20", "us.rege.investigate45"}
    assert clocks["us.rege.new_account20"].due == datetime(2026, 12, 22, 5, tzinfo=UTC)


def test_a_remittance_has_its_own_clock() -> None:
    """An error in a remittance transfer is counted by its 90 days alone."""
    opened = Moment.of(START, action="open", type="dispute", fields__remittance_transfer=True)
    assert set(after(levels("us_reg_e"), opened)) == {"us.rege.remittance90"}


def test_an_extension_ends_where_the_rule_ends_it() -> None:
    """Whatever is granted, ten business days become 45 days at most, and then 90."""
    own = levels("us_reg_e")
    opened = Moment.of(START, action="open", type="dispute")
    far = START + timedelta(days=200)
    first = Moment(START + timedelta(days=5), opened.views, extension=far)
    second = Moment(START + timedelta(days=30), opened.views, extension=far)
    once = after(own, opened, first)
    assert once["us.rege.determine"].due == datetime(2027, 1, 5, 5, tzinfo=UTC)
    assert once["us.rege.investigate45"].due == datetime(2027, 2, 19, 5, tzinfo=UTC)
    twice = after(own, opened, first, second)
    assert twice["us.rege.determine"].due == datetime(2027, 2, 19, 5, tzinfo=UTC)
    assert twice["us.rege.investigate45"].due == datetime(2027, 2, 19, 5, tzinfo=UTC)


def test_waiting_for_the_written_confirmation_pauses_nothing() -> None:
    """The investigation may not wait for it (comment 11(c)-2): the clocks go on."""
    own = levels("us_reg_e")
    opened = Moment.of(START, action="open", type="dispute")
    held = Moment.of(START + timedelta(days=1), action="hold", type="dispute", pauses="internal")
    before, later = after(own, opened), after(own, opened, held)
    assert {name: each.due for name, each in later.items()} == {
        name: each.due for name, each in before.items()
    }
    assert {each.state for each in later.values()} == {"running"}


def test_the_report_counts_from_the_end_of_the_investigation() -> None:
    """Three business days to tell run from when the dispute is resolved."""
    own = levels("us_reg_e")
    opened = Moment.of(START, action="open", type="dispute")
    resolved = datetime(2026, 12, 24, 17, tzinfo=UTC)
    facts = {"type": "dispute", "resolved": True}
    clocks = after(own, opened, Moment.of(resolved, action="resolve", **facts))
    assert clocks["us.rege.determine"].breached is not None  # due on 7 December
    assert clocks["us.rege.investigate45"].state == "finished"
    assert clocks["us.rege.report"].due == datetime(2026, 12, 31, 5, tzinfo=UTC)
    done = after(own, opened, told(resolved + timedelta(days=1), "decision", **facts))
    assert {each.state for each in done.values()} == {"finished"}


def test_an_acknowledgement_and_an_answer_both_meet_regulation_z() -> None:
    """The acknowledgement is not owed when the error is resolved within the same 30 days."""
    own = levels("us_reg_z")
    opened = Moment.of(START, action="open", type="dispute")
    for subject in ("accepted", "decision"):
        clocks = after(own, opened, told(START + timedelta(days=9), subject, type="dispute"))
        assert clocks["us.regz.ack"].state == "finished"
        assert clocks["us.regz.resolve"].active == (subject == "accepted")


def test_the_cycles_of_the_account_decide() -> None:
    """Where the ticket knows when its two cycles end, it is due then."""
    ends = datetime(2026, 12, 15, 5, tzinfo=UTC)
    opened = Moment.of(START, action="open", type="dispute", fields__billing_error_due=ends)
    assert after(levels("us_reg_z"), opened)["us.regz.resolve"].due == ends


@pytest.mark.parametrize(
    ("kind", "clock"),
    [
        (None, "au.rg271.final"),
        ("other", "au.rg271.final"),
        ("credit_hardship", "au.rg271.credit21"),
        ("superannuation", "au.rg271.super45"),
    ],
)
def test_one_limit_for_each_kind_of_complaint(kind: str | None, clock: str) -> None:
    """Hardship has 21 days, superannuation 45, everything else 30; never two of them."""
    opened = Moment.of(START, action="open", type="complaint", fields__idr_kind=kind)
    assert set(after(levels("au_rg271"), opened)) == {clock}


def test_a_delay_notification_in_time_meets_the_thirty_days() -> None:
    """It counts before the limit only; a day after it, the limit was missed."""
    own = levels("au_rg271")
    opened = Moment.of(START, action="open", type="complaint")
    for days, met in ((29, True), (31, False)):
        late = told(START + timedelta(days=days), "extension", type="complaint")
        assert after(own, opened, late)["au.rg271.final"].verdicts[-1].met == met


def test_a_transfer_inside_the_firm_starts_nothing_anew() -> None:
    """Receipt is the first receipt by the firm, not that by its complaints team."""
    own = levels("au_rg271")
    opened = Moment.of(START, action="open", type="complaint")
    moved = Moment.of(START + timedelta(days=4), action="transfer", type="complaint")
    assert after(own, opened, moved) == after(own, opened)


def test_a_ticket_that_becomes_a_complaint_later_gets_its_clock() -> None:
    """An enquiry that is found to be a complaint counts from when the complaint was received."""
    own = levels("au_rg271")
    received = START - timedelta(days=1)
    opened = Moment.of(START, action="open", type="enquiry")
    assert after(own, opened) == {}
    moved = Moment.of(
        START + timedelta(days=2),
        action="reclassify",
        type="complaint",
        fields__received_at=received,
    )
    # 21:40 UTC on Thursday is Fri 20 November in Sydney | 30 November is 10, 20 December is 30.
    due = datetime(2026, 12, 20, 13, tzinfo=UTC)
    assert after(own, opened, moved)["au.rg271.final"].due == due


def test_a_kind_that_is_found_later_changes_the_clock_and_back() -> None:
    """Hardship that is seen on the third day has 21 days; taken back, 30 from the beginning."""
    own = levels("au_rg271")
    said = {"action": "edit", "type": "complaint", "fields.received_at": START}
    opened = Moment.of(START, action="open", type="complaint", fields__received_at=START)
    plain = after(own, opened)
    harder = Moment.of(START + timedelta(days=2), fields__idr_kind="credit_hardship", **said)
    clocks = after(own, opened, harder)
    assert clocks["au.rg271.final"].state == "cancelled"
    # Sat 21 November in Sydney | 30 November is 9, 12 December is 21.
    assert clocks["au.rg271.credit21"].due == datetime(2026, 12, 12, 13, tzinfo=UTC)
    back = Moment.of(START + timedelta(days=4), **said)
    clocks = after(own, opened, harder, back)
    assert clocks["au.rg271.credit21"].state == "cancelled"
    assert clocks["au.rg271.final"].active
    assert clocks["au.rg271.final"].due == plain["au.rg271.final"].due


@pytest.mark.parametrize(
    ("name", "facts", "wanted"),
    [
        ("in_rbi", {}, {"in.rbi.final"}),
        ("in_rbi", {"fields.unauthorised_transaction": True}, {"in.rbi.final", "in.rbi.unauth90"}),
        ("br_ouvidoria", {"channel": "phone"}, {"br.cmn4860.ouvidoria"}),
        ("br_ouvidoria", {"channel": "rdr"}, {"br.bcb.rdr"}),
        ("us_cfpb", {"channel": "cfpb"}, {"us.cfpb.respond"}),
        ("us_cfpb", {"channel": "phone"}, set()),
    ],
)
def test_which_templates_run(name: str, facts: dict[str, object], wanted: set[str]) -> None:
    """A field or the channel of the ticket says which of the templates it is for."""
    opened = Moment.of(START, action="open", type="complaint", **facts)
    assert set(after(levels(name, unverified=True), opened)) == wanted
