"""What officers write becomes what they mean, and what citizens typed stays text."""

import pytest

from pendopo.base.letters import markup
from pendopo.base.letters.kinds import table

VALUES = {
    "nama": "Rina",
    "kosong": "",
    "isi": "a\nb",
    "n": table(["No.", "Berkas"], [["1", "APBD"]]),
    "t": table(["Kolom"], [["satu\ndua"], ["<b>"]]),
}


@pytest.mark.parametrize(
    ("body", "html"),
    [
        ("Halo **{{ nama }}**,\nsalam.", "<p>Halo <strong>Rina</strong>,<br>salam.</p>"),
        ("# Satu\n\n### Dua", "<h2>Satu</h2><h2>Dua</h2>"),
        ("- a\n- b", "<ul><li>a</li><li>b</li></ul>"),
        ("3. a\n4. b", '<ol start="3"><li>a</li><li>b</li></ol>'),
        ("{{ isi }}", "<p>a<br>b</p>"),
        (
            "{{ t }}",
            '<table class="table"><thead><tr><th scope="col">Kolom</th></tr></thead><tbody>'
            "<tr><td>satu<br>dua</td></tr><tr><td>&lt;b&gt;</td></tr></tbody></table>",
        ),
        ("{% jika nama %}\nya\n{% selesai %}\n{% jika kosong %}\ntidak\n{% selesai %}", "<p>ya</p>"),
        ("{% jika tidak kosong %}\nya\n{% selesai %}", "<p>ya</p>"),
        # A number stays in one line, a path or an address does not become one.
        ("No. 0012/KEB-PPID/2026.", '<p>No. <span class="whole">0012/KEB-PPID/2026</span>.</p>'),
        (
            "(12/3/2026) http://x/y/z /a/b/",
            '<p>(<span class="whole">12/3/2026</span>) http://x/y/z /a/b/</p>',
        ),
        (
            "{{ n }}",
            '<table class="table"><thead><tr><th scope="col" class=slim>No.</th><th scope="col">Berkas</th></tr>'
            "</thead><tbody><tr><td>1</td><td>APBD</td></tr></tbody></table>",
        ),
        # Nothing of this is run, loaded or linked; it prints as it stands.
        ("{{ settings }} {% load x %}", "<p>{{ settings }} {% load x %}</p>"),
        ("<script>x</script>", "<p>&lt;script&gt;x&lt;/script&gt;</p>"),
        ("![a](file:///etc/passwd) [b](http://x)", "<p>![a](file:///etc/passwd) [b](http://x)</p>"),
        ("<svg onload=x>\n\n    kode", "<p>&lt;svg onload=x&gt;</p><p>kode</p>"),
        ("&amp; `a` ~~b~~ > c", "<p>&amp;amp; `a` ~~b~~ &gt; c</p>"),
    ],
)
def test_markup_becomes_plain_html(body: str, html: str) -> None:
    assert markup.html_of(body, VALUES).replace("\n", "") == html


def test_what_a_citizen_typed_is_never_read_as_markup() -> None:
    typed = "**tebal** # judul {{ nama }} {% jika x %} <img src=x> 1. satu"
    said = markup.html_of("Isi: {{ x }}", {"x": typed, "nama": "RAHASIA"})
    assert said == "<p>Isi: **tebal** # judul {{ nama }} {% jika x %} &lt;img src=x&gt; 1. satu</p>"


@pytest.mark.parametrize(
    ("title", "body", "field", "words"),
    [
        ("{{ nana }}", "x", "title", "“nana” tidak dikenal"),
        ("{{ t }}", "x", "title", "adalah tabel"),
        ("x", "a\n{{ settings.SECRET_KEY }}", "body", "Baris 2: “settings.SECRET_KEY” tidak dikenal"),
        ("x", "lihat {{ t }}", "body", "tulis sendirian"),
        ("x", "{{ nama }", "body", "kurung kurawal"),
        ("x", "{% load static %}", "body", "tulis {% jika nama %}"),
        ("x", "{% jika nana %}\na\n{% selesai %}", "body", "“nana” tidak dikenal"),
        ("x", "{% jika nama %}\na", "body", "belum ditutup"),
        ("x", "{% selesai %}", "body", "tanpa {% jika"),
        ("x", "{% jika nama %}\n{% jika isi %}\n{% selesai %}", "body", "di dalam bagian lain (baris 1)"),
        ("x", "x" * (markup.MOST + 1), "body", "terlalu panjang"),
    ],
)
def test_a_fault_is_told_at_its_field(title: str, body: str, field: str, words: str) -> None:
    found = markup.faults(title, body, VALUES)
    assert found and found[0][0] == field and words in found[0][1], found


def test_good_words_have_no_fault() -> None:
    body = "## A\n\n{{ t }}\n\n{% jika tidak kosong %}\n{{ nama }} 5 % { } naik\n{% selesai %}"
    assert markup.faults("Hal {{ nama }}", body, VALUES) == []
    assert markup.used("Hal {{ nama }}", body) == {"nama", "t"}
    assert markup.line_of("Hal {{ nama }} {{ x }}", VALUES) == "Hal Rina {{ x }}"
