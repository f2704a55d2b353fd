"""Tokens and Message-IDs, and what is believed of Authentication-Results."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailflow.config import load
from mailflow.store.sealed import Keyring
from mailflow.trust import tokens
from mailflow.trust.authentication import _results, authenticate
from parsers.facts import Address, MessageFacts, Origin
from tests.support.counter import KEY, configuration

KEYRING, OTHER = Keyring.from_text(KEY), Keyring.from_text("eHh4" * 10 + "eHk=")


@pytest.fixture(scope="module")
def config(tmp_path_factory):
    file = tmp_path_factory.mktemp("config") / "mailflow.toml"
    file.write_text(configuration(file.parent, mode="authenticated"))
    return load(file)


def test_a_token_is_bound_to_task_officer_evidence_and_key():
    token = tokens.task_token(KEYRING, 7, "Rina@contohkota.go.id", "e1")
    (found,) = tokens.find_tokens([f"layanan+{token}@contohkota.go.id"])
    right = ("task", 7, "rina@contohkota.go.id", "e1")
    assert KEYRING.is_token(found.mac, *right)
    for wrong in (
        ("task", 8, *right[2:]),
        (*right[:2], "budi@contohkota.go.id", "e1"),
        (*right[:3], "e2"),
        ("bounce", *right[1:]),
    ):
        assert not KEYRING.is_token(found.mac, *wrong)
    assert not OTHER.is_token(found.mac, *right)


def test_the_parts_of_a_token_cannot_be_shifted_into_each_other():
    assert KEYRING.token("task", 1, "1") != KEYRING.token("task", 11, "")
    assert KEYRING.token("a", "b") != KEYRING.token("ab")


@pytest.mark.parametrize(
    "shape",
    [
        "Re: SETUJU CK-26-0001-S [{0}]",
        "layanan+{0}@contohkota.go.id",
        "LAYANAN+{0}@CONTOHKOTA.GO.ID",
        "[{0}",
        "a b {0} c",
    ],
)
def test_a_token_is_found_wherever_it_stands_in_any_case(shape):
    token = tokens.task_token(KEYRING, 12, "a@contohkota.go.id", "e")
    for written in (token, token.upper()):
        (found,) = tokens.find_tokens([shape.format(written)])
        assert (found.kind, found.number) == ("a", 12)
        assert KEYRING.is_token(found.mac, "task", 12, "a@contohkota.go.id", "e")


@given(st.text(max_size=200))
def test_any_text_is_searched_without_a_fault(text):
    assert all(each.kind in "ab" for each in tokens.find_tokens([text, f"a.1.{text}"]))


def test_a_message_id_is_the_same_for_the_same_effect_and_recipient_only():
    def made(scope="case:1", effect="x", to="a@b.go.id"):
        return tokens.message_id(KEYRING, "contohkota.go.id", scope, effect, to)

    assert made() == made(to="A@B.go.id")
    assert len({made(), made("case:2"), made(effect="y"), made(to="b@b.go.id")}) == 4
    assert made().endswith("@contohkota.go.id>")


def believed(config, field: str, sender: str = "rina@contohkota.go.id"):
    facts = MessageFacts(
        origin=Origin(kind="person", reason=""), sender=Address(address=sender), authentication_results=field
    )
    return authenticate(facts, config).passed


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("mx.contohkota.go.id; dmarc=pass header.from=contohkota.go.id", True),
        ("mx.contohkota.go.id; dmarc=pass", True),
        ("mx.contohkota.go.id; dkim=pass header.d=contohkota.go.id", True),
        ("mx.contohkota.go.id; dkim=pass header.i=@contohkota.go.id", None),
        ("mx.contohkota.go.id/1; dmarc=pass", None),
        ("mx.contohkota.go.id 1; dmarc=pass", True),
        ("mx.contohkota.go.id (a (nested) comment; dmarc=fail); dmarc=pass", True),
        ("mx.contohkota.go.id; dmarc/1=pass", True),
        ("mx.contohkota.go.id; none", None),
        ("mx.contohkota.go.id", None),
        ("", None),
        (";", None),
        ("evil.example.go.id; dmarc=pass", None),
        ("mx.contohkota.go.id; dmarc=fail; dkim=pass header.d=contohkota.go.id", False),
        ("mx.contohkota.go.id; dmarc=pass header.from=example.go.id", None),
        ("mx.contohkota.go.id; xdmarc=pass; dmarc=passed", None),
        ("mx.contohkota.go.id; dkim=pass header.d=go.id", None),
    ],
)
def test_only_our_own_servers_clear_verdict_about_this_domain_is_believed(config, field, expected):
    assert believed(config, field) is expected


def test_a_subdomain_signed_by_our_own_domain_is_ours(config):
    assert (
        believed(
            config, "mx.contohkota.go.id; dkim=pass header.d=contohkota.go.id", "a@disdik.contohkota.go.id"
        )
        is True
    )
    assert (
        believed(config, "mx.contohkota.go.id; dkim=pass header.d=example.go.id", "a@sub.example.go.id")
        is None
    )


@given(st.text(max_size=300))
def test_no_field_is_believed_by_accident(field):
    if "mx.contohkota.go.id" not in field.lower():
        assert _results(field, "mx.contohkota.go.id") == []
