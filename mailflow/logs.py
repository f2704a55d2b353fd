"""The log: one JSON object per line on stderr, without personal data; journald keeps it."""

import logging
import sys

import structlog


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
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=lambda *_: structlog.PrintLogger(sys.stderr),  # the stderr of the moment of writing
        cache_logger_on_first_use=False,
    )
