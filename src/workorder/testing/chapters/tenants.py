"""Two tenants do not see each other."""

from datetime import timedelta

from workorder.conditions import where
from workorder.storage import (
    EVERYTHING,
    Capability,
    CapacityTaken,
    Committed,
    Reservation,
    TicketQuery,
)
from workorder.testing.batches import (
    AT,
    batch,
    digest_of,
    following,
    message,
    opening,
    sealed_value,
    timers,
)
from workorder.testing.check import Chapter
from workorder.testing.recording import RecordedStore
from workorder.testing.trial import Trial

chapter = Chapter("tenant", "tenant", wants="tenant")


def _two(trial: Trial) -> tuple[RecordedStore, RecordedStore]:
    return trial.made("north", tenant="north"), trial.made("south", tenant="south")


@chapter.promise(
    "A store says whose it is.",
    "存储说明自己属于哪个租户。",
)
def it_says_whose_it_is(trial: Trial) -> None:
    """Two handles, two names; also a name with a slash and Chinese."""
    one, two = _two(trial)
    other = trial.made("branch", tenant="北京分行/001")
    found = [each.tenant for each in (one, two, other)]
    trial.equal("the tenants", found, ["north", "south", "北京分行/001"])


@chapter.promise(
    "The same ids are different tickets, and the same commands different commands.",
    "相同编号在不同租户下是不同工单，相同命令号是不同命令。",
    verb="load",
)
def the_same_ids_are_different_tickets(trial: Trial) -> None:
    """Both open T1 by c1; one of them goes on."""
    one, two = _two(trial)
    mine, theirs = (
        opening("T1", tenant="north", state="mine"),
        opening("T1", tenant="south", state="theirs"),
    )
    trial.equal("the answer", one.commit(batch(mine)), Committed())
    trial.equal("what the other has", dict(two.load(("T1",), ("c1",))), {})
    trial.equal("the answer", two.commit(batch(theirs)), Committed())
    after = following(one.load(("T1",))["T1"].snapshot, tenant="north")
    trial.equal("the answer", one.commit(batch(after)), Committed())
    found = two.load(("T1",), ("c1", "c2"))["T1"]
    trial.equal("the state", found.snapshot.ticket.state, "theirs")
    trial.equal("the receipts", set(found.receipts), {"c1"})
    trial.equal("the records", found.receipts["c1"].records, theirs.records)


@chapter.promise(
    "Histories, searches, messages and sealed values are those of the tenant.",
    "历史、查询、消息与密封值只属于本租户。",
    verb="log",
)
def everything_is_apart(trial: Trial) -> None:
    """One tenant has all there is, the other nothing."""
    one, two = _two(trial)
    has = set(one.capabilities)
    given = batch(
        opening("T1", tenant="north", timers=timers(AT)),
        outbox=[message()] if Capability.OUTBOX in has else (),
        sealed=[sealed_value()] if Capability.SEALED in has else (),
    )
    trial.equal("the answer", one.commit(given), Committed())
    if Capability.HISTORY in has:
        trial.equal("records", two.records("T1"), [])
        trial.equal("the log", two.log(), [])
        trial.equal("the ids", two.ids(), [])
    if Capability.QUERY in has:
        trial.equal("what is found", len(two.find(TicketQuery())), 0)
    if Capability.SEALED in has:
        trial.equal("sealed values", two.reveal("T1", ["1.text"]), {})
    if Capability.OUTBOX in has:
        trial.equal("messages", two.pending(), [])
        two.taken([position for position, _ in one.pending()])
        trial.equal("messages of the first", len(one.pending()), 1)
    if Capability.TIMERS in has:
        until = AT + timedelta(minutes=1)
        trial.equal("what is due", two.claim_due(AT, until, "w", 9), [])
        trial.equal("what is due for the first", len(one.claim_due(AT, until, "w", 9)), 1)
        two.release(["T1"], "w")
        trial.equal("lent still", one.claim_due(AT, until, "w", 9), [])
    if Capability.CAPACITY in has:
        full = batch(reservations=(Reservation("li", 1, 1),))
        answers = [each.commit(full) for each in (one, two, one)]
        trial.equal("the answers", answers, [Committed(), Committed(), CapacityTaken("li")])


@chapter.promise(
    "What one tenant does leaves the other's as it was, also where both have the same ids.",
    "一个租户的操作不影响另一租户，即使编号相同。",
    verb="commit",
)
def the_other_stays_as_it_was(trial: Trial) -> None:
    """Both have T1 with everything that goes with it; one loses all of it, the other nothing."""
    one, two = _two(trial)
    has = set(one.capabilities)
    sealed = Capability.SEALED in has
    until = AT + timedelta(minutes=1)
    for each, state in ((one, "mine"), (two, "theirs")):
        given = batch(
            opening("T1", tenant=each.tenant, state=state, timers=timers(AT)),
            sealed=[sealed_value(value=state)] if sealed else (),
        )
        trial.equal("the answer", each.commit(given), Committed())
    if sealed:
        values = [each.reveal("T1", ["1.text"])["1.text"].value for each in (one, two)]
        trial.equal("the values of each", values, ["mine", "theirs"])
    after = following(
        one.load(("T1",))["T1"].snapshot,
        tenant="north",
        state="changed",
        erased=(EVERYTHING,) if sealed else (),
        timers=timers(AT),
    )
    trial.equal("the answer", one.commit(batch(after)), Committed())
    found = two.load(("T1",), ("c1", "c2"))["T1"]
    trial.equal("the state", found.snapshot.ticket.state, "theirs")
    digests = {name: each.digest for name, each in found.receipts.items()}
    trial.equal("the digests", digests, {"c1": digest_of("c1")})
    if sealed:
        trial.equal("what was erased", one.reveal("T1", ["1.text"]), {})
        kept = {"1.text": sealed_value(value="theirs")}
        trial.equal("the other's value", two.reveal("T1", ["1.text"]), kept)
    if Capability.QUERY in has:
        for state, expected in (("theirs", (0, 1)), ("changed", (1, 0)), ("mine", (0, 0))):
            asked = TicketQuery(where("state").equals(state))
            counts = tuple(len(each.find(asked)) for each in (one, two))
            trial.equal(f"found by the state {state}, by each", counts, expected)
    if Capability.TIMERS in has:
        counts = tuple(len(each.claim_due(AT, until, "w", 9)) for each in (one, two))
        trial.equal("lent by each", counts, (1, 1))


CHECKS = chapter.checks()
