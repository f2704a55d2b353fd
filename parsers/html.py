"""HTML mail to lines of text: blocks become lines, what is hidden or struck out is dropped, what is quoted is marked with `> `.

Nothing is fetched, no link target survives. Only the marks of mail programs decide what is quoted; the words of
attributions are the business of `reply`.
"""

import re
from collections import Counter

from parsers.markup import tokens
from parsers.text import plain_lines

MAX_CHARACTERS = 1_000_000
"""Characters of markup that are read; a long thread has about 300,000."""
MAX_TEXT = 200_000
"""Characters of text that are made of them."""

_VOID_NAMES = "area base br col embed hr img input link meta param source track wbr"
_SILENT_NAMES = "script style head title template noscript object svg select textarea iframe del s strike"
_BLOCK_NAMES = (
    "address article aside blockquote body center dd div dl dt fieldset footer form h1 h2 h3 h4 h5 h6 header hr html li main"
    " nav ol p pre section table tbody tfoot thead tr ul"
)
_CLOSED_NAMES = "p li td th tr dt dd option"
_VOID, _SILENT, _BLOCK, _CLOSED_BY_ITSELF = (
    frozenset(names.split()) for names in (_VOID_NAMES, _SILENT_NAMES, _BLOCK_NAMES, _CLOSED_NAMES)
)
_BLANKS = re.compile(r"\s+")
_HIDDEN = re.compile(
    r"display:none|visibility:(?:hidden|collapse)|mso-hide:all|opacity:0(?:\.0+)?(?:;|$|!)"
    r"|font-size:0(?:\.0+)?(?:px|pt|em|rem|%)?(?:;|$|!)|max-height:0(?:px|pt)?(?:;|$|!)"
)
_NUMBER = r"-?\d{1,6}(?:\.\d{0,6})?"
_INVISIBLE = re.compile(
    r"text-decoration(?:-line)?:[^;]{0,80}line-through|(?:^|;)(?:left|top|right|bottom|text-indent|margin-left|margin-top):-\d{3,}"
    r"|(?:^|;)(?:width|height|max-width|line-height):0(?:\.0+)?(?:px|pt|em|rem|%)?(?:;|$|!)|clip:rect\((?:0|1px)|clip-path:inset\((?:50|100)%"
    rf"|font-size:(?:0?\.\d+|1)(?:px|pt)(?:;|$|!)|transform:(?:scale[xy]?\(0(?:\.0+)?\)|translate[xy]?\(-\d{{3,}})"
    rf"|(?:^|;)color:(?:transparent|#[0-9a-f]{{3}}0|#[0-9a-f]{{6}}00|(?:rgba|hsla)\((?:{_NUMBER}%?,){{3}}0(?:\.0+)?%?\))(?:;|$|!)"
)
_INDENTED = re.compile(r"margin:0(?:px)?0(?:px)?0(?:px)?40px|margin-left:40px")
_HEAD = 10
"""Lines of a header repeated above a quotation, blank ones among them."""
_BORDERED = re.compile(r"border(?:-left)?(?:-width|-style)?:(?!none|medium|0|initial)")
_WHITE = r"(?:white|snow|#f{3,4}|#(?:f[0-9a-f]){3}(?:[0-9a-f]{2})?|rgba?\((?:2[45]\d,){2}2[45]\d(?:,1(?:\.0+)?)?\))(?:;|$|!)"
_IN_WHITE = re.compile(rf"(?:^|;)color:{_WHITE}")
_ON_COLOUR = re.compile(
    rf"(?:^|;)background(?:-color)?:(?!{_WHITE}|transparent|none|inherit|initial|unset|;|$)"
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


class _Lines:
    """Collects lines while the tokens go by."""

    def __init__(self, *, answers: bool) -> None:
        self.answers = answers
        self.lines: list[str] = []
        self.line: list[str] = []
        self.size = 0
        self.open: list[tuple[str, bool]] = []
        self.count: Counter[str] = Counter()
        self.hidden = 0
        self.quoted = False
        self.quoting: int | None = None
        """How many elements were open where the blockquote began that is read; None outside of one."""
        self.head = 0
        """Lines that the quotation had where a container or a divider began it."""

    def start(self, tag: str, given: dict[str, str]) -> None:
        if self.open and tag in _CLOSED_BY_ITSELF and self.open[-1][0] == tag:
            self.end(tag)
        if tag in _BLOCK:
            self.end_line(paragraph=tag in ("p", "blockquote"))
        self._quote(tag, given)
        if tag == "br":
            self.end_line(forced=True)
        elif tag in ("td", "th") and self.line:
            self.line.append("\t")
        elif tag == "li":
            self.line.append("- ")
        if tag not in _VOID:
            hidden = tag in _SILENT or bool(given and ("hidden" in given or _is_hidden(_style(given))))
            self.hidden += hidden
            self.count[tag] += 1
            self.open.append((tag, hidden))

    def _quote(self, tag: str, given: dict[str, str]) -> None:
        """Begin a quotation: a blockquote ends where it is closed, what a container or a divider quotes goes on to the end.

        A container with nothing but the writer's name or a header above its blockquote ends with that.
        """
        block = tag == "blockquote" and not _is_indentation(given, answers=self.answers)
        if self.hidden or not (block or is_quote(given)):
            return
        if not self.quoted:
            self.end_line()
            self.quoted, self.head = True, len(self.lines)
        elif self.quoting is not None or not block or len(self.lines) - self.head > _HEAD:
            return
        if tag == "blockquote":
            self.end_line()
            self.quoting = len(self.open)

    def end(self, tag: str) -> None:
        if not self.count[tag]:
            return
        while self.open:
            name, hidden = self.open.pop()
            self.count[name] -= 1
            self.hidden -= hidden
            if name == tag:
                break
        if self.quoting is not None and len(self.open) <= self.quoting:
            self.end_line()
            self.quoted, self.quoting = False, None
        if tag in _BLOCK:
            self.end_line(paragraph=tag in ("p", "blockquote"))

    def text(self, data: str) -> None:
        if self.hidden:
            return
        self.size += len(data)
        if not self.count["pre"]:
            self.line.append(_BLANKS.sub(" ", data))
            return
        for number, piece in enumerate(data.split("\n")):
            if number:
                self.end_line(forced=True)
            self.line.append(piece)

    def end_line(self, *, forced: bool = False, paragraph: bool = False) -> None:
        text = "".join(self.line)
        text = text.rstrip() if self.count["pre"] else _BLANKS.sub(_one_blank, text).strip()
        self.line.clear()
        if text or forced:
            self.add(f"> {text}" if self.quoted else text)
        if paragraph and self.lines and self.lines[-1].strip("> "):
            self.add(">" if self.quoted else "")

    def add(self, line: str) -> None:
        self.lines.append(line)
        self.size += 1


def _one_blank(found: re.Match[str]) -> str:
    return "\t" if "\t" in found[0] else " "


def _style(given: dict[str, str]) -> str:
    style = _BLANKS.sub("", given.get("style", "")[:2000].lower())
    colour = given.get("color", "").strip().lower()
    return f"color:{colour};{style}" if colour else style


def _is_hidden(style: str) -> bool:
    """Tell a style under which nobody reads the words as they stand: unseen, struck out, or white on nothing."""
    if not style:
        return False
    if _HIDDEN.search(style) or _INVISIBLE.search(style):
        return True
    return bool(_IN_WHITE.search(style)) and not _ON_COLOUR.search(style)


def _is_indentation(given: dict[str, str], *, answers: bool) -> bool:
    """Tell a blockquote by which writers indent their own text: a margin of 40 pixels (Gmail, Chrome), no border, and no other mark.

    In a mail that answers nothing, Thunderbird's without any style is one too.
    """
    style = _style(given)
    if given.keys() - {"style", "dir"} or _BORDERED.search(style):
        return False
    return not answers or bool(_INDENTED.search(style))


def is_quote(given: dict[str, str]) -> bool:
    """Tell whether a start tag with these attributes begins what a mail program quotes, or the signature it puts below."""
    names = f"{given.get('class', '')} {given.get('id', '')} {given.get('name', '')} {given.get('data-smartmail', '')}"
    marked = given.get("data-marker", "") == "__DIVIDER__" or given.get("type", "").lower() == "cite"
    return marked or bool(names.strip() and _QUOTE.search(names.lower()[:500]))


def to_text(markup: str, *, answers: bool = True) -> str:
    """Return the visible text of `markup` in lines; those of a quotation begin with `>`, also what follows unless a blockquote was closed.

    `answers`: whether the mail answers or forwards another (`reply.split_reply`). At most `MAX_CHARACTERS` of markup are read, and about `MAX_TEXT` of text made. Never raises.
    """
    reader = _Lines(answers=answers)
    for token in tokens(markup[:MAX_CHARACTERS]):
        if token.kind == "start":
            reader.start(token.value, token.attributes)
        elif token.kind == "end":
            reader.end(token.value)
        else:
            reader.text(token.value)
        if reader.size > MAX_TEXT:
            break
    reader.end_line()
    return plain_lines("\n".join(reader.lines)).strip("\n")
