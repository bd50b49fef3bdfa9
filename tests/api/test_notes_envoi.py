"""MAG-22, IMP-11: what is due on a day becomes bordereaux, numbered and printed as one PDF, nothing twice."""

import asyncio
from collections import Counter
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from tests.api.catalogue import changer, creer
from tests.api.documents import document, etat, lire, part, sql, supprimer, tente, transfere
from tests.api.production import LUNDI, MARDI, MERCREDI, a_produire, du_magasin, fournil
from tests.api.reponses import donnees, erreurs, refus
from tests.api.stock import corriger
from tests.api.travaux import SCHEMA, accepte, travailler
from tests.impression.lecture import lire as lire_pdf

from aurore_api.genres import GENRES
from aurore_api.socle.travaux.execution import derouler
from aurore_api.socle.travaux.file import Lieu


@pytest.fixture(autouse=True)
def _fournil(request):
    if "api" in request.fixturenames:
        fournil(request.getfixturevalue("api"))


def ligne(article: str = "BAG", quantite: str = "10", **champs: Any) -> dict[str, Any]:
    return {"article": article, "quantite": quantite} | champs


def commande(api, *toutes: dict[str, Any], **champs: Any) -> dict[str, Any]:
    return document(api, "commande", *(toutes or [ligne()]), **{"date_livraison_prevue": MARDI} | champs)


def demander(api, jour: str = MARDI, **champs: Any) -> dict[str, Any]:
    """Ask for the job and do it."""
    fait = travailler(api, accepte(api.post("/v1/notes-envoi", json={"date": jour} | champs)))
    assert fait["etat"] in {"termine", "echoue"}, fait
    return fait  # type: ignore[no-any-return]


def notes(api, jour: str = MARDI, **champs: Any) -> list[dict[str, Any]]:
    """What became of each group."""
    return demander(api, jour, **champs)["resultat"]["notes"]  # type: ignore[no-any-return]


def pages(reponse: Any) -> list[str]:
    assert reponse.status_code == 200, reponse.text
    return [" ".join(page.extract_text().split()) for page in lire_pdf(reponse.content).pages]


def du_jour(api, jour: str = MARDI) -> Any:
    return api.get("/v1/notes-envoi/pdf", params={"date": jour})


def test_mag_22_what_is_due_becomes_numbered_bordereaux_of_that_day(api):
    une, autre = commande(api), commande(api, ligne(quantite="4"), client="HOTEL")
    plus_tard = commande(api, date_livraison_prevue=MERCREDI)
    faites = notes(api)
    assert [(un["client"], un["statut"]) for un in faites] == [("HOTEL", "cree"), ("NATIONAL", "cree")]
    livre = lire(api, {"id": faites[1]["document"]})
    assert (livre["type"], livre["date"], livre["etat"], livre["nombre_impressions"]) == (
        "bordereau",
        MARDI,
        "en_attente",
        1,
    )
    assert livre["numero_affiche"] == faites[1]["numero_affiche"] is not None
    assert [etat(api, un) for un in (une, autre, plus_tard)] == ["transfere", "transfere", "en_attente"]
    assert a_produire(api) == ["BAG 0+14+0-0 = 14"]


def test_mag_22_asked_twice_nothing_is_made_twice_and_the_pdf_can_be_had_again(api):
    commande(api)
    premier = demander(api)
    lu = du_jour(api)
    assert notes(api) == []
    assert du_jour(api).content == lu.content
    commande(api, ligne(quantite="2"), client="HOTEL")
    deuxieme = demander(api)
    assert [un["client"] for un in deuxieme["resultat"]["notes"]] == ["HOTEL"]
    assert len(pages(du_jour(api))) == 2
    for travail, client in ((premier, "national"), (deuxieme, "Hôtel du Parc")):
        (page,) = pages(api.get(f"/v1/notes-envoi/{travail['id']}/pdf"))
        assert client in page
    assert [un["travail"] for un in donnees(api.get("/v1/notes-envoi", params={"date": MARDI}))] == [
        premier["id"],
        deuxieme["id"],
    ]
    connue = api.get(
        "/v1/notes-envoi/pdf", params={"date": MARDI}, headers={"if-none-match": du_jour(api).headers["etag"]}
    )
    assert (connue.status_code, connue.content) == (304, b"")


