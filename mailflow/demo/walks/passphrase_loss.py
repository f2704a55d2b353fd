"""A forgotten passphrase: completed, verified, revoked as a part of its own, issued, closed. Every mail is shown."""

from mailflow.demo.cast import RINA, SITI, csr, paper
from mailflow.demo.department import Department
from mailflow.demo.walks.walk import Walk


def _play(demo: Department) -> None:
    demo.begin("2026-03-17T09:12:00+07:00")
    demo.scene(
        "Siti asks for help",
        "She forgets the CSR: one answer says what was read from her statement, and what is missing.",
    )
    words = (
        "Selamat pagi,\n\nMohon bantuan, saya lupa passphrase sertifikat elektronik saya. "
        "Surat pernyataan terlampir.\n\nTerima kasih,\nSiti Rahmawati"
    )
    demo.writes(SITI, "Lupa passphrase sertifikat elektronik", words, paper("surat-pernyataan.pdf"))
    demo.scene(
        "Siti completes it",
        "The promised day begins, told with the holidays that explain it; an officer gets the evidence.",
        minutes=35,
    )
    demo.answers(SITI, "Berikut CSR-nya, Pak/Bu.", ("siti.csr", csr()))
    demo.scene(
        "Rina decides",
        "She answers as she would answer a colleague; for ten minutes she can take it back.",
        minutes=50,
    )
    demo.answers(RINA, "Selamat pagi, mohon izin. Acc")
    demo.scene(
        "The ten minutes are over",
        "Only now is Siti told. Her next step is a revocation: a part of her request, under the same number.",
        minutes=11,
    )
    demo.works()
    demo.scene(
        "Siti reports the first step",
        "She has applied for the revocation. The program cannot look into AMS; an officer is asked to.",
        hours=2,
    )
    demo.answers(SITI, "SUDAH")
    demo.scene(
        "Rina revokes",
        "One word tells that it is done in AMS; ten minutes later Siti is asked for the last step.",
        minutes=20,
    )
    demo.decides(RINA, "SELESAI")
    demo.scene("Siti reports the second step", "She has applied for the new certificate.", minutes=30)
    demo.answers(SITI, "SUDAH")
    demo.scene(
        "The request is closed",
        "One closing mail tells Siti of both: the old certificate revoked, the new one issued.",
        closing=True,
        minutes=25,
    )
    demo.decides(RINA, "SELESAI")


WALK = Walk(service="passphrase-loss", title="Siti has forgotten her passphrase", play=_play, is_read=True)
