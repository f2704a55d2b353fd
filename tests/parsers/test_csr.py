"""Certification requests: repaired from what mail does to them, read strictly, weighed, never trusted."""

import base64
import math

import pytest
from asn1crypto import keys
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509.oid import NameOID, ObjectIdentifier
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parsers.csr import find_csrs_in_text, read_csr, read_csrs
from parsers.csr.keys import has_close_primes, has_small_factor, is_roca
from parsers.csr.subject import character_faults
from parsers.csr.transport import MAX_BYTES
from tests.support.requests import bent, ec_key, explicit_curve_info, pem, request, rsa_info, rsa_key

DER = request()
PEM = pem(DER)
PADDED = pem(
    next(der for n in range(3) if len(der := request(subject=((NameOID.COMMON_NAME, "S" * (n + 1)),))) % 3)
)


def test_a_plain_request_is_read_with_its_subject_key_and_proof():
    facts = read_csr(DER)
    assert facts.subject[0] == ("CN", "Siti Rahmawati")
    assert ("description", "198504122010012007_Tanda Tangan Digital") in facts.subject
    assert facts.subject_dn.startswith("C=ID,O=Pemerintah Kota Contoh,OU=Dinas Pendidikan,")
    assert facts.emails == ("siti@contohkota.go.id",)
    assert (facts.key_type, facts.key_bits, facts.public_exponent) == ("RSA", 2048, 65537)
    assert (facts.signature_hash, facts.proof_of_possession) == ("sha256", True)
    assert (facts.weaknesses, facts.repairs) == ((), ())
    assert facts.pem == PEM


def test_a_request_on_a_named_curve_is_read():
    facts = read_csr(request(ec_key()))
    assert (facts.key_type, facts.curve, facts.key_bits, facts.proof_of_possession) == (
        "EC",
        "secp256r1",
        256,
        True,
    )
    assert facts.weaknesses == ()


@pytest.mark.parametrize(
    ("damage", "repair"),
    [
        (lambda text: text.encode("utf-8-sig"), "bom"),
        (lambda text: text.encode("utf-16"), "utf-16"),
        (lambda text: text.encode("utf-16-le"), "utf-16"),
        (lambda text: text.encode("utf-16-be"), "utf-16"),
        (lambda text: text.replace(" ", "\xa0").encode(), "nbsp"),
        (lambda text: text.replace("-----", "\u2014\u2013\u2014").encode(), "smart-dashes"),
        (lambda text: text.replace("-----", "\x96\x96").encode("latin-1"), "smart-dashes"),
        (lambda text: "".join(f"> {line}\n" for line in text.splitlines()).encode(), "quoting"),
        (lambda text: "".join(f">> | {line}\n" for line in text.splitlines()).encode(), "quoting"),
        (lambda text: "".join(f"&gt; {line}<br>" for line in text.splitlines()).encode(), "html-breaks"),
        (lambda text: text.replace("\n", "<br />\r\n").encode(), "html-breaks"),
        (lambda text: text.replace("=", "=3D").replace("\n", "=\n", 3).encode(), "quoted-printable"),
        (lambda text: text.replace("\n", " ").encode(), "armor"),
        (lambda text: text.replace("-----", "----").encode(), "armor"),
        (lambda text: text.split("-----END")[0].encode(), "armor"),
        (lambda text: base64.b64encode(text.encode()), "base64-of-pem"),
        (lambda text: base64.b64encode(b"\xef\xbb\xbf" + text.encode()), "base64-of-pem"),
        (lambda text: "".join(text.splitlines(keepends=True)[1:-1]).encode(), "headerless-base64"),
    ],
)
@pytest.mark.parametrize("text", [PEM, PADDED], ids=["plain", "padded"])
def test_damage_of_transport_is_undone_and_named(damage, repair, text):
    damaged = damage(text)
    if damaged == text.encode():
        return  # nothing of this text could suffer this damage
    facts = read_csr(damaged)
    assert facts.pem == text
    assert facts.proof_of_possession is True
    assert repair in facts.repairs or (repair == "quoted-printable" and "=" not in text)