def test_mag_22_only_what_is_left_of_the_lines_of_that_day_goes(api):
    une = commande(
        api,
        ligne(quantite="10"),
        ligne("ECL", "5", date_livraison=MERCREDI),
        {"designation": "Sonner deux fois"},
        ligne("VIN", "3"),
    )
    transfere(api, "bordereau", part(une, {"ordre": 100, "quantite": "4"}, {"ordre": 400, "quantite": "3"}))
    (faite,) = notes(api)
    assert [(un["designation"], un["quantite"]) for un in lire(api, {"id": faite["document"]})["lignes"]] == [
        ("Baguette", "6"),
        ("Sonner deux fois", None),
    ]
    assert etat(api, une) == "en_attente"
    (faite,) = notes(api, MERCREDI)
    assert [un["article"] for un in lire(api, {"id": faite["document"]})["lignes"]] == ["ECL"]
    assert etat(api, une) == "transfere"


def test_mag_22_pre_05_one_per_client_address_round_depot_and_what_cannot_be_mixed(api):
    creer(api, "/v1/depots", {"code": "FROID", "libelle": "Chambre froide"})
    creer(api, "/v1/tournees", {"numero": "1", "nom": "Centre"})
    ailleurs = {"nom": "Quai", "rue": "Quai 1", "code_postal": "5000", "localite": "Namur", "pays": "BE"}
    variantes: tuple[dict[str, Any], ...] = (
        {},
        {},
        {"adresse_livraison": ailleurs},
        {"tournee": "1"},
        {"depot": "FROID"},
        {"echeance": "30J"},
        {"vos_references": "BC 45"},
        {"categorie_tva": "exonere"},
        {"prix_tvac": True},
        {"client": "HOTEL"},
    )
    for champs in variantes:
        commande(api, **champs)
    faites = notes(api)
    assert {un["statut"] for un in faites} == {"cree"}
    assert sorted(len(un["commandes"]) for un in faites) == [1] * 8 + [2]
    (jointe,) = (un for un in faites if len(un["commandes"]) == 2)
    assert [un["quantite"] for un in lire(api, {"id": jointe["document"]})["lignes"]] == ["10", "10"]


def test_mag_22_rounds_come_in_their_order(api):
    for numero in ("1", "2"):
        creer(api, "/v1/tournees", {"numero": numero, "nom": numero})
    commande(api, client="HOTEL")
    commande(api, client="NATIONAL", tournee="2", ordre_tournee=1)
    commande(api, client="EXPORT", tournee="1", ordre_tournee=2)
    commande(api, client="EXONERE", tournee="1", ordre_tournee=1)
    faites = notes(api)
    assert [un["client"] for un in faites] == ["EXONERE", "EXPORT", "NATIONAL", "HOTEL"]
    assert sorted(un["numero_affiche"] for un in faites) == [un["numero_affiche"] for un in faites]


def test_mag_22_clients_that_want_none_and_private_ones_of_a_shop_get_none(api):
    changer(api, "/v1/clients/HOTEL", note_envoi={"imprimer": False})
    changer(api, "/v1/clients/EXPORT", facturable=False)
    changer(api, "/v1/magasins/NAM", client="EXONERE")
    sans = commande(api, client="HOTEL")
    prive = commande(api, client="EXPORT")
    pro, boutique = commande(api, client="NATIONAL"), commande(api, client="EXONERE")
    for une in (prive, pro):
        du_magasin(api, une)
    fait = demander(api)["resultat"]
    assert [un["client"] for un in fait["notes"]] == ["EXONERE", "NATIONAL"]
    assert {(un["client"], un["code"]) for un in fait["sans_note"]} == {
        ("HOTEL", "note_envoi_non_demandee"),
        ("EXPORT", "commande_de_particulier"),
    }
    assert [etat(api, un) for un in (sans, prive, pro, boutique)] == ["en_attente"] * 2 + ["transfere"] * 2
    assert lire(api, {"id": fait["notes"][1]["document"]})["magasin"] == "NAM"


