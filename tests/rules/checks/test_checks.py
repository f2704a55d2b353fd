"""The checks: what an officer reads of a case's evidence, and that nothing is ever rejected or corrected."""

from datetime import UTC, datetime
from hashlib import sha256

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parsers.facts import CsrFacts, DocumentFacts, FieldValue, SignatureFacts
from rules.case import CaseDocument, Text
from rules.checks import GROUPS, Evidence, expand, known, run
from rules.checks.choices import agreed
from rules.checks.evidence import Proof
from rules.checks.on_file import OnFile
from rules.sop import Need

NOW = datetime(2026, 3, 10, 9, tzinfo=UTC)
GROUP_NAMES = ("completeness", "identity", "csr")
FIELDS = {
    "name": "Siti Rahmawati, S.Kom.",
    "nip": "198504122010012007",
    "official_email": "siti@contohkota.go.id",
    "unit": "Dinas Pendidikan",
    "letter_date": "2026-03-09",
}
NEEDS = {
    "statement": Need(
        document=("passphrase-loss-statement",),
        fields=("name", "nip", "official_email"),
        label=Text(id="surat pernyataan", en="statement"),
        how=Text(id="Surat ditandatangani.", en="The letter is signed."),
    ),
    "csr": Need(
        document=("csr",),
        label=Text(id="berkas CSR", en="CSR file"),
        how=Text(id="Buat CSR baru.", en="Make a new CSR."),
    ),
}
CSR = CsrFacts(
    subject=(
        ("CN", "SITI RAHMAWATI"),
        ("description", "198504122010012007_Tanda Tangan Digital"),
        ("OU", "Dinas Pendidikan Kota Contoh"),
        ("O", "Pemerintah Kota Contoh"),
        ("C", "ID"),
    ),
    subject_dn="C=ID",
    emails=("Siti@contohkota.go.id",),
    key_type="RSA",
    key_bits=2048,
    public_exponent=65537,
    signature_hash="sha256",
    proof_of_possession=True,
    spki_sha256=sha256(b"key").hexdigest(),
    der_sha256=sha256(b"csr").hexdigest(),
    pem="",
)


ON_FILE = OnFile(
    source="certificate",
    where="…0F1A",
    name="Siti Rahmawati",
    nip=FIELDS["nip"],
    address="siti@contohkota.go.id",
)
COLLEAGUE = OnFile(
    source="staff", name="Budi Santoso", nip="199003152015031001", address="budi@contohkota.go.id"
)


def _field(value: str, **more) -> FieldValue:
    return FieldValue(
        **({"value": value, "raw": value, "confidence": 1.0, "certain": True, "method": "text"} | more)
    )


def _document(need, kind, *, message=1, **more) -> CaseDocument:
    facts = {
        "name": "berkas",
        "media_type": "application/pdf",
        "size": 1,
        "digest": sha256(kind.encode()).hexdigest(),
    }
    return CaseDocument(
        need=need, facts=DocumentFacts(**(facts | {"kind": kind} | more)), message=message, received=NOW
    )


def _letter(*, signatures=(), **fields) -> CaseDocument:
    values = {name: value for name, value in (FIELDS | fields).items() if value is not None}
    read = {name: value if isinstance(value, FieldValue) else _field(value) for name, value in values.items()}
    return _document("statement", "passphrase-loss-statement", fields=read, signatures=signatures)


def _csr(**changes) -> CaseDocument:
    return _document("csr", "csr", csr=CSR.model_copy(update=changes))


def _evidence(letter=None, csr=None, **more) -> Evidence:
    values = {
        "now": NOW,
        "documents": (letter or _letter(), csr or _csr()),
        "needs": NEEDS,
        "ticket": "PL-26-0147-K",
        "sender": "siti@contohkota.go.id",
        "authenticated": True,
        "method": "dmarc",
        "domain": "contohkota.go.id",
        "on_file": (ON_FILE,),
    }
    return Evidence(**(values | more))


def _verdicts(check: str, evidence: Evidence) -> list[str]:
    return [finding.verdict for finding in run([check], evidence)]


def test_a_plain_request_agrees_in_everything_but_the_pen():
    findings = run(GROUP_NAMES, _evidence())
    eye = [finding for finding in findings if finding.verdict != "pass"]
    assert [(finding.check, finding.verdict) for finding in eye] == [("letter-signature", "unknown")]
    assert len({finding.check for finding in findings}) >= 18