def test_two_kinds_of_damage_at_once_are_undone():
    text = "".join(
        f"> {line}\r\n"
        for line in PEM.replace("-----", "\u2013\u2013\u2014").replace(" ", "\xa0").splitlines()
    )
    assert set(read_csr(text.encode()).repairs) == {"nbsp", "quoting", "smart-dashes"}


def test_a_request_pasted_into_a_mail_is_found_between_its_words():
    for pasted in (PEM, "\n".join(PEM.splitlines()[1:-1]), PEM.split("-----END")[0]):
        (facts,) = find_csrs_in_text(
            f"Yth. petugas,\n\nberikut CSR saya:\n{pasted}\nTerima kasih\nSiti Rahmawati"
        )
        assert facts.pem == PEM
        assert facts.repairs[-1] == "pasted-in-body"


def test_words_about_a_request_are_no_request():
    assert find_csrs_in_text("Mohon dibantu, berkas diawali -----BEGIN CERTIFICATE REQUEST----- ya?") == []


def test_the_same_request_twice_is_one_and_two_different_ones_are_a_problem():
    other = pem(request(subject=((NameOID.COMMON_NAME, "Ahmad Fauzi"),)))
    assert read_csr((PEM + PEM).encode()) is not None
    reading = read_csrs((PEM + other).encode())
    assert (len(reading.requests), reading.problems, reading.only) == (2, ("several-csrs",), None)
    assert read_csrs(DER + request(ec_key())).problems == ("several-csrs",)


def test_a_second_request_is_found_though_only_the_first_is_undamaged():
    other = pem(request(ec_key())).replace("-----", "\u2014\u2013\u2014")
    assert read_csrs((PEM + other).encode()).problems == ("several-csrs",)


def test_a_damaged_request_is_told_from_something_else():
    assert read_csrs(PEM[:300].encode()).problems == ("damaged-csr",)
    assert read_csrs(b"Surat pernyataan").problems == ()


def test_what_trails_a_request_is_named_and_line_ends_are_nothing():
    assert read_csr(DER + b"\r\n").repairs == ()
    assert read_csr(DER + b"%PDF-1.7").repairs == ("trailing-data",)


def test_size_is_limited_before_anything_is_parsed():
    assert read_csrs(PEM.encode() + b"\n" * MAX_BYTES).problems == ("too-large",)
    assert find_csrs_in_text(PEM + " " * MAX_BYTES) == []


def test_a_certificate_or_a_key_is_no_request():
    public = rsa_key().public_key()
    assert read_csr(public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)) is None
    assert read_csr(public.public_bytes(Encoding.DER, PublicFormat.PKCS1)) is None


# --- what is weak ----------------------------------------------------------------------------------------------------------


def test_a_sha1_request_has_a_weak_hash_and_not_a_bad_signature():
    facts = read_csr(bent(DER, hash_name="sha1"))
    assert (facts.signature_hash, facts.proof_of_possession, facts.weaknesses) == ("sha1", None, ("sha1",))


def test_a_changed_request_proves_no_possession():
    spoilt = DER.replace(b"Siti Rahmawati", b"Sita Rahmawati")
    facts = read_csr(spoilt)
    assert (facts.proof_of_possession, facts.weaknesses) == (False, ())


def test_a_request_signed_by_another_key_proves_no_possession():
    other = rsa_key(number=2).public_key().public_numbers()
    assert read_csr(bent(DER, subject_pk_info=rsa_info(other.n))).proof_of_possession is False


def test_the_version_must_be_zero():
    assert "version-2" in read_csr(DER.replace(b"\x02\x01\x00", b"\x02\x01\x01", 1)).weaknesses


def test_an_explicit_curve_is_seen_though_libraries_load_it_silently():
    facts = read_csr(bent(DER, subject_pk_info=explicit_curve_info()))
    assert facts.weaknesses == ("explicit-curve",)
    assert (facts.key_type, facts.curve, facts.proof_of_possession) == ("EC", "", None)


@pytest.mark.parametrize(
    ("key", "weaknesses"),
    [
        (lambda: rsa_key(1024), ("rsa-1024",)),
        (lambda: rsa_key(2048, 3), ("exponent-3",)),
        (lambda: rsa_key(2040), ("rsa-2040",)),
    ],
)
def test_a_key_of_another_size_or_exponent_is_weak(key, weaknesses):
    facts = read_csr(request(key()))
    assert (facts.weaknesses, facts.proof_of_possession) == (weaknesses, True)


