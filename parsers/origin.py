"""Who or what wrote a message: a person, or a machine that must not be answered (RFC 3834, 3464, 8098, 5965, 2369, 2919).

The headers decide; words of a subject count only beside a header that points the same way.
"""

import re

from parsers.facts import Address, Origin, OriginKind
from parsers.headers import Headers, words
from parsers.mime import Part, leaves
from parsers.text import folded

AMS_DOMAINS = ("bsre.bssn.go.id", "bssn.go.id")
"""Domains whose notices about certificates are no requests, and whose links are credentials."""
MAX_RECEIVED = 50
"""Received fields of a message that is not in a loop (Postfix stops at 50 too)."""

_REPORTS: dict[str, OriginKind] = {
    "delivery-status": "bounce",
    "disposition-notification": "report",
    "feedback-report": "report",
}
_LIST_FIELDS = (
    "list-id", "list-post", "list-help", "list-subscribe", "list-unsubscribe", "list-owner", "list-archive", "mailing-list"
)  # fmt: skip
_ROBOT_FIELDS = (
    "x-autoreply",
    "x-autorespond",
    "x-autoresponder",
    "x-auto-reply-from",
    "x-vacation",
    "x-mail-autoreply",
)
_MAILER = re.compile(r"(?:mailer-daemon|mail-daemon|maildaemon|postmaster|mdaemon)@")
_BOUNCE_SUBJECT = re.compile(
    r"undeliver|delivery (?:status notification|has failed|failure)|failure notice|returned mail|mail delivery (?:failed|system)"
    r"|could not be delivered|tidak (?:dapat|bisa|berhasil) (?:di)?(?:kirim|sampai)|gagal (?:dikirim|terkirim|mengirim)"
    r"|pengiriman (?:gagal|e-?mail gagal)|warning: message .* delayed|delayed mail|message delayed|could not send message for past"
)
_AWAY_SUBJECT = re.compile(
    r"^(?:(?:re|bls|balas|aw):? ?)?(?:\[?auto(?:matic(?:ally)?)?[-_ ]?(?:reply|replied|response|respon|responder|balas|answer)"
    r"|auto: |out[- ]of[- ](?:the[- ])?office|ooo\b|away from (?:the |my )?office|not in the office|on (?:annual )?leave"
    r"|(?:balasan|jawaban|respon|respons|tanggapan|pesan|penjawab) otomatis|(?:di luar|tidak (?:berada )?di|sedang tidak di) (?:kantor|tempat)"
    r"|(?:sedang |saya )*(?:cuti|dinas luar|tugas luar|perjalanan dinas)|vacation|away)\b"
)
_SUPPRESSED = re.compile(r"\b(?:all|oof|autoreply)\b")


def _address_of(address: str) -> tuple[str, str]:
    local, _, domain = address.lower().rpartition("@")
    return local.partition("+")[0], domain


def is_own(address: Address, own: frozenset[str]) -> bool:
    """Tell whether `address` is one of ours, with or without a subaddress (RFC 5233)."""
    return _address_of(address.address) in {_address_of(one) for one in own}


def of_domain(address: Address, domains: tuple[str, ...]) -> bool:
    """Tell whether `address` belongs to one of the lower-case `domains`, on a dot boundary."""
    host = "." + address.address.rpartition("@")[2].lower()
    return any(host.endswith("." + domain) for domain in domains)


def _reported(root: Part | None) -> Origin | None:
    """Judge by the kind of report the message says it is, or evidently is."""
    if root is None:
        return None
    if root.media_type == "multipart/report":
        kind = root.params.get("report-type", "").strip().lower()
        if kind in _REPORTS:
            return Origin(kind=_REPORTS[kind], reason=f"Content-Type: multipart/report; report-type={kind}")
    for part in leaves(root):
        if part.enveloped:
            continue
        for name in ("delivery-status", "disposition-notification", "feedback-report"):
            if part.media_type in (f"message/{name}", f"message/global-{name}"):
                return Origin(kind=_REPORTS[name], reason=f"Content-Type: {part.media_type}")
    if root.media_type == "multipart/report":
        return Origin(kind="report", reason="Content-Type: multipart/report")
    return None