def test_where_nothing_is_on_file_no_claim_of_the_writer_is_told_as_agreeing_with_another():
    told = agreed(run(["identity"], _evidence(on_file=())), "id")
    assert not {"e-mail pada surat", "e-mail pada CSR"} & set(told)
    assert {"e-mail pada surat", "e-mail pada CSR"} < set(agreed(run(["identity"], _evidence()), "id"))
    (finding,) = run(["registered"], _evidence(on_file=()))
    assert finding.remedy is None
    assert finding.message.id.startswith("Tidak ada pembanding independen")


def test_each_document_is_judged_by_the_mail_it_came_with():
    refuted = Proof(sender="siti@contohkota.go.id", authenticated=False, method="dmarc")
    csr = _csr()
    findings = run(["sender-authentication"], _evidence(csr=csr, proofs={csr.facts.digest: refuted}))
    assert [each.verdict for each in findings] == ["pass", "fail"]
    assert "TIDAK LOLOS" in findings[1].message.id
    assert agreed(findings, "id") == ()
    newer = _document("csr", "csr", message=2, csr=CSR, digest="0" * 64)
    proofs = {csr.facts.digest: refuted}
    replaced = _evidence(documents=(_letter(), csr, newer), proofs=proofs)
    assert _verdicts("sender-authentication", replaced) == ["pass"]


@pytest.mark.parametrize(
    ("proof", "verdict"),
    [
        (Proof(sender="aide@contohkota.go.id", authenticated=True, method="dmarc"), "warn"),
        (Proof(sender="aide@contohkota.go.id", authenticated=True, method="confirmed"), "pass"),
        (Proof(sender="aide@contohkota.go.id", authenticated=None, method="confirmed"), "unknown"),
        (Proof(sender="siti@contohkota.go.id", authenticated=None, method="answered"), "unknown"),
        (Proof(sender="siti@contohkota.go.id", authenticated=None, method="forwarded"), "unknown"),
    ],
)
def test_somebody_elses_proof_is_not_the_applicants(proof, verdict):
    csr = _csr()
    evidence = _evidence(csr=csr, proofs={csr.facts.digest: proof})
    assert verdict in _verdicts("sender-authentication", evidence)


def test_groups_expand_to_their_checks_once_and_in_order():
    assert expand(["csr", "csr-key", "csr"]) == GROUPS["csr"]
    assert set(GROUP_NAMES) <= known()
    assert {check for group in GROUPS.values() for check in group} <= known()


def test_an_unknown_check_is_refused_by_name():
    with pytest.raises(KeyError, match="no check named 'csr-kye'"):
        run(["csr-kye"], _evidence())


