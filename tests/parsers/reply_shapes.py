"""How mail programs put together a reply: each takes what was written and our letter, and gives the mail as its bytes arrive.

Attributions, dividers and marks are those of the programs' own string files and code, or of public mail; of closed programs as they are seen.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape

NAME, AT = "Dinas Komunikasi dan Informatika Kota Contoh", "layanan@contohkota.go.id"
TOKEN = "layanan+a.17.k3v9xw2m4nhb5q7rtzc6pd2yf3gj4sle@contohkota.go.id"
RINA = "rina.wulandari@contohkota.go.id"
SUBJECT = "Tugas: Lupa passphrase, Siti Rahmawati"

Pieces = list[tuple[str, str]]
"""What stands from the quotation on: `quoted` pieces of our letter, and `written` ones, in their order."""


@dataclass(frozen=True)
class Shape:
    """A program in a language: `write` gives the text of its mail; `rich` says that it is HTML, `marked` that its quotation shows where it ends."""

    name: str
    language: str
    write: Callable[[str, Pieces], str]
    rich: bool = False
    marked: bool = True
    below: bool = True
    """Whether anybody can type below or between in it."""


# --- plain text ---------------------------------------------------------------------------------------------------------------


def _quote(text: str, mark: str = "> ") -> str:
    return "\n".join((mark + line) if line or mark != "\t" else "" for line in text.splitlines())


def _plain(
    head: str, *, mark: str = "> ", gap: str = "\n\n", quotes_head: bool = False, tail: str = ""
) -> Callable[[str, Pieces], str]:
    """Text above, what the program writes, and the quotation, each line with its mark; `tail` is the signature that it puts last."""

    def write(above: str, pieces: Pieces) -> str:
        lead = "".join(f"{mark}{line}\n" for line in head.splitlines()) if quotes_head else f"{head}\n"
        body = "\n".join(_quote(text, mark) if kind == "quoted" else f"\n{text}\n" for kind, text in pieces)
        return f"{above}{gap if above else ''}{lead}{body}{tail}"

    return write


def _date(language: str, style: str) -> str:
    return {
        ("id", "gmail"): "Sel, 17 Mar 2026 pukul 09.12",
        ("en", "gmail"): "Tue, Mar 17, 2026 at 9:12\u202fAM",
        ("id", "apple"): "17 Mar 2026, pukul 09.12",
        ("en", "apple"): "17 Mar 2026, at 09.12",
        ("id", "outlook"): "Selasa, 17 Maret 2026 09.12",
        ("en", "outlook"): "Tuesday, March 17, 2026 9:12 AM",
        ("id", "yahoo"): "Selasa, 17 Maret 2026 pukul 09.12.00 WIB",
        ("en", "yahoo"): "Tuesday, March 17, 2026 at 09:12:00 AM GMT+7",
        ("id", "iso"): "2026-03-17 09:12",
        ("en", "iso"): "2026-03-17 09:12",
        ("id", "short"): "17/03/2026 09.12",
        ("en", "short"): "3/17/26 9:12 AM",
    }[language, style]


def _wrote(language: str, style: str, who: str) -> str:
    when = _date(language, style)
    if language == "id":
        return f"Pada {when}{',' if style != 'gmail' else ''} {who} menulis:"
    return f"On {when}{'' if style == 'gmail' and '<' in who else ','} {who} wrote:"


def _head(language: str, style: str, *, address: bool = True, break_: str = "\n") -> str:
    who = f"{NAME} <{AT}>" if address else NAME
    labels = {
        ("id", "outlook"): ("Dari", "Dikirim", "Kepada", "Subjek"),
        ("en", "outlook"): ("From", "Sent", "To", "Subject"),
        ("id", "zimbra"): ("Dari", "Terkirim", "Ke", "Subjek"),
        ("en", "zimbra"): ("From", "Sent", "To", "Subject"),
        ("id", "samsung"): ("Dari", "Tanggal", "Kepada", "Subjek"),
        ("en", "samsung"): ("From", "Date", "To", "Subject"),
    }[language, style]
    values = (who, _date(language, "outlook"), f"{'Rina Wulandari'} <{RINA}>", SUBJECT)
    return break_.join(f"{label}: {value}" for label, value in zip(labels, values, strict=True))


RULE = "_" * 32
ORIGINAL = {
    "outlook": {"id": "-----Pesan Asli-----", "en": "-----Original Message-----"},
    "samsung": {"id": "-------- Pesan asli --------", "en": "-------- Original message --------"},
    "aosp": {"id": "-------- Pesan Asli --------", "en": "-------- Original Message --------"},
    "k9": {"id": "-------- Pesan Orisinal --------", "en": "-------- Original Message --------"},
    "evolution": {"id": "-----Isi Pesan Asli-----", "en": "-----Original Message-----"},
    "zimbra": {"id": "----- Pesan Asli -----", "en": "----- Original Message -----"},
    "sogo": {"id": "-------- Pesan Asli--------", "en": "-------- Original Message --------"},
}
OUTLOOK_MOBILE = {
    "id": (
        "Dapatkan Outlook untuk Android<https://aka.ms/AAb9ysg>",
        "Dikirim dari Outlook untuk iOS<https://aka.ms/o0ukef>",
    ),
    "en": (
        "Get Outlook for Android<https://aka.ms/AAb9ysg>",
        "Sent from Outlook for iOS<https://aka.ms/o0ukef>",
    ),
}
IPHONE = {"id": "Dikirim dari iPhone saya", "en": "Sent from my iPhone"}
GALAXY = {"id": "Dikirim dari perangkat Galaxy saya", "en": "Sent from my Galaxy"}
YAHOO = {"id": "Dikirim dari Yahoo Mail di Android", "en": "Sent from Yahoo Mail on Android"}
YAHOO_NOW = {
    "id": "Yahoo Mail: Telusuri, Kelola, Taklukkan",
    "en": "Yahoo Mail: Search, Organize, Conquer",
}
WINDOWS = {"id": "Dikirim dari Email untuk Windows", "en": "Sent from Mail for Windows"}


def _shaped(language: str) -> Callable[..., Shape]:
    def shape(name: str, head: str, **options: object) -> Shape:
        marked = bool(options.pop("marked", True))
        return Shape(name, language, _plain(head, **options), marked=marked)

    return shape


# fmt: off
def attributed(language: str) -> Iterator[Shape]:
    """The programs that write a line above a quotation in plain text: those that people have at hand."""
    full, id_, shape = f"{NAME} <{AT}>", language == "id", _shaped(language)

    gmail = _wrote(language, "gmail", full)
    at = gmail.rindex("<") + 1
    yield shape("Gmail web", f"{gmail}\n")
    yield shape("Gmail web, broken at the address", f"{gmail[:at]}\n{gmail[at:]}\n")
    yield shape("Gmail web, broken at the verb", f"{gmail.rsplit(' ', 1)[0]}\n{gmail.rsplit(' ', 1)[1]}\n")
    yield shape("Gmail web, to the token", f"{_wrote(language, 'gmail', f'{NAME} <{TOKEN}>')}\n")
    if id_:
        yield shape("Gmail 2020", f"Pada tanggal Sel, 17 Mar 2026 pukul 09.12 {full} menulis:\n")
        yield shape("Gmail 2014", f'Pada 17 Mar 2026 09.12, "{NAME}" <{AT}> menulis:\n')
    yield shape("Gmail app", f"{_wrote(language, 'gmail', full)}\n")
    yield shape("Inbox by Gmail without a verb", f"2026-03-17 9:12 GMT+07:00 {full}:\n")
    yield shape("Apple Mail", f"{_wrote(language, 'apple', full)}\n")
    yield shape("Apple iPhone", _wrote(language, "apple", full) + "\n", gap=f"\n\n{IPHONE[language]}\n\n", quotes_head=True)
    yield shape("Thunderbird", _wrote(language, "short", NAME))
    yield shape("Thunderbird, name first", f"{NAME} {'menulis di' if id_ else 'wrote on'} {_date(language, 'short')}:")
    yield shape("Thunderbird, name only", f"{NAME} {'menulis' if id_ else 'wrote'}:")
    yield shape("Roundcube", _wrote(language, "iso", NAME))
    yield shape("Roundcube, broken", _wrote(language, "iso", NAME).replace(" Kota", " \nKota"))
    tag = (
        f"Pada Tanggal Selasa, Maret 17, 2026 09:12 WIB, {full} tulis:"
        if id_
        else f"On Tuesday, March 17, 2026 09:12 WIB, {full} wrote:"
    )
    yield shape("SOGo", f"{tag}\n")
    yield shape("SOGo, Outlook style", f"{ORIGINAL['sogo'][language]}\n{'Subjek' if id_ else 'Subject'}: {SUBJECT}\n{'Tanggal' if id_ else 'Date'}: {_date(language, 'outlook')}\n{'Dari' if id_ else 'From'}: {full}\n{'Membalas ke' if id_ else 'Reply-To'}: {TOKEN}\n{'Kepada' if id_ else 'To'}: {RINA}\n", mark="", marked=False)
    yield shape("Zimbra", _head(language, "zimbra") + "\n", mark="", marked=False)
    yield shape("Zimbra, divider and marks", f"{ORIGINAL['zimbra'][language]}\n{_head(language, 'zimbra')}\n")
    yield shape("Zimbra, with a prefix", f"----- {'Pada' if id_ else 'On'} 17 Mar 2026, {'jam' if id_ else 'at'} 9:12, {NAME} {AT} {'menulis' if id_ else 'wrote'}:\n")
    yield shape("Outlook desktop", _head(language, "outlook") + "\n", mark="", marked=False)
    yield shape("Outlook desktop, old", f"{ORIGINAL['outlook'][language]}\n{_head(language, 'outlook')}\n", mark="", marked=False)
    yield shape("Outlook desktop, marks", f"{ORIGINAL['outlook'][language]}\n{_head(language, 'outlook')}\n", quotes_head=False)
    yield shape("Outlook desktop, bold", "\n".join(f"*{line.replace(':', ':*', 1)}" for line in _head(language, "outlook").splitlines()) + "\n", mark="", marked=False)
    yield shape("Outlook web", f"{RULE}\n{_head(language, 'outlook')}\n", mark="", marked=False)
    yield shape("Outlook web, name only", f"{RULE}\n{_head(language, 'outlook', address=False)}\n", mark="", marked=False)
    for number, line in enumerate(OUTLOOK_MOBILE[language]):
        yield shape(f"Outlook mobile {number}", f"{RULE}\n{_head(language, 'outlook')}\n", gap=f"\n\n{line}\n", mark="", marked=False)
    yield shape("Windows Mail", _head(language, "outlook") + "\n", gap=f"\n\n{WINDOWS[language]}\n\n", mark="", marked=False)
    yield shape("Yahoo web", f"    {_wrote(language, 'yahoo', full)}  \n \n", mark=" ", marked=False)
    yield shape("Yahoo Android", f"  {_wrote(language, 'yahoo', f'{NAME}<{AT}>')}   \n", gap=f"\n\n{YAHOO[language]} \n \n", mark="", marked=False)
    yield shape("Yahoo Android today", f"  {_wrote(language, 'yahoo', f'{NAME}<{AT}>')}   \n", gap=f"\n\n{YAHOO_NOW[language]} \n \n", mark="", marked=False)
    yield shape("Samsung", f"{ORIGINAL['samsung'][language]}\n{_head(language, 'samsung')}\n", gap=f"\n\n\n{GALAXY[language]}\n\n\n", mark="", marked=False)
    yield shape("AOSP", f"{ORIGINAL['aosp'][language]}\n{_head(language, 'samsung')}\n", mark="", marked=False)


def of_free_programs(language: str) -> Iterator[Shape]:
    """The same of programs that anybody may install."""
    full, id_, shape = f"{NAME} <{AT}>", language == "id", _shaped(language)
    yield shape("AOSP, marks", f"Selasa, 17 Maret 2026 09.12, {full} menulis:" if id_ else f"On Tuesday, 17 March 2026 09:12, {full} wrote:")
    yield shape("K-9", f"{'Pada 17 Maret 2026 09.12.00 WIB,' if id_ else 'On March 17, 2026 9:12:00 AM GMT+07:00,'} {full} {'menulis' if id_ else 'wrote'}:")
    yield shape("K-9 without a date", f"{full} {'menulis' if id_ else 'wrote'}:")
    yield shape("K-9, header", f"{ORIGINAL['k9'][language]}\n{_head(language, 'zimbra')}\n", mark="", marked=False)
    yield shape("FairEmail", f"{'17 Maret 2026 09.12' if id_ else 'March 17, 2026 9:12 AM'} {full}:\n")
    yield shape("Geary", f"{'Pada Sel, Mar 17 2026 pukul 09.12' if id_ else 'On Tue, Mar 17 2026 at 09:12:00 AM'}, {full} {'menulis' if id_ else 'wrote'}:")
    yield shape("Evolution", f"Pada hari Selasa, tanggal 17/03/2026, pukul 09:12 +0700, {NAME} menulis:" if id_ else f"On Tue, 2026-03-17 at 09:12 +0700, {NAME} wrote:")
    yield shape("Evolution, Outlook style", f"{ORIGINAL['evolution'][language]}\n{'Dari' if id_ else 'From'}: {full}\n{'Untuk' if id_ else 'To'}: {RINA}\n{'Subjek' if id_ else 'Subject'}: {SUBJECT}\n{'Tanggal' if id_ else 'Date'}: Tue, 17 Mar 2026 09:12:00 +0700\n", mark="", marked=False)
    yield shape("Claws", f"{'Pada' if id_ else 'On'} Tue, 17 Mar 2026 09:12:00 +0700\n{full} {'menulis' if id_ else 'wrote'}:\n")
    yield shape("KMail", f"On Tuesday, 17 March 2026 09:12:00 WIB {NAME} wrote:")
    yield shape("Mutt", f"On Tue, Mar 17, 2026 at 09:12:00AM +0700, {NAME} wrote:")
    yield shape("Alpine", f"On Tue, 17 Mar 2026, {NAME} wrote:\n")
    yield shape("s-nail", f"{full} wrote:\n", mark="\t", marked=False)
    yield shape("Horde", f"Quoting {full}:\n")
    yield shape("SnappyMail", f"{'17 Maret 2026 09:12' if id_ else 'March 17, 2026 9:12 AM'}, {AT} {'ditulis' if id_ else 'wrote'}:\n")
    yield shape("SnappyMail, full sender", f'{"17 Maret 2026 09:12" if id_ else "March 17, 2026 9:12 AM"}, "{NAME}" <{AT}> {"ditulis" if id_ else "wrote"}:\n')
    yield shape("Cypht", f"{'Di' if id_ else 'On'} Tue, 17 Mar 2026 09:12:00 +0700 {full} {'mengatakan' if id_ else 'said'}\n")
    yield shape("Nextcloud", f'"{NAME}" {AT} \u2013 {"17 Maret 2026 09.12" if id_ else "March 17, 2026 9:12 AM"}')
    yield shape("Tine", f"On 17.03.2026 09:12, {NAME} wrote:")
    yield shape("Proton", f"{'Pada Selasa, 17 Maret 2026 pukul 09.12' if id_ else 'On Tuesday, March 17th, 2026 at 9:12 AM'}, {full} {'menulis' if id_ else 'wrote'}:\n")
    yield shape("Zoho", f"---- {'Pada' if id_ else 'On'} Tue, 17 Mar 2026 09:12:00 +0700 {full} {'menulis' if id_ else 'wrote'} ----\n", mark="", marked=False)
    yield shape("a list program without an attribution", "")
# fmt: on


# --- HTML -------------------------------------------------------------------------------------------------------------------


def _block(text: str) -> str:
    return "".join(f"<div>{escape(line) or '<br>'}</div>" for line in text.splitlines())


def _letter(text: str) -> str:
    return text if text.startswith("<") else _block(text)


def _rich(
    before: str, opening: str, closing: str, after: str = "", *, gap: str = "<br>", splits: bool = True
) -> Callable[[str, Pieces], str]:
    """Text above; `before` once; each quoted piece in its `opening` and `closing`, which typing in the middle splits."""

    def write(above: str, pieces: Pieces) -> str:
        out, is_open = "", False
        for kind, text in pieces:
            if kind == "quoted":
                out += ("" if is_open else opening) + _letter(text)
                is_open = True
            else:
                if is_open and splits:
                    out, is_open = out + closing, False
                out += f"<div><br></div>{_block(text)}<div><br></div>"
        return f"<html><body>{_block(above) + gap if above else ''}{before}{out}{closing if is_open else ''}{after}</body></html>"

    return write


# fmt: off
def rich(language: str) -> Iterator[Shape]:
    """The programs that send HTML."""
    full, id_ = escape(f"{NAME} <{AT}>"), language == "id"
    link = f'{NAME} &lt;<a href="mailto:{AT}">{AT}</a>&gt;'
    head = escape(_head(language, "outlook"))
    bold = "<br>".join(f"<b>{line.replace(':', ':</b>', 1)}" for line in head.splitlines())

    def shape(
        name: str,
        before: str,
        opening: str,
        closing: str,
        after: str = "",
        *,
        marked: bool = True,
        **options: object,
    ) -> Shape:
        return Shape(
            name, language, _rich(before, opening, closing, after, **options), rich=True, marked=marked
        )  # type: ignore[arg-type]

    gmail_quote = '<blockquote class="gmail_quote" style="margin:0px 0px 0px 0.8ex;border-left:1px solid rgb(204,204,204);padding-left:1ex">'
    said = _wrote(language, "gmail", "\0").replace("\0", link)
    yield shape("Gmail web", f'<div class="gmail_quote gmail_quote_container"><div dir="ltr" class="gmail_attr">{said}<br></div>', gmail_quote, "</blockquote>", "</div>")
    yield shape("Gmail web, old", f'<div class="gmail_extra"><br><div class="gmail_quote">{said}<br>', gmail_quote, "</blockquote>", "</div><br></div>")
    yield shape("Gmail app", f'<div class="gmail_quote"><div dir="ltr" class="gmail_attr">{said}<br></div>', gmail_quote, "</blockquote>", "</div>", gap="<br>")
    apple = _wrote(language, "apple", "\0").replace("\0", full)
    yield shape("Apple Mail", f'<div><br></div><div>{apple}</div><br class="Apple-interchange-newline">', '<blockquote type="cite">', "</blockquote>")
    yield shape("Apple iPhone", f'<div dir="ltr">{apple}<br><br></div>', '<blockquote type="cite"><div dir="ltr">', "</div></blockquote>", gap=f'<br id="lineBreakAtBeginningOfSignature"><div dir="ltr">{IPHONE[language]}</div><div dir="ltr"><br></div>')
    cite = _wrote(language, "short", NAME)
    yield shape("Thunderbird", f'<div class="moz-cite-prefix">{cite}<br></div>', '<blockquote type="cite" cite="mid:a@contohkota.go.id">', "</blockquote>")
    yield shape("Thunderbird, signature", f'<div class="moz-cite-prefix">{cite}<br></div>', '<blockquote type="cite" cite="mid:a@contohkota.go.id">', "</blockquote>", '<div class="moz-signature">-- <br>Siti Rahmawati</div>')
    yield shape("Roundcube", f'<p id="reply-intro">{_wrote(language, "iso", NAME)}</p>', "<blockquote>", "</blockquote>")
    yield shape("Roundcube, older", f"<p>{_wrote(language, 'iso', NAME)}</p>", '<blockquote type="cite" style="padding: 0 0.4em; border-left: #1010ff 2px solid; margin: 0">', "</blockquote>")
    tag = (
        f"Pada Tanggal Selasa, Maret 17, 2026 09:12 WIB, {full} tulis:"
        if id_
        else f"On Tuesday, March 17, 2026 09:12 WIB, {full} wrote:"
    )
    yield shape("SOGo", f"{tag}<br /><br />", '<blockquote type="cite" cite="x@contohkota.go.id">', "</blockquote>")
    yield shape("SOGo, signature", f"{tag}<br /><br />", '<blockquote type="cite" cite="x@contohkota.go.id">', "</blockquote>", "<br />--<br />Siti Rahmawati")
    yield shape("Zimbra", f'<hr id="zwchr" data-marker="__DIVIDER__"><div data-marker="__HEADERS__">{bold}</div>', '<div data-marker="__QUOTED_TEXT__">', "</div>", marked=False, splits=False)
    yield shape("Zimbra, quoted", f'<hr id="zwchr" data-marker="__DIVIDER__"><div data-marker="__HEADERS__">{bold}</div>', '<blockquote style="border-left:2px solid #1010FF;margin-left:5px;padding-left:5px;">', "</blockquote>")
    yield shape("Outlook desktop", f'<div class="WordSection1"><div><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0in 0in 0in"><p class="MsoNormal">{bold}<o:p></o:p></p></div></div>', "", "", "</div>", marked=False, splits=False)
    yield shape("Outlook web", f'<div id="appendonsend"></div><hr style="display:inline-block;width:98%" tabindex="-1"><div id="divRplyFwdMsg" dir="ltr"><font face="Calibri">{bold}</font><div>&nbsp;</div></div>', "<div>", "</div>", marked=False, splits=False)
    for number, line in enumerate(OUTLOOK_MOBILE[language]):
        words = line.split("<", maxsplit=1)[0]
        yield shape(f"Outlook mobile {number}", f'<hr style="display:inline-block;width:98%"><div id="divRplyFwdMsg" dir="ltr">{bold}</div>', "<div>", "</div>", gap=f'<div id="ms-outlook-mobile-signature"><a href="https://aka.ms/AAb9ysg">{words}</a></div>', marked=False, splits=False)
    yield shape("Outlook mobile, no marks", f"<hr><div>{bold}</div>", "<div>", "</div>", gap=f'<div><a href="https://aka.ms/AAb9ysg">{OUTLOOK_MOBILE[language][0].split("<")[0]}</a></div>', marked=False, splits=False)
    yahoo = _wrote(language, "yahoo", "\0").replace("\0", full)
    yield shape("Yahoo web", f'<div id="ydp1yahoo_quoted_1" class="ydp1yahoo_quoted"><div style="font-size:13px"><div>{yahoo}</div><div><br></div>', "<div>", "</div>", "</div></div>", marked=False, splits=False)
    yield shape("Yahoo Android", f'<div id="ymail_android_signature">{YAHOO[language]}</div><div class="yahoo_quoted"><div>{yahoo}</div>', "<div>", "</div>", "</div>", marked=False, splits=False)
    yield shape("Yahoo iOS", f'<div>{YAHOO_NOW[language]}</div><p class="yahoo-quoted-begin">{yahoo}</p>', '<blockquote class="iosymail">', "</blockquote>")
    yield shape("Samsung", f"<div>{ORIGINAL['samsung'][language]}</div><div>" + "</div><div>".join(escape(_head(language, "samsung")).splitlines()) + "</div><div><br></div>", "<div>", "</div>", gap=f'<div><br></div><div id="composer_signature"><div>{GALAXY[language]}</div></div><div><br></div>', marked=False, splits=False)
    k9 = f"{'Pada 17 Maret 2026 09.12.00 WIB,' if id_ else 'On March 17, 2026 9:12:00 AM GMT+07:00,'} {full} {'menulis' if id_ else 'wrote'}:"
    yield shape("K-9", f'<div class="gmail_quote">{k9}', '<blockquote class="gmail_quote" style="margin: 0pt 0pt 0pt 0.8ex; border-left: 1px solid rgb(204, 204, 204); padding-left: 1ex;">', "</blockquote>", "</div>")
    yield shape("FairEmail", f'<div class="fairemail_quote"><div fairemail="reply"><p>17 Maret 2026 09.12 {full}:</p>', '<blockquote type="cite">', "</blockquote>", "</div></div>")
    yield shape("Evolution", f"<div>{'Pada hari Selasa, tanggal 17/03/2026, pukul 09:12 +0700,' if id_ else 'On Tue, 2026-03-17 at 09:12 +0700,'} {NAME} {'menulis' if id_ else 'wrote'}:</div>", '<blockquote type="cite" style="margin:0 0 0 .8ex; border-left:2px #729fcf solid;padding-left:1ex">', "</blockquote>")
    yield shape("Nextcloud", f'<div class="quote">"{NAME}" {AT} \u2013 17 Maret 2026 09.12<br>', "<blockquote>", "</blockquote>", "</div>")
    yield shape("SnappyMail", f"<p>17 Maret 2026 09:12, {AT} {'ditulis' if id_ else 'wrote'}:</p>", "<blockquote>", "</blockquote>")
    yield shape("RainLoop", f"17 Maret 2026 09:12, {AT} {'ditulis' if id_ else 'wrote'}:<br><br>", "<blockquote>", "</blockquote>")
    yield shape("Cypht", f"{'Di' if id_ else 'On'} Tue, 17 Mar 2026 09:12:00 +0700 {full} {'mengatakan' if id_ else 'said'}<hr/>", "<blockquote>", "</blockquote>")
    yield shape("Tine", f'<span class="felamimail-body-quoted-header">On 17.03.2026 09:12, {NAME} wrote:</span><br>', '<blockquote class="felamimail-body-blockquote">', "</blockquote>")
    yield shape("Proton", f'<div class="protonmail_quote">{"Pada Selasa, 17 Maret 2026 pukul 09.12" if id_ else "On Tuesday, March 17th, 2026 at 9:12 AM"}, {full} {"menulis" if id_ else "wrote"}:<br><br>', '<blockquote class="protonmail_quote" type="cite">', "</blockquote><br>", "</div>")
    yield shape("Horde", f"<p>Quoting {full}:</p>", '<blockquote type="cite" style="border-left:2px solid blue;margin-left:2px;padding-left:12px;">', "</blockquote>")
    yield shape("Zoho", f'<div class="zmail_extra"><div>---- {"Pada" if id_ else "On"} Tue, 17 Mar 2026 09:12:00 +0700 <b>{full}</b> {"menulis" if id_ else "wrote"} ----</div><br>', '<blockquote style="border-left: 1px solid rgb(204, 204, 204); padding-left: 6px; margin: 0px 0px 0px 5px;">', "</blockquote>", "</div>")

# fmt: on


def shapes() -> Iterator[Shape]:
    for language in ("id", "en"):
        yield from attributed(language)
        yield from of_free_programs(language)
        yield from rich(language)


# --- what was written -----------------------------------------------------------------------------------------------------------

WRITTEN = {
    "word": "SETUJU",
    "greeting and word": "Selamat pagi,\n\nSETUJU",
    "reason": "TOLAK nama berbeda dengan AMS",
    "quote only": "",
    "below": "Mohon maaf, apakah ada panduannya?",
    "between": "Ini yang pertama.",
}
SECOND = "Dan ini yang kedua."


def cell(shape: Shape, what: str, text: str, html: str) -> tuple[str, str, str]:
    """Return the mail's text, what stands above in it, and what stands below or between, for our letter as text and as HTML."""
    letter, said = (html if shape.rich else text), WRITTEN[what]
    lines = text.splitlines()
    third, twothirds = _blank(lines, len(lines) // 3), _blank(lines, 2 * len(lines) // 3)
    halves = ["\n".join(lines[:third]), "\n".join(lines[third:twothirds]), "\n".join(lines[twothirds:])]
    if what == "below":
        return shape.write("", [("quoted", letter), ("written", said)]), "", said
    if what == "between":
        parts: Pieces = [
            ("quoted", halves[0]),
            ("written", said),
            ("quoted", halves[1]),
            ("written", SECOND),
            ("quoted", halves[2]),
        ]
        return shape.write("", parts), "", f"{said}\n\n{SECOND}"
    return shape.write(said, [("quoted", letter)]), said, ""


def _blank(lines: list[str], at: int) -> int:
    return next(number for number in range(at, len(lines)) if not lines[number]) + 1
