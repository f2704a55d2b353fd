"""`mailflow status`: how the counter stands."""

from mailflow.cli.options import AsJson, ConfigFile, emit

NAME = "status"


def command(config: ConfigFile = None, as_json: AsJson = False) -> None:
    """Counts per state, and when each loop last succeeded."""
    from mailflow import views

    with views.opened(config) as office:
        data = views.status(office)
    lines = [
        f"{kind}: " + (", ".join(f"{count} {state}" for state, count in counts.items()) or "none")
        for kind, counts in data.items()
        if kind not in {"loops", "mode"}
    ]
    loops = data["loops"]
    lines.append(
        "loops: "
        + (", ".join(f"{name} {when}" for name, when in loops.items()) or "the daemon has not run yet")
    )
    lines.append(f"mode: {data['mode']}")
    emit(data, as_json=as_json, lines=lines)
