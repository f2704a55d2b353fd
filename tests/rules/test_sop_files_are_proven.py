"""A file that cannot be shown sound is refused, with file, line, row, key and remedy."""

import pytest

from rules import load, prove_rows, prove_ways
from rules.load import BUILTIN, Unsound, load_rules, load_sop, prove_together
from rules.unsound import Place, find_lines

TEXTS = {
    each.name: each.read_text("utf-8")
    for each in sorted(BUILTIN.iterdir(), key=lambda each: each.name)
    if each.name.endswith(".toml")
}
NAME = "passphrase_loss.toml"
TEXT = TEXTS[NAME]
CHANGE, RENEWAL, REVOCATION, COMPLAINT = (
    "data_change.toml",
    "renewal.toml",
    "revocation.toml",
    "complaint.toml",
)


def planted(name, old, new):
    """The file's text with one fault in it."""
    assert old in TEXTS[name], f"{name} no longer has {old!r}"
    return TEXTS[name].replace(old, new, 1)


def refused(old, new, name=NAME):
    """Load the file with one fault planted in it; return what is said."""
    with pytest.raises(Unsound) as unsound:
        load_sop(planted(name, old, new), name)
    return unsound.value.problems


def refused_together(name, old, new):
    """Load all files, one of them with a fault in it."""
    with pytest.raises(Unsound) as unsound:
        prove_together({**TEXTS, name: planted(name, old, new)}.items())
    return unsound.value.problems


def is_named(problems, name, row, key, what):
    """One of the problems says this, at this place, with a remedy."""
    problem = next((each for each in problems if what in each.what), None)
    assert problem is not None, [str(each) for each in problems]
    assert (problem.file, problem.row, problem.key) == (name, row, key)
    assert problem.remedy
    assert problem.line > 0


