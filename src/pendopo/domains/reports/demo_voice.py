"""How people type: full sentences, plain ones, chat with short forms and slips, capitals when angry."""

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass

_SHORT: dict[str, tuple[str, ...]] = {
    "yang": ("yg",), "tidak": ("tdk", "gak", "ga", "nggak"), "sudah": ("sdh", "udah", "udh"),
    "dengan": ("dgn", "sama"), "untuk": ("utk", "buat"), "karena": ("krn", "karna"), "jalan": ("jln", "jl"),
    "tolong": ("tlg", "tolong"), "mohon": ("mhn", "mohon"), "terima": ("trima",), "kasih": ("ksh", "kasih"),
    "saja": ("aja",), "belum": ("blm", "belom"), "kalau": ("klo", "kalo", "kl"), "sampai": ("sampe", "smp"),
    "banyak": ("bnyk",), "malam": ("mlm", "malem"), "orang": ("org",), "bapak": ("bpk",),
    "saya": ("sy", "saya"),
    "depan": ("dpn",), "dekat": ("dkt", "deket"), "sering": ("srg",), "dan": ("dan", "n"), "juga": ("jg",),
    "hampir": ("hampir", "hmpr"), "bulan": ("bln",), "minggu": ("mggu", "minggu"), "warga": ("wrga", "warga"),
    "kelurahan": ("kel", "kelurahan"), "kecamatan": ("kec",), "segera": ("sgr", "segera"),
    "hujan": ("hujan", "ujan"),
    "kapan": ("kpn", "kapan"), "bisa": ("bs", "bisa"), "ada": ("ada", "ad"), "rumah": ("rmh",),
    "dari": ("dr",),
    "pada": ("pd",), "lagi": ("lg",), "masih": ("msh",), "mungkin": ("mgkn",), "tapi": ("tp", "tapi"),
    "tetapi": ("tp",), "begitu": ("gitu",), "seperti": ("spt", "seperti"), "kemarin": ("kmrn", "kemaren"),
    "sekarang": ("skrg",), "tahun": ("thn",), "anak": ("anak", "ank"), "sekolah": ("skolah", "sekolah"),
    "bagaimana": ("gimana", "gmn"), "kenapa": ("knp", "kenapa"), "sekali": ("skali", "sekali"),
    "sebelum": ("sblm",), "lewat": ("lwt", "lewat"), "perhatian": ("perhatian",), "supaya": ("spy", "biar"),
    "hanya": ("cuma", "hny"), "dibuat": ("dibikin",), "membuat": ("bikin",), "terlalu": ("trlalu",),
    "langsung": ("lgsg",), "pemerintah": ("pemerintah", "pmrintah"), "petugas": ("petugas", "ptgs"),
}  # fmt: skip
_WORD = re.compile(r"[A-Za-z]+")
_AFTER_STOP = re.compile(r"(?<=[.?!] )[a-z]")
_SIGNS = ("🙏", "🙏🙏", "😭", "😔", "🙏🏻", "😢", "👍", "⚠️")


@dataclass(frozen=True)
class Voice:
    """`short` and `slips` are chances per word; `joins` go between sentences."""

    key: str
    short: float
    slips: float
    joins: Sequence[str]
    lower: bool = False
    signs: float = 0.0


NEAT = Voice("neat", 0.0, 0.002, (". ",))
PLAIN = Voice("plain", 0.06, 0.01, (". ", ". ", ", ", ".\n"))
CHAT = Voice("chat", 0.42, 0.022, (" ", ", ", ".. ", "... ", ". ", "\n", ",, "), lower=True, signs=0.2)
SLOPPY = Voice("sloppy", 0.22, 0.035, (". ", " ", ", ", "."), lower=True, signs=0.06)
LOUD = Voice("loud", 0.1, 0.015, (". ", "!! ", "!!! ", ", "), signs=0.1)


def speak(sentences: Sequence[str], voice: Voice, rng: random.Random) -> str:
    """One text out of sentences, the way this voice types it."""
    text = ""
    for sentence in sentences:
        words = _slip(_shorten(sentence, voice, rng), voice, rng)
        text += _join(text, voice, rng) if text else ""
        # After a comma the sentence goes on as it is: small, or with the capital of a name.
        keeps = voice.lower or text.endswith(", ")
        text += words if keeps else words[:1].upper() + words[1:]
    if voice.lower:
        text = text.lower() if rng.random() < 0.7 else text
    elif voice is LOUD:
        text = text.upper()
    else:
        text = _AFTER_STOP.sub(lambda found: found[0].upper(), text)
    return text + _ending(text, voice, rng)


def _join(words: str, voice: Voice, rng: random.Random) -> str:
    join = rng.choice(voice.joins)
    if words[-1:] in "?!":
        return "\n" if "\n" in join else " "
    return join


def _ending(text: str, voice: Voice, rng: random.Random) -> str:
    if rng.random() < voice.signs:
        return " " + rng.choice(_SIGNS)
    if text[-1:] in "?!." or voice.lower:
        return ""
    return "." if voice is not PLAIN or rng.random() < 0.6 else ""


def _shorten(text: str, voice: Voice, rng: random.Random) -> str:
    if not voice.short:
        return text

    def swap(found: re.Match[str]) -> str:
        word = found[0]
        forms = _SHORT.get(word.lower())
        if forms is None or rng.random() > voice.short or (word[0].isupper() and found.start()):
            return word
        return rng.choice(forms)

    return _WORD.sub(swap, text)


def _slip(text: str, voice: Voice, rng: random.Random) -> str:
    """A letter lost, doubled or swapped in a longer word; names and numbers stay readable."""
    words = text.split(" ")
    for number, word in enumerate(words):
        if rng.random() >= voice.slips or len(word) < 5 or not word.islower() or not word.isalpha():
            continue
        at = rng.randint(1, len(word) - 2)
        kind = rng.random()
        if kind < 0.4:
            words[number] = word[:at] + word[at + 1 :]
        elif kind < 0.75:
            words[number] = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        else:
            words[number] = word[:at] + word[at] + word[at:]
    return " ".join(words)
