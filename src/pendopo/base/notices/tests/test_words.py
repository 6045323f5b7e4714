import pytest

from pendopo.base.notices import events, words
from pendopo.base.notices.checks import words_can_be_sent
from pendopo.base.notices.tests.letters import CLOSED, CODE, VALUES

FILE = "notices/tests.closed.id.txt"


def render(**values: object) -> words.Words:
    return words.render(events.get(CLOSED), "id", {**VALUES, **values})


@pytest.mark.parametrize(
    "subject",
    [
        "Kode {{ pin }}",
        "{{ answer }}",
        "{{ code|upper }}",
        "{{ code.0 }}",
        "{% if code %}{{ code }}{% endif %}",
        "{% for c in answer %}{{ c }}{% endfor %}",
        "{% firstof answer %}",
        "{% with code=answer %}{{ code }}{% endwith %}",
        "{% load i18n %}{% blocktranslate %}x {{ answer }}{% endblocktranslate %}",
        "{% include 'x' %}",
        "",
    ],
)
def test_a_subject_may_only_use_harmless_values(templates: dict[str, str], subject: str) -> None:
    templates[FILE] = f"Subjek: {subject}\nIsi.\n"
    with pytest.raises(words.WordsRefused, match=CLOSED):
        render()


def test_the_code_of_a_sensitive_event_is_the_secret(templates: dict[str, str]) -> None:
    templates["notices/tests.code.id.txt"] = "Subjek: Kode {{ code }}\nIsi.\n"
    with pytest.raises(words.WordsRefused, match="subject"):
        words.render(events.get(CODE), "id", VALUES)


def test_values_in_a_subject_cannot_start_a_new_header(templates: dict[str, str]) -> None:
    subject = render(code="LAP\r\nBcc: x@y.example\n\u2028\x85\x00\u202eX" + "y" * 300).subject
    assert len(subject.splitlines()) == 1
    assert "\x00" not in subject and "\u202e" not in subject
    assert len(subject) == 200


def test_values_are_never_read_as_template_nor_escaped(templates: dict[str, str]) -> None:
    assert render(answer="{{ code }} {% now 'Y' %} <b> & 'x'").body.endswith(
        "{{ code }} {% now 'Y' %} <b> & 'x'"
    )


@pytest.mark.parametrize("value", [None, True, 1.5, ["a"], object()])
def test_values_are_plain(templates: dict[str, str], value: object) -> None:
    with pytest.raises(words.WordsRefused, match="answer"):
        render(answer=value)


def test_a_hole_in_the_words_is_a_mistake(templates: dict[str, str]) -> None:
    with pytest.raises(words.WordsRefused, match="answer was not given"):
        words.render(events.get(CLOSED), "id", {"code": "x"})


@pytest.mark.parametrize(
    "text", ["Perihal: x\nIsi.", "Subjek: x\n", "Subjek: x\n \n", "Subjek:\nIsi.", "Subjek: x\n{% salah %}"]
)
def test_a_file_needs_a_subject_line_and_a_body(templates: dict[str, str], text: str) -> None:
    templates[FILE] = text
    with pytest.raises(words.WordsRefused):
        render()


def test_the_system_check_reads_every_template(templates: dict[str, str]) -> None:
    def told() -> list[str]:
        return [problem.msg for problem in words_can_be_sent() if "tests." in problem.msg]

    assert told() == []
    templates["notices/tests.code.id.txt"] = "Subjek: {{ answer }}\nIsi."
    del templates[FILE]
    del templates["notices/tests.closed.en.txt"]
    words.clear_process_cache()
    first, second = told()
    assert "tests.closed.id.txt is missing" in first
    assert "tests.code: a subject may only use city, date, office, status" in second
