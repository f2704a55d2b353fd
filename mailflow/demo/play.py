"""The demonstration: one department, one clock, five services from the first mail to the closing."""

import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

from mailflow import bootstrap, views
from mailflow.clock import HandClock
from mailflow.config import load
from mailflow.demo.department import CONFIGURATION, Department, prepare
from mailflow.demo.show import Stage
from mailflow.demo.walks import WALKS
from mailflow.demo.walks.walk import Walk
from mailflow.errors import MailflowError
from mailflow.office import Office

BEGIN = datetime.fromisoformat("2026-03-17T09:12:00+07:00")
"""A Tuesday before Nyepi and Lebaran: the promised working day lies behind a week of holidays, and the letters say so."""


def play(directory: Path | None, service: str = "", *, is_full: bool = False) -> None:
    """Play the demonstration into `directory` and leave its files there. `service`: only this one; `is_full`: every mail whole."""
    walks = _chosen(service)
    place = (directory or Path(tempfile.mkdtemp(prefix="mailflow-demo-"))).resolve()
    if (place / CONFIGURATION).exists():
        raise MailflowError(f"{place} holds a demonstration already; name another --directory")
    clock, stage = HandClock(BEGIN), Stage(sys.stdout, is_full=is_full)
    stage.say(
        "Fictional requests on their way through the counter. Mailbox and outgoing mail are directories, the clock is "
        "set by hand, and nothing leaves this machine. The mails are Indonesian; --help of every command is English. Of "
        "each mail its main lines are shown, of the first service all that is new, of a closing mail all; --full shows "
        "every mail as it was sent, --service ID one service."
    )
    with bootstrap.open_office(load(prepare(place)), clock=clock) as office:
        department = Department(place, office, clock, stage)
        for number, walk in enumerate(walks, 1):
            _before(department, walk, walks[: number - 1])
            stage.act(number, walk.title, walk.service, is_read=walk.is_read)
            walk.play(department)
        _tell_requests(stage, office)
        first = views.cases(office, only_open=False)[-1]["id"]
        task = min(each["id"] for each in views.outbox(office) if each["template"] == "officer-task-assigned")
    _farewell(stage, place, first, task)


def _chosen(service: str) -> tuple[Walk, ...]:
    if not service:
        return WALKS
    if chosen := tuple(each for each in WALKS if each.service == service):
        return chosen
    raise MailflowError(f"no service {service}: say {', '.join(each.service for each in WALKS)}")


def _before(department: Department, walk: Walk, played: Iterable[Walk]) -> None:
    """Play unseen what a story goes on from, where it was not played."""
    if not walk.after or walk.after in {each.service for each in played}:
        return
    department.stage.say(f"It goes on from a request that is played unseen: --service {walk.after}.")
    department.stage.is_dark = True
    _chosen(walk.after)[0].play(department)
    department.stage.is_dark = False


def _tell_requests(stage: Stage, office: Office) -> None:
    """The requests in the end: number, service, ending, and how many mails were sent."""
    mails = Counter(each["case"] for each in views.outbox(office))
    rows = [
        (
            each["id"],
            each["sop"],
            each["applicant"].partition(",")[0],
            f"{each['closed']:%d %b %H:%M}" if each["closed"] else "",
            each["ending"] or "open",
            str(mails[each["id"]]),
        )
        for each in reversed(views.cases(office, only_open=False))
    ]
    if others := mails[None]:
        rows.append(("", "notices, digests", "", "", "", str(others)))
    stage.table("What became of them", ("number", "service", "applicant", "closed", "ending", "mails"), rows)


def _farewell(stage: Stage, place: Path, case: str, task: int) -> None:
    program, config = _program(), ("--config", str(place / CONFIGURATION))
    rows: list[tuple[str, Sequence[str]]] = [
        ("every request, the newest first", (program, "cases", *config)),
        ("the first one and all that happened to it", (program, "case", case, *config)),
        ("a letter as it was sent, the first task", (program, "outbox", "show", str(task), *config)),
        (
            "why the first mail means what it means; changes and sends nothing",
            (program, "try", str(place / "messages" / "1.eml"), *config),
        ),
        (
            "an SOP as the official table, a page to print and to sign",
            (program, "rules", "render", "data-change", "--output", str(place / "data-change.html")),
        ),
        ("every letter with sample facts", (program, "templates", "preview")),
        ("begin a configuration of your own", (program, "init", "my-counter")),
    ]
    stage.say(f"All of this lies in {place}. Try next:")
    stage.commands(rows)


def _program() -> str:
    """Return how this program was called: words that work again from here."""
    called = Path(sys.argv[0])
    if called.name != "mailflow":
        return f"{sys.executable} -m mailflow"
    here = Path.cwd()
    return (
        str(called.relative_to(here)) if called.is_absolute() and called.is_relative_to(here) else str(called)
    )
