"""Where things made at run time are kept."""

from __future__ import annotations

import os
from pathlib import Path


def data_home() -> Path:
    """The one data directory: ``QA_HOME`` if it is set, else the system's user data directory."""
    chosen = os.environ.get("QA_HOME", "").strip()
    if chosen:
        return Path(chosen).expanduser()
    import platformdirs

    return platformdirs.user_data_path("report-qa")
