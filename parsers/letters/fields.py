"""The fields of a letter: pairs, sorted by whose they are, normalised, each with its place and its doubts."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from parsers.facts import FieldValue
from parsers.identity.names import same_name
from parsers.letters.blocks import Marker, Role, markers, role_at
from parsers.letters.dates import placed_date, read_date
from parsers.letters.lines import Line, Page, Word
from parsers.letters.pairs import Pair, pairs
from parsers.letters.reasons import reason_in
from parsers.letters.signatures import signatures
from parsers.letters.values import name_and_nip, normalise

PERSONAL = ("name", "nip", "nik", "rank", "position", "unit", "institution", "official_email", "phone")
_IDENTITY = ("name", "nip", "nik")
Fields = dict[str, FieldValue]


@dataclass(frozen=True, kw_only=True)
class Reading:
    """Fields of the applicant and of the letter, and what the subject line says.

    `others` is the block of somebody the letter speaks for, empty where it names none; `recommends` tells that it recommends
    somebody, so that its writer is not the applicant even where the block is missing.
    """

    applicant: Fields
    letter: Fields
    subject: str = ""
    others: Fields = field(default_factory=dict)
    recommends: bool = False


@dataclass
class _Blocks:
    by_role: dict[Role, Fields] = field(default_factory=dict)

    def add(self, role: Role, name: str, value: FieldValue) -> None:
        block = self.by_role.setdefault(role, {})
        known = block.get(name)
        if known is None:
            block[name] = value
        elif name in _IDENTITY and known.value != value.value:
            block[name] = doubted(known, f"the letter also has {value.raw}")

    def of(self, *roles: Role) -> Fields:
        for role in roles:
            if any(name in self.by_role.get(role, {}) for name in _IDENTITY):
                return self.by_role[role]
        return {}


def doubted(value: FieldValue, note: str) -> FieldValue:
    """Return the value with a doubt: no longer certain, `note` added."""
    notes = "; ".join(filter(None, [value.note, note]))
    return value.model_copy(
        update={"certain": False, "note": notes, "confidence": min(value.confidence, 0.6)}
    )


def field_value(name: str, raw: str, words: Iterable[Word], page: Page) -> FieldValue | None:
    """Return the field as a fact; None where it was left open."""
    where = list(words)
    value = normalise(name, raw)
    if value is None or not where:
        return None
    sure = min(word.confidence for word in where)
    return FieldValue(
        value=value.value,
        raw=raw,
        confidence=round(sure * (0.6 if value.note else 1.0), 3),
        certain=not value.note and not value.repairs and sure >= 1.0,
        page=page.number,
        box=page.shown(where),
        method=where[0].method,
        repairs=value.repairs,
        note=value.note,
    )


def read_fields(pages: list[Page], lines: dict[int, list[Line]]) -> Reading:
    """Return the fields of a letter whose pages were cut into `lines` (by page number)."""
    found = [pair for page in pages for pair in pairs(page, lines[page.number])]
    everything = [line for page in pages for line in lines[page.number]]
    marked = markers(everything, found, {page.number: page.reading_width for page in pages})
    blocks = _Blocks()
    letter: Fields = {}
    for pair in found:
        _sort_in(pair, role_at(marked, pair.page.number, pair.x0, pair.y0), blocks, letter)
    fields = _applicant(blocks)
    _signed(fields, pages, lines, marked)
    letter = {**_unlabelled(pages, lines), **letter}
    subject = next((pair.raw for pair in found if pair.field == "(subject)" and pair.raw), "")
    return Reading(
        applicant=fields,
        letter=letter,
        subject=subject,
        others=blocks.of("recommended", "subject"),
        recommends=any(marker.role == "recommended" for marker in marked),
    )


def _sort_in(pair: Pair, role: Role, blocks: _Blocks, letter: Fields) -> None:
    for name, raw in _parts(pair):
        value = field_value(name, raw, pair.words, pair.page)
        if value is None:
            continue
        if pair.doubt:
            value = doubted(value, pair.doubt)
        if name in PERSONAL:
            blocks.add(role, name, value)
        elif name not in letter and not (name == "letter_date" and value.note):
            letter[name] = value


def _parts(pair: Pair) -> list[tuple[str, str]]:
    """Return the fields of a pair: one, or both of `Nama / NIP : Siti Rahmawati / 19850412...`."""
    if pair.field is None or pair.field.startswith("("):
        return []
    if pair.field != "name+nip":
        return [(pair.field, pair.raw)]
    return list(zip(("name", "nip"), name_and_nip(pair.raw), strict=True))


def _applicant(blocks: _Blocks) -> Fields:
    """Return the block of the applicant: the person spoken for, else the writer."""
    writer, subject = blocks.of("writer"), blocks.of("recommended", "subject", "subject?")
    if not subject:
        return dict(writer) or dict(blocks.by_role.get("writer", {}))
    if not writer:
        return {**blocks.by_role.get("writer", {}), **subject}
    if _same_person(writer, subject):
        return {**writer, **subject}
    if subject is blocks.by_role.get("subject?"):
        return {name: doubted(value, "the letter names two persons") for name, value in subject.items()}
    return dict(subject)


def _same_person(one: Fields, other: Fields) -> bool:
    if "nip" in one and "nip" in other:
        return one["nip"].value == other["nip"].value
    return "name" in one and "name" in other and same_name(one["name"].value, other["name"].value)


def _signed(fields: Fields, pages: list[Page], lines: dict[int, list[Line]], marked: list[Marker]) -> None:
    """Compare with the applicant's own printed signature, and take name and NIP from it where the letter has no other."""
    for page in pages:
        for signature in signatures(page, lines[page.number]):
            first = signature.nip[0]
            if role_at(marked, page.number, first.x0, first.y0) != "signed":
                continue
            for name, words in (("nip", signature.nip), ("name", signature.name)):
                value = field_value(name, " ".join(word.text for word in words), words, page)
                if value is None:
                    continue
                if name not in fields:
                    fields[name] = doubted(value, "read from the printed signature")
                elif name == "nip" and fields[name].value != value.value:
                    fields[name] = doubted(fields[name], f"the printed signature has {value.raw}")


def _unlabelled(pages: list[Page], lines: dict[int, list[Line]]) -> Fields:
    """Return what letters print without a label: place and date, `Nomor 800/1.2/2026`, the reason in a sentence."""
    found: Fields = {}
    for page in pages:
        for line in lines[page.number]:
            for cell in line.cells:
                for name, raw in _of_cell(cell.text):
                    value = field_value(name, raw, cell.words, page)
                    if value and name not in found:
                        found[name] = value
        reason = reason_in(lines[page.number])
        if reason and "reason" not in found:
            value = field_value("reason", reason.text, reason.words, page)
            if value:
                found["reason"] = doubted(value, "from a sentence")
    return found


def _of_cell(text: str) -> list[tuple[str, str]]:
    dated = placed_date(text)
    if dated and read_date(dated):
        return [("letter_date", dated)]
    first, _, rest = text.partition(" ")
    if first.lower().rstrip(".") in ("nomor", "no") and "/" in rest and ":" not in rest:
        return [("letter_number", rest)]
    return []
