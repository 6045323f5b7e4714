"""Every Indonesian text of a finished room has its English twin."""

from pathlib import Path

import pytest
from babel.messages import pofile

from pendopo.config import catalogues

# Folders whose texts are translated: the whole package.
FINISHED = ("",)


def finished() -> list[Path]:
    return [
        path
        for path in catalogues.sources()
        if path.relative_to(catalogues.PACKAGE).as_posix().startswith(FINISHED)
    ]


def test_finished_rooms_are_translated() -> None:
    assert finished()
    lost = catalogues.missing("en", finished())
    assert not lost, "\n".join(lost)


def test_the_finder_sees_texts_of_templates_and_of_python(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(
        '{% load i18n %}<p>{% translate "Satu" %}</p>\n   {% blocktranslate trimmed count n=n %}Ada {{ n }}\n'
        'hal{% plural %}Ada {{ n }} hal{% endblocktranslate %} {% include "x" with y=_("Tiga") %}'
    )
    code = tmp_path / "code.py"
    code.write_text('from x import gettext_lazy as _\nlabel = _("Empat " "lima")\n')
    found = {message.id for message in catalogues.extracted([page, code], tmp_path) if message.id}
    assert found == {"Satu", ("Ada %(n)s hal", "Ada %(n)s hal"), "Tiga", "Empat lima"}


def test_placeholders_survive_translation() -> None:
    with (catalogues.LOCALE / "en" / "LC_MESSAGES" / "django.po").open("rb") as file:
        catalogue = pofile.read_po(file, locale="en")
    wrong = [
        f"{message.id}: {problem}"
        for message in catalogue
        if message.id
        for problem in message.check(catalogue)
    ]
    assert not wrong, "\n".join(wrong)


def test_a_catalogue_is_compiled_only_when_it_is_old(tmp_path: Path) -> None:
    folder = tmp_path / "en" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.po").write_text(
        catalogues._HEADER.format(language="en", plural="nplurals=2; plural=(n != 1);")
    )
    assert catalogues.compile_stale(tmp_path) == [folder / "django.mo"]
    assert catalogues.compile_stale(tmp_path) == []


@pytest.mark.parametrize("arguments", [[], ["bogus"]])
def test_the_command_says_how_it_is_used(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert catalogues.main(arguments) == 2
    assert "compile|update|missing" in capsys.readouterr().out
