"""Two tickets in one commit, each of which goes by a rulebook of its own."""

from attrs import evolve

from tests.desk.duties import BOSS, CUSTOMER, QUIET, Duty
from workorder.desk import ServiceDesk
from workorder.rulebook import bank
from workorder.storage import MemoryStore
from workorder.ticket import Appeal, Appealed

OLD = bank()
NEW = evolve(bank(), version="2")


def test_an_appeal_is_opened_under_the_rulebook_in_force() -> None:
    """However old the rulebook of the appealed ticket is: new tickets go by the present one."""
    duty = Duty(MemoryStore(), OLD)
    ticket = duty.resolved("a")
    desk = ServiceDesk(duty.store, rulebook=NEW, earlier=[OLD], time=duty.clock)
    done = desk.execute(ticket.id, Appeal("I disagree"), actor=CUSTOMER)
    (event,) = done.events
    assert isinstance(event, Appealed)
    assert event.trace.rulebook == OLD.digest
    appeal = desk.get(event.appeal, actor=BOSS)
    assert (appeal.origin.rulebook, appeal.links.appeal_of) == (NEW.digest, ticket.id)
    assert appeal.times.opened < QUIET
