"""Files, functions, handlers and templates stay small enough to read in one go."""

import ast

from tests.house.tree import Source, name_of, product, sources, told, tracked

FILE, FUNCTION, HANDLER, TEMPLATE = 400, 60, 25, 250
MOUTHS = {"views", "api", "admin", "tasks", "desk"}  # also split ones: views_list.py, views/list.py


def lines_of(node: ast.AST) -> int:
    return (getattr(node, "end_lineno", 0) or 0) - getattr(node, "lineno", 0) + 1


def test_a_python_file_has_at_most_400_lines() -> None:
    wrong = [
        f"{source.name}: {count}"
        for source in sources()
        if not source.is_migration and (count := source.text.count("\n")) > FILE
    ]
    assert not wrong, told(wrong, "Split it by what changes together: a folder with one file per subject.")


def test_a_function_has_at_most_60_lines() -> None:
    wrong = [
        f"{source.at(node)} {node.name}: {lines_of(node)}"
        for source in sources()
        if not source.is_migration
        for node in source.functions()
        if lines_of(node) > FUNCTION
    ]
    assert not wrong, told(wrong, "Name the steps: each one becomes a function.")


def handlers(source: Source) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Functions that answer a request: the first argument is called `request`."""
    split_folder = source.path.parent.name in {"views", "api"}
    if source.path.stem.partition("_")[0] not in MOUTHS and not split_folder:
        return []
    return [node for node in source.functions() if node.args.args and node.args.args[0].arg == "request"]


def test_a_handler_has_at_most_25_lines() -> None:
    wrong = [
        f"{source.at(node)} {node.name}: {lines_of(node)}"
        for source in product()
        for node in handlers(source)
        if lines_of(node) > HANDLER
    ]
    assert not wrong, told(
        wrong,
        "A handler reads the request, makes one call and answers; rules go to the action.",
    )


def test_a_handler_makes_one_write_call() -> None:
    wrong = []
    for source in product():
        for node in handlers(source):
            calls = [
                call
                for call in ast.walk(node)
                if isinstance(call, ast.Call)
                and isinstance(call.func, ast.Attribute)
                and isinstance(call.func.value, ast.Name)
                and call.func.value.id in {"actions", "public"}
                and any(keyword.arg == "now" for keyword in call.keywords)
                and any(keyword.arg == "by" for keyword in call.keywords)
            ]
            if len(calls) > 1:
                wrong.append(f"{source.at(node)} {node.name}: {len(calls)}")
    assert not wrong, told(wrong, "Two writes in one handler are one action waiting for its name.")


def test_a_template_has_at_most_250_lines() -> None:
    wrong = [
        f"{name_of(path)}: {count}"
        for path in tracked()
        if path.suffix == ".html" and (count := path.read_text().count("\n")) > TEMPLATE
    ]
    assert not wrong, told(wrong, "Take a fragment out into its own template, next to the page that uses it.")
