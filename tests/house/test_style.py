"""One idea a file, named by the idea; what is public says what it is for."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tests.house.building import PACKAGE, ROOT, files, name_of, python_files, tree_of

NAMES_THAT_SAY_NOTHING = {
    "utils",
    "util",
    "helpers",
    "helper",
    "common",
    "misc",
    "manager",
    "managers",
    "stuff",
    "tools",
}
LONGEST_FILE = 400
LONGEST_FUNCTION = 60


def functions(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def public_definitions(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef]:
    """Public functions and classes of a module, and the public methods of its public classes."""
    for node in tree.body:
        if isinstance(
            node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef
        ) and not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef):
                for method in node.body:
                    if isinstance(method, ast.FunctionDef) and not method.name.startswith("_"):
                        yield method


def says_its_meaning(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> bool:
    """Whether a definition has a docstring, or is entered as a rule by ``@…("meaning", "example")``."""
    return ast.get_docstring(node) is not None or any(
        isinstance(decorator, ast.Call)
        and len(decorator.args) > 1
        and all(isinstance(given, ast.Constant) and isinstance(given.value, str) for given in decorator.args)
        for decorator in node.decorator_list
    )


def test_importing_a_package_runs_nothing() -> None:
    """``__init__.py`` holds a docstring and nothing else, so that a child's import never drags its siblings in."""
    for path in python_files():
        if path.name == "__init__.py":
            body = tree_of(path).body
            assert len(body) == 1, f"{name_of(path)} holds more than a docstring"
            assert ast.get_docstring(tree_of(path)), f"{name_of(path)} holds no docstring"


def test_no_file_has_a_name_that_says_nothing() -> None:
    for path in files():
        assert path.stem not in NAMES_THAT_SAY_NOTHING, f"{name_of(path)}: name it by its idea"
        folders = set(path.relative_to(ROOT).parent.parts)
        assert not folders & NAMES_THAT_SAY_NOTHING, f"{name_of(path)}: name the folder by its idea"


def test_every_module_says_why_it_exists() -> None:
    for path in python_files():
        assert ast.get_docstring(tree_of(path)), f"{name_of(path)} has no docstring"


def test_everything_public_in_reading_says_what_it_is_for() -> None:
    silent = [
        f"{name_of(path)}:{node.lineno}: {node.name}"
        for path in python_files(PACKAGE / "reading")
        for node in public_definitions(tree_of(path))
        if not says_its_meaning(node)
    ]
    assert silent == []


def test_a_file_is_one_idea_long() -> None:
    long = {name_of(path): len(path.read_text(encoding="utf-8").splitlines()) for path in python_files()}
    assert {name: lines for name, lines in long.items() if lines > LONGEST_FILE} == {}


def test_a_function_is_one_thought_long() -> None:
    long = [
        f"{name_of(path)}:{node.lineno}: {node.name} has {(node.end_lineno or node.lineno) - node.lineno + 1} lines"
        for path in python_files()
        for node in functions(tree_of(path))
        if (node.end_lineno or node.lineno) - node.lineno + 1 > LONGEST_FUNCTION
    ]
    assert long == []
