"""How long each row of a request took, beside the standard time its SOP gives: office time between its transitions."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from mailflow.office import Office
from mailflow.store.tables import Transition
from rules.case import Case, State
from rules.sop import Sop


def row_times(office: Office, sop: Sop, case: Case, happened: Sequence[Transition]) -> list[dict[str, Any]]:
    """Return every row in the SOP's order; `took_seconds` is None where the request has not been, and runs on where it is now."""
    took = _took(office, happened)
    return [
        {
            "id": step.id,
            "no": step.no,
            "visits": case.visits.get(step.id, 0),
            "standard_time": step.time,
            "took_seconds": round(took[step.id]) if step.id in took else None,
        }
        for step in sop.steps.values()
    ]


def _took(office: Office, happened: Sequence[Transition]) -> dict[str, float]:
    """Office seconds by row; a closed request takes none."""
    took: dict[str, float] = defaultdict(float)
    ends: list[datetime] = [each.at for each in happened[1:]] + [office.now()]
    for each, end in zip(happened, ends, strict=False):
        open_still = each.to_state != State.CLOSED.value
        took[each.to_step] += office.calendar.office_seconds(each.at, end) if open_still else 0.0
    return took