ROWS = [  # file, old, new, row, key, what is said: each row by itself
    (NAME, 'word = ["LUPA", "FORGOTTEN"]', 'word = ["LUPA"]', "", "word", "is missing"),
    (NAME, "rows = 5", "rows = 6", "", "rows", "row 6 of 6 is missing"),
    (NAME, "rows = 5", "rows = 4", "issued", "no", "only 4 rows"),
    (NAME, "no = 2\n", "", "verify", "no", "no number"),
    (NAME, "no = 2\n", "no = 3\n", "revoke-old", "no", "row 3 is already verify"),
    (NAME, "no = 2\n", 'no = 2\nadded = "why"\n', "verify", "added", "cannot be added"),
    (NAME, 'we_read = "pencabutan', 'output = "pencabutan', "revoke-old", "revoke-old", "belong together"),
    (NAME, 'outcomes.approve = "revoke-old"', 'outcomes.approve = "revoke-odl"', "verify", "outcomes.approve", 'no row "revoke-odl"'),
    (NAME, 'letter = "apply"', 'letter = "start"', "", "opens.letter", 'no row "start"'),
    (NAME, 'letter = "apply"', "", "", "opens", "nobody can open"),
    (COMPLAINT, "[steps.forward]", "[steps.lapsed]", "lapsed", "lapsed", "an ending every SOP has"),
    (NAME, 'outcomes.complete = "verify"', 'outcomes.approve = "verify"', "apply", "outcomes.approve", "cannot be said"),
    (NAME, 'outcomes.approve = "revoke-old"', 'outcomes.silent = "revoke-old"', "verify", "outcomes.silent", "cannot be said"),
    (NAME, 'outcomes.done = "issued"  ', 'outcomes.escalate = "issued"  ', "issuance", "outcomes", "`done` leads nowhere"),
    (NAME, 'outcomes.otherwise = "not-revoked"', "", "revoke-old", "outcomes", "`otherwise` leads nowhere"),
    (NAME, 'outcomes.complete = "verify"', "", "apply", "outcomes", "`complete` leads nowhere"),
    (NAME, "[steps.not-revoked.explain.approve]", "[steps.not-revoked.explain.done]", "not-revoked", "explain.done", "no outcome"),
    (NAME, 'needs = ["statement", "csr"]', 'needs = ["statement", "crs"]', "apply", "needs", 'no need "crs"'),
    (NAME, 'needs = ["statement", "csr"]', 'needs = ["statement"]', "", "needs.csr", "no row asks"),
    (NAME, 'checks = ["completeness"', 'checks = ["complete"', "verify", "checks", 'no check "complete"'),
    (NAME, 'tell = "old-revoked-new-issued"', 'tell = "old-revoked-new-issued"\nnext = "apply"', "issued", "next", "two places"),
    (NAME, 'ends = "fulfilled"\n', "", "issued", "next", "leads nowhere"),
    (NAME, 'checks = ["completeness", "identity", "csr"]', 'next = "issued"', "verify", "next", "left by its outcomes"),
    (NAME, 'where = "ams"', 'where = "ams"\nchecks = ["identity"]', "issuance", "checks", "shown in an officer's task"),
    (NAME, 'where = "ams"', 'where = "ams"\nfact = "owns"', "issuance", "fact", "only an officer's row"),
    (NAME, "[steps.issuance.instruct]", "[steps.issuance.question]", "issuance", "instruct", "tells the applicant what to do"),
    (NAME, "[steps.issuance.look_in_ams]", "[steps.issuance.question]", "issuance", "instruct", "the officer where to look"),
    (NAME, "[steps.issuance.explain.done]", "[steps.issuance.question]", "issuance", "question", "nobody answers a question here"),
    (NAME, 'child = "revocation"', 'child = "revocation"\nneeds = ["csr"]', "revoke-old", "child", "waits for its end"),
    (NAME, 'needs = ["statement", "csr"]', 'needs = ["statement", "csr"]\nwhere = "ams"', "apply", "where", "not done in AMS"),
    (NAME, 'needs = ["statement", "csr"]', 'needs = ["statement", "csr"]\nholds = ["issued"]', "apply", "child", "opens another SOP"),
    (NAME, 'needs = ["statement", "csr"]', 'needs = ["statement", "csr"]\ngives.reason = "x"', "apply", "child", "opens another SOP"),
    (NAME, "[steps.not-revoked.explain.reject]", "[steps.not-revoked.news]", "not-revoked", "news", "has news for another letter"),
    (NAME, 'outcomes.reject = "rejected"\n', 'outcomes.reject = "rejected"\ntext = ["done"]\n', "verify", "text", "no outcome"),
    (CHANGE, 'fact = "owns_certificate"', 'fact = "owns_certificate"\napprovals = 2', "ownership", "approvals", "no `approve`"),
    (NAME, 'performer = "applicant"\naction = "Melakukan permohonan', 'performer = "officer"\naction = "Melakukan permohonan', "issuance", "performer", "the applicant's"),
    (CHANGE, 'fact = "owns_certificate"', "", "ownership", "sure", "what is sure"),
    (CHANGE, 'sure = ["owns"]', 'sure = ["owned"]', "ownership", "sure", "what is sure"),
    (CHANGE, 'words.owns = ["ADA", "OWNS"]', 'words.owns = ["SELESAI", "OWNS"]', "ownership", "words.owns", "already means done"),
    (CHANGE, 'words.owns = ["ADA", "OWNS"]', 'words.owns = ["NIHIL", "OWNS"]', "ownership", "words.none", "already means owns"),
    (CHANGE, 'words.owns = ["ADA", "OWNS"]', 'words.owns = ["ADA"]', "ownership", "words.owns", "a word is missing"),
    (CHANGE, 'words.owns = ["ADA", "OWNS"]', 'words.owned = ["ADA", "OWNS"]', "ownership", "words.owned", "no such outcome"),
    (CHANGE, 'words.owns = ["ADA", "OWNS"]', 'words.owns = ["ADA SERTIFIKAT", "OWNS"]', "ownership", "words.owns", "not a single word"),
    (CHANGE, 'outcomes.owns = "revoke"', 'outcomes.owns = "revoke"\nwords.done = ["BERES", "OVER"]\noutcomes.done = "changed"', "ownership", "words.done", "its own words already"),
    (RENEWAL, "[steps.data-right.question]", "[steps.data-right.explain.complete]", "data-right", "question", "not told what is asked"),
    (RENEWAL, 'words.right = ["BENAR", "BETUL", "YA", "IYA", "YES", "CONFIRM"]', 'words.right = ["BATAL", "CONFIRM"]', "data-right", "words.right", "already means cancel"),
    (RENEWAL, 'outcomes.applied = "verify"', 'outcomes.applied = "verify"\noutcomes.approve = "verify"', "data-right", "outcomes.approve", "cannot be said"),
    (REVOCATION, 'is = ["kunci bocor", ', 'is = ["kunci hilang", ', "", "urgent.0.is", "no reason of this SOP"),
    (COMPLAINT, 'words = ["BERAT", "GRAVE"]', 'words = ["TOLAK", "GRAVE"]', "", "classes.grave.words", "already means reject"),
    (COMPLAINT, 'words = ["BERAT", "GRAVE"]', 'words = ["BELUM", "GRAVE"]', "", "classes.grave.words", "already means unsolved"),
    (COMPLAINT, 'words = ["BERAT", "GRAVE"]', 'words = ["BERAT SEKALI", "GRAVE"]', "", "classes.grave.words", "not a single word"),
    (COMPLAINT, 'outcomes.done = "solved"\n', 'words.grave = ["PARAH", "SERIOUS"]\noutcomes.grave = "solved"\noutcomes.done = "solved"\n', "", "classes.grave", "an outcome of this name"),
    (COMPLAINT, "[steps.clarify.question]", "[steps.clarify.instruct]", "clarify", "question", "not told what is asked"),
]  # fmt: skip