def _bounced(headers: Headers, senders: tuple[Address, ...], null_path: bool) -> Origin | None:  # noqa: FBT001 - private
    """Judge the bounces that are no reports: Exim, qmail, and gateways that only have a subject."""
    if headers.has("x-failed-recipients"):
        return Origin(kind="bounce", reason="X-Failed-Recipients")
    mailer = any(_MAILER.match(sender.address.lower()) for sender in senders)
    if (mailer or null_path) and _BOUNCE_SUBJECT.search(folded(words(headers.first("subject")))):
        return Origin(
            kind="bounce", reason="Subject of a bounce, with " + ("From" if mailer else "Return-Path: <>")
        )
    if mailer:
        return Origin(kind="auto-reply", reason="From a mail system")
    return None


def is_away_subject(subject: str) -> bool:
    """Tell whether a decoded subject begins as the ones of automatic replies do; a person may write such words too."""
    return _AWAY_SUBJECT.match(folded(subject)) is not None


def _automatic(headers: Headers) -> Origin | None:
    submitted = headers.first("auto-submitted").partition(";")[0].strip().lower()
    if submitted and submitted != "no":
        return Origin(kind="auto-reply", reason=f"Auto-Submitted: {submitted[:40]}")
    for name in _ROBOT_FIELDS:
        if headers.has(name) and headers.first(name).lower() not in ("no", "false", "0"):
            return Origin(kind="auto-reply", reason=name)
    precedence = headers.first("precedence").strip().lower()
    if precedence in ("auto_reply", "auto-reply"):
        return Origin(kind="auto-reply", reason=f"Precedence: {precedence}")
    away = is_away_subject(words(headers.first("subject")))
    if away and _SUPPRESSED.search(headers.first("x-auto-response-suppress").lower()):
        return Origin(
            kind="auto-reply", reason="X-Auto-Response-Suppress with the subject of an automatic reply"
        )
    if away and (precedence or headers.has("in-reply-to")):
        return Origin(
            kind="auto-reply",
            reason=f"{'Precedence' if precedence else 'In-Reply-To'} with the subject of an automatic reply",
        )
    return None


def _listed(headers: Headers) -> Origin | None:
    for name in _LIST_FIELDS:
        if headers.has(name):
            return Origin(kind="list", reason=name.title())
    precedence = headers.first("precedence").strip().lower()
    if precedence in ("bulk", "list", "junk"):
        return Origin(kind="list", reason=f"Precedence: {precedence}")
    if len(headers.all("received")) > MAX_RECEIVED:
        return Origin(
            kind="list", reason=f"more than {MAX_RECEIVED} Received fields: the message runs in a loop"
        )
    return None


def origin_of(
    headers: Headers,
    root: Part | None,
    senders: tuple[Address, ...],
    *,
    own_addresses: frozenset[str],
    ams_domains: tuple[str, ...] = AMS_DOMAINS,
) -> Origin:
    """Return who or what wrote the message, and the header that says so; `root` is None where only the header is at hand."""
    null_path = headers.has("return-path") and headers.first("return-path").strip() in ("<>", "")
    found = _reported(root)
    if found:
        return found
    if any(is_own(sender, own_addresses) for sender in senders):
        return Origin(kind="own", reason="From is our own address")
    if any(of_domain(sender, ams_domains) for sender in senders):
        return Origin(kind="ams-notice", reason="From is of the certification authority")
    found = _bounced(headers, senders, null_path) or _automatic(headers) or _listed(headers)
    if found:
        return found
    if null_path:
        return Origin(kind="auto-reply", reason="Return-Path: <>")
    return Origin(kind="person", reason="no header speaks of an automatic or list mail")