@pytest.mark.parametrize(
    ("check", "evidence", "verdicts"),
    [
        ("documents-present", {"documents": (_letter(),)}, ["pass", "fail"]),
        ("documents-readable", {"letter": _document("statement", "unreadable")}, ["unknown"]),
        (
            "documents-readable",
            {"letter": _document("statement", "unreadable", outcome="encrypted")},
            ["unknown"],
        ),
        ("fields-read", {"letter": _letter(nip=None)}, ["unknown"]),
        ("fields-read", {"letter": _letter(nip=_field("198504122010012007", repairs=("O to 0",)))}, ["warn"]),
        ("sender-authentication", {"authenticated": False}, ["fail"]),
        ("sender-authentication", {"authenticated": None}, ["unknown"]),
        ("registered", {}, ["pass"]),
        ("registered", {"on_file": ()}, ["unknown"]),
        ("registered", {"sender": "budi@contohkota.go.id"}, ["fail"]),
        ("registered", {"sender": "budi@contohkota.go.id", "holder_says": True}, ["pass"]),
        ("registered", {"sender": "budi@contohkota.go.id", "on_file": (COLLEAGUE,)}, ["fail"]),
        ("registered", {"letter": _letter(name="Sinta Rahmawati")}, ["warn"]),
        (
            "registered",
            {"letter": _letter(nip="198504122010012001"), "sender": "budi@contohkota.go.id"},
            ["fail"],
        ),
        (
            "registered",
            {"letter": _letter(nip="197001012010012001"), "sender": "budi@contohkota.go.id"},
            ["warn"],
        ),
        ("registered", {"letter": _letter(nip=None)}, ["pass"]),
        (
            "registered",
            {
                "on_file": (
                    ON_FILE.model_copy(update={"source": "staff", "address": "s@contohkota.go.id"}),
                    ON_FILE,
                )
            },
            ["warn"],
        ),
        ("registered", {"letter": _document("statement", "unreadable")}, ["pass"]),
        ("registered", {"documents": (_document("statement", "unreadable"),)}, ["unknown"]),
        ("registered", {"sender": ""}, []),
        ("sender-address", {"sender": "siti@example.com"}, ["fail", "pass"]),
        ("sender-address", {"csr": _csr(emails=("sita@contohkota.go.id",))}, ["pass", "warn"]),
        ("sender-address", {"csr": _csr(emails=())}, ["pass"]),
        ("sender-address", {"letter": _document("statement", "unreadable")}, ["unknown", "pass"]),
        ("official-domain", {"sender": "siti@contohkota.go.id.example.com"}, ["warn"]),
        ("official-domain", {"sender": "siti@disdik.contohkota.go.id"}, ["pass"]),
        ("official-domain", {"domain": ""}, []),
        ("name", {"letter": _letter(name="Siti Rahmawaty")}, ["warn"]),
        ("name", {"letter": _document("statement", "unreadable")}, ["unknown"]),
        ("nip", {"letter": _letter(nip="198504122010012001")}, ["pass", "fail"]),
        ("nip", {"letter": _letter(nip="198513122010012007")}, ["warn", "fail"]),
        ("nip", {"letter": _document("statement", "unreadable")}, ["unknown"]),
        ("nip-nik", {"letter": _letter(nik="3375015204850001")}, ["pass"]),
        ("nip-nik", {"letter": _letter(nik="3375011204850001")}, ["warn"]),
        ("nip-nik", {"letter": _letter(nik="33750112")}, ["warn"]),
        ("institution", {"letter": _letter(unit="Dinas Kesehatan")}, ["warn"]),
        ("letter-number", {"letter": _letter(letter_number=" - ")}, ["warn"]),
        ("letter-number", {"letter": _letter(letter_number="800/ 1.2 /III/2026")}, ["pass"]),
        ("letter-date", {"letter": _letter(letter_date="2026-04-09")}, ["warn"]),
        ("letter-date", {"letter": _letter(letter_date="2024-03-09")}, ["warn"]),
        ("letter-date", {"letter": _letter(letter_date="9 Mrt")}, ["unknown"]),
        ("letter-signature", {"letter": _letter(signatures=(SignatureFacts(kind="pades"),))}, ["unknown"]),
        (
            "letter-signature",
            {"letter": _letter(signatures=(SignatureFacts(kind="pades", valid=True),))},
            ["pass"],
        ),
        (
            "letter-signature",
            {"letter": _letter(signatures=(SignatureFacts(kind="pades", valid=False),))},
            ["fail"],
        ),
        ("private-key-sent", {}, []),
        ("private-key-sent", {"secrets": 1}, ["fail"]),
        ("csr-single", {"csr": _document("csr", "csr", problems=("several-csrs",))}, ["fail"]),
        ("csr-single", {"csr": _document("csr", "csr", problems=("damaged-csr",))}, ["fail"]),
        ("csr-encoding", {"csr": _csr(weaknesses=("version-2",))}, ["fail"]),
        ("csr-encoding", {"csr": _csr(repairs=("nbsp",))}, ["warn"]),
        ("csr-signature-hash", {"csr": _csr(signature_hash="sha1")}, ["fail"]),
        ("csr-signature-hash", {"csr": _csr(signature_hash="shake256", key_type="Ed448")}, ["pass"]),
        ("csr-possession", {"csr": _csr(proof_of_possession=False)}, ["fail"]),
        ("csr-possession", {"csr": _csr(proof_of_possession=None, signature_hash="sha1")}, ["unknown"]),
        ("csr-possession", {"csr": _csr(proof_of_possession=None)}, ["unknown"]),
        ("csr-key", {"csr": _csr(key_bits=1024)}, ["fail"]),
        ("csr-key", {"csr": _csr(key_type="EC", key_bits=256, curve="secp256r1")}, ["pass"]),
        ("csr-key", {"csr": _csr(key_type="EC", key_bits=256, curve="secp256k1")}, ["fail"]),
        ("csr-key", {"csr": _csr(key_type="EC", weaknesses=("explicit-curve",))}, ["fail"]),
        ("csr-weak-key", {"csr": _csr(weaknesses=("roca",))}, ["fail"]),
        ("csr-weak-key", {"csr": _csr(weaknesses=("exponent-3",))}, ["fail"]),
        ("csr-key-reuse", {"spki_seen": {CSR.spki_sha256: "PL-26-0001-A"}}, ["fail"]),
        ("csr-key-reuse", {"csr_seen": {CSR.der_sha256: "PL-26-0001-A"}}, ["fail"]),
        ("csr-key-reuse", {"spki_seen": {CSR.spki_sha256: "PL-26-0147-K"}}, ["pass"]),
        (
            "csr-key-reuse",
            {"spki_seen": {CSR.spki_sha256: "PL-26-0001-A"}, "spki_own": frozenset({CSR.spki_sha256})},
            ["warn"],
        ),
        ("other-case", {"same_nip": ("PL-26-0001-A",)}, ["warn"]),
        ("other-case", {"same_nip": ("PL-26-0147-K",)}, []),
        ("csr-subject", {"csr": _csr(subject=(*CSR.subject, ("CN", "Ahmad")))}, ["warn"]),
        ("csr-subject", {"csr": _csr(subject=CSR.subject[:1])}, ["warn"]),
        ("csr-subject", {"csr": _csr(weaknesses=("bidi-in-dn",))}, ["warn"]),
        ("csr-extensions", {"csr": _csr(weaknesses=("ca-true",))}, ["fail"]),
        ("csr-extensions", {"csr": _csr(weaknesses=("challenge-password",))}, ["warn"]),
    ],
)
def test_each_check_says_what_it_sees(check, evidence, verdicts):
    assert _verdicts(check, _evidence(**evidence)) == verdicts


