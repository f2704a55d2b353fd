"""A change of data, with a certificate that must be revoked because its identity is no longer right."""

from mailflow.demo.cast import AGUS, RINA, paper
from mailflow.demo.department import Department
from mailflow.demo.walks.walk import Walk


def _play(demo: Department) -> None:
    demo.begin("2026-03-25T08:05:00+07:00")
    demo.scene("Agus sends the form, but not the decree that proves it")
    words = "Selamat pagi, mohon data jabatan saya pada sertifikat elektronik diubah. Formulir terlampir."
    demo.writes(AGUS, "Perubahan data sertifikat elektronik", words, paper("formulir-perubahan-data.pdf"))
    demo.scene("He adds the decree: the request is complete, the promise begins", minutes=25)
    demo.answers(AGUS, "Berikut SK jabatan saya.", paper("sk-jabatan.pdf"))
    demo.scene("Rina has approved the change in AMS as well: rows 2 and 3 with one word", minutes=40)
    demo.decides(RINA, "SELESAI")
    demo.scene("Agus owns a certificate: it must be revoked, as a part of his request", minutes=5)
    demo.decides(RINA, "ADA")
    demo.scene("He has applied for the revocation in AMS", hours=1)
    demo.answers(AGUS, "SUDAH")
    demo.scene("Rina has revoked it: the request is closed", closing=True, minutes=15)
    demo.decides(RINA, "SELESAI")


WALK = Walk(service="data-change", title="Agus has a new position", play=_play)
