"""OPS-06: `aurore verifier` finds nothing in what the API made, and each planted fault, and only that."""

from typing import Any

import pytest
from sqlalchemy import text
from tests.api.fautes import FAUTES
from tests.api.vivante import vivre
from tests.client import ClientDeTest
from tests.conftest import CLE, BaseNichee

from aurore_api.app import creer_app
from aurore_api.verification.controles import D_ENSEMBLE, PAR_DOCUMENT
from aurore_api.verification.execution import verifier_societe

SCHEMA = "societe_principale"


@pytest.fixture(scope="module")
def vivante(postgres, base_neuve, base_installee):
    """The bakery of `vivre`, made once, through a connection that may do anything: faults come by such ways."""
    adresse = postgres.dsn(base_neuve(base_installee)).replace("//aurore@", "//postgres@")
    base = BaseNichee(adresse, connexions=2)
    with ClientDeTest(creer_app(base), {"authorization": f"Bearer {CLE}"}) as client:
        client.attendre(base.ouvrir)
        try:
            yield client, {nom: un["id"] for nom, un in vivre(client).items()}
        finally:
            client.attendre(base.annuler)


def trouves(client, *ordres: str, **valeurs: Any) -> dict[str, list[tuple[Any, ...]]]:
    """What is found after statements that no trigger and no foreign key sees, which are then undone."""

    async def faire():
        connexion = client.app.state.base.exterieure
        async with connexion.begin_nested() as etape:
            await connexion.execute(text(f"SET LOCAL search_path TO {SCHEMA}, public"))
            await connexion.execute(text("SET LOCAL session_replication_role TO replica"))
            for ordre in ordres:
                donnees = {nom: un for nom, un in valeurs.items() if f":{nom}" in ordre}
                resultat = await connexion.execute(text(ordre), donnees)
                assert resultat.rowcount != 0, ordre
            await connexion.execute(text("SET LOCAL session_replication_role TO origin"))
            bilan = await verifier_societe(connexion, "principale", SCHEMA)
            await etape.rollback()
        return bilan

    bilan = client.attendre(faire)
    return {
        un.controle.nom: [(ecart.objet, ecart.champ, ecart.attendu, ecart.trouve) for ecart in un.releve.ecarts]
        for un in bilan.constats
        if un.releve.nombre
    }


def test_ops_06_nothing_is_found_in_what_the_api_made(vivante):
    client, _ = vivante
    assert trouves(client) == {}


@pytest.mark.parametrize("nom", FAUTES)
def test_ops_06_a_planted_fault_is_found_and_nothing_else(vivante, nom):
    client, faits = vivante
    faute = FAUTES[nom]
    lus = trouves(client, *faute.ordres, **faits, d=faits[faute.victime])
    assert {controle: {ecart[1] for ecart in ecarts} for controle, ecarts in lus.items()} == faute.trouvee, lus


def test_ops_06_every_check_has_found_a_fault():
    """A check that no planted fault shows could as well be left out."""
    controles = [un.nom for un in (*PAR_DOCUMENT, *D_ENSEMBLE)]
    assert len(controles) == len(set(controles))
    assert set(controles) == {nom for faute in FAUTES.values() for nom in faute.trouvee}


def test_ops_06_a_difference_says_what_and_where(vivante):
    client, faits = vivante
    faute = FAUTES["montant"]
    assert trouves(client, *faute.ordres, d=faits["bordereau"]) == {
        "totaux": [("bordereau BL2025/00001, ligne 100", "montant_htva", "35.70", "35.71")],
        "journal_lignes": [("bordereau BL2025/00001, ligne 100", "montant_htva", "35.70", "35.71")],
    }
