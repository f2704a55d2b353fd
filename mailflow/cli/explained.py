"""The explanation of `mailflow try`, for a person."""

from collections.abc import Iterator
from typing import Any

from mailflow.cli.options import plain

_CERTAIN = {True: "certain", False: "to be looked at"}
_OF_PERSON = ("name", "nip", "nik", "position", "unit", "official_email", "phone")
_PROVEN = {True: "proven", False: "disproven", None: "not proven"}


def in_words(data: dict[str, Any]) -> Iterator[str]:
    """Yield the lines."""
    yield from _who(data)
    yield from (f"passed over, a gateway's words: {plain(notice)}" for notice in data["passed_over"])
    for document in data["documents"]:
        yield ""
        yield from _document(document)
    if data["checks"]:
        yield "\nchecks"
        for each in data["checks"]:
            yield f"  {each['verdict']:<8}{each['message']}  [{each['id']}: {each['authority']}]"
    if data["problems"]:
        yield "\nproblems"
        yield from (f"  {plain(problem)}" for problem in data["problems"])
    count = len(data["effects"])
    yield f"\n{'nothing' if not count else '1 letter' if count == 1 else f'{count} letters'} would be sent"
    for effect in data["effects"]:
        yield from _effect(effect)


def _who(data: dict[str, Any]) -> Iterator[str]:
    sender, found = data["sender"], data["match"]
    yield f"origin    {data['origin']['kind']}: {plain(data['origin']['reason'])}"
    if sender["address"]:
        method = f" ({sender['method']})" if sender["method"] else ""
        yield f"sender    {plain(sender['address'])}: {_PROVEN[sender['authenticated']]}{method}"
    else:
        yield f"sender    none: {plain(sender['defect']) or 'a file, not a message'}"
    if data["case"]:
        yield f"case      {data['case']}"
    yield f"SOP       {data['sop'] or 'none'}" + (f" (score {found['score']:g})" if found["score"] else "")
    yield from (f"  because {plain(reason)}" for reason in found["reasons"])
    meant = data["intent"]
    urgent = ", asks for protection" if meant["protection"] else ""
    yield f"means     {meant['name']} ({meant['degree']}{urgent})"
    yield from (
        f"  by the words: {plain(words)}" for words in meant["evidence"] if words not in found["reasons"]
    )


def _document(document: dict[str, Any]) -> Iterator[str]:
    pages = f", {document['pages']} page{'s' if document['pages'] > 1 else ''}" if document["pages"] else ""
    read = f"read as {document['method']}" if document["method"] != "none" else "not read"
    yield f"document  {plain(document['name'])}: {document['kind']} (score {document['score']:g}; {read}{pages})"
    proof = document["proof"]
    if proof["sender"]:
        method = f" ({proof['method']})" if proof["method"] else ""
        yield f"  sent by  {plain(proof['sender'])}: {_PROVEN[proof['authenticated']]}{method}"
    width = max((len(name) for name in document["fields"]), default=0)
    for name, field in document["fields"].items():
        shown = field["value"] if isinstance(field["value"], str) else _count(field["value"])
        yield f"  {name:<{width}}  {plain(shown)}  [{_place(field)}]"
        if not isinstance(field["value"], str):
            yield from (f"  {'':<{width}}  - {plain(row)}" for row in map(_row, field["value"]))
    if document["csr"]:
        csr = document["csr"]
        yield f"  subject  {plain(csr['subject_dn'])}"
        proof = {True: "signature valid", False: "signature not valid", None: "signature not checked"}
        yield f"  key      {csr['key_type']} {csr['key_bits'] or csr['curve']}, {proof[csr['proof_of_possession']]}"
        yield from (f"  weakness  {weakness}" for weakness in csr["weaknesses"])
    for signature in document["signatures"]:
        yield f"  signature  {signature['kind']} {plain(signature['signer'])}: {_PROVEN[signature['valid']]}"
    yield from (f"  problem  {plain(problem)}" for problem in document["problems"])


def _count(rows: list[dict[str, Any]]) -> str:
    return "1 row" if len(rows) == 1 else f"{len(rows)} rows"


def _row(row: dict[str, Any]) -> str:
    """Return a change, or a person of a table, in a line."""
    if "what" in row:
        return f"{row['what'] or '?'}: {row['before'] or '-'} -> {row['after'] or '-'}"
    said = [row[name] for name in _OF_PERSON if row[name]]
    doubt = f"  [{_CERTAIN[False]}; {row['note']}]" if not row["certain"] else ""
    return ", ".join(said) + doubt


def _place(field: dict[str, Any]) -> str:
    box, parts = field["box"], []
    if field["page"]:
        parts.append(f"page {field['page']}" + (f" at {box['x0']:.0f},{box['y0']:.0f}" if box else ""))
    parts += [field["method"], _CERTAIN[field["certain"]]]
    if field["note"]:
        parts.append(plain(field["note"]))
    return "; ".join(parts)


def _effect(effect: dict[str, Any]) -> Iterator[str]:
    yield f"\n--- {effect['template']} to {effect['to']}"
    yield f"Subject: {plain(effect['subject'])}"
    if effect["attachments"]:
        yield f"Attachments: {', '.join(plain(str(name)) for name in effect['attachments'])}"
    yield ""
    yield effect["body"].rstrip()
