"""How the text model reads a report. Used for training and for serving, so both see the same.

Citizens write as they speak: "tdk", "jln", "lampuuu", three spellings of one word. So a report is read three ways:
words with neighbouring and near-by pairs, pieces of words (what slips of the pen leave intact), and the place.
"""

import itertools
import re
from collections import Counter
from functools import lru_cache

WORDS, NEAR, PIECES, PLACE = range(4)
CATEGORY = "#"  # no word begins with these two
AREA = "@"
_MOST = 400  # words read of one report: the rest repeats itself, and a page of text must not take a second
_NEAR = 5  # how far apart the two words of a near-by pair may stand
_LONGEST = 40  # letters of one word that count

_TOKEN = re.compile(r"[a-z]+|\d+")
_ADDRESS = re.compile(r"https?://\S+")
_DIGITS = re.compile(r"\d+")
_STRETCHED = re.compile(r"(.)\1{2,}")
_SHORT = dict(
    pair.split(":", 1)
    for pair in """
    yg:yang dgn:dengan dg:dengan tdk:tidak gak:tidak ga:tidak ngga:tidak nggak:tidak enggak:tidak tak:tidak
    utk:untuk krn:karena karna:karena jln:jalan jl:jalan jalanan:jalan dr:dari kel:kelurahan kec:kecamatan
    bpk:bapak sdh:sudah udah:sudah sdah:sudah blm:belum blum:belum sy:saya aq:saya dlm:dalam tlg:tolong
    mhn:mohon rmh:rumah lpg:elpiji org:orang bgt:banget sblm:sebelum stlh:setelah skrg:sekarang hr:hari
    bln:bulan thn:tahun tgl:tanggal jd:jadi pd:pada spt:seperti kpd:kepada trs:terus bs:bisa bsa:bisa
    dpt:dapat gmn:bagaimana gimana:bagaimana knp:kenapa kenapa:mengapa sm:sama tp:tapi tpi:tapi gg:gang
    pnerangan:penerangan akte:akta smpah:sampah dmn:dimana ttg:tentang tsb:tersebut sdr:saudara
    ortu:orangtua bbrp:beberapa klo:kalau kalo:kalau kl:kalau jgn:jangan lg:lagi bnyk:banyak msh:masih
    hrs:harus lwt:lewat dkt:dekat dpn:depan blkg:belakang
    """.split()  # noqa: SIM905
)
_ENDS = re.compile(r"(nya|lah|kah|ku|mu)$")
_STARTS = re.compile(r"^(meng|meny|men|mem|me|peng|peny|pen|pem|di|ter|ber|per|se)")
_SUFFIX = re.compile(r"(kan|an|i)$")


def words(text: str) -> list[str]:
    """Lower-case words in their usual spelling; every number is "0"."""
    text = _STRETCHED.sub(r"\1", _DIGITS.sub("0", _ADDRESS.sub(" ", text.lower())))
    found = itertools.islice(_TOKEN.finditer(text), _MOST)
    return [_SHORT.get(word, word) for word in (match.group()[:_LONGEST] for match in found)]


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """A rough stem: enough to bring "diperbaiki" and "perbaikan" together, no dictionary needed."""
    if len(word) > 5:
        word = _ENDS.sub("", word)
    if len(word) > 6:
        word = _STARTS.sub("", word)
    return _SUFFIX.sub("", word) if len(word) > 5 else word


def near_pairs(tokens: list[str]) -> list[str]:
    """Stems that stand near each other, in either order: "lampu jalan mati" and "mati lampu di jalan" share one."""
    stems = [stem(word) for word in tokens if len(word) > 2]
    return [
        f"{min(one, two)}+{max(one, two)}"
        for place, one in enumerate(stems)
        for two in stems[place + 1 : place + 1 + _NEAR]
    ]


@lru_cache(maxsize=8192)
def pieces(word: str) -> tuple[str, ...]:
    """Pieces of three to six letters of one word, its edges marked by "_"."""
    padded = f"_{word}_"
    size = len(padded)
    if size <= 3:
        return (padded,)
    return tuple(
        padded[at : at + long] for long in range(3, min(size, 6) + 1) for at in range(size - long + 1)
    )


def place_terms(area: tuple[str, ...], category: str) -> list[str]:
    """The areas the report lies in, widest first, and the category the citizen chose, if any."""
    known = [AREA + part for part in area if part]
    return [*known, CATEGORY + category] if category else known


def counts(text: str, category: str, area: tuple[str, ...]) -> tuple[Counter[str], ...]:
    """How often each term of each block (WORDS, NEAR, PIECES, PLACE) occurs in a report."""
    tokens = words(text)
    small = Counter(itertools.chain.from_iterable(map(pieces, tokens)))
    pairs = [f"{one} {two}" for one, two in itertools.pairwise(tokens)]
    return Counter(tokens + pairs), Counter(near_pairs(tokens)), small, Counter(place_terms(area, category))


def same_text(text: str) -> str:
    """Two reports with the same value are the same text: letters, digits and single spaces only, lower case."""
    return " ".join(re.findall(r"\w+", text.lower()))
