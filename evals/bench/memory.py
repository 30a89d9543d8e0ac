"""How much memory a process holds."""

from __future__ import annotations

import re
from pathlib import Path

MB = 1e6


def resident_mb(process: int | str = "self") -> float | None:
    """Megabytes that a process holds now; ``None`` where the system does not tell (other than Linux)."""
    return _status(process, "VmRSS")


def most_mb(process: int | str = "self") -> float | None:
    """Megabytes that a process held at most; ``None`` where the system does not tell (other than Linux)."""
    return _status(process, "VmHWM")


def _status(process: int | str, name: str) -> float | None:
    try:
        text = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    except OSError:
        return None
    found = re.search(rf"^{name}:\s+(\d+) kB", text, re.MULTILINE)
    return int(found[1]) * 1024 / MB if found else None
