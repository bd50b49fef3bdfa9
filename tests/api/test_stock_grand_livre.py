"""MVT-01, SEC-04: the ledger only grows; the database itself refuses everything else."""

import asyncpg
import pytest
from tests.api.documents import boulangerie
from tests.api.stock import corriger, grand_livre


@pytest.mark.parametrize(
    "ordre",
    [
        "UPDATE societe_principale.mouvements SET quantite = 1",
        "UPDATE societe_principale.mouvements SET date = date WHERE false",
        "DELETE FROM societe_principale.mouvements",
        "TRUNCATE societe_principale.mouvements",
    ],
)
def test_mvt_01_the_database_itself_keeps_the_ledger_as_it_is(reelle, adresse_reelle, ordre):
    """As the role that the application connects with."""
    boulangerie(reelle)
    corriger(reelle, ("BAG", "5"))
    avant = grand_livre(reelle)

    async def tenter():
        connexion = await asyncpg.connect(adresse_reelle.replace("+asyncpg", ""))
        try:
            with pytest.raises(asyncpg.RestrictViolationError, match="append-only"):
                await connexion.execute(ordre)
        finally:
            await connexion.close()

    reelle.attendre(tenter)
    assert grand_livre(reelle) == avant != []
