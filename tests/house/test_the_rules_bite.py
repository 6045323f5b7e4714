"""The house rules that read source text catch what they are there for, and let the right way pass."""

from pathlib import Path

import pytest

from pendopo.config import docs
from pendopo.kernel.states import Transitions
from tests.house import test_repository, test_seeing, test_sizes, test_states
from tests.house.tree import Source


def source(folder: Path, text: str, name: str = "views.py") -> Source:
    path = folder / name
    path.write_text(text)
    return Source(path)


@pytest.mark.parametrize(
    "line",
    [
        "report.status = 'DONE'",
        "a, report.status = 1, 'DONE'",
        "Report.objects.filter(pk=1).update(status='DONE')",
        "Report.objects.bulk_update(rows, ['status'])",
        "setattr(report, 'status', 'DONE')",
    ],
)
def test_a_status_written_elsewhere_is_found(tmp_path: Path, line: str) -> None:
    assert test_states.status_writes(source(tmp_path, f"def close(report):\n    {line}\n"))


def test_move_to_may_write_a_status(tmp_path: Path) -> None:
    text = "def move_to(self, new):\n    self.status = new\n\ndef read(it):\n    return it.status == 'DONE'\n"
    assert not test_states.status_writes(source(tmp_path, text))


@pytest.mark.parametrize(
    ("line", "method"),
    [
        ("Report.objects.get(pk=1)", "get"),
        ("models.Report.objects.filter(pk=1)", "filter"),
        ("get_object_or_404(Report, pk=1)", "get"),
        ("get_object_or_404(models.Report, pk=1)", "get"),
        ("Report.objects.visible_to(user).get(pk=1)", "visible_to"),
    ],
)
def test_a_way_into_a_table_is_named(tmp_path: Path, line: str, method: str) -> None:
    found = list(test_seeing.entries(source(tmp_path, line)))
    assert [entry[1:] for entry in found] == [("Report", method)]


def test_a_lookup_inside_the_visible_passes(tmp_path: Path) -> None:
    text = "get_object_or_404(Report.objects.visible_to(user), pk=1)"
    assert all(method not in test_seeing.RAW for _, _, method in test_seeing.entries(source(tmp_path, text)))


def test_only_functions_that_answer_a_request_are_handlers(tmp_path: Path) -> None:
    text = "def page(request):\n    pass\n\ndef helper(report):\n    pass\n"
    assert [node.name for node in test_sizes.handlers(source(tmp_path, text))] == ["page"]


@pytest.mark.parametrize(
    ("pattern", "caught", "passes"),
    [
        (test_repository.UNFINISHED, "# " + "TO" + "DO: later", "LAP-XXXX-XXXX"),
        (test_repository.MACHINE, "/" + "work/main/x", "var/work/main"),
        (test_repository.MACHINE, "/" + "home/ana/pendopo", "https://contoh.id/home/ana/"),
        (test_repository.REGISTRY, "https://" + "pypi" + ".org/simple", "dari PyPI"),
        (test_repository.THIRD_PARTY_FILES, "static/leaflet" + ".min" + ".js", "static/map.js"),
    ],
)
def test_words_of_the_repository_rules(pattern: object, caught: str, passes: str) -> None:
    assert pattern.search(caught)  # type: ignore[attr-defined]
    assert not pattern.search(passes)  # type: ignore[attr-defined]


def test_a_state_table_is_printed_with_its_words() -> None:
    transitions = Transitions.of("DRAFT", {"DRAFT": ["SENT"], "SENT": []})
    table = docs.StateTable("parking", "Permit", transitions, {"DRAFT": "draf", "SENT": "terkirim"})
    assert docs.state_lines(table)[4:] == [
        "| `DRAFT` (start) | draf | `SENT` |",
        "| `SENT` | terkirim | – |",
    ]


def test_a_readme_without_a_place_says_what_to_add() -> None:
    with pytest.raises(docs.MissingPlace, match="states:start"):
        docs.between("# Parkir\n", "states", "x", file="domains/parking/README.md")


def test_a_readme_gets_a_place_for_its_states() -> None:
    placed = docs.with_place_for_states("# Parkir\n")
    assert docs.between(placed, "states", "tabel", file="x").endswith(
        "## States\n<!-- states:start -->\ntabel\n<!-- states:end -->\n"
    )
