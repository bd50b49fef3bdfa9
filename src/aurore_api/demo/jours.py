"""The days of the sample data: counted from today, so that it can be played on any day."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

FUSEAU = ZoneInfo("Europe/Brussels")


def aujourd_hui() -> date:
    """The bakery's day."""
    return datetime.now(FUSEAU).date()


def jour(valeur: int | str, depuis: date | None = None) -> str:
    """A day as the API takes it: so many days from `depuis`, today by default, or `MM-DD` of this year."""
    if isinstance(valeur, str):
        return f"{aujourd_hui().year}-{valeur}"
    return ((depuis or aujourd_hui()) + timedelta(days=valeur)).isoformat()


def dater(jours: int) -> str:
    """The day `jours` days from today, but not before 1 January: a fresh société has no earlier exercice (TAB-02)."""
    return max(jour(jours), f"{aujourd_hui().year}-01-01")
