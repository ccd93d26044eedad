"""The command itself: chapter after chapter, on a store that is gone afterwards."""

import argparse
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from workorder.cli.output import print_json, say, shared


def add(commands: Any) -> None:
    """Declare the command."""
    made: argparse.ArgumentParser = commands.add_parser(
        "demo", parents=[shared()], help="a complaint's life, told in the terminal"
    )
    made.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Tell it."""
    from workorder.cli.demo import (
        afterwards,
        at_risk,
        extension,
        intake,
        proof,
        review,
        teamwork,
        trail,
        who_gets_it,
    )
    from workorder.cli.demo.scene import Scene
    from workorder.cli.demo.telling import Story
    from workorder.storage import MemoryStore, SQLiteStore

    story = Story(arguments.lang, quiet=arguments.json)
    with TemporaryDirectory() as folder, SQLiteStore(path := Path(folder) / "demo.db") as store:
        scene = Scene(story, store)
        for chapter in (intake, teamwork, extension, review, afterwards):
            chapter.tell(scene)
        history = trail.tell(scene)
        proof.tell(scene, path)
    deadline, clocks = at_risk.tell(Scene(story, MemoryStore()))
    decision = who_gets_it.tell(Scene(story, MemoryStore(), who_gets_it.people()))
    if arguments.json:
        said = {"history": history, "deadline": deadline, "clocks": clocks, "decision": decision}
        print_json({"steps": story.steps, **said})
        return 0
    print(
        say(
            arguments.lang,
            "\nThese rules as a manual, and as a picture:",
            "\n以上规则，可输出为操作手册和流程图：",
        )
    )
    print("    workorder manual bank --lang zh-CN\n    workorder diagram bank")
    return 0