WAYS = [  # the ways between rows
    (NAME, 'letter = "apply"', 'letter = "issuance"', "", "opens.letter", "cannot open"),
    (NAME, 'outcomes.approve = "revoke-old"', 'outcomes.approve = "rejected"', "revoke-old", "revoke-old", "no way leads"),
    (NAME, 'outcomes.approve = "revoke-old"', 'outcomes.approve = "cancelled"', "verify", "outcomes.approve", "ends as cancelled"),
    (NAME, 'outcomes.done = "issued"  ', 'outcomes.done = "rejected"  ', "apply", "apply", "no case is ever fulfilled"),
    (NAME, 'outcomes.reject = "rejected"\n', 'outcomes.reject = "issued"\n', "verify", "outcomes.reject", "fulfils"),
    (NAME, 'outcomes.incomplete = "apply"', 'outcomes.incomplete = "issued"', "verify", "outcomes.incomplete", "nobody is asked"),
    (NAME, 'outcomes.approve = "revoke-old"', 'outcomes.approve = "apply"', "apply", "apply", "circle"),
    (NAME, 'outcomes.complete = "verify"', 'outcomes.complete = "issued"', "issued", "ends", "without any officer"),
    (CHANGE, 'outcomes.none = "changed"', 'outcomes.none = "rejected"', "ownership", "outcomes.none", "ends as rejected"),
    (CHANGE, 'outcomes.done = "tell-done"             # conform', 'outcomes.done = "changed"             # conform', "verify", "outcomes.done", "skip the applicant's row revoke"),
    (CHANGE, 'next = "ownership"', 'next = "approve-in-ams"', "ownership", "ownership", "no way leads"),
    (COMPLAINT, 'outcomes.limit = "forward"', "", "answer", "answer", "a circle that nobody counts: answer"),
    (COMPLAINT, 'next = "answer"', 'next = "solved"', "closed-solved", "ends", "without any officer"),
    (COMPLAINT, 'outcomes.escalate = "forward"', 'outcomes.escalate = "forward"\noutcomes.approve = "lapsed"', "answer", "outcomes.approve", "ends as lapsed"),
    (REVOCATION, 'outcomes.owner = "check"', 'outcomes.owner = "tell-revoked"', "revoked", "ends", "without any officer"),
]  # fmt: skip

