"""What is true of every pack that ships."""

from datetime import date

import pytest

from tests.sla.regulations.complaints import Complaint, under
from workorder.conditions import fields_of
from workorder.sla.clocks import AdoptedPack
from workorder.sla.regulations import RegulatoryClock, adopted, pack, pack_names

CLOCKS = [(name, clock) for name in pack_names() for clock in pack(name).clocks]
MEASURED = [(name, clock) for name, clock in CLOCKS if clock.measurable]


def ids(of: list[tuple[str, RegulatoryClock]]) -> list[str]:
    """The names of the tests."""
    return [clock.name for _, clock in of]


@pytest.mark.parametrize(("name", "clock"), CLOCKS, ids=ids(CLOCKS))
def test_clock_says_how_it_is_known(name: str, clock: RegulatoryClock) -> None:
    """Each has its rule, the words that were read, where, and when to read again."""
    assert clock.citation
    assert clock.quote
    assert all(clock.sources)
    assert clock.collected == date(2026, 11, 22)
    assert date(2026, 12, 1) <= clock.next_review <= date(2027, 5, 22)
    if clock.verified:
        assert clock.confidence == "seen"


@pytest.mark.parametrize(("name", "clock"), CLOCKS, ids=ids(CLOCKS))
def test_clock_speaks_both_languages(name: str, clock: RegulatoryClock) -> None:
    """Whatever is said is said in English and in Chinese (a note may be a quotation)."""
    said = [clock.labels, clock.starts, clock.counting, clock.met_by]
    said += [text for each in clock.extensions for text in (each.condition, each.notice)]
    for texts in filter(None, said):
        assert set(texts) == {"en", "zh-CN"}
        assert any("一" <= sign <= "鿿" for sign in texts["zh-CN"])


@pytest.mark.parametrize(("name", "clock"), MEASURED, ids=ids(MEASURED))
def test_only_a_text_that_says_so_has_a_pause(name: str, clock: RegulatoryClock) -> None:
    """One clock pauses, for an appraisal that the customer was told of: none for waiting."""
    if clock.name == "cn.nfra.decision":
        assert clock.pause is not None
        assert fields_of(clock.pause) == {"pauses", "hold_told"}
    else:
        assert clock.pause is None


@pytest.mark.parametrize(("name", "clock"), CLOCKS, ids=ids(CLOCKS))
def test_no_condition_asks_for_a_priority(name: str, clock: RegulatoryClock) -> None:
    """How urgent a bank finds a complaint is no matter of the law."""
    asked = {field for each in clock.conditions.values() for field in fields_of(each)}
    assert not [field for field in asked if "priority" in field or "severity" in field]


@pytest.mark.parametrize("name", [n for n in pack_names() if pack(n).measurable])
def test_pack_can_be_adopted(name: str) -> None:
    """All that tickets can measure makes service levels by the pack's own calendar."""
    levels = under(AdoptedPack(name, unverified=True), calendar=pack(name).calendar)
    assert list(levels.by_name) == [each.name for each in pack(name).measurable]
    assert all(each.statutory for each in levels.measured)


@pytest.mark.parametrize("name", [n for n in pack_names() if pack(n).measurable])
def test_template_is_never_adopted_by_default(name: str) -> None:
    """Without asking, only verified clocks are taken; a pack of templates is refused."""
    verified = [each.name for each in pack(name).measurable if each.verified]
    if verified:
        assert [each.name for each in adopted(AdoptedPack(name))[0]] == verified
    else:
        with pytest.raises(Exception, match="unverified = true"):
            adopted(AdoptedPack(name))


@pytest.mark.parametrize(("name", "clock"), MEASURED, ids=ids(MEASURED))
def test_waiting_for_the_customer_pauses_no_clock(name: str, clock: RegulatoryClock) -> None:
    """On any ticket on which it runs, a hold for the customer changes neither state nor due."""
    how = AdoptedPack(name, clocks=(clock.name,), unverified=True)
    levels = under(how, calendar=pack(name).calendar)
    for stands in STANDINGS:
        case = Complaint(levels, **stands).at("2026-09-15T10:00+00:00", action="open")
        if clock.name in case.clocks and case.clocks[clock.name].active:
            due = case.due(clock.name)
            case.at(
                "2026-09-16T10:00+00:00",
                action="hold",
                state="pending",
                hold_reason="customer_info",
                pauses="internal",
                hold_told=True,
            )
            assert case.clocks[clock.name].state == "running"
            assert case.due(clock.name) == due
            break
    else:
        assert "open" not in str(clock.start), "no ticket was found on which it runs"


STANDINGS: tuple[dict[str, object], ...] = tuple(
    {"type": kind, "channel": channel, **fields}
    for kind in ("complaint", "dispute")
    for channel in ("branch", "pbc", "hotline_12345", "cfpb", "regulator", "rdr")
    for fields in (
        {},
        {"fields__new_account": True},
        {"fields__remittance_transfer": True},
        {"fields__unauthorised_transaction": True},
        {"fields__idr_kind": "credit_hardship"},
        {"fields__idr_kind": "superannuation"},
    )
)
