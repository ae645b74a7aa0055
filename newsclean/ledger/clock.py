"""The times of the ledger: UTC, to the second, as text that sorts by time."""

from datetime import UTC, datetime, timedelta


def utc_now() -> str:
    """Return the current time in UTC as ISO 8601 to the second, ``2026-04-18T09:30:00Z``.

    >>> utc_now().endswith("Z"), len(utc_now())
    (True, 20)
    """
    return _written(datetime.now(UTC))


def later(moment: str, seconds: float) -> str:
    """Return *moment* (in the format of `utc_now`) plus *seconds*, which may be negative."""
    return _written(datetime.fromisoformat(moment) + timedelta(seconds=seconds))


def seconds_between(start: str, end: str) -> float:
    """Return the seconds from *start* to *end*, both in the format of `utc_now`."""
    return (datetime.fromisoformat(end) - datetime.fromisoformat(start)).total_seconds()


def as_utc(date: str | None) -> str | None:
    """Return an ISO 8601 *date* in the format of the ledger, or None if it is not a date.

    A date without a time zone is read as UTC. The error is some hours at most, and the ledger only
    decides whether an article is young.
    """
    if not date:
        return None
    try:
        moment = datetime.fromisoformat(date)
        moment = moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
        return _written(moment) if moment.year > 1900 else None
    except (ValueError, OverflowError):
        return None


def _written(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
