"""What the list of officers leaves open: tasks that fall to somebody whom the administrator may not have meant."""

from collections.abc import Iterable

from mailflow.config import Officer


def serves(officer: Officer, role: str, sop: str) -> bool:
    """Whether the officer has this role for this SOP; no services means all."""
    return officer.role == role and (not officer.services or sop in officer.services)


def gaps(officers: Iterable[Officer], sops: Iterable[str]) -> list[str]:
    """Return one sentence per gap: what is missing, who steps in, what to do."""
    staff, services = list(officers), sorted(sops)
    alone = [sop for sop in services if not any(serves(each, "official", sop) for each in staff)]
    nobody = [sop for sop in services if not any(serves(each, "officer", sop) for each in staff)]
    found = []
    if alone:
        found.append(
            f'no official (role = "official") for {_listed(alone, services)}: decisions handed up, broken promises and urgent requests '
            "are put before officers instead; add one under [[officers]]"
        )
    if nobody:
        found.append(
            f"no officer has {_listed(nobody, services)} among their services: all officers get these tasks; add it to the services of one"
        )
    return found


def _listed(some: list[str], all_of_them: list[str]) -> str:
    return "any service" if some == all_of_them else ", ".join(some)
