"""Letters and chats of the demo city: what citizens write, and what offices answer."""

import random
from dataclasses import dataclass, field
from typing import TypeVar

from pendopo.base.regions.demo import Street, Village
from pendopo.domains.reports.demo_seasons import daypart
from pendopo.domains.reports.demo_voice import CHAT, LOUD, NEAT, PLAIN, SLOPPY, Voice, speak
from pendopo.domains.reports.demo_words import Bank, banks

SPOKEN = ("PHONE", "WALK_IN")  # staff write down what they hear
T = TypeVar("T")

_NEAR = ("dekat", "depan", "sebelah", "samping", "belakang", "seberang", "pas depan", "sekitar")

# Lengths of a year of reports: half below 30 words, a quarter above 58, a handful above 300.
SHAPES = (("tiny", 11), ("short", 23), ("medium", 28), ("long", 32), ("letter", 5.4), ("epic", 0.6))
VOICES: dict[str, tuple[tuple[Voice, float], ...]] = {
    "WEB": ((NEAT, 34), (PLAIN, 34), (SLOPPY, 22), (CHAT, 8), (LOUD, 2)),
    "WHATSAPP": ((CHAT, 48), (SLOPPY, 28), (PLAIN, 18), (NEAT, 4), (LOUD, 2)),
    "SOCIAL": ((CHAT, 55), (SLOPPY, 30), (LOUD, 5), (PLAIN, 10)),
    "SP4N": ((NEAT, 52), (PLAIN, 36), (SLOPPY, 12)),
    "LETTER": ((NEAT, 1),),
    "PHONE": ((NEAT, 1),),
    "WALK_IN": ((NEAT, 1),),
}


def weighted(rng: random.Random, pairs: tuple[tuple[T, float], ...]) -> T:
    return rng.choices([value for value, _ in pairs], [share for _, share in pairs])[0]


@dataclass
class Scene:
    """The place and hour a text speaks of; answers the named gaps in the patterns."""

    rng: random.Random
    village: Village
    district_name: str
    street: Street
    landmark: str
    hour: int
    rt: int = 1
    tags: set[str] = field(default_factory=set)
    mentioned: int = 0
    office_name: str = ""

    def fill(self, name: str) -> str | None:
        if name == "di":
            return self._place()
        if name == "jalan":
            self.mentioned += 1
            return self.street.name
        if name == "dekat":
            return f"{self.rng.choice(_NEAR)} {self.landmark}"
        simple = {
            "kel": self.village.name,
            "kec": self.district_name,
            "rt": f"{self.rt:02}",
            "rw": f"{self.street.rw:02}",
            "jam": daypart(self.hour),
            "kantor": self.office_name,
            "huruf": "ABCDHRSY"[self.rt % 8],
        }
        return simple.get(name)

    def _place(self) -> str:
        self.mentioned += 1
        if self.mentioned > 1:
            return self.rng.choice(("di situ", "di lokasi yang sama", "di sana", "di tempat itu"))
        street, rng = self.street.name, self.rng
        near = f"{rng.choice(_NEAR)} {self.landmark}"
        block = rng.choice((f"RT {self.rt:02} RW {self.street.rw:02}", f"RT {self.rt}/RW {self.street.rw}"))
        forms = (
            (f"di {street}", 26),
            (f"di {street} {near}", 24),
            (f"di {street} {block}", 14),
            (f"di {street} Kelurahan {self.village.name}", 9),
            (f"di {near}", 8),
            (f"di {street}, {near}, {self.village.name}", 7),
            (f"sepanjang {street}", 5),
            (f"di lingkungan {block} {self.village.name}", 5),
            (f"di {street} {block} Kel. {self.village.name} Kec. {self.district_name}", 5),
        )
        return weighted(rng, forms)


def citizen_text(topic: str, scene: Scene, channel: str) -> str:
    """What a citizen wrote, sometimes in a hurry, sometimes a letter of a page."""
    rng, bank = scene.rng, banks()[topic]
    shape = "letter" if channel == "LETTER" else weighted(rng, SHAPES)
    if channel not in ("WEB", "SP4N", "LETTER") and shape in ("letter", "epic"):
        shape = "long"
    if shape in ("letter", "epic"):
        return _letter(bank, scene, epic=shape == "epic" or rng.random() < 0.06)
    sentences = _sentences(bank, scene, shape, spoken=channel in SPOKEN)
    if channel in SPOKEN:
        opening = "Pelapor menelepon:" if channel == "PHONE" else "Pelapor datang ke loket:"
        sentences[0] = f"{opening} {sentences[0]}"
    return speak(sentences, weighted(rng, VOICES[channel]), rng)