def _next_prime(number: int) -> int:
    """The next number that passes Fermat's test to three bases: prime for all that a test needs."""
    number |= 1
    small = math.prod(range(3, 2000, 2))
    while math.gcd(number, small) != 1 or any(pow(base, number - 1, number) != 1 for base in (2, 3, 5)):
        number += 2
    return number


def test_a_modulus_with_a_small_factor_is_weak():
    modulus = rsa_key().public_key().public_numbers().n
    assert not has_small_factor(modulus)
    assert has_small_factor(16381 * modulus)
    assert has_small_factor(2 * modulus)


def test_primes_that_lie_close_together_are_found():
    p = _next_prime(1 << 1023 | 12345)
    q = _next_prime(p + 2**500)
    assert has_close_primes(p * q)
    assert has_close_primes(p * p)
    assert not has_close_primes(rsa_key().public_key().public_numbers().n)


def test_the_fingerprint_of_the_flawed_library_is_found():
    primorial = math.prod(n for n in range(2, 168) if all(n % d for d in range(2, n)))
    p, q = (k * primorial + pow(65537, a, primorial) for k, a in ((2**600 + 7, 1234), (2**600 + 99, 777)))
    assert is_roca(p * q)
    assert not is_roca(rsa_key().public_key().public_numbers().n)


def test_a_weak_modulus_inside_a_request_is_reported_without_harm():
    modulus = rsa_key().public_key().public_numbers().n
    assert "small-factor" in read_csr(bent(DER, subject_pk_info=rsa_info(modulus * 3))).weaknesses
    for absurd in (0, 1, 2, 2**20000 + 1):
        assert read_csr(bent(DER, subject_pk_info=rsa_info(absurd))).proof_of_possession in (None, False)


def test_a_key_written_in_another_way_is_the_same_key():
    point = ec_key().public_key().public_bytes(Encoding.X962, PublicFormat.CompressedPoint)
    parameters = keys.ECDomainParameters(name="named", value="secp256r1")
    squeezed = keys.PublicKeyInfo(
        {"algorithm": {"algorithm": "ec", "parameters": parameters}, "public_key": point}
    )
    assert (
        read_csr(bent(DER, subject_pk_info=squeezed)).spki_sha256 == read_csr(request(ec_key())).spki_sha256
    )


# --- what is asked for -------------------------------------------------------------------------------------------------------

CA = x509.BasicConstraints(ca=True, path_length=None)
UNKNOWN = x509.UnrecognizedExtension(ObjectIdentifier("1.2.3.4.5"), b"\x05\x00")
SIGNS = x509.KeyUsage(*[True] + [False] * 4, True, False, False, False)  # the library's order of nine bits


@pytest.mark.parametrize(
    ("extensions", "weaknesses"),
    [
        ([(x509.BasicConstraints(ca=False, path_length=None), True)], ()),
        ([(CA, True)], ("ca-true",)),
        ([(SIGNS, True)], ("certificate-signing-usage",)),
        ([(UNKNOWN, True)], ("unknown-critical-extension",)),
        ([(UNKNOWN, False)], ()),
    ],
)
def test_extensions_no_person_should_have_are_named(extensions, weaknesses):
    assert read_csr(request(extensions=extensions)).weaknesses == weaknesses


def test_an_extension_that_stands_twice_is_named():
    attribute = {"type": "extension_request", "values": [[_basic(ca=False), _basic(ca=False)]]}
    assert "duplicate-extension" in read_csr(bent(DER, attributes=[attribute])).weaknesses
    twice = [{"type": "extension_request", "values": [[_basic(ca=False)]]}] * 2
    assert "duplicate-extension" in read_csr(bent(DER, attributes=twice)).weaknesses


def test_an_extension_that_is_garbage_is_named():
    garbage = x509.UnrecognizedExtension(ObjectIdentifier("2.5.29.19"), b"\x30\x05\x01")
    assert "unreadable-extension" in read_csr(request(extensions=[(garbage, True)])).weaknesses


