"""The proofs of an SOP: what must hold of its rows before anybody's request is entrusted to them.

Each proof takes the SOP and yields (key path, fault, remedy). Together they show: every numbered row is there once; every way out
leads somewhere; every row can be reached and every case can end; no circle turns without an officer counting; nothing is fulfilled
without an officer's word; approval does not refuse; every text exists in both languages and no two words of a row are alike.
"""

from rules import prove_rows, prove_ways
from rules.sop import Sop
from rules.unsound import Place, Problem


def prove(sop: Sop, place: Place) -> list[Problem]:
    """Return every fault; the ways between rows are only tried when each of them leads somewhere."""
    faults = [fault for proof in prove_rows.PROOFS for fault in proof(sop)]
    if not faults:
        faults = [fault for proof in prove_ways.PROOFS for fault in proof(sop)]
    return [place.problem(*fault) for fault in faults]
