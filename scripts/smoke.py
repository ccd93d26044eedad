"""Use the library as a stranger would: from its wheel, alone in a new environment.

Builds the source distribution and from it the wheel, installs the wheel without extras, and checks
that what is promised without extras works. Import time is measured and printed, never judged.

Started by ``make smoke``; needs the ``build`` package in the environment that starts it.
"""

import os
import subprocess
import sys
import tempfile
import time
import venv
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "workorder"
EXAMPLES = ("own_table.py", "smallest_desk.py")
UNWANTED = ("rich", "numpy", "sqlalchemy")


def main() -> None:
    """Build, install, look, run."""
    with tempfile.TemporaryDirectory(prefix="workorder-smoke-") as name:
        place = Path(name)
        wheel = build(place / "dist")
        check_contents(wheel)
        python = install(wheel, place / "venv")
        elsewhere = place / "elsewhere"
        elsewhere.mkdir()
        check_import(python, elsewhere)
        check_commands(python, elsewhere)
        check_examples(python, elsewhere)
        measure_import(python, elsewhere)
    print("smoke: the wheel works on its own")


def build(into: Path) -> Path:
    """Build the source distribution, and the wheel from it."""
    run([sys.executable, "-m", "build", "--outdir", into, ROOT], cwd=ROOT)
    (wheel,) = into.glob("*.whl")
    return wheel


def check_contents(wheel: Path) -> None:
    """See that the wheel has every file of the package, and the marker for type checkers."""
    inside = set(zipfile.ZipFile(wheel).namelist())
    expected = {
        path.relative_to(PACKAGE.parent).as_posix()
        for path in PACKAGE.rglob("*")
        if path.is_file() and path.suffix != ".pyc" and not path.name.startswith(".")
    }
    missing = sorted((expected | {"workorder/py.typed"}) - inside)
    need(not missing, f"not in the wheel: {', '.join(missing)}")
    print(f"smoke: {wheel.name} has {len(inside)} files, {wheel.stat().st_size / 1024:.0f} KiB")


def install(wheel: Path, into: Path) -> Path:
    """Install the wheel without extras in a new environment, and answer its interpreter."""
    venv.create(into, with_pip=True)
    python = into / ("Scripts" if os.name == "nt" else "bin") / "python"
    run([python, "-m", "pip", "install", "-qq", wheel], cwd=into)
    return python


def check_import(python: Path, cwd: Path) -> None:
    """See that the package imports, from the wheel, and that no extra came along."""
    found = run([python, "-c", "import workorder; print(workorder.__file__)"], cwd=cwd)
    need("site-packages" in found, f"imported from {found}, not from the wheel")
    code = f"from importlib.util import find_spec; print(*filter(find_spec, {UNWANTED!r}))"
    extra = run([python, "-c", code], cwd=cwd)
    need(not extra, f"installed without being asked for: {extra}")


def check_commands(python: Path, cwd: Path) -> None:
    """Run the commands that work without extras."""
    if not (PACKAGE / "cli").exists():
        print("smoke: no command line yet")
        return
    command = python.with_name("workorder")
    print(f"smoke: workorder --version: {run([command, '--version'], cwd=cwd)}")
    lines = run([command, "demo", "--json"], cwd=cwd).splitlines()
    print(f"smoke: workorder demo --json: {len(lines)} lines")


def check_examples(python: Path, cwd: Path) -> None:
    """Run the first examples of the ladder from an empty folder."""
    folder = ROOT / "examples"
    if not folder.exists():
        print("smoke: no examples yet")
        return
    for name in EXAMPLES:
        need((folder / name).is_file(), f"examples/{name} is gone; say in {__file__} what came")
        run([python, folder / name], cwd=cwd)
        print(f"smoke: examples/{name} runs")


def measure_import(python: Path, cwd: Path) -> None:
    """Print how long the import takes beyond starting the interpreter, best of five."""
    bare = min(seconds([python, "-c", "pass"], cwd) for _ in range(5))
    full = min(seconds([python, "-c", "import workorder"], cwd) for _ in range(5))
    print(f"smoke: import workorder takes {(full - bare) * 1000:.0f} ms")


def seconds(command: list[str | Path], cwd: Path) -> float:
    """Measure one run of a command."""
    begin = time.perf_counter()
    run(command, cwd=cwd)
    return time.perf_counter() - begin


def run(command: list[str | Path], *, cwd: Path) -> str:
    """Run a command and answer what it printed; stop with its output if it fails."""
    hidden = {"PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV"}
    environment = {key: value for key, value in os.environ.items() if key not in hidden}
    done = subprocess.run(
        command,
        cwd=cwd,
        env=environment | {"PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    shown = " ".join(map(str, command))
    need(not done.returncode, f"{shown}: exit {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout.strip()


def need(holds: object, otherwise: str) -> None:
    """Stop with a message unless something holds."""
    if not holds:
        sys.exit(f"smoke: {otherwise}")


if __name__ == "__main__":
    main()
