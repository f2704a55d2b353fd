"""`Catatan penafsiran`: every reading that differs from the signed text, for the official to sign.

Besides the readings an SOP file declares there is what no signed table says and the program does all the same: turning back where the
source knows no turning back, reminding, closing, putting first.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from mailflow.sopdoc import words
from mailflow.sopdoc.chart import turns_back_unsaid
from rules.sop import ENDINGS, Sop, Step

UNSAID = "(tidak diatur)"
_SAME = "idem"
_HOLDER = {
    "confirms": "Bila surat dikirim orang lain, pemegang sertifikat lebih dahulu dimintai konfirmasi melalui alamat e-mail dinasnya.",
    "told": "Bila surat dikirim orang lain, pemegang sertifikat seketika diberi tahu melalui alamat e-mail dinasnya dan dapat menyatakan "
    "keberatan sebelum diputuskan; permohonan tidak menunggu jawabannya.",
}
_BY_MAIL = "Permohonan dan berkasnya diterima melalui e-mail layanan."
_IN_AMS = (
    "Langkah di AMS tetap dilakukan di AMS dan hasilnya dilaporkan dengan membalas e-mail; langkah pemohon di AMS "
    "diperiksa petugas setelah pemohon memberi kabar."
)
_SHARED = (
    "Keputusan dibuat petugas dengan membalas e-mail. Petugas dapat menyerahkannya kepada pejabat. Tugas yang belum dijawab sampai "
    "separuh waktu layanan disampaikan juga kepada petugas lain; bila waktu layanan lewat, pejabat dan pemohon diberi tahu."
)


@dataclass(frozen=True, kw_only=True)
class Note:
    """One reading. `row` is the id of the row it belongs to, "" where it belongs to the whole SOP; `number` counts from 1."""

    number: int
    row: str
    where: str
    source: str
    reading: str


def notes(sop: Sop) -> tuple[Note, ...]:
    """Return every reading in the order of the table, then those of the whole SOP."""
    found = [*_of_rows(sop), *_of_the_whole(sop)]
    return tuple(
        Note(number=number, row=row, where=where, source=source, reading=reading)
        for number, (row, where, source, reading) in enumerate(found, start=1)
    )


def _of_rows(sop: Sop) -> Iterator[tuple[str, str, str, str]]:
    last, why = 0, ""
    for step in sop.steps.values():
        if step.added:
            why = why if step.added == _SAME else step.added
            where = f"Tambahan setelah baris {last}" if last else "Tambahan sebelum baris 1"
            reading = "; ".join((_begun_large(why), *_unsaid(sop, step)))
            yield step.id, where, "(tidak ada pada SOP)", f"{step.action}. {reading}"
            continue
        last = step.no or last
        if step.source_says:
            yield step.id, f"Baris {step.no}", _quoted(step.source_says), _begun_large(step.we_read)
        if unsaid := [*_unsaid(sop, step)]:
            yield step.id, f"Baris {step.no}", UNSAID, _begun_large("; ".join(unsaid))


def _unsaid(sop: Sop, step: Step) -> Iterator[str]:
    for said, target in step.outcomes.items():
        if turns_back_unsaid(step, said) and target != step.id:
            yield f"{words.answer(step, said, {})}: {_onward(sop, step, target)}"
    if step.fact and step.sure:
        known = words.listed(f"“{words.answer(step, said, {})}”" for said in step.sure)
        yield f"jawaban {known} dapat diambil dari catatan yang ada; jawaban lain hanya dari petugas"
    if step.approvals > 1:
        yield f"disetujui oleh {step.approvals} petugas yang berbeda"


def _onward(sop: Sop, step: Step, target: str) -> str:
    if target in ENDINGS:
        return "permohonan berakhir"
    order = list(sop.steps)
    back = order.index(target) < order.index(step.id)
    return f"{'kembali' if back else 'dilanjutkan'} ke {words.place(sop, target)}"


def _of_the_whole(sop: Sop) -> Iterator[tuple[str, str, str, str]]:
    for reading in sop.readings:
        yield "", reading.where, _quoted(reading.source_says), _begun_large(reading.we_read)
    by_mail = "e-mail" in next(iter(sop.steps.values())).action
    yield "", "Saluran", UNSAID, _IN_AMS if by_mail else f"{_BY_MAIL} {_IN_AMS}"
    yield "", "Pembagian tugas", UNSAID, _SHARED
    waiting = sop.waiting
    remind = ", lalu ".join(words.span(each) for each in waiting.remind)
    turn = (
        f"Pemohon yang belum menjawab diingatkan setelah {remind}; bila tetap tidak menjawab, permohonan ditutup "
        f"{words.span(waiting.close)} sesudah pengingat terakhir, dan dibuka kembali bila pemohon menjawab dalam "
        f"{words.span(waiting.reopen)}. Waktu penyelesaian tidak berjalan selama menunggu pemohon. Kelengkapan pada satu baris "
        f"diminta kembali paling banyak {waiting.rounds} kali; sesudah itu petugas memutuskan."
    )
    yield "", "Giliran pemohon", UNSAID, turn
    if sop.opens.holder:
        yield "", "Permohonan atas nama orang lain", UNSAID, _HOLDER[sop.opens.holder]
    if sop.persons == "many":
        many = "Satu surat dapat memuat beberapa orang; permohonan diputuskan bersama, bila perlu dengan pengecualian nama tertentu."
        yield "", "Permohonan kolektif", UNSAID, many
    for urgent in sop.urgent:
        reasons = words.listed(urgent.is_)
        yield (
            "",
            "Permohonan mendesak",
            UNSAID,
            f"Alasan {reasons}: waktu penyelesaian {words.span(urgent.promise)}.",
        )


def _quoted(text: str) -> str:
    """The source's own words between quotation marks; what is said about them in brackets stays as it is."""
    return text if text.startswith("(") else f"“{text}”"


def _begun_large(text: str) -> str:
    return text[:1].upper() + text[1:]