VALUES = [  # what the schema refuses, and what the examples show
    (NAME, 'promise = "1 working day"', 'promise = "soon"', "", "promise", "is not a span"),
    (NAME, 'close = "4 working days"', 'close = "4 weeks"', "", "waiting.close", "is not a span"),
    (NAME, 'document = "csr"', 'document = "crs"', "", "needs.csr.document.0", "should be"),
    (NAME, 'fields = ["name", "nip", "official_email"]', 'fields = ["nama"]', "", "needs.statement.fields.0", "should be"),
    (NAME, 'performer = "officer"', 'performer = "clerk"', "verify", "performer", "should be"),
    (NAME, 'holder = "confirms"', 'holder = "asks"', "", "opens.holder", "should be"),
    (REVOCATION, 'promise = "2 working hours"', 'promise = "at once"', "", "urgent.0.promise", "is not a span"),
    (REVOCATION, 'persons = "many"', 'persons = "some"', "", "persons", "should be"),
    (COMPLAINT, 'promise = "60 working days"', 'promise = "2 months"', "", "classes.grave.promise", "is not a span"),
    (COMPLAINT, 'words = ["BERAT", "GRAVE"]', 'words = ["BERAT"]', "", "classes.grave.words", "at least 2 items"),
    (NAME, 'then = "lapsed"', 'then = "cancelled"', "", "examples.12.then", "leads to lapsed"),
    (NAME, 'says = ["statement", "silence"]', 'says = ["statement", "SELESAI"]', "", "examples.12.says", "nobody can say"),
    (NAME, 'says = ["statement", "silence"]', 'says = ["SETUJU"]', "", "examples.12.says", "opens nothing"),
    (NAME, 'says = ["statement", "silence"]', 'says = ["statement", "child revoked"]', "", "examples.12.says", "no child is open"),
    (COMPLAINT, 'says = ["text", "SELESAI solusi", "silence"]', 'says = ["text", "BERES"]', "", "examples.1.says", "nobody can say"),
]  # fmt: skip

FAMILY = [  # what holds only of all files together
    (NAME, 'child = "revocation"', 'child = "revokation"', "revoke-old", "child", 'no SOP "revokation"'),
    (NAME, 'child = "revocation"', 'child = "renewal"', "revoke-old", "child", "cannot be opened by another"),
    (NAME, 'outcomes.revoked = "issuance"', 'outcomes.revoked = "issuance"\noutcomes.nothing = "issuance"', "revoke-old", "outcomes.nothing", 'never ends as "nothing"'),
    (NAME, 'holds = ["revoked", "nothing-to-revoke"]', 'holds = ["revoked", "nothing"]', "revoke-old", "holds", 'never ends as "nothing"'),
    (NAME, 'gives.reason = "lupa passphrase"', 'gives.reason = "lupa sandi"', "revoke-old", "gives.reason", "no reason of revocation"),
    (NAME, 'gives.requester = "owner"', 'gives.asker = "owner"', "revoke-old", "gives.asker", "asks for no such fact"),
    (NAME, 'word = ["LUPA", "FORGOTTEN"]', 'word = ["UBAH", "FORGOTTEN"]', "", "word", "already sorts a mail to data-change"),
    (NAME, 'letter = "apply"', 'letter = "apply"\nlinked = "apply"', "", "opens.linked", "PENGADUAN already opens complaint"),
    (CHANGE, 'child = "revocation"', 'child = "data-change"', "revoke", "child", "in a circle: data-change → data-change"),
]  # fmt: skip


@pytest.mark.parametrize("fault", ROWS + WAYS + VALUES)
def test_one_fault_is_named_with_its_place(fault):
    name, old, new, row, key, what = fault
    is_named(refused(old, new, name), name, row, key, what)


@pytest.mark.parametrize("fault", FAMILY)
def test_one_fault_between_files_is_named_with_its_place(fault):
    name, old, new, row, key, what = fault
    is_named(refused_together(name, old, new), name, row, key, what)


