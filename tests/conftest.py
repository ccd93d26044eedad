"""What all tests share: how hard hypothesis tries, and where the shared data is."""

import os
import sys
from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).resolve().parent.parent

# The tests run on the core dependencies alone; test_canonical lets the accelerator in and holds
# it to the same bytes.
sys.modules["orjson"] = None  # type: ignore[assignment]  # an import of it now fails

# "dev": a quick answer while writing. "ci": what `make test` uses, the same examples every time.
# "long": what `make long` uses, different examples every time.
settings.register_profile("dev", max_examples=20, deadline=None)
settings.register_profile(
    "ci", max_examples=100, deadline=None, derandomize=True, print_blob=True, database=None
)
settings.register_profile(
    "long", max_examples=5_000, stateful_step_count=100, deadline=None, print_blob=True
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "dev"))


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of public data sets, which lies beside the repository and is not part of it.

    Without the folder the test is skipped, but never where ``CI`` is ``true``: there a missing
    folder is a failure. ``WORKORDER_SHARED_DATA`` names another place.
    """
    named = os.environ.get("WORKORDER_SHARED_DATA")
    folder = Path(named) if named else ROOT.parent / "shared" / "data"
    if folder.is_dir():
        return folder
    reason = f"no shared data at {folder} (WORKORDER_SHARED_DATA names another place)"
    if named or os.environ.get("CI", "").lower() == "true":
        pytest.fail(reason)
    pytest.skip(reason)
