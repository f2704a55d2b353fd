"""A revocation that cannot wait: the queue is jumped, and the official hears of it at once."""

from mailflow.demo.cast import MAYA, RINA, paper
from mailflow.demo.department import Department
from mailflow.demo.walks.walk import Walk


def _play(demo: Department) -> None:
    demo.begin("2026-03-26T10:05:00+07:00")
    demo.scene("Somebody knows Maya's passphrase: two hours instead of a day, and Dewi is alerted")
    words = "Mohon segera: passphrase saya diketahui orang lain. Pencabutan sudah saya ajukan di AMS, surat terlampir."
    demo.writes(MAYA, "Pencabutan sertifikat elektronik", words, paper("surat-keterangan-pencabutan.pdf"))
    demo.scene(
        "Rina checks, identifies and revokes in one sitting: the request is closed", closing=True, minutes=14
    )
    demo.decides(RINA, "SELESAI")


WALK = Walk(service="revocation", title="Maya's passphrase has leaked", play=_play)
