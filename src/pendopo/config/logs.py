"""Logs on stderr, one line an event, without personal data."""

import datetime as dt
import json
import logging
import re
import traceback
from typing import Any

_EMAIL = re.compile(r"[^\s@<>()\"'=]+@[^\s@<>()\"']+\.[^\s@<>()\"',;:]+")
_NUMBER = re.compile(r"(?<![\w.])\+?\d(?:[ .-]?\d){8,19}(?!\w)")  # phone, NIK, card
_CODE = re.compile(r"\b([A-Z]{2,5})-[0-9A-Z]{4}-[0-9A-Z]{4}\b", re.IGNORECASE)  # opens a report
# What PostgreSQL adds about the row that was refused.
_ROW = re.compile(r"(DETAIL|CONTEXT|Failing row contains|Key \().*", re.DOTALL)


def masked(words: str) -> str:
    """`words` without e-mail addresses, long numbers, report codes and row contents."""
    words = _ROW.sub("<baris>", words)
    words = _EMAIL.sub("<surel>", words)
    words = _CODE.sub(r"\1-<kode>", words)
    return _NUMBER.sub("<nomor>", words)


class Lines(logging.Formatter):
    """One JSON object a line, for journald and log collectors. Source lines are named, values never."""

    def facts(self, record: logging.LogRecord) -> dict[str, Any]:
        moment = dt.datetime.fromtimestamp(record.created, dt.UTC)
        facts: dict[str, Any] = {
            "time": moment.isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": masked(record.getMessage()),
        }
        if record.exc_info and record.exc_info[1]:
            error = record.exc_info[1]
            facts["error"] = masked(f"{type(error).__name__}: {error}")
            facts["where"] = [
                f"{frame.filename}:{frame.lineno} {frame.name}"
                for frame in traceback.extract_tb(error.__traceback__)
            ]
        return facts

    def format(self, record: logging.LogRecord) -> str:
        return json.dumps(self.facts(record), ensure_ascii=False)


class Plain(Lines):
    """The same facts for a person at a terminal."""

    def format(self, record: logging.LogRecord) -> str:
        facts = self.facts(record)
        lines = [f"{facts['level'].lower()} {facts['logger']}: {facts['message']}"]
        if "error" in facts:
            lines += [f"  {where}" for where in facts["where"]] + [f"  {facts['error']}"]
        return "\n".join(lines)


def configuration(level: str, *, lines: bool) -> dict[str, Any]:
    """Django's LOGGING: everything to stderr, ours and the libraries' alike."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"pendopo": {"()": Lines if lines else Plain}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "pendopo"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            "django": {"handlers": [], "level": level, "propagate": True},
            # Scanners ask for names that are not ours all day long.
            "django.security.DisallowedHost": {"level": "CRITICAL"},
            # Below WARNING it tells every job with its arguments, which name people.
            "procrastinate": {"level": max(level, "WARNING", key=logging.getLevelName)},
        },
    }
