"""A complaint about a request: passed on to the official, solved, and closed only when who complained confirms it."""

from mailflow.demo.cast import AGUS, DEWI, RINA
from mailflow.demo.department import Department
from mailflow.demo.walks.walk import Walk


def _play(demo: Department) -> None:
    demo.begin("2026-04-01T13:20:00+07:00")
    demo.scene("Agus complains by replying: the complaint is tied to his request")
    words = "PENGADUAN. Tiga kali saya menelepon tentang permohonan ini, tidak pernah diangkat."
    demo.answers(AGUS, words)
    demo.scene("Rina cannot solve it: the official takes over", hours=1)
    demo.decides(RINA, "PEJABAT")
    demo.scene("Dewi solves it, and says how", hours=1)
    demo.decides(DEWI, "SELESAI Mulai 6 April dua petugas bergiliran menerima telepon pada jam layanan.")
    demo.begin("2026-04-02T08:00:00+07:00")
    demo.scene("Next morning Rina reads what waits for her, and what others decided")
    demo.works()
    demo.scene("Agus confirms: only now is the complaint closed", closing=True, minutes=40)
    demo.answers(AGUS, "BENAR, terima kasih.")


WALK = Walk(service="complaint", title="Agus complains", play=_play, after="data-change")
