"""`mailflow templates`: which letters there are, and how each looks, with a configuration and without."""

import re

import pytest

from mailflow.outbox.render import Renderer
from tests.support.counter import configuration

NAMES = Renderer().names()


@pytest.fixture
def own(tmp_path):
    """A configuration with a letter and a closing of the administrator's own."""
    file = tmp_path / "mailflow.toml"
    file.write_text(configuration(tmp_path))
    for path, words in {
        "id/applicant-request-received/subject.j2": "Sampun katampi{{ ticket | ref }}",
        "id/_applicant.j2": '{% extends "builtin/id/_applicant.j2" %}',
    }.items():
        place = tmp_path / "outbox_templates" / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(words)
    return file


def test_without_a_configuration_the_built_in_letters_are_listed(call):
    said = call("templates", "list", "--json")
    assert [each["name"] for each in said.data] == list(NAMES)
    assert {each["audience"] for each in said.data} >= {"applicant", "officer", "official", "admin"}
    assert all(each["languages"] == ["id", "en"] and each["from"] == "built-in" for each in said.data)


def test_the_list_is_the_same_without_the_word(call):
    assert call("templates").out == call("templates", "list").out


def test_with_a_configuration_it_says_which_are_the_administrators(call, own):
    said = call("templates", "list", "--json", "--config", str(own))
    of = {each["name"]: each for each in said.data}
    assert of["applicant-request-received"]["from"] == "mixed"
    assert of["applicant-request-received"]["own"] == ["id/applicant-request-received/subject.j2"]
    assert of["applicant-request-rejected"]["from"] == "built-in"
    assert "own, used by many letters: id/_applicant.j2" in call("templates", "--config", str(own)).out


def test_a_letter_is_shown_in_both_languages_with_sample_facts(call):
    said = call("templates", "preview", "applicant-request-received")
    assert re.findall("^===== (.*)$", said.out, re.MULTILINE) == [
        "applicant-request-received (id)",
        "applicant-request-received (en)",
    ]
    assert "Subject: Sudah lengkap, kami periksa s.d. Rabu 25/3" in said.out
    assert "Dear Siti Rahmawati," in said.out


def test_or_in_one_language_only_and_the_administrators_words_are_shown(call, own):
    said = call(
        "templates", "preview", "applicant-request-received", "--language", "id", "--config", str(own)
    )
    assert "Subject: Sampun katampi" in said.out
    assert "Dear" not in said.out


def test_all_letters_become_files_to_open_with_a_page_that_leads_to_each(call, tmp_path):
    place = tmp_path / "letters"
    assert call("templates", "preview", "--html", str(place)).code == 0
    index = (place / "index.html").read_text()
    for language in ("id", "en"):
        for name in NAMES:
            assert f'href="{language}/{name}.html"' in index
            assert "<body" in (place / language / f"{name}.html").read_text()
            assert (place / language / f"{name}.txt").read_text().count("\n") > 3


def test_an_unsound_letter_is_named_and_the_others_are_shown(call, own, tmp_path):
    (own.parent / "outbox_templates/id/applicant-request-received/subject.j2").write_text("{{ tiket }}")
    said = call("templates", "preview", "--html", str(tmp_path / "letters"), "--config", str(own))
    assert said.code == 2
    assert "'tiket' is undefined" in said.err
    assert "applicant-request-received" in said.err
    assert (tmp_path / "letters/en/applicant-request-received.html").exists()
    assert not (tmp_path / "letters/id/applicant-request-received.html").exists()
    assert "is undefined" in (tmp_path / "letters/index.html").read_text()


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        (("preview", "applicant-request-recieved"), "did you mean applicant-request-received?"),
        (("show",), "say `mailflow templates list` or `mailflow templates preview [NAME]`"),
        (("preview", "--json"), "--json goes with list"),
        (("list", "--language", "id"), "go with preview"),
        (("list", "--config", "/nowhere/mailflow.toml"), "/nowhere/mailflow.toml: no such file"),
    ],
)
def test_what_cannot_be_shown_is_said(call, words, answer):
    said = call("templates", *words)
    assert said.code == 2
    assert answer in " ".join(said.err.split())
