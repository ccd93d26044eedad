"""What tests of the dossier share: one story, told once."""

import pytest

from tests.dossier.cases import AT, forget, hold, keep, lift, scene
from workorder.cli.demo.scene import Scene
from workorder.dossier import Dossier, dossier


@pytest.fixture(scope="session")
def told() -> Scene:
    """The bank's complaint with its papers: held for two matters, one text erased."""
    made = scene()
    for act in (forget("4.reason"), hold("case-7"), hold("case-9"), lift("case-7")):
        keep(made.desk, made.ticket.id, act)
    return made


@pytest.fixture(scope="session")
def english(told: Scene) -> Dossier:
    """Its dossier in English."""
    return dossier(told.desk.unrestricted(), told.ticket.id, at=AT)


@pytest.fixture(scope="session")
def chinese(told: Scene) -> Dossier:
    """The same in Chinese."""
    return dossier(told.desk.unrestricted(), told.ticket.id, at=AT, language="zh-CN")


@pytest.fixture
def told_html(told: Scene) -> str:
    """The page of the same ticket at the same moment, made again."""
    return dossier(told.desk.unrestricted(), told.ticket.id, at=AT).html
