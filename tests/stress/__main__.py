"""Load and kill: ``python -m tests.stress --kills 500``."""

import argparse
import sys
from pathlib import Path
from secrets import randbelow
from tempfile import mkdtemp

from tests.stress.conductor import stress
from tests.stress.worker import Synchronous


def main() -> int:
    """Read the arguments, carry out the runs; 1 if something was wrong."""
    parser = argparse.ArgumentParser(prog="python -m tests.stress", description=__doc__)
    parser.add_argument("--kills", type=int, default=500, help="how many, altogether")
    parser.add_argument("--seed", type=int, help="what a failing run printed")
    parser.add_argument("--synchronous", choices=("NORMAL", "FULL"), help="both, if not given")
    parser.add_argument("--folder", type=Path, help="where the files go; a new one, if not given")
    given = parser.parse_args()
    seed = randbelow(10**6) if given.seed is None else given.seed
    folder = given.folder or Path(mkdtemp(prefix="workorder-stress-"))
    ways: tuple[Synchronous, ...] = ("NORMAL", "FULL")
    if given.synchronous:
        ways = (given.synchronous,)
    sound = stress(folder, seed, given.kills, ways)
    if sound and given.folder is None:
        folder.rmdir()
    return 0 if sound else 1


if __name__ == "__main__":
    sys.exit(main())