def test_mag_22_clients_can_be_named(api):
    commande(api)
    commande(api, client="HOTEL")
    assert [un["client"] for un in notes(api, clients=["HOTEL"])] == ["HOTEL"]
    assert [un["client"] for un in notes(api)] == ["NATIONAL"]


def test_mag_22_one_that_fails_is_told_and_stops_nobody(api):
    changer(api, "/v1/parametres", stock_negatif_interdit=True)
    une, autre = commande(api), commande(api, ligne("ECL"), client="HOTEL")
    corriger(api, ("BAG", "10"))
    fait = demander(api)["resultat"]
    refusee, faite = fait["notes"]
    assert (refusee["client"], refusee["statut"], refusee["document"]) == ("HOTEL", "refuse", None)
    assert refusee["probleme"]["code"] == "stock_negatif_interdit"
    assert (refusee["commandes"], refusee["client_nom"]) == ([autre["id"]], "Hôtel du Parc")
    assert (faite["client"], faite["statut"]) == ("NATIONAL", "cree")
    assert fait["resume"] == {"refuse": 1, "cree": 1}
    assert [etat(api, un) for un in (une, autre)] == ["transfere", "en_attente"]
    assert sql(api, "SELECT count(*) FROM documents WHERE type = 'bordereau'") == [(1,)]


def test_doc_17_a_dry_run_says_what_would_come_of_it_and_keeps_nothing(api):
    une = commande(api)
    essai = api.post("/v1/notes-envoi", json={"date": MARDI, "simulation": True})
    assert essai.status_code == 200, essai.text
    assert (essai.json()["simulation"], essai.json()["resume"]) == (True, {"cree": 1})
    assert etat(api, une) == "en_attente"
    assert refus(du_jour(api)) == (404, "note_envoi_absente")
    assert demander(api)["resultat"]["notes"][0]["numero_affiche"] == essai.json()["notes"][0]["numero_affiche"]


def test_imp_11_cli_08_copies_profile_and_prices_are_as_the_client_wants(api):
    creer(api, "/v1/profils", {"code": "NOTE", "libelle": "Note d'envoi"})
    reglages = {"imprimer": True, "copies": 2, "profil": "NOTE", "avec_prix": False}
    changer(api, "/v1/clients/HOTEL", note_envoi=reglages)
    commande(api, client="HOTEL")
    commande(api)
    sans, avec = notes(api)
    assert (sans["copies"], lire(api, {"id": sans["document"]})["profil"]) == (2, "NOTE")
    premiere, seconde, autre = pages(du_jour(api))
    assert "Exemplaire 1/2" in premiere
    assert "Exemplaire 2/2" in seconde
    assert "Exemplaire" not in autre
    assert all("Page 1/1" in un for un in (premiere, seconde, autre))
    assert "8,50" not in premiere
    assert "0,85" not in premiere
    assert "8,50" in autre
    for note, prix, attendu in (
        (sans, None, False), (sans, "true", True), (sans, "false", False),
        (avec, None, True), (avec, "false", False),
    ):  # fmt: skip
        (lue,) = pages(api.get(f"/v1/documents/{note['document']}/pdf", params={"prix": prix} if prix else {}))
        assert ("0,85" in lue) is attendu, (note["client"], prix)
    changer(api, "/v1/clients/HOTEL", note_envoi={"avec_prix": True, "copies": 1})
    assert pages(du_jour(api))[:2] == [premiere, seconde]
    facture = document(api, "facture", ligne())
    assert erreurs(api.get(f"/v1/documents/{facture['id']}/pdf", params={"prix": "false"})) == (
        422,
        [("?prix", "sans_prix_impossible")],
    )