def test_two_different_requests_in_one_mail_are_not_chosen_between():
    two = (_letter(), _csr(), _csr(der_sha256="0" * 64))
    assert _verdicts("csr-single", _evidence(documents=two)) == ["fail"]


def test_a_later_mail_replaces_an_earlier_request():
    later = _document("csr", "csr", message=2, csr=CSR.model_copy(update={"der_sha256": "0" * 64}))
    evidence = _evidence(documents=(_letter(), _csr(), later))
    assert _verdicts("csr-single", evidence) == ["pass"]
    assert evidence.csr.der_sha256 == "0" * 64


def test_both_readings_of_a_number_are_shown_and_none_is_corrected():
    evidence = _evidence(letter=_letter(nip="198504122010012001"))
    message = run(["nip"], evidence)[-1].message
    for text in (message.id, message.en):
        assert "19850412 201001 2 001" in text
        assert "19850412 201001 2 007" in text


def test_without_a_request_its_checks_say_nothing():
    assert run(["csr"], _evidence(documents=(_letter(),))) == []


TROUBLE = _evidence(
    letter=_letter(
        name="Ahmad",
        nip="198504122010012001",
        nik="3375011204850001",
        unit="Lain",
        official_email="x@example.com",
    ),
    csr=_csr(
        signature_hash="md5",
        proof_of_possession=False,
        key_bits=512,
        weaknesses=("roca", "ca-true", "bidi-in-dn"),
    ),
    sender="y@example.com",
    authenticated=False,
    on_file=(COLLEAGUE.model_copy(update={"address": "y@example.com"}),),
    spki_seen={CSR.spki_sha256: "PL-26-0001-A"},
    secrets=1,
)


def test_whatever_needs_an_eye_says_what_can_be_asked_and_on_what_authority():
    for finding in run(GROUP_NAMES, TROUBLE):
        assert finding.authority
        assert finding.message.id.endswith(".")
        assert finding.message.en.endswith(".")
        assert finding.remedy is not None or finding.verdict == "pass"


def test_what_an_applicant_is_asked_tells_nothing_of_others_or_of_numbers():
    told = [
        finding.remedy.request.in_(tongue)
        for finding in run(GROUP_NAMES, TROUBLE)
        if finding.remedy
        for tongue in ("id", "en")
    ]
    assert told
    for request in told:
        assert "PL-26" not in request
        assert "198504122010012" not in request.replace(" ", "")
        assert "Ahmad" not in request
        assert request.startswith(("Mohon", "Please"))


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.dictionaries(st.sampled_from([*FIELDS, "nik", "letter_number", "institution"]), st.text(max_size=40)),
    st.lists(
        st.tuples(
            st.sampled_from(["CN", "O", "OU", "C", "description", "serialNumber"]), st.text(max_size=40)
        ),
        max_size=5,
    ),
    st.text(max_size=40),
    st.lists(st.sampled_from(["sha1", "roca", "exponent-3", "version-9", "anything"]), max_size=4),
)
def test_whatever_was_read_no_check_raises_and_every_sentence_is_one_line(
    fields, subject, sender, weaknesses
):
    csr = _csr(
        subject=tuple(subject),
        emails=(sender,),
        weaknesses=tuple(weaknesses),
        key_type=sender,
        signature_hash=sender,
    )
    for finding in run(
        GROUP_NAMES, _evidence(letter=_letter(**fields), csr=csr, sender=sender, method=sender)
    ):
        assert len(finding.message.id.splitlines()) == 1
        assert len(finding.message.id) < 600
