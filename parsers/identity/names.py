"""Names compared as people mean them: without academic titles, case, accents and apostrophes.

Letters carry titles ("Drs.", ", S.Kom., M.M."), certificates do not. Only titles are taken off, never a part of a name:
what stays in doubt stays in the name and shows as a difference to a person.
"""

import re
import unicodedata

_WORDS = re.compile(r"\w+")
_BEFORE = frozenset(_WORDS.findall("prof dr drs dra drg drh ir h hj kh ns apt"))
_AFTER = frozenset(
    _WORDS.findall("""
    akp aks amd amdkeb amdkep amdkom ba bba bsc ca cfra cgcae cisa cpa crmp dba dea dess dipl edd ipm ipu
    llb llm ma mab mag map mars mba mc mcom mcs mec med meng mfarm mh mhum mi mikom mip mkeb mkep mkes
    mkn mkom mm mmpd mms mmsi mp mpa mpd mpdi mph mps mpsdm mpsi msc msi msn msos mst mstat msy mt mti
    mtp mtr ners phd qia sag sap sapt sars sds se sei sfarm sfil sgz sh shi shum si siip sik sikom sip
    sipem skeb skel skep skes skg skh skm skom smn sp spa spb spd spdi spi spjp spm spog spot sppd spsi
    spt sptk srip ss ssi ssit ssn ssos ssosi sst sstat sstp ssy st sthi sthum stp str strap strkeb strkep
    strkom strpel
    """)
)
_APOSTROPHES = re.compile("['`\u2018\u2019\u02bc\u02bb\u00b4]")
_NOT_LETTERS = re.compile(r"[\W\d_]+")
_LEADING_TITLE = re.compile(r"([^\W\d_]{1,4})(?:\.\s*|\s+)(?=\w)")
_LONGEST = 400


def _key(token: str) -> str:
    return _NOT_LETTERS.sub("", token).casefold()


def _is_title_piece(piece: str) -> bool:
    """Tell whether every word after a comma is a title: `S.Kom.`, `M. Si`, `S.E M.M`."""
    words = piece.split()
    return not words or _key(piece) in _AFTER or all(_key(word) in _AFTER for word in words)


def _is_trailing_title(token: str, *, all_capitals: bool) -> bool:
    """Tell a title written without a comma: it has dots or capitals of its own, where a name has neither."""
    return _key(token) in _AFTER and ("." in token.rstrip(".") or (token.isupper() and not all_capitals))


def strip_titles(written: str) -> str:
    """Return the name as `written` without academic and honorific titles before it and after it, blanks collapsed.

    A name is never emptied: one that consists of titles alone comes back whole.
    """
    whole = " ".join(unicodedata.normalize("NFKC", written[:_LONGEST]).split())
    first, *rest = whole.split(",")
    name = ",".join([first, *(piece for piece in rest if not _is_title_piece(piece))]).strip()
    while (found := _LEADING_TITLE.match(name)) and _key(found[1]) in _BEFORE:
        name = name[found.end() :]
    words = name.split()
    capitals = all(word.isupper() for word in words)
    while len(words) > 1 and _is_trailing_title(words[-1], all_capitals=capitals):
        words = words[:-1]
    return " ".join(words) or whole


def fold_words(text: str) -> str:
    """Return `text` lower-cased, without accents, apostrophes and punctuation, blanks collapsed: for comparing only."""
    plain = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", text[:_LONGEST]))
    letters = "".join(c for c in plain if not unicodedata.combining(c)).casefold()
    return " ".join("".join(c if c.isalnum() else " " for c in letters).split())


def fold_name(name: str) -> str:
    """Return the comparable form of a person's name: titles stripped, then folded."""
    return fold_words(strip_titles(name))


def same_name(one: str, other: str) -> bool:
    """Tell whether two writings name the same person as far as titles, case, accents and blanks go; empty names never do."""
    folded = fold_name(one)
    return bool(folded) and folded == fold_name(other)
