"""What a written notice must hold before it can be saved (UU 14/2008 Pasal 17–20, 22 ayat 7)."""

import datetime as dt
import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from pendopo.base.files.models import File
from pendopo.domains.information.models import (
    Category,
    ConsequenceTest,
    DecisionKind,
    ExemptionGround,
    Form,
    InformationRequest,
    Item,
    SendWay,
    UnitTaskFile,
)
from pendopo.kernel.errors import Refused
from pendopo.kernel.text import clean, clean_line

K = DecisionKind
GIVES = (K.FULL, K.PARTIAL)  # something is handed over
WITHHOLDS = (K.PARTIAL, K.REFUSED)


@dataclass(frozen=True)
class Blackened:
    """One blackened place: which file, which page (None: all), the letter of Pasal 17, and why."""

    title: str
    letter: str
    reason: str
    page: int | None = None


@dataclass(frozen=True)
class Upload:
    """A file that was stored for the answer. `redaction` names the proven redaction it came out of."""

    file: File
    title: str
    redaction: uuid.UUID | None = None


@dataclass(frozen=True)
class Draft:
    """The written notice as the officer fills it in. Tests, items and task files are ids.

    `other_body` with `forward` sends the request on to that body with a notice.
    """

    kind: str
    material: str = ""
    reason: str = ""
    tests: Sequence[int] = ()
    blackened: Sequence[Blackened] = ()
    uploads: Sequence[Upload] = ()
    task_files: Sequence[int] = ()
    items: Sequence[int] = ()
    other_body: str = ""
    forward: bool = False
    form: str = ""
    send_way: str = ""
    cost: Decimal = Decimal(0)
    payment: str = ""


@dataclass(frozen=True)
class Whole:
    """A draft that was found whole, with the rows its ids name."""

    draft: Draft
    tests: Sequence[ConsequenceTest]
    task_files: Sequence[UnitTaskFile]
    items: Sequence[Item]
    material: str
    reason: str
    other_body: str


def whole(request: InformationRequest, draft: Draft, *, today: dt.date) -> Whole:
    """Everything the law asks of a notice of this kind. Raises Refused beside the field that lacks it."""
    if draft.kind not in DecisionKind.values:
        raise Refused(_("Pilih putusannya."), field="kind")
    found = Whole(
        draft,
        _tests(draft, today),
        _task_files(request, draft.task_files),
        _items(draft.items),
        clean(draft.material),
        clean(draft.reason),
        clean_line(draft.other_body)[:200],
    )
    if draft.kind in WITHHOLDS:
        _withheld(found)
    if draft.kind in GIVES:
        _given(found)
    else:
        _nothing_given(found)
    if draft.kind == K.NOT_HELD:
        _not_held(found)
    return found


def usable_tests(request: InformationRequest, *, today: dt.date) -> list[ConsequenceTest]:
    """Fixed tests in force, those made for this request first."""
    rows = ConsequenceTest.objects.in_force(today).select_related("ground", "office", "decree")
    return sorted(rows, key=lambda test: (test.request_id != request.pk, test.letter, test.code))


def _tests(draft: Draft, today: dt.date) -> list[ConsequenceTest]:
    wanted = set(draft.tests)
    found = list(
        ConsequenceTest.objects.in_force(today).filter(pk__in=wanted).select_related("ground", "decree")
    )
    if len(found) != len(wanted):
        raise Refused(
            _("Uji konsekuensi yang dipilih belum ditetapkan atau sudah berakhir. Pilih yang masih berlaku."),
            field="tests",
        )
    return found


def _withheld(found: Whole) -> None:
    if not found.tests:
        raise Refused(
            _(
                "Menolak, seluruhnya atau sebagian, perlu sedikitnya satu uji konsekuensi yang sudah ditetapkan "
                "dan masih berlaku."
            ),
            field="tests",
        )
    if len(found.reason) < 10:
        raise Refused(_("Tulis penjelasan penolakan dengan kata-kata yang dipahami pemohon."), field="reason")
    if found.draft.kind == K.PARTIAL:
        _partly(found)


def _partly(found: Whole) -> None:
    letters = {test.letter for test in found.tests}
    if not found.draft.blackened:
        raise Refused(
            _("Jawaban sebagian perlu daftar bagian yang dihitamkan atau tidak diberikan."), field="blackened"
        )
    for part in found.draft.blackened:
        if not clean_line(part.title) or not clean_line(part.reason):
            raise Refused(_("Setiap bagian yang dihitamkan perlu berkas dan alasannya."), field="blackened")
        if part.letter not in letters:
            raise Refused(
                _("Huruf %(letter)s tidak ada dalam uji konsekuensi yang dipilih.") % {"letter": part.letter},
                field="blackened",
            )


def _given(found: Whole) -> None:
    draft = found.draft
    if not (found.material or draft.uploads or found.task_files or found.items):
        raise Refused(_("Tulis informasi yang diberikan atau lampirkan berkasnya."), field="material")
    if len(found.material) < 5:
        raise Refused(_("Sebutkan informasi apa yang diberikan."), field="material")
    if draft.form not in Form.values:
        raise Refused(_("Pilih bentuk informasinya."), field="form")
    if draft.send_way not in SendWay.values:
        raise Refused(_("Pilih cara penyerahannya."), field="send_way")
    if draft.send_way == SendWay.ONLINE and not (draft.uploads or found.task_files or found.items):
        raise Refused(_("Untuk diunduh pemohon, lampirkan sedikitnya satu berkas."), field="uploads")
    if draft.cost < 0 or draft.cost != int(draft.cost):
        raise Refused(_("Tulis biaya dalam rupiah penuh, 0 bila gratis."), field="cost")
    if draft.cost > 0 and not clean_line(draft.payment):
        raise Refused(_("Tulis cara pembayarannya."), field="payment")


def _nothing_given(found: Whole) -> None:
    if found.draft.uploads or found.task_files or found.items:
        raise Refused(
            _("Putusan ini tidak menyerahkan berkas. Lepaskan berkas yang dipilih."), field="uploads"
        )


def _not_held(found: Whole) -> None:
    if len(found.reason) < 10:
        raise Refused(_("Tulis mengapa informasi ini tidak dikuasai."), field="reason")
    if found.draft.forward and not found.other_body:
        raise Refused(_("Tulis badan publik yang menguasainya."), field="other_body")


def _task_files(request: InformationRequest, wanted: Collection[int]) -> list[UnitTaskFile]:
    rows = UnitTaskFile.objects.filter(task__case=request, pk__in=set(wanted)).select_related("file")
    found = list(rows)
    if len(found) != len(set(wanted)):
        raise Refused(_("Berkas tugas yang dipilih tidak ada lagi. Pilih dari daftar."), field="task_files")
    return found


def _items(wanted: Collection[int]) -> list[Item]:
    rows = Item.objects.published().exclude(category=Category.DIKECUALIKAN).filter(pk__in=set(wanted))
    found = list(rows.light())
    if len(found) != len(set(wanted)):
        raise Refused(
            _("Informasi dari daftar yang dipilih tidak lagi terbit. Pilih yang lain."), field="items"
        )
    return found


def letters_in_force(today: dt.date) -> list[str]:
    return list(ExemptionGround.objects.valid(today).values_list("letter", flat=True))
