"""Run the tests under every Python from 3.11 on that this machine has, and say which they were.

Looks at ``PATH`` and at the versions that pyenv keeps. Each minor version runs once, in an
environment of its own under ``.venvs``. Arguments are passed on to pytest. Started by
``make test-all``.
"""

import json
import os
import re
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENVS = ROOT / ".venvs"
PYPROJECT = ROOT / "pyproject.toml"
OLDEST = (3, 11)

# What a candidate says of itself; one that cannot make environments is of no use.
PROBE = """
import ensurepip, json, sys, venv
print(json.dumps([*sys.version_info[:4], getattr(sys, "_base_executable", sys.executable)]))
"""

SUMMARY = re.compile(r"^=+ (.*\b(?:passed|failed|errors?|skipped|deselected|no tests ran)\b.*) =+$")


def main() -> None:
    """Find, run, sum up."""
    found = interpreters()
    if not found:
        sys.exit("test-all: no Python 3.11 or newer found")
    results = [(version, *test(version, python)) for version, python in found.items()]
    print("\ntest-all:")
    for version, passed, took, summary in results:
        print(f"  Python {version:<8} {'passed' if passed else 'FAILED'}  {took:5.0f} s  {summary}")
    absent = claimed() - {minor(version) for version in found}
    if absent:
        print(f"  claimed in pyproject.toml and not on this machine: {', '.join(sorted(absent))}")
    sys.exit(not all(passed for _, passed, _, _ in results))


def interpreters() -> dict[str, str]:
    """Answer one interpreter for each minor version, by full version, oldest first."""
    chosen: dict[tuple[int, int], tuple[str, str]] = {}
    for candidate in candidates():
        said = subprocess.run(
            [candidate, "-c", PROBE], capture_output=True, encoding="utf-8", check=False
        )
        if said.returncode:
            continue
        major, minor_, micro, level, executable = json.loads(said.stdout)
        if (major, minor_) >= OLDEST and level == "final":
            chosen.setdefault((major, minor_), (f"{major}.{minor_}.{micro}", executable))
    return dict(chosen[key] for key in sorted(chosen))


def candidates() -> Iterator[Path]:
    """Everything that looks like a Python: on the path first, then pyenv's, newest first."""
    for entry in os.get_exec_path():
        folder = Path(entry or ".")
        for name in ("python3", "python"):
            if (folder / name).is_file():
                yield folder / name
        for path in sorted(folder.glob("python3.*")):
            if re.fullmatch(r"python3\.\d+", path.name):
                yield path
    pyenv = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv")
    yield from sorted(pyenv.glob("versions/*/bin/python"), key=_numbers, reverse=True)


def _numbers(path: Path) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", path.parts[-3])]


def test(version: str, python: str) -> tuple[bool, float, str]:
    """Run the tests under one interpreter: did they pass, how long did it take, what was said."""
    begin = time.monotonic()
    print(f"\ntest-all: Python {version} ({python})", flush=True)
    here = environment(version, python)
    if here is None:
        return False, time.monotonic() - begin, "the environment could not be made"
    summary = "no summary"
    with subprocess.Popen(
        [here, "-m", "pytest", "--color=no", "-n", "auto", "--dist", "loadfile", *sys.argv[1:]],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    ) as pytest:
        for line in pytest.stdout or ():
            print(line, end="", flush=True)
            if match := SUMMARY.match(line):
                summary = match[1]
    return pytest.returncode == 0, time.monotonic() - begin, summary


def environment(version: str, python: str) -> Path | None:
    """Make the environment of a version unless it is there, and answer its interpreter."""
    folder = VENVS / minor(version)
    here = folder / "bin" / "python"
    stamp = folder / f".made-{version}"
    if stamp.exists() and stamp.stat().st_mtime > PYPROJECT.stat().st_mtime:
        return here
    pip: list[str | Path] = [here, "-m", "pip", "install", "-qq"]
    steps: list[list[str | Path]] = [
        [python, "-m", "venv", "--clear", folder],
        [*pip, "pip>=25.1"],
        [*pip, "-e", f"{ROOT}[cli]", "--group", f"{PYPROJECT}:test"],
    ]
    if any(subprocess.run(step, cwd=ROOT, check=False).returncode for step in steps):
        return None
    stamp.touch()
    return here


def claimed() -> set[str]:
    """Answer the minor versions that the package's classifiers claim."""
    project = tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))["project"]
    names = (re.search(r"Python :: (3\.\d+)$", line) for line in project["classifiers"])
    return {match[1] for match in names if match}


def minor(version: str) -> str:
    """Cut a version to two numbers: 3.12.1 is 3.12."""
    return version.rpartition(".")[0]


if __name__ == "__main__":
    main()
