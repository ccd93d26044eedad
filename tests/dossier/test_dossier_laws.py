"""Random lives of tickets: every dossier is sound, whole and well-formed."""

import random
from contextlib import suppress
from datetime import timedelta

from hypothesis import HealthCheck, given, settings

from tests.dossier.cases import Data, data_in, forget, hold, keep, lift, records, with_data
from tests.dossier.reading import Page
from tests.laws.walking import Plan, World, plans, walk
from workorder.dossier import Dossier, dossier
from workorder.dossier.verifier import OK, OPEN, check
from workorder.storage import MemoryStore, take_checkpoint

ACTS = (forget(), forget("1.title"), hold("case"), lift("case"))

fewer = settings(max_examples=max(settings().max_examples // 3, 1))
"""Each is several tickets, and each ticket a dossier or two, checked as a stranger would."""


def lived(plan: Plan) -> World:
    """Tickets after a walk; now and then somebody did something to their papers."""
    world = World(MemoryStore("bank"))
    chance = random.Random(plan.seed)
    for _ in walk(plan, [world]):
        if chance.random() < 0.1:
            ticket = chance.choice(world.tickets())
            with suppress(AssertionError):  # held, held already, not held
                keep(world.desk, ticket.id, chance.choice(ACTS))
    return world


@settings(fewer, suppress_health_check=[HealthCheck.too_slow])
@given(plans(25))
def test_every_dossier_is_sound(plan: Plan) -> None:
    """The verifier finds nothing wrong with any ticket, with its proof and in either language."""
    world = lived(plan)
    checkpoint = take_checkpoint(world.store, world.now)
    desk = world.desk.unrestricted()
    for ticket in world.tickets():
        at = max(world.now, ticket.times.last) + timedelta(days=1)
        language = ("en", "zh-CN")[plan.seed % 2]
        found = dossier(desk, ticket.id, at=at, checkpoint=checkpoint, language=language)
        assert found.findings == ()
        kinds = [kind for kind, _ in check(found.html.encode(), checkpoint.data())]
        assert set(kinds) == {OK, OPEN}
        assert kinds.count(OPEN) == 1  # a forged page would name its own digest as well
        page = Page(found.html)
        assert page.faults == []
        entries = [each for each in page.values("id") if each.startswith("entry-")]
        assert entries == [f"entry-{n}" for n in range(1, ticket.revision.events + 1)]
        without = dossier(desk, ticket.id, at=at, texts=False)
        kinds = [kind for kind, _ in check(without.html.encode())]
        assert set(kinds) == {OK, OPEN}


def touched(data: Data, chance: random.Random) -> bool:
    """Change one thing in the data; whether there was anything to change."""
    which = chance.choice(("record", "byte", "order", "text", "salt", "loss"))
    found, sealed = data["records"], data["sealed"]
    if which == "order" and len(found) > 1:
        found.append(found.pop(0))
    elif which == "loss":
        found.pop(chance.randrange(len(found)))
    elif which in {"text", "salt"} and sealed:
        kept = sealed[chance.choice(sorted(sealed))]
        key = "value" if which == "text" else "salt"
        kept[key] = kept[key][1:] if which == "text" else "AAAA"
    elif which in {"record", "byte"}:
        number = chance.randrange(len(found))
        place = chance.randrange(len(found[number]) - 2)
        old = found[number][place]
        found[number] = (
            found[number][:place] + ("B" if old == "A" else "A") + found[number][place + 1 :]
        )
    else:
        return False
    return True


@settings(fewer, suppress_health_check=[HealthCheck.too_slow])
@given(plans(12))
def test_no_dossier_survives_a_change(plan: Plan) -> None:
    """Whatever single thing is changed in a dossier, the verifier does not call it sound."""
    world = lived(plan)
    chance = random.Random(plan.seed)
    for ticket in world.tickets():
        at = max(world.now, ticket.times.last)
        made: Dossier = dossier(world.desk.unrestricted(), ticket.id, at=at)
        for _ in range(5):
            data = data_in(made.html)
            if touched(data, chance):
                found = check(with_data(made.html, data).encode())
                assert {kind for kind, _ in found} & {"WRONG", "STOPPED"}, records(data)
