"""What the repository promises outside its code: the lock, the README, the make targets, clean texts."""

from __future__ import annotations

import re
import shlex
import socket
import subprocess
import sys
import tomllib
from functools import cache
from importlib.metadata import packages_distributions

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from pydantic_core import PydanticUndefined

from qa.settings import Settings
from tests.test_architecture import MODULES, ROOT, third_party, tracked

LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
GUIDES = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "docs").glob("*.md"))

# In pieces, so that this file passes its own test.
MACHINE = re.compile(
    r"(?:^|[^A-Za-z])/(?:" + "|".join(["tmp", "work", "farm", "root", "opt"]) + r")/|file:" + r"///"
    r"|-{2}(?:extra-)?index-" + r"url|-{2}find-" + r"links|\+" + r"cpu\b"
)


@cache
def project() -> dict:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def requirements() -> dict[str, Requirement]:
    """What the program needs, by name."""
    return {canonicalize_name(r.name): r for r in map(Requirement, project()["project"]["dependencies"])}


def extras() -> dict[str, Requirement]:
    """What the extras add, by name, but for the other tools of the comparison."""
    optional = project()["project"]["optional-dependencies"]
    added = [line for name, lines in optional.items() if name != "bench" for line in lines]
    return {canonicalize_name(r.name): r for r in map(Requirement, added)}


def tools() -> dict[str, Requirement]:
    """What development needs, by name."""
    return {canonicalize_name(r.name): r for r in map(Requirement, project()["dependency-groups"]["dev"])}


def locked() -> dict[str, str]:
    lines = [line for line in LOCK.splitlines() if not line.startswith("#")]
    return dict(line.split("==") for line in lines)


def test_the_lock_lists_names_and_versions_only():
    lines = [line for line in LOCK.splitlines() if not line.startswith("#")]
    assert [line for line in lines if not re.fullmatch(r"[a-z0-9-]+==[0-9][0-9a-z.]*", line)] == []
    assert lines == sorted(set(lines), key=lambda line: line.split("==")[0])


def test_the_lock_satisfies_every_range():
    versions = locked()
    wanted = {**requirements(), **tools()}
    assert [name for name, needed in wanted.items() if versions.get(name, "0") not in needed.specifier] == []


def test_the_lock_forces_no_packages_for_gpus_and_not_the_project():
    unwanted = ("nvidia-", "cuda-", "triton", project()["project"]["name"])
    assert [name for name in locked() if name.startswith(unwanted)] == []


def test_what_the_source_imports_is_what_the_project_requires():
    owners = packages_distributions()
    # The other tools of the comparison are installed apart from everything else.
    own = (tree for path, tree in MODULES.items() if not path.startswith("evals/bench/peers/"))
    imports = set().union(*map(third_party, own))
    # The provider's package is imported by langchain and the file engine by pymilvus, not from here.
    extra = set(extras()) - {"langchain-openai", "milvus-lite"}
    assert {canonicalize_name(owners[name][0]) for name in imports} == set(requirements()) | extra


def test_the_extras_are_among_the_tools_of_development_in_the_same_ranges():
    assert {name: str(tools().get(name)) for name in extras()} == {
        name: str(needed) for name, needed in extras().items()
    }


def test_what_the_tool_is_compared_with_is_no_part_of_the_lock():
    others = map(Requirement, project()["project"]["optional-dependencies"]["bench"])
    assert {canonicalize_name(r.name) for r in others} & set(locked()) == set()


def targets(makefile: str) -> set[str]:
    return set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))


def test_the_make_targets_are_those_that_are_promised():
    assert targets(MAKEFILE) == {"setup", "app", "test", "evals", "load", "lint", "lock", "model", "bench"}


