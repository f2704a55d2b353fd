"""Feeding the registry: every fault is named with line, column and remedy, and nothing is half imported."""

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization

from mailflow.certificates.importing import import_files
from mailflow.certificates.shown import certificates
from mailflow.store.tables import CertificateRow
from tests.certificates.conftest import CONTACT, EXPIRES, HEADER, line
from tests.support.forms import AGUS
from tests.support.letters import SITI
from tests.support.requests import SITI as SUBJECT
from tests.support.requests import rsa_key

CSV = "5A3F,Siti Rahmawati,198504122010012007,siti@contohkota.go.id,2024-06-10,2026-06-10,,,"


def certificate(
    subject=SUBJECT, *, serial=0x5A3F094F21, authority=False, encoding=serialization.Encoding.PEM
):
    name = x509.Name([x509.NameAttribute(oid, value) for oid, value in subject])
    return (
        x509.CertificateBuilder()
        .issuer_name(name)
        .subject_name(name)
        .public_key(rsa_key().public_key())
        .serial_number(serial)
        .not_valid_before(EXPIRES.replace(year=2024))
        .not_valid_after(EXPIRES)
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
        .sign(rsa_key(), hashes.SHA256())
        .public_bytes(encoding)
    )


def test_a_table_is_imported_and_a_later_one_updates_by_serial(counter):
    assert (counter.imports(line(), line("77", AGUS)).added, len(certificates(counter.office))) == (2, 2)
    again = counter.imports(line(), line("00:77", AGUS, email="agus@contohkota.go.id"))
    assert (again.added, again.updated, again.unchanged) == (0, 1, 1)
    assert {each["email"] for each in certificates(counter.office)} == {SITI.email, "agus@contohkota.go.id"}


def test_what_a_later_table_does_not_say_stays(counter):
    counter.imports(line(revoked="2026-02-01"))
    counter.imports(
        f"5A3F094F21;{SITI.name};{SITI.nip};{SITI.email};10/06/2024;10/06/2026",
        header="serial;name;nip;email;not_before;not_after",
    )
    (row,) = certificates(counter.office)
    assert (row["unit_contact"], row["state"]) == (CONTACT, "revoked")
    assert row["not_after"].isoformat() == "2026-06-10T23:59:59+07:00"
    counter.imports(line(revoked="tidak"))
    assert certificates(counter.office)[0]["state"] == "valid"


def test_a_dry_run_says_what_would_change_and_changes_nothing(counter):
    assert counter.imports(line(), dry_run=True).added == 1
    assert certificates(counter.office) == []


def test_personal_data_is_sealed_in_the_file(counter):
    counter.imports(line())
    counter.office.database.engine.dispose()
    stored = b"".join(each.read_bytes() for each in counter.directory.glob("mailflow.db*"))
    for secret in (SITI.nip, SITI.name, SITI.email, "5A3F094F21"):
        assert secret.encode() not in stored


@pytest.mark.parametrize(
    ("cell", "value", "fault"),
    [
        (0, "", "line 3, column serial: empty"),
        (0, "5A3G", "line 3, column serial: no serial number"),
        (1, " ", "line 3, column name: empty"),
        (2, "12345", "line 3, column nip: no NIP; it has 18 digits"),
        (2, "1.98504E+17", "line 3, column nip: a spreadsheet has shortened the number"),
        (2, "198504122010012000", "line 3, column nip: ends in 000"),
        (3, "", "line 3, column email: empty"),
        (3, "siti at contohkota", "line 3, column email: no e-mail address"),
        (4, "besok", "line 3, column not_before: no date"),
        (5, "31/02/2026", "line 3, column not_after: no date"),
        (5, "2020-01-01", "line 3, column not_after: not later than not_before"),
        (6, "tu@", "line 3, column unit_contact: no e-mail address"),
        (7, "ya", "line 3, column revoked_at: no date"),
        (8, "fr", "line 3, column language: no language of the letters"),
    ],
)
def test_a_fault_names_line_column_and_remedy_and_nothing_is_imported(counter, cell, value, fault):
    cells = CSV.split(",")
    cells[cell] = value
    done = counter.imports(line("77", AGUS), ",".join(cells))
    assert len(done.faults) == 1
    assert done.faults[0].startswith(f"staf.csv, {fault}")
    assert certificates(counter.office) == []
    for personal in ("198504", "Siti", "siti@"):
        assert personal not in done.faults[0]


