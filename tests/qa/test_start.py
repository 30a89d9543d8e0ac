"""How the command line starts: quickly, in little memory, and without the libraries that only builds and pages need."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.skipif(
    not Path("/proc/self/status").exists(), reason="memory is read from /proc, which this system lacks"
)

UNNEEDED = [
    "torch",
    "transformers",
    "sentence_transformers",
    "langchain_core",
    "langchain",
    "gradio",
    "sklearn",
    "scipy",
    "onnxruntime",
    "faiss",
]

MOST_MEGABYTES = 350

CODE = """if True:
    import runpy, sys
    from pathlib import Path
    sys.argv = ['qa', *{arguments}]
    try:
        runpy.run_module('qa', run_name='__main__', alter_sys=True)
    except SystemExit as end:
        status = end.code
    # Not `resource`: the most that a process has taken there includes what its parent took before it began.
    lines = Path('/proc/self/status').read_text().splitlines()
    most = next(int(line.split()[1]) for line in lines if line.startswith('VmHWM:')) / 1024
    print()
    print([status, [name for name in {unneeded} if name in sys.modules], round(most)])
"""


def run(arguments, home):
    """The exit code, the unneeded libraries that were imported, and the most memory taken, in megabytes."""
    done = subprocess.run(
        [sys.executable, "-c", CODE.format(arguments=arguments, unneeded=UNNEEDED)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "QA_HOME": str(home)},
    )
    return json.loads(done.stdout.splitlines()[-1].replace("'", '"'))


@pytest.mark.encoder
@pytest.mark.parametrize(
    "question",
    [
        "How many children are looked after?",
        "Summarise the strengths of both halves",
        "Wie viele Kinder leben in Pflegefamilien?",
    ],
)
def test_a_question_is_answered_without_heavy_libraries_and_in_little_memory(real_home, question):
    status, imported, most = run(["ask", question, "--json"], real_home)
    assert (status, imported) == (0, [])
    assert most < MOST_MEGABYTES


@pytest.mark.encoder
@pytest.mark.parametrize(
    ("command", "line"),
    [
        ("answer", {"id": "q1", "question": "How many children are looked after?"}),
        ("check", {"id": "c1", "claim": "Leadership is inadequate.", "paragraphs": ["75"]}),
    ],
)
def test_files_are_worked_through_without_heavy_libraries_and_in_little_memory(
    real_home, tmp_path, command, line
):
    given, made = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    given.write_text(json.dumps(line) + "\n")
    status, imported, most = run([command, "--input", str(given), "--output", str(made)], real_home)
    assert (status, imported) == (0, [])
    assert json.loads(made.read_text())["id"] == line["id"]
    assert most < MOST_MEGABYTES
