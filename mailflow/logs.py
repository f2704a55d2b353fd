"""The log: one JSON object per line on stderr, without personal data; journald keeps it."""

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

_ADDRESS = re.compile(r"[^\s<>()\[\],;:\"'@/]+@(?=[\w-])")


def without_personal_data(
    _logger: Any, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Mask the local part of addresses (mail servers repeat them in their answers), and drop what exceptions say: both may name people."""
    kept = event.pop("mailbox", None)  # the department's own
    for name, value in event.items():
        event[name] = _masked(value)
    return event if kept is None else {"mailbox": kept, **event}


def _masked(value: Any) -> Any:
    if isinstance(value, str):
        return _ADDRESS.sub("***@", value)
    if isinstance(value, dict):
        return {name: _masked(each) for name, each in value.items() if name not in {"exc_value", "exc_notes"}}
    if isinstance(value, list | tuple):
        return [_masked(each) for each in value]
    return value


def configure(level: int = logging.INFO) -> None:
    """Set structlog up. Tracebacks come without local variables: those hold people's letters."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.ExceptionRenderer(
                structlog.tracebacks.ExceptionDictTransformer(show_locals=False)
            ),
            without_personal_data,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=lambda *_: structlog.PrintLogger(sys.stderr),  # the stderr of the moment of writing
        cache_logger_on_first_use=False,
    )
