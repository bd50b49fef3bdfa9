"""The only place that asks what time it is; the domain is always told."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo


def maintenant() -> datetime:
    """The present instant, with its offset."""
    return datetime.now(UTC)


def heure_dans(instant: datetime, fuseau: str) -> datetime:
    """An instant as the clocks of a time zone show it."""
    return instant.astimezone(ZoneInfo(fuseau))


def jour_dans(instant: datetime, fuseau: str) -> date:
    """The calendar day of an instant for people in a time zone."""
    return heure_dans(instant, fuseau).date()
