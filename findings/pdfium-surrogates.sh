#!/usr/bin/env bash
# Guess, written down first: pdfium's FPDFText_GetUnicode returns one Unicode code point for one character of a page, as its header says
# ("Get Unicode of a character in a page"): for an emoji, U+1F600, and FPDFText_CountChars counts it once.
# What it does (pypdfium2 5.15.2): it returns the two UTF-16 code units, each at an index of its own, so that a reader who joins
# chr(FPDFText_GetUnicode(i)) holds two lone surrogates, which no UTF-8 encoder takes. FPDFText_GetText gives the right string.
# Exit 0: as told here. Exit 1: the behaviour has changed.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check pypdfium2==5.15.2 2>/dev/null

"$work/venv/bin/python" - <<'PY'
import pypdfium2
from pypdfium2 import raw

cmap = b"""/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def
1 begincodespacerange <00> <FF> endcodespacerange
1 beginbfchar <41> <D83DDE00> endbfchar
endcmap end end"""
content = b"BT /F 24 Tf 20 40 Td (A) Tj ET"
objects = [
    b"<</Type/Catalog/Pages 2 0 R>>",
    b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
    b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
    b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
    b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 6 0 R>>",
    b"<</Length %d>>stream\n%s\nendstream" % (len(cmap), cmap),
]
pdf, places = b"%PDF-1.7\n", []
for number, body in enumerate(objects, 1):
    places.append(len(pdf))
    pdf += b"%d 0 obj%s endobj\n" % (number, body)
table = b"".join(b"%010d 00000 n \n" % place for place in places)
pdf += b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (
    len(objects) + 1, table, len(objects) + 1, len(pdf))

text = pypdfium2.PdfDocument(pdf)[0].get_textpage()
units = [raw.FPDFText_GetUnicode(text, index) for index in range(text.count_chars())]
whole = text.get_text_range()
print("pypdfium2", pypdfium2.PYPDFIUM_INFO, "pdfium", pypdfium2.PDFIUM_INFO)
print("FPDFText_GetUnicode:", [f"U+{unit:04X}" for unit in units])
print("FPDFText_GetText:   ", [f"U+{ord(char):04X}" for char in whole])
try:
    "".join(map(chr, units)).encode()
    encodes = True
except UnicodeEncodeError as error:
    encodes = False
    print("joined and encoded: ", error.reason)
raise SystemExit(not (units == [0xD83D, 0xDE00] and whole == "\U0001f600" and not encodes))
PY
