"""Claims met on the way that the packs must not repeat: each gives another date than the rule."""

from datetime import UTC, datetime

import pytest

from tests.sla.regulations.complaints import instant
from workorder.sla import ready
from workorder.sla.regulations import pack, pack_names

RECEIVED = datetime.fromisoformat("2026-09-25T16:00+08:00")


def due(code: str, received: datetime, within: object) -> datetime:
    """When *within* is used up."""
    return ready(code).due(received, str(within)).instant.astimezone(UTC)


def test_fifteen_working_days_in_china_are_another_date() -> None:
    """“15个工作日” repeats the notice of 2012, and ends eleven days after the Measures' 15 days."""
    within = pack("cn_nfra_2020").by_name["cn.nfra.decision"].within
    # 28, 29, 30 September (3), 8 and 9 October (5), Sat 10 (6), 12 to 16 (11), 19 to 22 (15).
    assert due("CN", RECEIVED, "15 working days") == instant("2026-10-22T18:00+08:00")
    assert due("CN", RECEIVED, within) == instant("2026-10-11T00:00+08:00")


@pytest.mark.parametrize("claim", ["7 working days", "15 working days"])
def test_no_notice_of_acceptance_in_china(claim: str) -> None:
    """No clock of the Measures is met by telling of acceptance, nor counts the days claimed."""
    for clock in pack("cn_nfra_2020").clocks:
        assert str(clock.within) != claim
        assert "'accepted'" not in str(clock.stop)


def test_no_clock_for_the_regulator_in_china() -> None:
    """In how many days the regulator forwards a complaint is not settled (three or seven working
    days): there is no such clock.
    """
    clocks = [each for name in CHINESE for each in pack(name).clocks]
    assert {each.duty for each in clocks} == {"bank", "consumer"}
    assert not {"3 working days", "7 working days"} & {str(each.within) for each in clocks}


CHINESE = ("cn_nfra_2020", "cn_pbc_2020", "cn_12345")


def test_extended_to_thirty_is_thirty_in_all() -> None:
    """“延长至30日” is no 15 + 30, and the third period ends after 60 days, not after 90."""
    steps = pack("cn_nfra_2020").by_name["cn.nfra.decision"].extensions
    found = [due("CN", RECEIVED, each.to) for each in steps]
    # 25 September: 5 in September, 25 October (30); 31 October (36), 24 November (60).
    assert found == [instant("2026-10-26T00:00+08:00"), instant("2026-11-25T00:00+08:00")]
    assert due("CN", RECEIVED, "45 calendar days") not in found
    assert due("CN", RECEIVED, "90 calendar days") not in found


@pytest.mark.parametrize(
    ("name", "clock"), [("uk_disp", "uk.disp.psd.final"), ("eu_psd2", "eu.psd2.101.reply")]
)
def test_thirty_five_days_run_from_receipt(name: str, clock: str) -> None:
    """They do not begin with the holding response of day fifteen."""
    code = pack(name).calendar
    start = datetime.fromisoformat("2026-09-25T10:00+01:00")
    (step,) = pack(name).by_name[clock].extensions
    held = due(code, start, "15 working days")
    assert due(code, start, step.to).date().isoformat() == "2026-11-13"
    assert due(code, held, step.to).date().isoformat() == "2026-12-04"  # Fri 16 October + 35


def test_saturday_is_not_deemed_monday_in_the_united_kingdom() -> None:
    """The option to deem a receipt on the next business day is deleted: Wednesday, not Thursday."""
    saturday = datetime.fromisoformat("2026-09-12T10:00+01:00")
    within = pack("uk_disp").by_name["uk.disp.src"].within
    assert due("GB-ENG", saturday, within) == instant("2026-09-16T17:00+01:00")
    deemed = due("GB-ENG", saturday, "3 working days, deemed received on a working day")
    assert deemed == instant("2026-09-17T17:00+01:00")


def test_macao_and_japan_have_no_pack() -> None:
    """Where no limit for a bank was found, there is no pack."""
    assert not [name for name in pack_names() if name.startswith(("mo_", "jp_"))]
