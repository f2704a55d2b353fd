"""How mail programs begin a quotation, in the languages and shapes that reach an Indonesian office.

Every function takes lines already folded (`text.folded`: lower case, plain quotes and blanks).
"""

import re

_RULER = r"[-_=*~\u2010-\u2015]"
_ORIGINAL = (
    r"original (?:message|e-?mail|appointment)|forwarded (?:message|by|e-?mail)|reply message"
    r"|(?:isi )?(?:pesan|e-?mail|surat|surel|mesej) (?:yang )?(?:asli|asal|awal|orisinal|terusan|diteruskan|dilanjutkan|sebelumnya)"
    r"|(?:mulai|awal) pesan (?:yang )?diteruskan|(?:teruskan pesan dari|diteruskan oleh) .{1,60}"
    r"|urspr.ngliche nachricht|message d.origine|mensaje original|mensagem original|oorspronkelijk bericht"
)
_DIVIDER = re.compile(
    rf"^(?:{_RULER}{{2,40}} ?(?:{_ORIGINAL}) ?:? ?{_RULER}{{0,40}}:?"
    r"|original message:?|begin forwarded message:?|(?:mulai|memulai) meneruskan pesan:?|(?:pesan|e-?mail) asli:?"
    r"|(?:awal|mulai) (?:dari )?pesan (?:yang )?(?:terusan|diteruskan):?|(?:pesan|e-?mail) (?:yang )?diteruskan:)$"
)
_SIGNATURE = re.compile(
    r"^(?:--|__|sent from (?:my|outlook|mail|yahoo|samsung|proton|the)\b[^.,;]{0,60}|sent (?:via|with|using) [^.,;]{1,50}"
    r"|(?:dikirim|terkirim) (?:dari|melalui|dengan|menggunakan|via)\b[^.,;]{0,40}"
    r"\b(?:iphone|ipad|ponsel|perangkat|android|galaxy|samsung|xiaomi|oppo|vivo|realme|huawei|outlook|yahoo|mail|email|e-mail|windows"
    r"|blackberry|gmail|proton|zimbra|telepon|smartphone|hp|surel)\b[^.,;]{0,40}"
    r"|(?:get|dapatkan|unduh) outlook (?:for|untuk) (?:android|ios|mac|windows|iphone|ipad|web)\b.{0,20}|(?:download|unduh) yahoo mail.{0,40}"
    r"|yahoo mail: .{1,60})(?:\. (?:dapatkan|unduh|get|download) .{1,40})?\.?$"
)
_LABEL = re.compile(
    r"^[>*_\s|]{0,4}(?P<label>from|sent|date|to|cc|bcc|subject|reply-to|importance|attachments?"
    r"|dari|pengirim|dikirim|terkirim|dikirim pada|tanggal|tgl|hari|waktu|kepada|ke|untuk|tembusan|subjek|subyek|subject|perihal|judul|topik"
    r"|lampiran|balas ke|prioritas|penting|kpd|daripada|tarikh"
    r"|von|gesendet|an|betreff|de|envoye|envoy\u00e9|objet|para|enviado|asunto|assunto)[*_]{0,2}\s{0,3}:(?:[*_\s]|$|\S)"
)
_FROM = frozenset({"from", "dari", "pengirim", "daripada", "von", "de"})
_WHEN = re.compile(
    r"(?:sent|date|dikirim|terkirim|tanggal|tgl|waktu|hari|tarikh|gesendet|enviado|envoy[e\u00e9])\b"
)
_VERB = r"\b(?:wrote|writes|said|says|menulis|nulis|tulis|ditulis|menuliskan|mengatakan|schrieb|a \u00e9crit|escribi\u00f3|escreveu|ha scritto|schreef)"
_SENT = re.compile(r"\bmengirim(?:kan)?(?: (?:yang|pesan) berikut)? ?:? ?-*$")
_WROTE = re.compile(
    rf"{_VERB}(?: (?:yang berikut|sebagai berikut|the following|berikut ini|pesan berikut|this))? ?(?P<end>:?) ?-*$"
)
_WROTE_WHEN = re.compile(rf"{_VERB} (?:di|pada|on|at|tanggal)\b(?P<when>.{{0,120}}): ?-*$")
_PERSON = re.compile(
    r"^(?:saya|kami|kita|aku|i|we|he|she|they|you|anda|beliau|dia|petugas|bapak|ibu|pak|bu|the|mereka)\b"
)
"""Whoever tells what somebody wrote begins with a word for them; a program begins with a name, a date or an address."""
_DAYS = (
    r"(?:senin|selasa|rabu|kamis|jum'?at|sabtu|minggu|ahad|sen|sel|rab|kam|jum|sab|min"
    r"|mon|tue|wed|thu|fri|sat|sun)(?:day|nesday|rsday|sday|urday|s)?"
)
_MONTHS = r"(?:jan|feb|mar|apr|mei|may|jun|jul|agu|ags|aug|sep|okt|oct|nov|nop|des|dec)[a-z]{0,7}"
_WHEN_WORDS = re.compile(
    rf"(?:{_DAYS}|{_MONTHS}|pukul|jam|at|on|the|pada|tanggal|tgl|hari|wib|wita|wit|gmt|utc|am|pm|[\d.,:/+() -]+)(?=[\W\d]|$)"
)
_NEXTCLOUD = re.compile(r'^"[^"]{1,100}" [^\s<>@]{1,64}@[^\s<>@]{1,200} [-\u2013] .{0,60}\d{4}\b.{0,20}$')
_LINK = re.compile(r"<?https?://[^\s<>]{1,2000}>?")
_BEGINS = re.compile(
    r"^[-*_|> ]{0,4}(?:(?:pada|di|on|in|at|tanggal|tgl\.?|am|le|el|il|em|op),? )?(?:hari )?(?:(?:the|tanggal|tgl\.?) )?"
    rf"(?:{_DAYS}\b|{_MONTHS}\b|\d{{1,4}}[-/. ])"
)
_QUOTING = re.compile(r"^(?:quoting|mengutip|kutipan dari) .{1,200}:$")
_DATED = re.compile(
    r"\d{1,2}[.:]\d{2}|\d{1,4}[-/. ](?:\d{1,2}|[a-z]{3,10})[-/., ]{1,2}\d{2,4}|[a-z]{3,10} \d{1,2},? (?:at )?\d{2,4}|\b20\d\d\b"
)
_ADDRESS = re.compile(r"[^\s<>@]{1,64}@[^\s<>@]{1,200}|<[^<>]{0,300}>")
_MAILBOX = re.compile(r"<[^<>\s@]{1,64}@[^<>\s@]{1,255}>")
_CLOCK = re.compile(r"(?<![\d.:/-])\d{1,2}[.:]\d{2}(?!\d|[.:/-]\d{4})")
_WHEN_LABEL = re.compile(
    r"^[>*_\s|]{0,4}(?:sent|date|dikirim|terkirim|dikirim pada|tanggal|tgl|tarikh|gesendet|enviado|envoy[e\u00e9])\b"
)
_RULE = re.compile(r"^[-_=*\u2010-\u2015]{5,}$")
_RULED = re.compile(rf"^{_RULER}{{2}}")
_DELIMITER = re.compile(r"^(?:--|__)$")
_ASKS = re.compile(r"\b(?:saya|sy|kami|aku|mohon|mhn|tolong|minta|apakah|bagaimana|i|my|please|we)\b")
"""Words of somebody who wants something; a signature says who and where somebody is."""
_REASONS = re.compile(
    r"\b(?:karena|krn|sebab|oleh|mohon|tolong|kemarin|tadi|sudah|belum|tidak|because|please|yesterday|stolen|not)\b"
)
"""What stands in a sentence about how something was sent."""
_TELLS = re.compile(
    r"\b(?:saya|kami|kita|aku|i|we|my|our|your|you|sudah|telah|tidak|bahwa|karena|was|were|has|have|did|not)\b|[.!?] \S"
)
"""What stands in a sentence, and in no name and no date of a program's line."""
_MAX_ATTRIBUTION = 500