def test_a_misspelt_key_is_refused_and_the_right_one_named():
    (problem,) = refused("no_return = true", "no_retrun = true")
    assert (problem.what, problem.remedy) == ("unknown key", "did you mean `no_return`?")
    assert TEXT.splitlines()[problem.line - 1].startswith("no_return")


def test_an_ending_that_another_sop_holds_must_say_its_news():
    without = TEXTS[REVOCATION].replace("[steps.revoked.news]", "[steps.revoke.explain.reject]")
    with pytest.raises(Unsound) as unsound:
        prove_together({**TEXTS, REVOCATION: without}.items())
    assert {(each.file, each.row) for each in unsound.value.problems} == {
        (CHANGE, "revoke"),
        (NAME, "revoke-old"),
    }
    is_named(unsound.value.problems, CHANGE, "revoke", "holds", "row revoked of revocation has no `news`")


def test_every_proof_refuses_something():
    caught = set()
    for name, old, new, *_ in ROWS + WAYS:
        sop = load._parse(planted(name, old, new), Place(name, {}))
        caught |= {proof for proof in (*prove_rows.PROOFS, *prove_ways.PROOFS) if _fires(proof, sop)}
    assert {*prove_rows.PROOFS, *prove_ways.PROOFS} - caught == set()


def _fires(proof, sop):
    try:
        return bool(list(proof(sop)))
    except KeyError:  # a proof about ways, where one leads nowhere
        return False


@pytest.mark.parametrize(
    ("name", "after", "key"),
    [
        (NAME, "no_return = true", "parallel = true"),
        (NAME, "no_return = true", 'when = "identity unchanged"'),
        (NAME, 'document = "csr"', "optional = true"),
        (NAME, 'letter = "apply"', 'phone = "apply"'),
        (NAME, "rounds = 3", 'escalate = "1 day"'),
        (COMPLAINT, 'words = ["BERAT", "GRAVE"]', 'fee = "none"'),
        (REVOCATION, 'fact = "reason"', 'audience = "official"'),
        (NAME, 'id = "passphrase-loss"', 'text = "x"'),
        (NAME, 'id = "passphrase-loss"', "children = {}"),
        (NAME, "no = 2", 'id = "other"'),
    ],
)
def test_what_the_language_does_not_know_is_refused(name, after, key):
    problem = next(each for each in refused(after, f"{key}\n{after}", name) if each.what == "unknown key")
    text = planted(name, after, f"{key}\n{after}")
    assert problem.line == text[: text.index(f"{key}\n{after}")].count("\n") + 1
    assert problem.remedy


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('en = "CSR file (.csr or .p10)"\n', ""),
        ('en = "Forgotten certificate passphrase (LOCK)"\n', ""),
        ('action_en = "Applies for issuance of a certificate"\n', ""),
    ],
)
def test_every_text_exists_in_both_languages(old, new):
    assert "is missing" in {problem.what for problem in refused(old, new)}


@pytest.mark.parametrize(
    ("name", "one", "other"),
    [
        (NAME, 'outcomes.revoked = "issuance"', 'outcomes.otherwise = "not-revoked"'),
        (CHANGE, 'outcomes.owns = "revoke"', 'outcomes.none = "changed"'),
        (REVOCATION, 'outcomes.owner = "check"', 'outcomes.third-party = "third-party"'),
        (RENEWAL, 'outcomes.right = "recommend"', 'outcomes.change = "change"'),
        (COMPLAINT, 'outcomes.solved = "closed-solved"', 'outcomes.unsolved = "answer"'),
    ],
)
def test_swapped_outcomes_that_proofs_alone_would_miss_are_caught_by_the_examples(name, one, other):
    (left, right), text = (each.split(" = ") for each in (one, other)), TEXTS[name]
    assert one in text
    assert other in text
    text = (
        text.replace(one, "\0")
        .replace(other, f"{right[0]} = {left[1]}")
        .replace("\0", f"{left[0]} = {right[1]}")
    )
    with pytest.raises(Unsound) as unsound:
        load_sop(text, name)
    assert any("leads to" in problem.what for problem in unsound.value.problems)