def _sentences(bank: Bank, scene: Scene, shape: str, *, spoken: bool) -> list[str]:
    rng = scene.rng

    def maybe(chance: float, section: str, count: int = 1) -> list[str]:
        return bank.some(section, count, rng, scene) if rng.random() < chance else []

    what = [bank.opening("apa", rng, scene)]
    start: list[str] = []
    again = 1.0 if "keluhan" in scene.tags else 0.0  # an idea or a question was not sent before
    if shape == "tiny":
        body = [*what, *maybe(0.35, rng.choice(("mau", "ingin", "kasih")))]
        end: list[str] = []
    elif shape == "short":
        body = [*what, *maybe(0.55, "lagi"), *maybe(0.4, "akibat")]
        body += maybe(0.65, rng.choice(("mau", "mau", "ingin")))
        start, end = maybe(0.4, "sapa"), maybe(0.4, "kasih")
    elif shape == "medium":
        body = [*what, *maybe(0.85, "lagi", rng.choice((1, 1, 2))), *maybe(0.8, "akibat")]
        body += [*maybe(again * 0.3, "ulang"), *maybe(0.85, "mau")]
        start, end = [*maybe(0.5, "sapa"), *maybe(0.28, "diri")], maybe(0.6, "kasih")
    else:
        body = [*what, *bank.some("lagi", rng.choice((2, 3, 3)), rng, scene)]
        body += [
            *maybe(0.95, "akibat", rng.choice((1, 2, 2))),
            *maybe(again * 0.65, "ulang"),
            *maybe(0.6, "panjang"),
        ]
        body += [*bank.some("mau", rng.choice((1, 2)), rng, scene), *maybe(0.45, "ingin")]
        start, end = [*maybe(0.7, "sapa"), *maybe(0.55, "diri")], maybe(0.8, "kasih")
    if "tempat" in scene.tags and not scene.mentioned and rng.random() < 0.8:
        body.insert(1, bank.say("sebut", rng, scene))
    return body if spoken else [*start, *body, *end]


def _letter(bank: Bank, scene: Scene, *, epic: bool) -> str:
    rng = scene.rng
    what = [bank.opening("apa", rng, scene), *bank.some("lagi", 3, rng, scene)]
    if "tempat" in scene.tags and not scene.mentioned:
        what.insert(1, bank.say("sebut", rng, scene))
    story = bank.some("panjang", rng.randint(11, 16) if epic else rng.randint(2, 5), rng, scene)
    half = len(story) // 2
    paragraphs = [
        bank.some("surat-buka", 1, rng, scene),
        what,
        story[:half],
        [*bank.some("akibat", 3, rng, scene), *bank.some("ulang", 1, rng, scene)],
        story[half:],
        [*bank.some("mau", 2, rng, scene), *bank.some("ingin", 1, rng, scene)],
        bank.some("surat-tutup", 1, rng, scene),
    ]
    return "\n\n".join(speak(sentences, NEAT, rng) for sentences in paragraphs if sentences)


def sentence(section: str, topic: str, scene: Scene) -> str:
    """One neat sentence of a section: a note, a reason, a rating, an instruction."""
    return speak([banks()[topic].say(section, scene.rng, scene)], NEAT, scene.rng)


def first_answer(topic: str, scene: Scene) -> str:
    """What the office writes first: received, and what happens next."""
    rng, bank = scene.rng, banks()[topic]
    own = bank.sections.get("rencana", ())
    plan = "rencana" if own and rng.random() < 0.6 and bank.lines("rencana", scene.tags) else "jawab-rencana"
    sections = ("jawab-sapa", "jawab-terima", plan, "jawab-tutup")
    return speak([bank.say(section, rng, scene) for section in sections], NEAT, rng)


def closing_words(topic: str, scene: Scene) -> str:
    """What was done, as the citizen reads it when the office finishes."""
    rng, bank = scene.rng, banks()[topic]
    sections = ("selesai-buka", "hasil", "selesai-tutup")
    chosen = sections if rng.random() < 0.65 else sections[1:]
    return speak([bank.say(section, rng, scene) for section in chosen], NEAT, rng)


def question_and_reply(topic: str, scene: Scene) -> tuple[str, str]:
    """A question of the office and the citizen's reply to just that question."""
    rng, bank = scene.rng, banks()[topic]
    source = bank if bank.sections.get("tanya") and rng.random() < 0.65 else banks()["umum"]
    questions, replies = source.lines("tanya", scene.tags), source.lines("balas", scene.tags)
    number = rng.randrange(len(questions))
    question = [bank.say("jawab-sapa", rng, scene), source.finish(questions[number], rng, scene)]
    reply = source.finish(replies[number % len(replies)], rng, scene)
    return speak(question, NEAT, rng), speak([reply], weighted(rng, VOICES["WEB"]), rng)
