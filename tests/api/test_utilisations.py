"""Deleting what is in use says by what (TAB-01): how the users are found, counted and named."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlmodel import SQLModel
from tests.api.catalogue import BAGUETTE, CARTON, creer, effacer
from tests.api.documents import boulangerie, document, imprimer, requetes_sql, supprimer
from tests.api.reponses import refus

from aurore_api.socle import crud
from aurore_api.socle.cles import CleConnue
from aurore_api.socle.colonnes import SOCIETE
from aurore_api.socle.contexte import Contexte
from aurore_api.socle.horloge import maintenant
from aurore_api.socle.utilisations import Utilisation, utilisations

CLE = CleConnue(1, frozenset(), "principale", "societe_principale", "Europe/Brussels")


@pytest.fixture
def boutique(api):
    """The API, with the small bakery of the documents' tests."""
    boulangerie(api)
    return api


def par(reponse):
    """What a row that was not deleted is said to be used by."""
    assert refus(reponse) == (409, "en_utilisation")
    return reponse.json()["detail"].removeprefix("Encore utilisé par : ").removesuffix(".").split("; ")


def chercher(api, ligne, cle):
    """What a service is told of a row's users."""

    async def demander():
        base = api.app.state.base
        async with await base.session(base.exterieure, CLE.schema) as session:
            ctx = Contexte(session=session, cle=CLE, requete_id="", langue="fr", maintenant=maintenant())
            return await utilisations(ctx, ligne, cle)

    return api.attendre(demander)


LIGNES: list[Any] = [un.class_ for un in SQLModel._sa_registry.mappers if un.class_.__table__.schema == SOCIETE]
"""The class of each table's rows."""


def modele(table):
    """The class of a table's rows."""
    return next(une for une in LIGNES if une.__tablename__ == table)


@pytest.mark.parametrize(
    ("utilisation", "dite"),
    [
        (Utilisation("articles", 3, ("BAG", "CRO", "ECL")), "articles (3) : BAG, CRO, ECL"),
        (Utilisation("articles", 4, ("BAG", "CRO", "ECL")), "articles (4) : BAG, CRO, ECL, …"),
        (Utilisation("lignes", 4, ("2026-1",)), "lignes (4) : 2026-1"),
        (Utilisation("modes_livraison", 1, ("ENL",)), "modes-livraison (1) : ENL"),
        (Utilisation("parametres", 1), "parametres"),
        (Utilisation("adresses", 2), "adresses (2)"),
    ],
)
def test_tab_01_users_are_told_by_table_number_and_first_keys(utilisation, dite):
    assert str(utilisation) == dite


def test_tab_01_more_users_than_are_named_are_counted(api):
    creer(api, "/v1/familles", {"code": "F", "libelle": "F"})
    for numero in ("D", "B", "A", "C"):
        creer(api, "/v1/articles", BAGUETTE, numero=numero, famille="F")
    assert par(effacer(api, "/v1/familles/F")) == ["articles (4) : A, B, C, …"]


def test_tab_01_a_user_counts_once_however_often_it_uses_the_row(api):
    creer(api, "/v1/codes-tva", {"code": "T", "libelle": "T", "taux": [{"du": "2007-01-01", "taux": "6"}]})
    creer(api, "/v1/articles", BAGUETTE, code_tva_vente="T", code_tva_achat="T")
    creer(api, "/v1/articles", BAGUETTE, numero="CRO", code_tva_vente="T")
    creer(api, "/v1/articles", BAGUETTE, numero="ECL", code_tva_achat="T")
    assert par(effacer(api, "/v1/codes-tva/T")) == ["articles (3) : BAG, CRO, ECL"]


def test_tab_01_documents_are_named_by_their_number_and_lines_by_their_document(boutique):
    creer(boutique, "/v1/depots", {"code": "NORD", "libelle": "Nord"})
    ligne = {"article": "BAG", "quantite": "1", "depot": "NORD"}
    facture = imprimer(boutique, document(boutique, "facture", ligne, ligne, ligne, depot="NORD"))
    commande = document(boutique, "commande", ligne, depot="NORD")
    numero = facture["numero_affiche"]
    assert par(effacer(boutique, "/v1/depots/NORD")) == [
        f"documents (2) : {numero}, {commande['id']}",
        f"lignes (4) : {numero}, {commande['id']}",
        "stocks (1) : BAG",
    ]


def test_tab_01_a_document_takes_its_lines_along(boutique):
    ligne = {"article": "BAG", "quantite": "1"}
    assert supprimer(boutique, document(boutique, "commande", ligne)).status_code == 204


