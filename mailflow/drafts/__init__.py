"""Letters an applicant needs next, written out as far as we know the facts: to be checked, completed, signed and sent back.

They are in Indonesian whatever language the applicant writes: that is how AMS and the offices want them. Their titles and labels are
those our own parser knows, so that a printed and scanned one is recognised.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

from mailflow.drafts.letters import LETTERS, Facts
from mailflow.outbox.compose import Attachment

NAMES = tuple(LETTERS)
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_FILES = {
    "passphrase-loss-statement": ("draf-surat-pernyataan-lupa-passphrase", "draft-passphrase-loss-statement"),
    "revocation-letter": ("draf-surat-keterangan-alasan-pencabutan", "draft-revocation-letter"),
    "data-change-form": ("draf-formulir-perubahan-data", "draft-data-change-form"),
    "recommendation-letter": ("draf-surat-rekomendasi", "draft-recommendation-letter"),
}


def make(
    name: str,
    language: str,
    facts: Mapping[str, str],
    *,
    changes: Sequence[tuple[str, str, str]] = (),
    own: Path | None = None,
) -> Attachment:
    """Return the letter `name` (one of `NAMES`) with what is known; the same facts make the same bytes.

    `facts` go by the names of `Letter` fields (`name`, `nip`, `rank`, `position`, `unit`, `institution`, `official_email`, `phone`,
    `nik`, `reason`, `place`); what is not known becomes a dotted line. `language` is that of the file's name. `own` is the
    administrator's directory: its `NAME.docx` is used instead of ours, with `{name}`, `{nip}` and so on filled in.
    """
    from mailflow.drafts import filled, word  # noqa: PLC0415 - python-docx is needed where a draft is made only

    known = Facts({key: value for key, value in facts.items() if value.strip()}, tuple(changes))
    file = own / f"{name}.docx" if own else None
    data = filled.fill(file, known) if file and file.is_file() else word.write(LETTERS[name](known))
    stem = _FILES[name][0 if language == "id" else 1]
    return Attachment(name=f"{stem}.docx", media_type=MEDIA_TYPE, data=data)


def problems(own: Path) -> list[str]:
    """Return one sentence per fault of the administrator's own drafts: a name or a placeholder that nothing fills."""
    from mailflow.drafts import filled  # noqa: PLC0415 - as above

    found = []
    for file in sorted(own.glob("*")) if own.is_dir() else ():
        if file.name.startswith((".", "~")):
            continue
        if file.suffix != ".docx" or file.stem not in NAMES:
            found.append(
                f"drafts/{file.name}: no such draft; they are {', '.join(f'{name}.docx' for name in NAMES)}"
            )
        else:
            found += [f"drafts/{file.name}: {fault}" for fault in filled.faults(file)]
    return found
