"""Whether the server lets us in."""

from collections.abc import Iterator

from mailflow.doctor.finding import Finding
from mailflow.doctor.visit import Visit


def judge(seen: Visit, username: str) -> Iterator[Finding]:
    """Judge the login; a way out without an account has none."""
    if not seen.came_to("login"):
        yield Finding(check="login", verdict="untried", where=seen.where, what="no sound connection")
    elif not seen.reached("login"):
        yield Finding(check="login", verdict="finding", where=seen.where, what=seen.what, next=seen.next)
    elif username:
        yield Finding(check="login", verdict="fine", where=seen.where, what=f"logged in as {username}")
    else:
        yield Finding(
            check="login", verdict="fact", where=seen.where, what="no login: [smtp] username is empty"
        )
