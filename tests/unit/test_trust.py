"""Tokens and Message-IDs, and what is believed of Authentication-Results."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailflow.config import load
from mailflow.store.sealed import Keyring
from mailflow.store.tables import TaskRow
from mailflow.trust import tokens
from mailflow.trust.authentication import authenticate, is_by
from parsers.facts import Address, MessageFacts, Origin
from tests.support.counter import KEY, configuration

KEYRING, OTHER = Keyring.from_text(KEY), Keyring.from_text("eHh4" * 10 + "eHk=")


@pytest.fixture(scope="module")
def config(tmp_path_factory):
    file = tmp_path_factory.mktemp("config") / "mailflow.toml"
    file.write_text(configuration(file.parent, mode="authenticated"))
    return load(file)


def task(number=7, evidence="e1", salt="abcdef.x"):
    return TaskRow(id=number, case_id=1, key="k", step="s", performer="officer", evidence=evidence, salt=salt)


def test_a_token_is_bound_to_task_officer_evidence_salt_and_key():
    token = tokens.task_token(KEYRING, task(), "Rina@contohkota.go.id")
    (found,) = tokens.find_tokens([f"layanan+{token}@contohkota.go.id"])
    assert tokens.is_task_token(KEYRING, found, task(), "rina@contohkota.go.id")
    for other in (task(8), task(evidence="e2"), task(salt="abcdef.y"), task(salt="")):
        assert not tokens.is_task_token(KEYRING, found, other, "rina@contohkota.go.id")
    assert not tokens.is_task_token(KEYRING, found, task(), "budi@contohkota.go.id")
    assert not tokens.is_task_token(OTHER, found, task(), "rina@contohkota.go.id")


def test_a_token_of_the_first_releases_goes_on_counting_for_its_task():
    mac = KEYRING.token("task", 7, "rina@contohkota.go.id", "e1")
    (found,) = tokens.find_tokens([f"a.7.{mac}"])
    assert tokens.is_task_token(KEYRING, found, task(salt=""), "rina@contohkota.go.id")
    assert not tokens.is_task_token(KEYRING, found, task(), "rina@contohkota.go.id")


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
    token = tokens.task_token(KEYRING, task(12), "a@contohkota.go.id")
    for written in (token, token.upper()):
        (found,) = tokens.find_tokens([shape.format(written)])
        assert (found.kind, found.number) == ("a", 12)
        assert tokens.is_task_token(KEYRING, found, task(12), "a@contohkota.go.id")


@given(st.text(max_size=200))
def test_any_text_is_searched_without_a_fault(text):
    assert all(each.kind in "ab" for each in tokens.find_tokens([text, f"a.1.{text}"]))


def test_a_message_id_proves_by_itself_that_it_is_ours_and_of_which_generation():
    made = tokens.new_message_id(KEYRING, "k3f7q2", "contohkota.go.id")
    assert tokens.generation_of(KEYRING, made) == "k3f7q2"
    assert tokens.generation_of(OTHER, made) == ""
    local, domain = made.split("@")
    for at in range(1, len(local)):
        other = "x" if local[at] != "x" else "y"
        assert tokens.generation_of(KEYRING, f"{local[:at]}{other}{local[at + 1 :]}@{domain}") == ""
    assert made != tokens.new_message_id(KEYRING, "k3f7q2", "contohkota.go.id")


@pytest.mark.parametrize("length", [25, 32, 33])
def test_a_message_id_of_the_first_releases_is_known_by_its_shape_and_domain(length):
    made = f"<{'a' * length}@contohkota.go.id>"
    assert tokens.is_like_ours(made, "contohkota.go.id") == (length == 32)
    assert not tokens.is_like_ours(made, "other.go.id")


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
        assert not is_by(field, "mx.contohkota.go.id")