def test_every_fault_of_a_table_is_found_in_one_go(counter):
    done = counter.imports(CSV.replace("2024-06-10", "?").replace("5A3F", "-"), CSV + ",x", CSV, CSV)
    assert len(done.faults) == 4
    assert "line 3: 10 cells under 9 columns" in done.faults[2]
    assert done.faults[3].startswith("staf.csv, line 5: the serial number of staf.csv, line 4 again")


@pytest.mark.parametrize(
    ("header", "fault"),
    [
        ("serial,name,nip,not_before,not_after", "no column email"),
        (HEADER + ",nip", "column nip stands twice"),
        ("", "no column serial, name, nip"),
    ],
)
def test_a_header_must_name_the_columns(counter, header, fault):
    assert fault in counter.imports(CSV, header=header).faults[0]


def test_a_table_in_another_encoding_and_an_empty_one_say_what_to_do(counter):
    for data, words in (
        (b"serial,n\xe4me", "save the table as CSV (UTF-8)"),
        (b"\n", "the first line names the columns"),
    ):
        (counter.directory / "x.csv").write_bytes(data)
        assert words in import_files(counter.office, [counter.directory / "x.csv"]).faults[0]


def test_what_is_unusual_is_remarked_and_imported(counter):
    done = counter.imports(
        f"77,{SITI.name},,siti@example.org,2024-06-10,2026-06-10,x",
        header="serial,name,nip,email,not_before,not_after,unit_contct",
    )
    assert done.added == 1
    assert "column 'unit_contct' is not used; did you mean unit_contact?" in done.remarks[0]
    assert "no NIP" in done.remarks[1]
    assert "not of contohkota.go.id" in done.remarks[2]


@pytest.mark.parametrize("encoding", [serialization.Encoding.PEM, serialization.Encoding.DER])
def test_a_certificate_says_itself_whose_it_is(counter, encoding):
    (counter.directory / "siti.cer").write_bytes(certificate(encoding=encoding))
    assert import_files(counter.office, [counter.directory / "siti.cer"]).added == 1
    (row,) = certificates(counter.office)
    assert (row["serial"], row["name"], row["nip"]) == ("5A3F094F21", "Siti Rahmawati", SITI.nip)
    assert (row["email"], row["not_after"]) == ("siti@contohkota.go.id", EXPIRES)
    assert row["subject"].startswith("C=ID,O=Pemerintah Kota Contoh")


def test_a_certificate_without_number_is_of_the_one_person_of_its_address(counter):
    counter.imports(line(email="siti@contohkota.go.id", begins="2022-06-10", expires="2026-04-01"))
    (counter.directory / "baru.pem").write_bytes(certificate(SUBJECT[:1] + SUBJECT[2:], serial=0x99))
    import_files(counter.office, [counter.directory / "baru.pem"])
    old, new = certificates(counter.office)
    assert (old["state"], new["state"], new["nip"], new["unit_contact"]) == (
        "replaced",
        "valid",
        SITI.nip,
        CONTACT,
    )


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (certificate(SUBJECT[:2]), "names no e-mail address; import it from a table"),
        (certificate()[:200] + b"\n-----END CERTIFICATE-----", "no certificate that can be read"),
        (b"0\x82\x01\x02", "no certificate that can be read"),
        (certificate() + b"-----BEGIN PRIVATE KEY-----\n", "holds a private key"),
    ],
)
def test_a_file_that_is_no_holders_certificate_is_refused_with_a_remedy(counter, data, fault):
    (counter.directory / "x.pem").write_bytes(data)
    assert fault in import_files(counter.office, [counter.directory / "x.pem"]).faults[0]
    assert certificates(counter.office) == []


def test_an_authoritys_certificate_in_a_chain_is_left_out(counter):
    (counter.directory / "chain.pem").write_bytes(certificate() + certificate(serial=7, authority=True))
    done = import_files(counter.office, [counter.directory / "chain.pem"])
    assert (done.added, len(done.remarks)) == (1, 1)


def test_a_person_is_known_by_the_key_that_requests_use(counter):
    counter.imports(line())
    with counter.office.database.reading() as session:
        row = session.get(CertificateRow, 1)
        assert row.person_key == counter.office.keyring.index(f"nip:{SITI.nip}")
