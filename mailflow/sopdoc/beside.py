"""What the drawing does not show of a row, in the words of the column Keterangan."""

from collections.abc import Iterator, Mapping

from mailflow.sopdoc import words
from mailflow.sopdoc.chart import shortcut
from rules.sop import Sop, Step

_OPENINGS = {
    "letter": "surat pemohon",
    "notice": "jawaban atas pemberitahuan",
    "parent": "permintaan dari SOP lain",
    "linked": "pengaduan atas suatu permohonan",
}


def beside(sop: Sop, step: Step, sops: Mapping[str, Sop]) -> Iterator[str]:
    """Yield the sentences that stand beside a row, most important first."""
    if step.child:
        child = sops.get(step.child)
        yield f"Mengikuti SOP {child.service.id if child else step.child}."
    if step.tell:
        yield "Dikirim oleh sistem melalui e-mail."
    if step.where == "ams":
        yield "Dilakukan di AMS; bila belum dilakukan, pemohon diminta lagi."
    if step.kind == "ams" and "rejected" in step.outcomes.values():
        yield "Dapat dihentikan petugas dengan alasan."
    if step.approvals > 1:
        yield f"Disetujui oleh {step.approvals} petugas yang berbeda."
    yield from _in_one_sitting(sop, step)
    ways = [_OPENINGS[way] for way, row in sop.opens.rows.items() if row == step.id]
    if ways and step.id != next(iter(sop.steps)):
        yield f"Permohonan dapat dimulai di sini ({words.listed(ways)})."


def _in_one_sitting(sop: Sop, step: Step) -> Iterator[str]:
    target = shortcut(sop, step)
    passed = [str(sop.steps[row].no) for row in sop.between(step.id, target or "") if sop.steps[row].no]
    if target:
        rows = f"baris {words.listed(passed)}" if passed else "baris tambahan berikutnya"
        yield f"Bila {rows} sekaligus selesai, dilanjutkan ke {words.place(sop, target)}."
