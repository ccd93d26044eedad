"""What type checkers say: misspelt arguments are errors, results are inferred."""

import re
from pathlib import Path

import pytest

api = pytest.importorskip("mypy.api", reason="type checking needs the lint group")

ROOT = Path(__file__).resolve().parents[2]

WRONG = """
from workorder import Actor, Close, Comment, Dispatch, ServiceDesk, Submit, Transfer, where
from workorder import Action, Reopen, ReturnForRework, Start, Ticket
from workorder.desk.requests import Load, ask

Submit(resolutoin="x")  # call-arg
Submit(resolution=5)  # arg-type
Dispatch(too="x")  # call-arg
Dispatch(to=["li"])  # arg-type
Transfer(reson="x")  # call-arg
Comment()  # call-arg
Comment(text=None)  # arg-type
Start(now=True)  # call-arg
Close("x")  # call-arg
Reopen(why="x")  # call-arg
ReturnForRework(because="x")  # call-arg
Action()  # call-arg
Action("call_back", given="x")  # arg-type
Actor()  # call-arg
Actor("li", rols="handler")  # call-arg
where("state").equal("closed")  # attr-defined


def misuse(desk: ServiceDesk, ticket: Ticket, actor: Actor) -> None:
    desk.perform(ticket.id, "close", actor=actor)  # arg-type
    desk.perform(ticket.id, Close())  # call-arg
    desk.open("complaint", actor=actor, costumer="C-1")  # call-arg
    number: int = desk.perform(ticket.id, Close(), actor=actor)  # assignment
    ticket.state = "closed"  # misc
    ticket.stat  # attr-defined
    ask(Load(5))  # arg-type
"""

SAID = re.compile(r":(\d+): error: .*\[([a-z-]+)\]$")


def checked(source: Path, cache: Path) -> tuple[list[tuple[int, str]], str]:
    """Line and code of every error that mypy finds in *source*, and all it said."""
    said, trouble, _status = api.run(
        [
            f"--config-file={ROOT / 'pyproject.toml'}",
            f"--cache-dir={cache}",
            "--no-pretty",
            "--no-error-summary",
            "--hide-error-context",
            str(source),
        ]
    )
    assert trouble == ""
    found = [SAID.search(line) for line in said.splitlines()]
    return [(int(each[1]), each[2]) for each in found if each], said


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache of its own, shared by the tests here, so that no other run is disturbed."""
    folder: Path = tmp_path_factory.mktemp("mypy")
    return folder


def test_mistakes_are_type_errors(tmp_path: Path, cache: Path) -> None:
    """Each wrong line is an error of the kind written beside it, and no other line is."""
    source = tmp_path / "mistakes.py"
    source.write_text(WRONG, "utf-8")
    expected = [
        (number, line.rsplit("# ", 1)[1])
        for number, line in enumerate(WRONG.splitlines(), 1)
        if "  # " in line
    ]
    found, said = checked(source, cache)
    assert found == expected, said
    assert len(found) == 23


def test_results_are_inferred(cache: Path) -> None:
    """Every result in ``inference.py`` has the type that is asserted there."""
    found, said = checked(Path(__file__).with_name("inference.py"), cache)
    assert found == [], said