def is_divider(line: str) -> bool:
    """Tell a line such as `-----Original Message-----`, `-------- Pesan asli --------`, `Begin forwarded message:`."""
    return len(line) < 120 and bool(_DIVIDER.match(line))  # noqa: PLR2004 - dividers are short


def is_proven_divider(lines: list[str]) -> bool:
    """Tell whether `lines` begin with a divider that nobody types: one of dashes, or one above a header."""
    below = next((line for line in lines[1:] if line), "")
    return is_divider(lines[0]) and bool(_RULED.match(lines[0]) or _LABEL.match(below))


def is_signature(line: str) -> bool:
    """Tell the signature delimiter (RFC 3676 §4.3) and the lines telephones add, with a link or without."""
    bare = _LINK.sub("", line).rstrip()
    return len(bare) < 120 and bool(_SIGNATURE.match(bare)) and not _REASONS.search(bare)  # noqa: PLR2004 - so are these


def is_proven_signature(lines: list[str]) -> bool:
    """Tell whether `lines`, the rest of a text, begin with a signature: below a telephone's line nothing goes on, below a delimiter nobody asks."""
    if not is_signature(lines[0]):
        return False
    if _DELIMITER.match(lines[0]):
        return not any(_ASKS.search(line) for line in lines[1:])
    return len(lines) == 1 or not lines[1] or lines[1].startswith(">") or bool(_RULE.match(lines[1]))