def test_tab_01_an_article_takes_along_what_belongs_to_it(api):
    creer(api, "/v1/articles", BAGUETTE, codes_barres=["5410000000017"])
    creer(api, "/v1/articles/BAG/unites", CARTON, code_barres="5410000000024")
    creer(api, "/v1/articles/BAG/tarifs", {"tarif": "REV", "quantite_minimum": "10", "remise": "5.00"})
    assert par(effacer(api, "/v1/tarifs/REV")) == ["tarifs-articles (1) : BAG"]
    assert effacer(api, "/v1/articles/BAG").status_code == 204
    assert effacer(api, "/v1/tarifs/REV").status_code == 204


def test_tab_01_what_an_article_alone_has_is_used_as_that_article_s(boutique):
    """The key of a unit is its article's and its own: another article's unit of one abbreviation is another row."""
    creer(boutique, "/v1/articles/VIN/unites", CARTON)
    creer(boutique, "/v1/articles/BAG/unites", CARTON, abreviation="CT12", facteur="12")
    creer(boutique, "/v1/clients/HOTEL/unites-preferees", {"article": "BAG", "unite": "CT6"})
    assert par(effacer(boutique, "/v1/articles/BAG/unites/CT6")) == ["unites-preferees (1) : HOTEL"]
    assert effacer(boutique, "/v1/articles/VIN/unites/CT6").status_code == 204
    assert effacer(boutique, "/v1/articles/BAG/unites/CT12").status_code == 204
    assert par(effacer(boutique, "/v1/articles/BAG")) == ["unites-preferees (1) : HOTEL"]


def test_tab_01_users_that_the_database_numbered_are_told_by_what_they_belong_to(boutique):
    creer(boutique, "/v1/familles", {"code": "F", "libelle": "F"})
    creer(boutique, "/v1/clients/HOTEL/prix", {"famille": "F", "remise": "5.00"})
    assert par(effacer(boutique, "/v1/familles/F")) == ["prix-clients (1) : HOTEL"]


def test_tab_01_services_are_told_the_tables(boutique):
    document(boutique, "commande", {"article": "BAG", "quantite": "1"})
    trouvees = {une.table: une.nombre for une in chercher(boutique, modele("articles"), "BAG")}
    assert trouvees == {"lignes": 1, "stocks": 1, "tarifs_articles": 2, "unites_supplementaires": 1}
    assert chercher(boutique, modele("articles"), "ABSENT") == []
    assert [une.table for une in chercher(boutique, modele("unites_supplementaires"), ("BAG", "CT6"))] == []


def test_tab_01_every_table_can_be_asked(api):
    """Whatever its key is made of, and whatever refers to it."""
    demandees = 0
    for ligne in LIGNES:
        types = [colonne.type.python_type for colonne in ligne.__table__.primary_key.columns]
        if {*types} <= {str, int}:
            assert chercher(api, ligne, tuple(un("0") for un in types)) == [], ligne.__tablename__
            demandees += 1
    assert demandees > 40


def test_tab_01_one_statement_finds_that_nothing_uses_a_row(api):
    creer(api, "/v1/unites", {"code": "X1", "libelle": "Un"})
    with requetes_sql(api) as envoyees:
        assert effacer(api, "/v1/unites/X1").status_code == 204
    assert len([une for une in envoyees if "UNION ALL" in une]) == 1
    assert [une.split()[0] for une in envoyees if "unites" in une] == ["SELECT", "SELECT", "DELETE"]


def test_tab_01_the_database_refuses_what_comes_in_between(api, monkeypatch):
    """As if the user had come after nothing was found: its foreign key is the last guard."""

    async def rien(_ctx, _ligne):
        pass

    monkeypatch.setattr(crud, "verifier_libre", rien)
    creer(api, "/v1/codes-tva", {"code": "T", "libelle": "T", "taux": [{"du": "2007-01-01", "taux": "6"}]})
    creer(api, "/v1/modes-livraison", {"code": "M", "libelle": "M", "code_tva": "T"})
    assert par(effacer(api, "/v1/codes-tva/T")) == ["modes-livraison"]
    assert api.get("/v1/codes-tva/T").status_code == 200


def test_tab_01_a_row_never_goes_while_another_comes_to_use_it(reelle):
    for rang in range(5):
        code = f"D{rang}"
        creer(reelle, "/v1/departements", {"code": code, "libelle": code})
        famille = {"code": code, "libelle": code, "departement": code}
        with ThreadPoolExecutor(2) as fils:
            venue = fils.submit(reelle.post, "/v1/familles", json=famille)
            partie = fils.submit(effacer, reelle, f"/v1/departements/{code}")
            resultat = venue.result().status_code, partie.result().status_code
        assert resultat in {(201, 409), (422, 204)}