def commands(text: str) -> list[str]:
    """The lines of a Markdown text's ``sh`` blocks, without comments."""
    blocks = re.findall(r"^```sh\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    lines = (line.partition("  #")[0].strip() for block in blocks for line in block.splitlines())
    return [line for line in lines if line]


def documented() -> list[tuple[str, str]]:
    texts = ["README.md", *GUIDES]
    return [(name, line) for name in texts for line in commands((ROOT / name).read_text(encoding="utf-8"))]


def test_every_make_command_in_the_documents_is_a_target():
    made = [shlex.split(line)[1] for _, line in documented() if line.startswith("make ")]
    assert {"app", "test", "evals"} <= set(made) <= targets(MAKEFILE)


def python_commands() -> list[str]:
    """The module and subcommand of every python command in the documents, each once."""
    found = []
    for _, line in documented():
        words = shlex.split(line)
        if words[0] == "python":
            found.append(" ".join(words[1:4] if words[1] == "-m" else words[1:2]))
    return sorted(set(found))


@pytest.mark.parametrize("command", python_commands())
def test_every_python_command_in_the_documents_exists(command):
    done = subprocess.run(
        [sys.executable, *command.split(), "--help"], cwd=ROOT, capture_output=True, text=True
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_every_option_in_the_documents_exists():
    helps = {}
    unknown = []
    for name, line in documented():
        words = shlex.split(line)
        options = [word.partition("=")[0] for word in words if word.startswith("--")]
        if words[0] == "python" and options:
            command = tuple(words[1:4] if words[1] == "-m" else words[1:2])
            if command not in helps:
                asked = [sys.executable, *command, "--help"]
                helps[command] = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True).stdout
            unknown += [(name, line, option) for option in options if option not in helps[command]]
    assert unknown == []


def test_the_settings_table_lists_every_setting_with_its_default_and_no_other():
    rows = dict(re.findall(r"^\| `QA_([A-Z_]+)` \| (.*?) \|", README, re.MULTILINE))
    fields = Settings.model_fields
    assert [name.lower() for name in rows] == list(fields)
    defaults = {name: field.default for name, field in fields.items()}
    fixed = {
        name: shown(value) for name, value in defaults.items() if value and value is not PydanticUndefined
    }
    assert {name: rows[name.upper()] for name in fixed} == fixed


def shown(default: object) -> str:
    """A default as the table has it."""
    return f"`{default:g}`" if isinstance(default, float) else f"`{default}`"


def test_every_link_to_a_file_leads_to_it():
    lost = []
    for name in ["README.md", "CHANGELOG.md", *GUIDES]:
        links = re.findall(r"\]\(([^)#\s]+)[^)]*\)", (ROOT / name).read_text(encoding="utf-8"))
        local = [link for link in links if "://" not in link]
        lost += [(name, link) for link in local if not (ROOT / name).parent.joinpath(link).exists()]
    assert lost == []


def test_the_newest_version_of_the_changelog_is_the_projects():
    newest = re.search(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert newest[1] == project()["project"]["version"]


def test_the_place_for_the_results_is_marked_once():
    assert README.count("<!-- results -->") == README.count("<!-- /results -->") == 1


@pytest.mark.encoder
def test_the_readme_shows_the_answers_that_the_program_gives(real_pipeline, monkeypatch, capsys):
    import qa.__main__ as program

    monkeypatch.setattr(program, "_pipeline", lambda options: real_pipeline)
    examples = re.findall(r'^\$ python -m qa ask "([^"]*)"\n(.*?)^```', README, re.MULTILINE | re.DOTALL)
    assert len(examples) == 2
    for question, shown in examples:
        assert program.main(["ask", question]) == 0
        assert capsys.readouterr().out == shown


def test_no_committed_text_names_a_path_of_a_machine_or_a_package_registry():
    found = []
    for path in tracked():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # a picture
        found += [(str(path.relative_to(ROOT)), match[0]) for match in MACHINE.finditer(text)]
    assert found == []


@pytest.mark.parametrize(
    "text",
    ["see " + "/tm" + "p/x", "/wor" + "k/main", "torch==2.13.0+" + "cpu", "pip install --index-" + "url x"],
)
def test_a_path_of_a_machine_would_be_found(text):
    assert MACHINE.search(text)


@pytest.mark.parametrize("text", ["framework/test", "https://host/path", "a/b", "1+2"])
def test_other_text_would_not_be_found(text):
    assert not MACHINE.search(text)


def test_tests_cannot_look_up_another_machine():
    with pytest.raises(Exception, match="tests work without a network"):
        socket.create_connection(("example.org", 80))


def test_tests_cannot_connect_to_another_machine():
    with socket.socket() as one, pytest.raises(Exception, match="tests work without a network"):
        one.connect(("192.0.2.1", 80))


def test_tests_can_reach_this_machine():
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(("localhost", server.getsockname()[1]), timeout=10).close()