def is_header_block(lines: list[str]) -> bool:
    """Tell whether `lines` begin with a header repeated as text: sender, date and more, each on its line (Outlook, Zimbra, Notes).

    A rule of dashes or underscores before it belongs to it. Values may run over a line. A program writes an address or the time of the day;
    without either it is the head of a *nota dinas* (`Kepada : Yth. …`, `Dari : …`), which somebody typed.
    """
    rest = [line for line in lines if line]
    ruled = bool(rest) and bool(_RULE.match(rest[0]))
    rest = rest[ruled:]
    labels: list[str] = []
    head: list[str] = []
    wrapped = 0
    for line in rest:
        found = _LABEL.match(line)
        if found:
            labels.append(found["label"])
        elif not labels or wrapped >= 2:  # noqa: PLR2004 - a long list of recipients takes a line or two
            break
        else:
            wrapped += 1
        head.append(line)
    if len(labels) < 3 or not _FROM & set(labels):  # noqa: PLR2004 - two labels stand in many a letter
        return False
    return (
        any(_WHEN_LABEL.match(line) and _CLOCK.search(line) for line in head)
        or any(_MAILBOX.search(line) for line in head)
        or (ruled and any(_WHEN.match(label) for label in labels))
    )


def is_attribution(lines: list[str], *, proven: bool = False) -> bool:
    """Tell whether `lines` begin with `On … wrote:`, `Pada … menulis:` or the like, on one line or run over up to five.

    Any language counts where a date and an address stand before a final colon. Words written above an attribution are not part
    of it: where a later line begins one as well, that line is its beginning. `proven`: only one that nobody types counts, with an address
    and the time of the day, or right above quoted lines.
    """
    last = _last_of_attribution(lines)
    if last is None:
        return False
    whole = " ".join(lines[: last + 1])
    quoted = next((line for line in lines[last + 1 :] if line), "").startswith(">")
    if not quoted and not _ADDRESS.search(whole) and _TELLS.search(whole):
        return False
    return not proven or quoted or bool(_MAILBOX.search(whole) and _CLOCK.search(whole))


def _last_of_attribution(lines: list[str]) -> int | None:
    """Return which of `lines` ends the attribution that begins with the first, None where none begins there."""
    if _ends_attribution(lines[0]):
        return 0
    if not _may_begin(lines[0]):
        return None
    joined = lines[0]
    for at, line in enumerate(lines[1:], start=1):
        if _ends_attribution(line) or (line and _BEGINS.match(line) and _DATED.search(joined)):
            return at if _BEGINS.match(line) is None and _DATED.search(line) is None else None
        joined = f"{joined} {line}".strip()  # a blank line inside an attribution comes from HTML
        if len(joined) > _MAX_ATTRIBUTION:
            return None
        if _ends_attribution(joined):
            return at
    return None


def _may_begin(line: str) -> bool:
    return bool(_BEGINS.match(line) or _MAILBOX.search(line))


def _ends_attribution(text: str) -> bool:
    if len(text) > _MAX_ATTRIBUTION:
        return False
    if _QUOTING.match(text) or _NEXTCLOUD.match(text):
        return True
    dated, addressed = bool(_DATED.search(text)), bool(_ADDRESS.search(text))
    if wrote := _WROTE.search(text):
        ended = wrote["end"] or text.endswith("-")  # without its colon it may be a sentence that ends so
        return (dated or addressed) if ended else (dated and addressed)
    if _SENT.search(text):
        return dated and addressed
    if told := _WROTE_WHEN.search(text):
        return addressed or (not _PERSON.match(text) and not _WHEN_WORDS.sub("", told["when"]).strip())
    return text.endswith((":", "\uff1a")) and dated and bool(_MAILBOX.search(text))


def ends_above_quotation(text: str, *, proven: bool = False) -> bool:
    """Tell whether a line right above quoted lines belongs to them: `Dinas … menulis:` needs neither date nor address there.

    `proven`: it needs one of them.
    """
    wrote = None if proven else _WROTE.search(text)
    named = wrote is not None and bool(wrote["end"]) and not _PERSON.match(text)
    return len(text) <= _MAX_ATTRIBUTION and (named or _ends_attribution(text))