def test_mag_22_an_annulled_note_leaves_the_pdf_and_its_goods_are_due_again(api):
    commande(api)
    (faite,) = notes(api)
    assert supprimer(api, {"id": faite["document"]}).status_code == 204
    assert refus(du_jour(api)) == (404, "note_envoi_absente")
    (encore,) = notes(api)
    assert encore["document"] != faite["document"]
    assert len(pages(du_jour(api))) == 1


def test_mag_22_with_direct_printing_each_is_numbered_once(api):
    changer(api, "/v1/parametres", impression_directe=True)
    commande(api)
    (faite,) = notes(api)
    assert lire(api, {"id": faite["document"]})["nombre_impressions"] == 1


def test_mag_22_deposits_and_charges_go_along_once(api):
    une = commande(api, acomptes=[{"date": LUNDI, "montant": "2.00"}], montant_livraison="5.00")
    commande(api, montant_livraison="1.00")
    (faite,) = notes(api)
    livre = lire(api, {"id": faite["document"]})
    assert (livre["montant_livraison"], Decimal(livre["totaux"]["acomptes"])) == ("6.00", Decimal(2))
    assert tente(api, "bordereau", une).status_code == 409


def test_api_01_what_cannot_be_asked_for(api):
    for faux in ({}, {"date": "3000-01-01"}, {"date": MARDI, "clients": []}, {"date": MARDI, "jour": 1}):
        assert refus(api.post("/v1/notes-envoi", json=faux)) == (422, "entree_refusee")
    assert refus(du_jour(api)) == (404, "note_envoi_absente")
    inconnu = "0199a3d2-7c51-7f0e-9a61-3b1f0c6d2e85"
    assert refus(api.get(f"/v1/notes-envoi/{inconnu}/pdf")) == (404, "note_envoi_absente")
    commande(api, date_livraison_prevue="2062-06-17")
    (refusee,) = notes(api, "2062-06-17")
    assert refusee["probleme"]["code"] == "exercice_absent"


def test_mag_22_several_at_once_make_nothing_twice(reelle):
    """Three jobs for the same commandes, which wait for another day too: every piece goes out once."""
    fournil(reelle)
    clients = ("HOTEL", "NATIONAL", "EXPORT", "EXONERE")
    lignes = (ligne(quantite="3"), ligne("ECL", date_livraison=MERCREDI))
    commandes = [commande(reelle, *lignes, client=un) for un in clients for _ in range(3)]
    travaux = [accepte(reelle.post("/v1/notes-envoi", json={"date": MARDI})) for _ in range(3)]
    base = reelle.app.state.base

    async def tous() -> None:
        lieux = [Lieu(SCHEMA, UUID(un["id"])) for un in travaux]
        await asyncio.gather(*(derouler(base, GENRES, un, asyncio.Event()) for un in lieux))

    reelle.attendre(tous)
    resultats = [reelle.get(f"/v1/travaux/{un['id']}").json()["resultat"] for un in travaux]
    assert Counter(note["statut"] for un in resultats for note in un["notes"])["cree"] == len(clients)
    assert {note["statut"] for un in resultats for note in un["notes"]} <= {"cree", "rien"}
    livres = donnees(reelle.get("/v1/documents", params={"type": "bordereau", "inclure": "lignes"}))
    assert sorted(un["numero"] for un in livres) == [1, 2, 3, 4]
    assert [[une["quantite"] for une in un["lignes"]] for un in livres] == [["3"] * 3] * len(clients)
    assert {etat(reelle, un) for un in commandes} == {"en_attente"}
    assert len(donnees(reelle.get("/v1/notes-envoi", params={"date": MARDI}))) == len(clients)
    assert len(pages(du_jour(reelle))) == len(clients)
