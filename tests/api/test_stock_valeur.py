"""What goods have cost, now and on any day past: CAL-12, CAL-13, MVT-04, MVT-05, over HTTP.

Entries at a price are written as receptions write them; their own documents are tested with them.
"""

from datetime import date
from decimal import Decimal

import pytest
from tests.api.catalogue import creer
from tests.api.documents import baguettes, boulangerie, document, supprimer
from tests.api.reponses import donnees
from tests.api.stock import corriger, exiger_soldes
from uuid_utils.compat import uuid7

from aurore_api.socle.cles import CleConnue
from aurore_api.socle.contexte import Contexte
from aurore_api.socle.horloge import maintenant
from aurore_api.stock import service
from aurore_api.stock.tables import Mouvement
from aurore_domain.stock import Compte


@pytest.fixture(autouse=True)
def _boulangerie(api):
    boulangerie(api)
    creer(api, "/v1/depots", {"code": "NORD", "libelle": "Dépôt nord"})
    yield
    exiger_soldes(api)


CLE = CleConnue(id=1, societe="principale", schema="societe_principale", fuseau="UTC", portees=frozenset())


@pytest.fixture
def entrer(api):
    """Bring goods in at a price, as a reception does; gives the line, under which it can be taken back."""
    base = api.app.state.base

    async def ecrire(mouvement):
        async with await base.session(base.exterieure, CLE.schema) as session:
            ctx = Contexte(session=session, cle=CLE, requete_id="", langue="fr", maintenant=maintenant())
            await service.enregistrer(ctx, [mouvement], negatif_interdit=False)
            await session.commit()

    def faire(jour, quantite, prix, *, article="BAG", depot="PRINCIPAL", frais="0", ligne=None):
        ligne = ligne or uuid7()
        api.attendre(
            ecrire,
            Mouvement(instant=maintenant(), date=date.fromisoformat(jour), article=article, depot=depot, ligne=ligne,
                      compte=Compte.PHYSIQUE, genre="fournisseur", quantite=Decimal(quantite), prix=Decimal(prix),
                      frais=Decimal(frais), fournisseur="F1"),
        )  # fmt: skip
        return ligne

    return faire


def vaut(api, article="BAG"):
    dit = api.get(f"/v1/articles/{article}/stock").json()
    return dit["physique"], dit["pamp"], dit["dernier_prix"], dit["valeur_pamp"], dit["valeur_dernier_prix"]


def le(api, jour, article="BAG"):
    """The same on a day, over all dépôts."""
    soldes = donnees(api.get("/v1/stock", params={"date": jour, "article": article}))
    ((pamp, dernier),) = {(un["pamp"], un["dernier_prix"]) for un in soldes}
    return str(sum(Decimal(un["physique"]) for un in soldes)), pamp, dernier


@pytest.fixture
def annee(api, entrer):
    """Two entries in two dépôts, with exits, a correction and a transfer between, and one more when all was sold."""
    entrer("2025-06-01", "100", "0.40")
    document(api, "bordereau", baguettes("60"), date="2025-06-05")
    creer(api, "/v1/stock/transferts", {"de": "PRINCIPAL", "vers": "NORD", "date": "2025-06-06",
                                        "lignes": [{"article": "BAG", "quantite": "30"}]})  # fmt: skip
    entrer("2025-06-10", "60", "0.50", depot="NORD", frais="0.02")
    corriger(api, ("BAG", "10"), date="2025-06-12")
    document(api, "bordereau", baguettes("110"), date="2025-06-15")
    entrer("2025-06-20", "20", "0.60")


def test_cal_12_le_pamp_de_jour_en_jour(api, annee):
    assert annee is None
    assert [le(api, f"2025-06-{jour:02}") for jour in (1, 5, 6, 10, 12, 15, 20)] == [
        ("100", "0.4000", "0.4000"),
        ("40", "0.4000", "0.4000"),
        ("40", "0.4000", "0.4000"),
        ("100", "0.4600", "0.5000"),
        ("110", "0.4600", "0.5000"),
        ("0", "0.4600", "0.5000"),
        ("20", "0.6000", "0.6000"),
    ]
    assert vaut(api) == ("20", "0.6000", "0.6000", "12.00", "12.00")
    assert le(api, "2025-05-31") == ("0", None, None)


def test_cal_12_une_entree_datee_du_passe_est_rejouee_a_sa_place(api, annee, entrer):
    assert annee is None
    ligne = entrer("2025-06-03", "100", "0.60")
    assert [le(api, f"2025-06-{jour:02}") for jour in (2, 3, 5, 10, 15, 20)] == [
        ("100", "0.4000", "0.4000"),
        ("200", "0.5000", "0.6000"),
        ("140", "0.5000", "0.6000"),
        ("200", "0.5000", "0.5000"),
        ("100", "0.5000", "0.5000"),
        ("120", "0.5167", "0.6000"),
    ]
    # Kept to 6 decimals: 120 x 0.516667.
    assert vaut(api) == ("120", "0.5167", "0.6000", "62.00", "72.00")
    # Taken back, everything is as if it had never been.
    entrer("2025-06-03", "-100", "0.60", ligne=ligne)
    assert vaut(api) == ("20", "0.6000", "0.6000", "12.00", "12.00")
    assert le(api, "2025-06-10") == ("100", "0.4600", "0.5000")


def test_cal_12_une_sortie_du_passe_qui_s_en_va_change_ce_qui_suit(api, entrer):
    entrer("2025-06-01", "100", "0.40")
    bordereau = document(api, "bordereau", baguettes("60"), date="2025-06-05")
    entrer("2025-06-10", "60", "0.50")
    assert vaut(api)[1] == "0.4600"
    assert supprimer(api, bordereau).status_code == 204
    assert vaut(api)[1] == "0.4375"


def test_cal_13_le_dernier_prix_est_celui_de_la_derniere_entree_et_va_a_l_article(api, entrer):
    entrer("2025-06-10", "10", "0.50", frais="0.02")
    entrer("2025-06-03", "10", "0.80")
    assert vaut(api)[2] == "0.5000"
    # Without its costs, which an article states apart (ART-17).
    assert api.get("/v1/articles/BAG").json()["dernier_prix_achat"] == "0.4800"


def test_mvt_05_la_valeur_par_depot_a_une_date(api, annee):
    assert annee is None
    soldes = donnees(api.get("/v1/stock", params={"date": "2025-06-10"}))
    assert [(un["depot"], un["physique"], un["valeur_pamp"], un["valeur_dernier_prix"]) for un in soldes] == [
        ("NORD", "90", "41.40", "45.00"),
        ("PRINCIPAL", "10", "4.60", "5.00"),
    ]