def _basic(*, ca: bool) -> dict[str, object]:
    return {"extn_id": "basic_constraints", "critical": True, "extn_value": {"ca": ca}}


def test_addresses_of_the_alternative_name_are_read():
    names = x509.SubjectAlternativeName([x509.RFC822Name("siti.r@contohkota.go.id")])
    assert read_csr(request(extensions=[(names, False)])).emails == (
        "siti@contohkota.go.id",
        "siti.r@contohkota.go.id",
    )


def test_a_challenge_password_is_named_and_copied_nowhere():
    facts = read_csr(request(password=b"rahasia-sekali"))
    assert facts.weaknesses == ("challenge-password",)
    assert facts.proof_of_possession is True
    assert "rahasia-sekali" not in facts.model_dump_json()
    assert facts.pem == ""


@pytest.mark.parametrize(
    ("common_name", "weakness"),
    [
        ("Siti\r\nBcc: semua@example.go.id", "control-character-in-dn"),
        ("Siti\x00Rahmawati", "control-character-in-dn"),
        ("Siti\u200bRahmawati", "control-character-in-dn"),
        ("Siti\u202eitawamhaR", "bidi-in-dn"),
        ("S\u0456ti Rahmawati", "confusable-in-dn"),  # a Cyrillic i
    ],
)
def test_a_name_that_is_not_what_it_looks_like_is_named_and_shown_safely(common_name, weakness):
    facts = read_csr(request(subject=((NameOID.COMMON_NAME, common_name),)))
    assert weakness in facts.weaknesses
    assert all(char.isprintable() for char in facts.subject_dn + facts.subject[0][1])


@pytest.mark.filterwarnings("ignore:Attribute's length")
def test_a_name_longer_than_the_standard_allows_is_named():
    name = x509.NameAttribute(NameOID.COMMON_NAME, "S" * 65, _validate=False)
    subject = x509.Name([name])
    signed = x509.CertificateSigningRequestBuilder().subject_name(subject).sign(rsa_key(), hashes.SHA256())
    assert read_csr(signed.public_bytes(Encoding.DER)).weaknesses == ("too-long-in-dn",)


def test_ordinary_names_have_no_character_faults():
    for name in ("Siti Rahmawati", "Ma\u2019ruf Amin", "José", "Nur-Aini, S.Kom."):
        assert character_faults(name) == []


def test_special_characters_are_escaped_in_the_distinguished_name():
    facts = read_csr(request(subject=((NameOID.COMMON_NAME, 'Siti, "R" + #1'), (NameOID.COUNTRY_NAME, "ID"))))
    assert facts.subject_dn == 'C=ID,CN=Siti\\, \\"R\\" \\+ #1'


# --- whatever is sent ----------------------------------------------------------------------------------------------------------

SLOW = settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])


@SLOW
@given(st.binary(max_size=400))
def test_random_bytes_never_raise(data):
    read_csr(data)
    read_csr(b"\x30" + data)


@SLOW
@given(st.text(max_size=400))
def test_random_text_never_raises(text):
    assert find_csrs_in_text(text) == []
    read_csrs(("-----BEGIN CERTIFICATE REQUEST-----\n" + text).encode("utf-8", "surrogatepass"))


@settings(deadline=None, max_examples=600)
@given(
    st.sampled_from([DER, request(ec_key()), request(extensions=[(CA, True)], password=b"x")]),
    st.lists(st.tuples(st.integers(0, 2000), st.integers(0, 255)), min_size=1, max_size=4),
)
def test_a_request_with_changed_bytes_never_raises_and_never_proves_possession_of_another(der, changes):
    mutated = bytearray(der)
    for at, value in changes:
        mutated[at % len(der)] = value
    facts = read_csr(bytes(mutated))
    if facts is not None:
        facts.model_dump_json()
        assert facts.proof_of_possession is not True or bytes(mutated) == der


@SLOW
@given(st.integers(0, len(DER)), st.integers(0, len(PEM)))
def test_a_request_cut_short_never_raises(at, position):
    assert read_csr(DER[:at]) is None or at == len(DER)
    read_csrs(PEM[:position].encode())
