"""Whether the writer is who the letter says, by what somebody else has put on record."""

from collections.abc import Iterator, Sequence

from parsers.identity import format_nip, same_address, same_name
from rules.case import Finding, Text
from rules.checks.evidence import Evidence
from rules.checks.finding import Rule, show
from rules.checks.on_file import STRONG, OnFile, agrees, has_address, meant
from rules.checks.remedies import CORRECT_LETTER, FROM_OFFICIAL_ADDRESS

RULE = Rule(id="registered", authority="SOP langkah 2: pengirim, surat, dan CSR harus orang yang sama")
_SOURCES = {
    "staff": Text(id="daftar pegawai", en="staff table"),
    "certificate": Text(id="sertifikat", en="certificate"),
    "request": Text(id="permohonan", en="request"),
}


def judge(evidence: Evidence) -> Iterator[Finding]:
    """Hold sender, name and NIP against certificates on file, the staff table and earlier requests; where there is nothing, say so."""
    if not evidence.sender:
        return
    if evidence.letter is not None and len(evidence.letter.facts.persons) > 1:
        yield _for_many(evidence)
        return
    records = meant(evidence.claim, evidence.on_file)
    theirs = [each for each in records if same_address(each.address, evidence.sender)]
    if theirs:
        yield _known_sender(evidence, theirs[0], records)
    elif records:
        yield _another_sender(evidence, records)
    else:
        yield _unknown_person(evidence)


def _known_sender(evidence: Evidence, record: OnFile, records: Sequence[OnFile]) -> Finding:
    """The sender's address is on file for the person of the letter."""
    where = _source(record)
    if not agrees(evidence.claim, record):
        return RULE.warns(
            f"Pengirim tercatat ({where.id}) sebagai {_person(record)}; pada surat: {_said(evidence, 'id')}.",
            f"The sender is on file ({where.en}) as {_person(record)}; the letter says {_said(evidence, 'en')}.",
            CORRECT_LETTER,
        )
    others = [each for each in records if each.source in STRONG and not has_address([each], record.address)]
    if others:
        other = _source(others[0])
        return RULE.warns(
            f"Tercatat dua alamat: {show(record.address)} ({where.id}) dan {show(others[0].address)} ({other.id}).",
            f"Two addresses are on file: {show(record.address)} ({where.en}) and {show(others[0].address)} ({other.en}).",
            FROM_OFFICIAL_ADDRESS,
        )
    brief = (f"alamat tercatat ({where.id})", f"address on file ({where.en})")
    return RULE.passes(
        f"Pengirim tercatat ({where.id}) sebagai {_person(record)}.",
        f"The sender is on file ({where.en}) as {_person(record)}.",
        None if evidence.is_refuted else brief,
    )


def _another_sender(evidence: Evidence, records: Sequence[OnFile]) -> Finding:
    """The person of the letter is on file, under another address."""
    record, where = records[0], _source(records[0])
    if evidence.holder_says:
        return RULE.passes(
            f"Pengirim bukan pemegang; pemegang sudah mengonfirmasi dari alamat yang tercatat ({where.id}).",
            f"The sender is not the holder; the holder has confirmed from the address on file ({where.en}).",
            ("dikonfirmasi pemegang", "confirmed by the holder"),
        )
    return RULE.fails(
        f"PENGIRIM BUKAN ALAMAT YANG TERCATAT: {_person(record)} tercatat ({where.id}) dengan {show(record.address)}, "
        f"surat ini dari {show(evidence.sender)}.",
        f"THE SENDER IS NOT THE ADDRESS ON FILE: {_person(record)} is on file ({where.en}) with {show(record.address)}, "
        f"this came from {show(evidence.sender)}.",
        FROM_OFFICIAL_ADDRESS,
    )


def _unknown_person(evidence: Evidence) -> Finding:
    """Nothing is on file of the person of the letter; of its name or of the sender there may be."""
    claim, sender = evidence.claim, evidence.sender
    owners = [each for each in evidence.on_file if same_address(each.address, sender)]
    namesakes = [each for each in evidence.on_file if same_name(claim.name, each.name)]
    if owners and (claim.name or claim.nip):
        record, where = owners[0], _source(owners[0])
        return RULE.fails(
            f"Alamat pengirim {show(sender)} tercatat ({where.id}) atas nama {_person(record)}, bukan {_said(evidence, 'id')}.",
            f"The sender {show(sender)} is on file ({where.en}) as {_person(record)}, not as {_said(evidence, 'en')}.",
            FROM_OFFICIAL_ADDRESS,
        )
    if owners:
        record, where = owners[0], _source(owners[0])
        return RULE.cannot_tell(
            f"Pengirim tercatat ({where.id}) sebagai {_person(record)}; nama dan NIP pada surat tidak terbaca, mohon dibandingkan.",
            f"The sender is on file ({where.en}) as {_person(record)}; name and NIP of the letter were not read, please compare.",
        )
    if namesakes:
        record, where = namesakes[0], _source(namesakes[0])
        return RULE.warns(
            f"Nama pada surat tercatat ({where.id}) dengan NIP lain: {_person(record)}, {show(record.address)}; NIP pada surat belum tercatat.",
            f"The name is on file ({where.en}) with another NIP: {_person(record)}, {show(record.address)}; the NIP of the letter is not on file.",
            CORRECT_LETTER,
        )
    return RULE.cannot_tell(
        f"Tidak ada pembanding independen: {_said(evidence, 'id') or 'orang ini'} belum tercatat pada sertifikat, daftar pegawai, "
        "atau permohonan terdahulu. Yang cocok hanya keterangan penulis sendiri; mohon dibandingkan dengan AMS.",
        f"Nothing independent to compare with: {_said(evidence, 'en') or 'this person'} is not on file, be it a certificate, the staff table "
        "or an earlier request. What agrees is only the writer's own word; please compare with AMS.",
    )


def _for_many(evidence: Evidence) -> Finding:
    """A letter that one sends for many: who that one is; those it names are not written to."""
    sender = evidence.sender
    known = next((each for each in evidence.on_file if same_address(each.address, sender)), None)
    where = _source(known) if known else Text(id="", en="")
    in_id = f"tercatat ({where.id}) sebagai {_person(known)}" if known else "belum tercatat"
    in_en = f"is on file ({where.en}) as {_person(known)}" if known else "is not on file"
    return RULE.cannot_tell(
        f"Surat untuk beberapa orang: pengirim {show(sender)} {in_id}. Yang didaftar tidak kami hubungi; mohon dibandingkan dengan AMS.",
        f"A letter for several persons: the sender {show(sender)} {in_en}. Those it lists are not written to; please compare with AMS.",
    )


def _source(record: OnFile) -> Text:
    named = _SOURCES[record.source]
    return Text(id=f"{named.id} {record.where}".strip(), en=f"{named.en} {record.where}".strip())


def _person(record: OnFile) -> str:
    return f"{show(record.name)}, NIP {format_nip(record.nip)}" if record.nip else show(record.name)


def _said(evidence: Evidence, language: str) -> str:
    """Whom the letter names, "" where neither was read."""
    claim = evidence.claim
    nip = f"NIP {show(format_nip(claim.nip))}" if claim.nip else ""
    unnamed = "(nama tidak terbaca)" if language == "id" else "(name not read)"
    return ", ".join(filter(None, [show(claim.name) or (unnamed if nip else ""), nip]))
