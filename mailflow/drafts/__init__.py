"""Letters an applicant needs next, written out as far as we know the facts: to be checked, completed, signed and sent back.

They are in Indonesian whatever language the applicant writes: that is how AMS and the offices want them. Their titles and labels are
those our own parser knows, so that a printed and scanned one is recognised.
"""

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from mailflow.drafts.letters import LETTERS, Facts
from mailflow.errors import RulesError
from mailflow.outbox.compose import Attachment

NAMES = tuple(LETTERS)
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_FILES = {
    "passphrase-loss-statement": ("draf-surat-pernyataan-lupa-passphrase", "draft-passphrase-loss-statement"),
    "revocation-letter": ("draf-surat-keterangan-alasan-pencabutan", "draft-revocation-letter"),
    "data-change-form": ("draf-formulir-perubahan-data", "draft-data-change-form"),
    "recommendation-letter": ("draf-surat-rekomendasi", "draft-recommendation-letter"),
}


def file_name(name: str, language: str) -> str:
    """Return what the file of a draft is called, in the reader's language; one of the administrator's alone keeps its name."""
    return f"{_FILES.get(name, (name, name))[0 if language == 'id' else 1]}.docx"


def make(
    name: str,
    language: str,
    facts: Mapping[str, str],
    *,
    changes: Sequence[tuple[str, str, str]] = (),
    own: Path | None = None,
) -> Attachment:
    """Return the letter `name` with what is known; the same facts make the same bytes.

    `facts` go by the names of the fields of a letter (`letters.FIELDS`); what is not known becomes a dotted line. `language` is that
    of the file's name. `own` is the administrator's directory: its `NAME.docx` goes before ours, and is filled in at `{name}`, `{nip}`
    and so on. Raises `RulesError` for a name that is neither theirs nor one of `NAMES`.
    """
    from mailflow.drafts import filled, word  # noqa: PLC0415 - python-docx is needed where a draft is made only

    known = Facts({key: value for key, value in facts.items() if value.strip()}, tuple(changes))
    file = own / f"{name}.docx" if own else None
    if file is not None and file.is_file():
        data = filled.fill(file, known)
    elif name in LETTERS:
        data = word.write(LETTERS[name](known))
    else:
        raise RulesError(_unknown(name))
    return Attachment(name=file_name(name, language), media_type=MEDIA_TYPE, data=data)


def problems(own: Path | None, used: Collection[str] = NAMES) -> list[str]:
    """Return one sentence per fault: an own draft that nobody asks for, a placeholder that nothing fills, a draft in use that is nowhere.

    `used` are the drafts that the SOPs in force attach.
    """
    found: list[str] = []
    theirs: set[str] = set()
    for file in sorted(own.glob("*")) if own and own.is_dir() else ():
        if file.name.startswith((".", "~")):
            continue
        if file.suffix != ".docx" or file.stem not in {*NAMES, *used}:
            known = ", ".join(f"{name}.docx" for name in sorted({*NAMES, *used}))
            found.append(f"drafts/{file.name}: no SOP attaches it; drafts are {known}")
        else:
            from mailflow.drafts import filled  # noqa: PLC0415 - as above

            theirs.add(file.stem)
            found += [f"drafts/{file.name}: {fault}" for fault in filled.faults(file)]
    return found + [_unknown(name) for name in sorted({*used} - {*NAMES} - theirs)]


def _unknown(name: str) -> str:
    return f"drafts/{name}.docx: missing; an SOP attaches it, so put it beside the configuration, or name one of {', '.join(NAMES)}"
