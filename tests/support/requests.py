"""Certification requests and keys for tests: real ones, made once per run, and ones no library would make."""

from functools import cache

from asn1crypto import csr, keys
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509.oid import AttributeOID, NameOID

HASHES = {
    "sha1": hashes.SHA1(),  # noqa: S303 - a weak request is made to be found
    "sha256": hashes.SHA256(),
    "sha384": hashes.SHA384(),
    "sha512": hashes.SHA512(),
}
SITI = (
    (NameOID.COMMON_NAME, "Siti Rahmawati"),
    (x509.ObjectIdentifier("2.5.4.13"), "198504122010012007_Tanda Tangan Digital"),
    (NameOID.EMAIL_ADDRESS, "siti@contohkota.go.id"),
    (NameOID.ORGANIZATIONAL_UNIT_NAME, "Dinas Pendidikan"),
    (NameOID.ORGANIZATION_NAME, "Pemerintah Kota Contoh"),
    (NameOID.COUNTRY_NAME, "ID"),
)


@cache
def rsa_key(bits: int = 2048, exponent: int = 65537, number: int = 1) -> rsa.RSAPrivateKey:
    """A key, the same for the same arguments within one run."""
    return rsa.generate_private_key(exponent, bits)


@cache
def ec_key() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


def request(key=None, subject=SITI, *, extensions=(), password: bytes | None = None) -> bytes:
    """Return a request in DER, signed with SHA-256."""
    builder = x509.CertificateSigningRequestBuilder().subject_name(
        x509.Name([x509.NameAttribute(oid, value) for oid, value in subject])
    )
    for extension, critical in extensions:
        builder = builder.add_extension(extension, critical=critical)
    if password is not None:
        builder = builder.add_attribute(AttributeOID.CHALLENGE_PASSWORD, password)
    return builder.sign(key or rsa_key(), hashes.SHA256()).public_bytes(Encoding.DER)


def pem(der: bytes) -> str:
    return x509.load_der_x509_csr(der).public_bytes(Encoding.PEM).decode()


def bent(der: bytes, *, hash_name: str = "sha256", **changes) -> bytes:
    """Return the request with parts of its signed body replaced, signed anew by the key of `rsa_key()`."""
    whole = csr.CertificationRequest.load(der)
    info = csr.CertificationRequestInfo.load(whole["certification_request_info"].dump())
    for part, value in changes.items():
        info[part] = value
    signature = rsa_key().sign(info.dump(force=True), padding.PKCS1v15(), HASHES[hash_name])
    return csr.CertificationRequest(
        {
            "certification_request_info": info,
            "signature_algorithm": {"algorithm": f"{hash_name}_rsa"},
            "signature": signature,
        }
    ).dump()


def rsa_info(modulus: int, exponent: int = 65537) -> keys.PublicKeyInfo:
    """Return the public key information of a modulus of anyone's choice."""
    public = keys.RSAPublicKey({"modulus": modulus, "public_exponent": exponent})
    return keys.PublicKeyInfo.wrap(public, "rsa")


def explicit_curve_info() -> keys.PublicKeyInfo:
    """Return P-256 written out as explicit parameters instead of by its name (SEC 1 C.2)."""
    prime = 2**256 - 2**224 + 2**192 + 2**96 - 1
    order = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
    b = 0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B
    generator = ec.derive_private_key(1, ec.SECP256R1()).public_key()
    point = generator.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    domain = keys.SpecifiedECDomain(
        {
            "version": 1,
            "field_id": {"field_type": "prime_field", "parameters": prime},
            "curve": {"a": (prime - 3).to_bytes(32, "big"), "b": b.to_bytes(32, "big")},
            "base": point,
            "order": order,
            "cofactor": 1,
        }
    )
    return keys.PublicKeyInfo(
        {
            "algorithm": {
                "algorithm": "ec",
                "parameters": keys.ECDomainParameters(name="specified", value=domain),
            },
            "public_key": point,
        }
    )
