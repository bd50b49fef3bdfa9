"""Until when commandes are taken (CLI-11), right across daylight-saving changes."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aurore_domain.heure_limite import est_depassee, limite, regle_applicable

BRUXELLES = ZoneInfo("Europe/Brussels")

LIMITES = """
livraison  | jours | heure | en UTC               | pourquoi
2026-11-24 | 1     | 16:00 | 2026-11-23T15:00:00Z | winter
2026-07-14 | 1     | 16:00 | 2026-07-13T14:00:00Z | summer
2026-11-24 | 0     | 02:00 | 2026-11-24T01:00:00Z | the day itself
2026-11-24 | 3     | 00:00 | 2026-11-20T23:00:00Z | three days before, at midnight
2026-03-29 | 1     | 16:00 | 2026-03-28T15:00:00Z | before the jump: still winter time
2026-03-30 | 1     | 16:00 | 2026-03-29T14:00:00Z | after it: the clock says 16:00, 23 hours later
2026-03-29 | 0     | 01:59 | 2026-03-29T00:59:00Z | a minute before the gap
2026-03-29 | 0     | 02:00 | 2026-03-29T01:00:00Z | the gap begins: the clock jumps to 03:00
2026-03-29 | 0     | 02:30 | 2026-03-29T01:00:00Z | in the gap: the instant after it
2026-03-30 | 1     | 02:59 | 2026-03-29T01:00:00Z | in the gap, said the day before
2026-03-29 | 0     | 03:00 | 2026-03-29T01:00:00Z | the gap ends
2026-03-29 | 0     | 03:01 | 2026-03-29T01:01:00Z | a minute after it
2026-10-25 | 1     | 16:00 | 2026-10-24T14:00:00Z | before the change: still summer time
2026-10-26 | 1     | 16:00 | 2026-10-25T15:00:00Z | after it: the clock says 16:00, 25 hours later
2026-10-25 | 0     | 01:59 | 2026-10-24T23:59:00Z | a minute before the hour that comes twice
2026-10-25 | 0     | 02:00 | 2026-10-25T00:00:00Z | it begins
2026-10-25 | 0     | 02:30 | 2026-10-25T00:30:00Z | twice on the clock: the first
2026-10-26 | 1     | 02:59 | 2026-10-25T00:59:00Z | twice on the clock, said the day before: the first
2026-10-25 | 0     | 03:00 | 2026-10-25T02:00:00Z | once again
"""


@pytest.mark.parametrize("rangee", LIMITES.strip().splitlines()[1:])
def test_cli_11_the_limit_is_read_on_the_clock_of_brussels(rangee: str) -> None:
    livraison, jours, heure, attendue, _ = (case.strip() for case in rangee.split("|"))
    donnees = date.fromisoformat(livraison), int(jours), time.fromisoformat(heure), BRUXELLES
    exacte = datetime.fromisoformat(attendue)
    trouvee = limite(*donnees)
    assert (trouvee, trouvee.tzinfo) == (exacte, UTC)
    assert not est_depassee(exacte - timedelta(seconds=1), *donnees)
    assert not est_depassee(exacte, *donnees)
    assert est_depassee(exacte + timedelta(microseconds=1), *donnees)


def test_cli_11_the_instant_asked_about_may_be_told_in_any_zone() -> None:
    """At 02:40 for the second time it is too late for a limit of 02:50, although the clock shows less."""
    seconde_fois = datetime(2026, 10, 25, 2, 40, tzinfo=BRUXELLES, fold=1)
    premiere_fois = seconde_fois.replace(fold=0)
    donnees = date(2026, 10, 25), 0, time(2, 50), BRUXELLES
    assert est_depassee(seconde_fois, *donnees)
    assert not est_depassee(premiere_fois, *donnees)
    assert est_depassee(seconde_fois.astimezone(ZoneInfo("Asia/Tokyo")), *donnees)


ZONES = [
    "Europe/Brussels",
    "Europe/Lisbon",
    "America/St_Johns",
    "America/Sao_Paulo",
    "Africa/Casablanca",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "Pacific/Kiritimati",
    "Pacific/Pago_Pago",
]
"""Zones with every kind of change: an hour, half an hour, at midnight, a whole day left out, none at all."""


def par_balayage(livraison: date, jours_avant: int, heure: time, fuseau: ZoneInfo) -> datetime:
    """The first minute, in UTC, at which the clock shows the time or has jumped over it; read minute by minute."""
    voulue = datetime(livraison.year, livraison.month, livraison.day) - timedelta(days=jours_avant)  # noqa: DTZ001
    voulue = voulue.replace(hour=heure.hour, minute=heure.minute)
    instant = (voulue - timedelta(hours=15)).replace(tzinfo=UTC)
    while instant.astimezone(fuseau).replace(tzinfo=None) < voulue:
        instant += timedelta(minutes=1)
    return instant


CHANGEMENTS = [
    (date(2026, 3, 29), "Europe/Brussels"),
    (date(2026, 10, 25), "Europe/Brussels"),
    (date(2026, 4, 5), "Australia/Lord_Howe"),
    (date(2026, 10, 4), "Australia/Lord_Howe"),
    (date(2011, 12, 30), "Pacific/Apia"),
    (date(2018, 11, 4), "America/Sao_Paulo"),
    (date(2026, 3, 8), "America/St_Johns"),
]


@given(
    st.one_of(
        st.tuples(st.dates(date(2000, 1, 1), date(2037, 12, 31)), st.sampled_from(ZONES)),
        st.sampled_from(CHANGEMENTS),
    ),
    st.integers(0, 3),
    st.times().map(lambda une: une.replace(second=0, microsecond=0)),
)
def test_cli_11_agrees_with_a_clock_watched_minute_by_minute(
    lieu: tuple[date, str], jours_avant: int, heure: time
) -> None:
    jour, zone = lieu
    fuseau = ZoneInfo(zone)
    livraison = jour + timedelta(days=jours_avant)
    assert limite(livraison, jours_avant, heure, fuseau) == par_balayage(livraison, jours_avant, heure, fuseau)


@dataclass(frozen=True)
class Regle:
    jours_avant: int
    heure: time = time(16)


@pytest.mark.parametrize(
    ("client", "tournee", "societe", "attendue"),
    [
        (Regle(1), Regle(2), Regle(3), Regle(1)),
        (None, Regle(2), Regle(3), Regle(2)),
        (None, None, Regle(3), Regle(3)),
        (Regle(1), None, Regle(3), Regle(1)),
        (None, None, None, None),
    ],
)
def test_cli_11_the_most_specific_rule_counts(
    client: Regle | None, tournee: Regle | None, societe: Regle | None, attendue: Regle | None
) -> None:
    assert regle_applicable(client=client, tournee=tournee, societe=societe) == attendue