def test_what_is_not_toml_is_said_to_be_none():
    with pytest.raises(Unsound, match="not TOML"):
        load_sop("id = ", NAME)


def test_a_problem_reads_as_one_line_with_everything():
    (problem,) = refused('promise = "1 working day"', 'promise = "1 day of work"')
    assert str(problem).startswith(f"{NAME}:{problem.line}: promise: '1 day of work' is not a span")


def test_the_digest_is_of_the_meaning_not_of_comments_layout_or_examples():
    sop = load_sop(TEXT, NAME)
    assert load_sop("# a remark\n" + TEXT.replace(" = ", "  =  "), NAME).digest == sop.digest
    assert (
        load_sop(
            TEXT.replace('[[examples]]\nsays = ["statement", "BATAL"]\nthen = "cancelled"\n', ""), NAME
        ).digest
        == sop.digest
    )
    assert (
        load_sop(TEXT.replace('close = "4 working days"', 'close = "5 working days"'), NAME).digest
        != sop.digest
    )
    assert load_sop(sop.text, NAME) == sop


def test_an_administrators_file_replaces_adds_and_masks(tmp_path, library_card):
    builtin = {"passphrase-loss", "revocation", "data-change", "renewal", "complaint"}
    assert set(load_rules().sops) == builtin
    (tmp_path / "library_card.toml").write_text(library_card, "utf-8")
    assert set(load_rules(overrides=tmp_path).sops) == {*builtin, "library-card"}
    (tmp_path / NAME).write_text(
        TEXT.replace('promise = "1 working day"', 'promise = "2 working days"'), "utf-8"
    )
    assert load_rules(overrides=tmp_path).sops["passphrase-loss"].promise == "2 working days"
    (tmp_path / NAME).write_text("", "utf-8")
    assert set(load_rules(overrides=tmp_path).sops) == {*builtin, "library-card"} - {"passphrase-loss"}
    assert set(load_rules(overrides=tmp_path / "nowhere").sops) == builtin


def test_an_sop_that_others_open_cannot_be_masked_alone(tmp_path):
    (tmp_path / REVOCATION).write_text("", "utf-8")
    with pytest.raises(Unsound) as unsound:
        load_rules(overrides=tmp_path)
    assert {(each.file, each.row) for each in unsound.value.problems} == {
        (NAME, "revoke-old"),
        (CHANGE, "revoke"),
    }


def test_a_changed_child_is_a_changed_sop():
    before = prove_together(TEXTS.items()).sops
    texts = {**TEXTS, REVOCATION: planted(REVOCATION, 'close = "4 working days"', 'close = "5 working days"')}
    after = prove_together(texts.items()).sops
    changed = {name for name in before if before[name].digest != after[name].digest}
    assert changed == {"revocation", "data-change", "passphrase-loss", "renewal"}
    assert before["renewal"].children == {"data-change": before["data-change"].digest}


def test_two_files_with_one_id_and_all_faults_of_all_files_are_named(tmp_path, library_card):
    (tmp_path / "again.toml").write_text(TEXT, "utf-8")
    (tmp_path / "library_card.toml").write_text(
        library_card.replace('promise = "3 working days"', 'promise = "x"'), "utf-8"
    )
    with pytest.raises(Unsound) as unsound:
        load_rules(overrides=tmp_path)
    assert {problem.file for problem in unsound.value.problems} == {"library_card.toml", NAME}


def test_lines_are_found_for_tables_dotted_keys_and_the_tables_of_an_array():
    lines = find_lines("a = 1\n[b.c]\nd.e = 2\n[[f]]\ng = 3\n[[f]]\ng = 4\n")
    assert lines[("a",)] == 1
    assert lines[("b", "c")] == 2
    assert lines[("b", "c", "d", "e")] == 3
    assert (lines[("f", "0", "g")], lines[("f", "1", "g")]) == (5, 7)
