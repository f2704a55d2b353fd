"""Whether the configured folders are there or can be made. Whether CREATE is allowed shows only when it is said."""

from collections.abc import Iterator

from mailflow.doctor.finding import Finding
from mailflow.doctor.visit import Folder, Visit

_NEVER = ("[CANNOT]", "[NOPERM]")  # RFC 5530 §3


def judge(seen: Visit) -> Iterator[Finding]:
    """Judge each folder by itself."""
    if not seen.came_to("folders"):
        yield Finding(check="folder", verdict="untried", where=seen.where, what="not logged in")
    elif not seen.reached("folders"):
        yield Finding(check="folder", verdict="finding", where=seen.where, what=seen.what, next=seen.next)
    for each in seen.folders:
        yield _one(each, f"{seen.where} folder {each.name}")


def _one(folder: Folder, where: str) -> Finding:
    if folder.is_there:
        return Finding(check="folder", verdict="fine", where=where, what="there")
    if folder.key == "folder":
        remedy = "check that the folder exists and this account may open it, or correct [mailbox] folder"
        return Finding(check="folder", verdict="finding", where=where, what=folder.said, next=remedy)
    hollow = "" in folder.name.split("/")
    if hollow or any(code in folder.said.upper() for code in _NEVER):
        remedy = f"create it by hand or name another one in [mailbox] {folder.key}"
        what = f"not there and cannot be created: {folder.said}"
        return Finding(check="folder", verdict="finding", where=where, what=what, next=remedy)
    what = "not there yet; the daemon makes it at its start, if the server lets it"
    return Finding(check="folder", verdict="fact", where=where, what=what)
