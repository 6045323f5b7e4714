"""What git keeps: our own words and nothing else."""

import re
import tomllib

from tests.house.tree import ROOT, name_of, sources, told, tracked

OWN_NAME = "tests/house/test_repository.py"  # names the words it looks for
MIB = 1024 * 1024
TEXT = {
    ".py",
    ".md",
    ".html",
    ".txt",
    ".css",
    ".js",
    ".toml",
    ".yml",
    ".yaml",
    ".in",
    ".cfg",
    ".sh",
    ".svg",
    "",
}

UNFINISHED = re.compile(
    r"\b(?:TODO|FIXME|XXX|HACK)\b|NotImplementedError|lorem ipsum|coming soon|segera hadir", re.IGNORECASE
)
MACHINE = re.compile(r"(?<![\w.])/(?:work|root|Users)/\w|(?<![\w.])/home/[a-z]+/[\w.]")
REGISTRY = re.compile(
    r"https?://[^\s\"')]*(?:pypi\.org|pythonhosted\.org|npmjs\.(?:org|com)|deb\.debian\.org)"
)
ORGANISATION = re.compile(
    r"\b(?:sub-?agents?|worktrees?|anthropic|claude|chatgpt|openai|copilot|the lead|the brief"
    r"|issue \d+|language model|LLM)\b",
    re.IGNORECASE,
)
THIRD_PARTY_FILES = re.compile(
    r"\.min\.(?:js|css)$|\.(?:woff2?|ttf|otf|eot|whl|jar|so|dll|exe|map)$|(?:^|/)(?:package(?:-lock)?\.json|node_modules|"
    r"vendor|third_party)(?:/|$)"
)
THIRD_PARTY_WORDS = re.compile(
    r"@license|^/\*!|sourceMappingURL|Released under the MIT|SPDX-License-Identifier"
)


def texts() -> list[tuple[str, str]]:
    """Name and text of every text file except this one, the licence and the lock."""
    found = []
    for path in tracked():
        name = name_of(path)
        if path.suffix in TEXT and name not in {OWN_NAME, "LICENSE"}:
            found.append((name, path.read_text(errors="replace")))
    return found


def lines_with(pattern: re.Pattern[str]) -> list[str]:
    return [
        f"{name}:{number} {found.group()!r}"
        for name, text in texts()
        for number, line in enumerate(text.splitlines(), 1)
        if (found := pattern.search(line))
    ]


def test_nothing_is_left_unfinished() -> None:
    wrong = lines_with(UNFINISHED)
    assert not wrong, told(
        wrong, "Finish it, or take it out. A plan belongs to the tracker, not to the code."
    )


def test_no_test_is_skipped() -> None:
    pattern = re.compile(r"pytest\.(?:mark\.)?(?:skip|xfail|skipif)\b|importorskip|unittest\.skip")
    wrong = [
        f"{source.name}:{number}"
        for source in sources()
        if source.name != OWN_NAME
        for number, line in enumerate(source.text.splitlines(), 1)
        if pattern.search(line)
    ]
    assert not wrong, told(wrong, "A test that does not run proves nothing: make it pass, or remove it.")


def test_no_path_of_a_machine_is_named() -> None:
    wrong = lines_with(MACHINE)
    assert not wrong, told(wrong, "Say it relative to the project, or read it from a setting.")


def test_no_package_registry_is_named() -> None:
    wrong = lines_with(REGISTRY)
    for lock in (ROOT / "requirements").glob("*"):
        wrong += [
            f"{name_of(lock)}:{number}"
            for number, line in enumerate(lock.read_text().splitlines(), 1)
            if re.search(r"index-url|find-links|https?://|^--(?:index|trusted)", line)
        ]
    assert not wrong, told(
        wrong, "Where packages come from is the machine's setting; the lock names only hashes."
    )


def test_nothing_tells_how_the_work_was_organised() -> None:
    wrong = lines_with(ORGANISATION)
    assert not wrong, told(
        wrong, "Describe the product and its reasons; who did what is no concern of a reader."
    )


def test_the_strict_settings_stay() -> None:
    tools = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]
    needed = {"E", "F", "B", "DJ", "DTZ", "PLC0415", "RUF", "S", "UP"}
    assert needed <= set(tools["ruff"]["lint"]["select"]), "ruff lost a rule the house stands on"
    assert tools["mypy"]["strict"] is True
    assert "error" in tools["pytest"]["ini_options"]["filterwarnings"]


def test_no_third_party_file_is_kept() -> None:
    wrong = [name_of(path) for path in tracked() if THIRD_PARTY_FILES.search(name_of(path))]
    wrong += [
        f"{name}: {found.group()}"
        for name, text in texts()
        if name.endswith((".js", ".css", ".html", ".svg"))
        and (found := THIRD_PARTY_WORDS.search(text[:2000]))
    ]
    assert not wrong, told(
        wrong, "Take it from a package in requirements/*.in; git keeps only our own files."
    )


def test_no_file_is_larger_than_a_mebibyte() -> None:
    wrong = [f"{name_of(p)}: {p.stat().st_size // 1024} KiB" for p in tracked() if p.stat().st_size > MIB]
    assert not wrong, told(wrong, "Generate it, compress it, or fetch it on demand.")
