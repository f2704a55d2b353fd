"""HTML mail to lines of text: blocks become lines, what is hidden is dropped, what is quoted is marked with `> `.

Nothing is fetched, no link target survives. Only the marks of mail programs decide what is quoted; the words of
attributions are the business of `reply`.
"""

import re
from html.parser import HTMLParser

from parsers.text import plain_lines

MAX_CHARACTERS = 2_000_000

_VOID_NAMES = "area base br col embed hr img input link meta param source track wbr"
_SILENT_NAMES = "script style head title template noscript object svg select textarea iframe"
_BLOCK_NAMES = (
    "address article aside blockquote body center dd div dl dt fieldset footer form h1 h2 h3 h4 h5 h6 header hr html li main"
    " nav ol p pre section table tbody tfoot thead tr ul"
)
_CLOSED_NAMES = "p li td th tr dt dd option"
_VOID, _SILENT, _BLOCK, _CLOSED_BY_ITSELF = (
    frozenset(names.split()) for names in (_VOID_NAMES, _SILENT_NAMES, _BLOCK_NAMES, _CLOSED_NAMES)
)
_HIDDEN = re.compile(
    r"display:none|visibility:(?:hidden|collapse)|mso-hide:all|opacity:0(?:\.0+)?(?:;|$|!)"
    r"|font-size:0(?:\.0+)?(?:px|pt|em|rem|%)?(?:;|$|!)|max-height:0(?:px|pt)?(?:;|$|!)"
)
# Containers and dividers of Gmail, Outlook (desktop, web, phone), Yahoo, Zimbra, Thunderbird, Apple, Proton, Zoho, Mail.ru, QQ.
_QUOTE_NAMES = (
    r"gmail_quote|gmail_attr|gmail_extra|gmail_signature|yahoo_quoted|yahoo-quoted|yahoo-signature|ymail_android_signature"
    r"|moz-cite-prefix|moz-forward-container|moz-email-headers-table|moz-signature|olk_src_body_section|divrplyfwdmsg|appendonsend"
    r"|mail-editor-reference-message-container|ms-outlook-mobile-reference-message|ms-outlook-mobile-signature|zwchr|hmquote"
    r"|protonmail_quote|zmail_extra|quoted-text|replyforwardmessage|isforwardcontent|isreplycontent|quote_container"
    r"|tutanota_quote|mail_quote|quotedmessage|applemailsignature"
)
_QUOTE = re.compile(rf"(?:^|[\s_-])(?:{_QUOTE_NAMES})(?:$|[\s_-])")
_MARKED = re.compile(_QUOTE_NAMES)


class _Lines(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = []
        self.line: list[str] = []
        self.open: list[tuple[str, bool]] = []
        self.hidden = 0
        self.quoted = False
        self.pre = 0

    # What follows a quotation is told apart by nobody: once one begins, all the rest is quoted.
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.open and tag in _CLOSED_BY_ITSELF and self.open[-1][0] == tag:
            self.handle_endtag(tag)
        given = {name: value or "" for name, value in attrs}
        if tag in _BLOCK:
            self.end_line(paragraph=tag in ("p", "blockquote"))
        if not self.hidden and (tag == "blockquote" or _is_quote(given)):
            self.end_line()
            self.quoted = True
        if tag == "br":
            self.end_line(forced=True)
        elif tag in ("td", "th") and self.line:
            self.line.append("\t")
        elif tag == "li":
            self.line.append("- ")
        if tag in _VOID:
            return
        hidden = tag in _SILENT or "hidden" in given or bool(_HIDDEN.search(_style(given)))
        self.hidden += hidden
        self.pre += tag == "pre"
        self.open.append((tag, hidden))

    def handle_endtag(self, tag: str) -> None:
        # Looking back a little way only keeps a flood of stray end tags cheap.
        if not any(name == tag for name, _ in self.open[-200:]):
            return
        while self.open:
            name, hidden = self.open.pop()
            self.hidden -= hidden
            self.pre -= name == "pre"
            if name == tag:
                break
        if tag in _BLOCK:
            self.end_line(paragraph=tag in ("p", "blockquote"))

    def handle_data(self, data: str) -> None:
        if self.hidden:
            return
        if not self.pre:
            self.line.append(re.sub(r"\s+", " ", data) if data.strip() else " ")
            return
        for number, piece in enumerate(data.split("\n")):
            if number:
                self.end_line(forced=True)
            self.line.append(piece)

    def end_line(self, *, forced: bool = False, paragraph: bool = False) -> None:
        text = "".join(self.line)
        text = text.rstrip() if self.pre else re.sub(r" {2,}", " ", text).strip(" \t\n")
        self.line = []
        if text or forced:
            self.lines.append(f"> {text}" if self.quoted else text)
        if paragraph and self.lines and self.lines[-1].strip("> "):
            self.lines.append(">" if self.quoted else "")


def _style(given: dict[str, str]) -> str:
    return re.sub(r"\s+", "", given.get("style", "")[:2000].lower())


def _is_quote(given: dict[str, str]) -> bool:
    names = f"{given.get('class', '')} {given.get('id', '')} {given.get('name', '')} {given.get('data-smartmail', '')}"
    marked = given.get("data-marker", "") == "__DIVIDER__" or given.get("type", "").lower() == "cite"
    return marked or bool(names.strip() and _QUOTE.search(names.lower()[:500]))


def may_quote(markup: str) -> bool:
    """Tell whether `markup` holds the mark of a quotation; cheaper than reading it."""
    lowered = markup[:MAX_CHARACTERS].lower()
    return "<blockquote" in lowered or "__divider__" in lowered or bool(_MARKED.search(lowered))


def to_text(markup: str) -> str:
    """Return the visible text of `markup` in lines; from the first quotation on, every line begins with `>`.

    At most `MAX_CHARACTERS` of markup are read. Never raises.
    """
    parser = _Lines()
    try:
        parser.feed(markup[:MAX_CHARACTERS])
        parser.close()
    except (AssertionError, ValueError, NotImplementedError):
        # html.parser gives up on some broken declarations: what was read so far stands, the tags of the rest are cut out.
        parser.handle_data(re.sub(r"<[^<>]*>", " ", parser.rawdata))
    parser.end_line()
    return plain_lines("\n".join(parser.lines)).strip("\n")
