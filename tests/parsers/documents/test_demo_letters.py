"""The letters of the demonstration are those the generator makes, and are explained as lists where they are lists."""

import pytest

from mailflow.cli.explained import _document as in_words
from mailflow.explain import _document as explained
from parsers.documents import read_document
from tests.support.forms import AYU, DEMO, DEMO_CHANGES, TEGUH, WULAN, make_demo_letters

KINDS = {
    "formulir-perubahan-data.pdf": "data-change-form",
    "surat-keterangan-pencabutan.pdf": "revocation-letter",
    "surat-rekomendasi.pdf": "renewal-letter",
    "sk-jabatan.pdf": "other",
}


def test_the_demonstrations_letters_are_the_ones_the_generator_makes(tmp_path) -> None:
    made = make_demo_letters(tmp_path)
    assert {path.name for path in made} == KINDS.keys()
    for path in made:
        assert path.read_bytes() == (DEMO / path.name).read_bytes(), path.name


@pytest.mark.parametrize("name", KINDS)
def test_each_is_what_it_is_called(name: str) -> None:
    facts = read_document((DEMO / name).read_bytes(), name=name, declared_type="application/pdf", pages=5)
    assert facts.kind == KINDS[name]
    assert not facts.problems


def explanation(name: str) -> dict:
    data = (DEMO / name).read_bytes()
    return explained(read_document(data, name=name, declared_type="application/pdf", pages=5))


def test_changes_are_explained_as_a_list_and_in_words() -> None:
    found = explanation("formulir-perubahan-data.pdf")
    what, before, after = DEMO_CHANGES[0]
    changes = found["fields"]["changes"]
    assert changes["value"] == [{"what": what, "before": before, "after": after}]
    assert {"raw", "confidence", "certain", "page", "box", "method", "note"} <= changes.keys()
    assert f"- {what}: {before} -> {after}" in "\n".join(in_words(found))


def test_persons_are_explained_as_a_list_and_in_words() -> None:
    found = explanation("surat-rekomendasi.pdf")
    persons = found["fields"]["persons"]["value"]
    assert [(each["name"], each["nip"]) for each in persons] == [
        (each.name, each.nip) for each in (AYU, TEGUH, WULAN)
    ]
    words = "\n".join(in_words(found))
    assert all(f"- {each.name}, {each.nip}, {each.nik}" in words for each in (AYU, TEGUH, WULAN))
