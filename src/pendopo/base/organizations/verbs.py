"""The sentences of this room's acts in history (`{actor}` is always there, the rest are facts)."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "organizations.appointed": _("{actor} mengangkat {person} sebagai {role} sejak {since}."),
    "organizations.membership_ended": _("{actor} mengakhiri tugas {person} sebagai {role} per {until}."),
    "organizations.person_deactivated": _("{actor} menonaktifkan akun {person}."),
    "organizations.acting_head_set": _(
        "{actor} menetapkan {person} sebagai {kind} sejak {since} ({decree})."
    ),
    "organizations.acting_head_ended": _("{actor} mengakhiri tugas pengganti {person} per {until}."),
    "organizations.leave_recorded": _("{actor} mencatat {person} cuti dari {since} sampai {until}."),
    "organizations.office_opened": _("{actor} membuka kantor {name}."),
    "organizations.office_changed": _("{actor} mengubah data kantor {name}: {changed}."),
    "organizations.office_closed": _("{actor} menutup kantor {name}."),
    "organizations.account_opened": _("{actor} membuat akun untuk {person}."),
    "organizations.person_reactivated": _("{actor} mengaktifkan kembali akun {person}."),
    "organizations.identity_changed": _("{actor} mengubah nama, warna, atau kontak pemerintah."),
    "organizations.second_factor_removed": _("{actor} melepas pengaman kedua akun {person}."),
}
