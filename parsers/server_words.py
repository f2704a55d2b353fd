"""What a mail server says in its own words of a letter that came back or waits: where no report says it, or its report says only 5.0.0.

Exim, qmail, OpenSMTPD, Sendmail, Courier and Gmail put the address on a line and the reason behind it or below it; the reply of the server
that refused stands there as it came (RFC 5321 §4.2, RFC 3463).
"""

import re

from parsers.text import folded, one_line

MAX_SENTENCE = 500
_MAX_LINES = 2000
_LONGEST = 1000  # characters of a line that are looked at
_FOLLOWING = 4
_WORDS = re.compile(r"[^\W\d_]{2,}")
_REPLY = re.compile(r"(?<![\w.])[45]\d\d[ -](?:[45]\.\d{1,3}\.\d{1,3}\b)?\s*[^\W\d_<\"'(]")
_MARGIN = re.compile(r"^[\s<>:;,*\-\u2013\u2022|(\[]+|[\s\]]+$")
_LABEL = re.compile(
    r"^(?:\(?reason|delay reason|alasan|error|the (?:error|response|reason) (?:that the other server returned )?was|remote server (?:said|returned)"
    r"|diagnostic(?: information|-code)?)\s*:\s*",
    re.IGNORECASE,
)
_STATUS = re.compile(r"(?<![\w.])([245]\.\d{1,3}\.\d{1,3})(?![\w.])")
_DELAY = re.compile(
    r"has not (?:yet )?been delivered|still being retried|will (?:continue to be |be |keep )?re-?tr(?:ied|ying)|delivery attempts will continue"
    r"|no action is required on your part|this is a warning message only|(?:do|does) not need to resend|delivery (?:is|has been) delayed"
    r"|message .{1,80} delayed|delayed mail|could not send message for past|notification \(delay\)|will keep trying"
    r"|belum (?:dapat |bisa )?(?:terkirim|dikirim|disampaikan)|akan (?:terus )?dicoba lagi|tertunda"
)
_GIVEN_UP = re.compile(
    r"not going to try again|giv(?:en|ing) up|gave up|in the queue too long|retry time(?:out| not reached)|permanent(?:ly)? (?:error|fail)"
    r"|permanent fatal|could not be delivered|tidak akan dicoba lagi"
)


def sentence(text: str, recipient: str) -> str:
    """Return the server's reason for `recipient` ("" for whomever) in the text of its notice, "" where there is none. Linear in the text."""
    lines = [line[:_LONGEST] for line in text.split("\n", _MAX_LINES)[:_MAX_LINES]]
    whom = recipient.lower() or "@"
    for at, line in enumerate(lines):
        if whom in line.lower() and (said := _beside(lines, at, whom)):
            return said
    return next((_bare(line) for line in lines if _REPLY.search(line)), "")


def _beside(lines: list[str], at: int, whom: str) -> str:
    """What stands behind the address on its line, else in the lines below it."""
    line = lines[at]
    place = line.lower().index(whom) + len(whom)
    behind = _bare(re.sub(r"^\S*", "", line[place:], count=1) if whom == "@" else line[place:])
    below = []
    for each in lines[at + 1 : at + 1 + _FOLLOWING]:
        if not each.strip():
            break
        below.append(each)
    if _is_reason(behind):
        more = [each for each in below if each[:1].isspace() and "@" not in each.partition(":")[0]]
        return _bare(" ".join([behind, *more]))
    said = _bare(" ".join(below))
    return said if _is_reason(said) and not line[:place].strip().count(" ") else ""


def _is_reason(text: str) -> bool:
    return len(_WORDS.findall(text)) > 1


def _bare(text: str) -> str:
    text = _LABEL.sub("", _MARGIN.sub("", one_line(text)))
    return text[:MAX_SENTENCE].strip()


def status_in(text: str) -> str:
    """Return the first enhanced status code of a text (RFC 3463), "" for none and for the ones that say nothing."""
    return next((code for code in _STATUS.findall(text) if not code.endswith(".0.0")), "")


def says_delay(*texts: str) -> bool:
    """Tell a warning that a message is still under way from the notice that it came back; where both are said, it came back."""
    said = " ".join(folded(text[:4000]) for text in texts)
    return bool(_DELAY.search(said)) and not _GIVEN_UP.search(said)
