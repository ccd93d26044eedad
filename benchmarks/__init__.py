"""Measurements, with other libraries beside; see ``__main__``.

Without ``--fast`` the optional orjson is kept away, also where it is installed: the plain run
shows what the core dependencies give.
"""

import sys

if "--fast" not in sys.argv:
    sys.modules["orjson"] = None  # type: ignore[assignment]  # an import of it now fails
