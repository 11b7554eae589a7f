"""Who may import what: read off every file, and off a process that chats."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("assistant", "consolidation", "memory", "models", "tui")
MODULES = sorted(
    path.relative_to(ROOT).as_posix()
    for package in PACKAGES
    for path in (ROOT / package).rglob("*.py")
)
HEAVY = (
    "torch",
    "transformers",
    "peft",
    "sentence_transformers",
    "spacy",
    "llama_cpp",
    "lemminflect",
)
TRAINERS = {
    "consolidation/train.py",
    "consolidation/checkpoint.py",
    "consolidation/course.py",
    "consolidation/processes.py",
    "consolidation/step.py",
    "consolidation/student.py",
    "consolidation/packed_attention.py",
    "consolidation/fused_lora.py",
    "consolidation/free_texts.py",
    "consolidation/moving_average.py",
    "models/gguf.py",
    "models/gguf_file.py",
    "models/adapter.py",
}
MAY_IMPORT = {
    "llama_cpp": {"models/held.py", "models/llama.py"},
    "sentence_transformers": {"models/embed.py"},
    "torch": TRAINERS | {"models/embed.py", "tui/commands/doctor.py"},
    "accelerate": {"consolidation/processes.py"},
    "ray": {"consolidation/on_ray.py"},
    "peft": TRAINERS,
    "transformers": TRAINERS,
    "spacy": {"consolidation/english/parsing.py"},
    # which imports spacy, which imports torch
    "lemminflect": {"consolidation/english/inflection.py"},
    "textual": {name for name in MODULES if name.startswith("tui/")},
    "apscheduler": {"consolidation/schedule.py"},
    "dateparser": {"assistant/tools/moments.py"},
    "mcp": {"assistant/servers/client.py"},
    "pint": {"assistant/tools/units.py"},
    "simpleeval": {"assistant/tools/arithmetic.py"},
    "sqlite3": {name for name in MODULES if name.startswith("memory/")},
    "pickle": set(),
    "dill": set(),
    "joblib": set(),
    "marshal": set(),
    "shelve": set(),
}
NEVER_CALLED = {"eval", "exec", "compile", "__import__"}
CHAT_SIDE = """
import sys
from pathlib import Path
import tui.app, tui.cli
from assistant.settings_file import load_settings
from assistant.workspace import Workspace
workspace = Workspace(load_settings(Path(sys.argv[1])))
tui.app.ReverieApp(workspace)
tui.cli.build_parser()
workspace.store.newest(1)
workspace.registry.champion()
workspace.close()
print(*sorted({name.partition(".")[0] for name in sys.modules}))
"""


def tree(name: str) -> ast.Module:
    return ast.parse((ROOT / name).read_text(encoding="utf-8"), name)


def imports(module: ast.Module) -> Iterator[str]:
    """Every module that is imported anywhere, but what only a type checker reads."""
    for node in _running(module):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def _running(node: ast.AST) -> Iterator[ast.AST]:
    yield node
    skipped = isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
    for child in ast.iter_child_nodes(node):
        if not (skipped and isinstance(node, ast.If) and child in node.body):
            yield from _running(child)


def test_every_package_is_looked_at() -> None:
    assert {name.split("/")[0] for name in MODULES} == set(PACKAGES)
    assert len(MODULES) > 50


@pytest.mark.parametrize("library", MAY_IMPORT)
def test_a_library_is_imported_only_where_it_belongs(library: str) -> None:
    importers = {
        name
        for name in MODULES
        if any(module.split(".")[0] == library for module in imports(tree(name)))
    }
    assert importers <= MAY_IMPORT[library]


@pytest.mark.parametrize("library", ["llama_cpp", "sentence_transformers", "torch", "textual"])
def test_the_search_for_imports_finds_them(library: str) -> None:
    found = [name for name in MODULES if library in {m.split(".")[0] for m in imports(tree(name))}]
    assert found


def test_english_knows_nothing_of_nights() -> None:
    english = [name for name in MODULES if name.startswith("consolidation/english/")]
    imported = {module for name in english for module in imports(tree(name))}
    own = {module for module in imported if module.startswith("consolidation")}
    assert len(own) > 50
    assert all(f"{module}.".startswith("consolidation.english.") for module in own)


def test_nothing_runs_text_as_code() -> None:
    calls = {
        (name, node.func.id)
        for name in MODULES
        for node in ast.walk(tree(name))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    assert any(function == "len" for _, function in calls), "calls are found"
    assert {(name, function) for name, function in calls if function in NEVER_CALLED} == set()


def test_no_import_of_ours_is_relative() -> None:
    relative = [
        name
        for name in MODULES
        for node in ast.walk(tree(name))
        if isinstance(node, ast.ImportFrom) and node.level
    ]
    assert relative == []


def test_the_chat_process_loads_no_heavy_library(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", CHAT_SIDE, str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    loaded = set(done.stdout.split())
    assert {"textual", "assistant", "memory", "models", "tui"} <= loaded
    assert loaded.isdisjoint(HEAVY)
    assert loaded.isdisjoint({"dateparser", "mcp", "pint", "simpleeval"}), (
        "tools load when they are used"
    )


def test_what_the_chat_side_shares_with_the_night_loads_no_heavy_library() -> None:
    shared = (
        "consolidation.dataset",
        "consolidation.gate",
        "consolidation.lineage",
        "consolidation.report",
        "consolidation.schedule",
        "models.embed",
        "models.engine",
        "tui.commands.dreams",
        "tui.commands.memory",
        "tui.commands.backup",
        "tui.commands.night",
        "tui.commands.steering",
        "tui.commands.transfer",
        "tui.commands.versions",
    )
    code = f"import sys, {', '.join(shared)}; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
    loaded = set(done.stdout.split())
    assert loaded.issuperset(shared)
    assert loaded.isdisjoint(HEAVY)
