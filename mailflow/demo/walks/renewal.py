"""A renewal: from the notice that a certificate expires to a letter for three persons, decided with one of them left out."""

from mailflow.certificates.importing import import_files
from mailflow.demo.cast import AYU, CERTIFICATES, RINA, paper
from mailflow.demo.department import Department
from mailflow.demo.walks.walk import Walk


def _play(demo: Department) -> None:
    demo.begin("2026-03-30T08:00:00+07:00")
    demo.scene("Thirty days before Ayu's certificate expires, she is told; nobody asked for it")
    table = demo.directory / "certificates.csv"
    table.write_text(CERTIFICATES, encoding="utf-8")
    import_files(demo.office, [table])
    demo.works()
    demo.scene("Her answer begins the request: her data are right", hours=1)
    demo.answers(AYU, "BENAR")
    demo.scene("The letter of recommendation names two colleagues as well", days=1)
    words = "Berikut Surat Rekomendasi untuk tiga orang dari sekolah kami."
    demo.answers(AYU, words, paper("surat-rekomendasi.pdf"))
    demo.scene("Rina approves two; the third becomes a request of her own", minutes=50)
    demo.decides(RINA, "SETUJU KECUALI 3")
    demo.scene("Ayu and Teguh have their certificates: their request is closed", closing=True, hours=2)
    demo.decides(RINA, "SELESAI", about="sertifikat terbit di AMS")
    demo.scene(
        "Wulan's certificate has expired before: not renewed, with the reason", closing=True, minutes=5
    )
    reason = "Sertifikat a.n. Wulan Sari sudah berakhir pada 20 Maret 2026; mohon diajukan sebagai penerbitan baru."
    demo.decides(RINA, f"TOLAK {reason}", about="Wulan Sari")


WALK = Walk(service="renewal", title="Ayu's certificate expires in a month", play=_play)
