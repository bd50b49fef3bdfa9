"""MAG-23: the evening routine as a job: its steps, the shop's parameters, and nothing twice."""

import asyncio
from collections import Counter
from typing import Any
from uuid import UUID

import pytest
import time_machine
from tests.api.catalogue import changer
from tests.api.documents import document, etat
from tests.api.magasin import FIN, du_document, une
from tests.api.magasin import commande as commande_du_magasin
from tests.api.production import LUNDI, MARDI, MERCREDI, a_produire, du_magasin, fournil
from tests.api.reponses import donnees, erreurs, refus
from tests.api.stock import corriger
from tests.api.travaux import SCHEMA, accepte, travailler

from aurore_api.genres import GENRES
from aurore_api.socle.travaux.execution import derouler
from aurore_api.socle.travaux.file import Lieu

TOUTES = ["commandes", "liste_commandes", "notes_envoi", "production"]


@pytest.fixture(autouse=True)
def _fournil(request):
    fournil(request.getfixturevalue("reelle" if "reelle" in request.fixturenames else "api"))


def commande(api, article: str = "BAG", quantite: str = "10", **champs: Any) -> dict[str, Any]:
    ligne = {"article": article, "quantite": quantite}
    return document(api, "commande", ligne, **{"date_livraison_prevue": MARDI} | champs)


def demander(api, magasin: str = "NAM", en_tetes: Any = None, **corps: Any) -> Any:
    return api.post(f"/v1/magasins/{magasin}/routine", json={"date": MARDI} | corps, headers=en_tetes)


def routine(api, **corps: Any) -> dict[str, Any]:
    """Ask for it and do it; its steps by name."""
    fait = travailler(api, accepte(demander(api, **corps)))
    assert fait["etat"] == "termine", fait
    assert (fait["resultat"]["magasin"], fait["resultat"]["date"]) == ("NAM", MARDI)
    return {une["etape"]: une for une in fait["resultat"]["etapes"]}


def issues(etapes: dict[str, Any]) -> dict[str, str]:
    return {nom: une["issue"] for nom, une in etapes.items()}


def regler(api, **parametres: Any) -> None:
    changer(api, "/v1/magasins/NAM/parametres", **parametres)


def pdf(api, etape: dict[str, Any], **autres: Any) -> bytes:
    reponse = api.get(etape["pdf"], **autres)
    assert (reponse.status_code, reponse.headers.get("content-type")) == (200, "application/pdf"), reponse.text
    contenu: bytes = reponse.content
    return contenu


def bordereaux(api) -> list[tuple[str, str]]:
    page = api.get("/v1/documents?type=bordereau").json()["data"]
    return sorted((un["client"], un["numero_affiche"]) for un in page)


def test_mag_23_les_etapes_du_menu_et_ou_sont_leurs_pdf(api):
    pro, prive = commande(api), commande(api, "ECL", "4", client="HOTEL")
    changer(api, "/v1/clients/HOTEL", facturable=False)
    du_magasin(api, prive)
    etapes = routine(api)
    assert list(etapes) == TOUTES
    assert issues(etapes) == dict.fromkeys(TOUTES, "fait")
    assert {une["date"] for une in etapes.values()} == {MARDI}
    (note,) = etapes["notes_envoi"]["details"]["notes"]
    assert (note["client"], bordereaux(api)) == ("NATIONAL", [("NATIONAL", note["numero_affiche"])])
    assert (etat(api, pro), etat(api, prive)) == ("transfere", "en_attente")
    lus = {nom: pdf(api, etapes[nom]) for nom in TOUTES[1:]}
    assert all(un.startswith(b"%PDF-") for un in lus.values())
    with time_machine.travel("2030-01-01T12:00:00Z", tick=False):
        assert {nom: pdf(api, etapes[nom]) for nom in lus} == lus
    etag = api.get(etapes["liste_commandes"]["pdf"]).headers["etag"]
    assert api.get(etapes["liste_commandes"]["pdf"], headers={"if-none-match": etag}).status_code == 304
    assert refus(api.get(etapes["liste_commandes"]["pdf"].replace("liste_commandes", "autre"))) == (
        404,
        "ressource_absente",
    )


def test_mag_23_demandee_deux_fois_rien_ne_se_fait_deux_fois(api):
    commande(api)
    premiere = routine(api)
    lus = {nom: pdf(api, premiere[nom]) for nom in ("notes_envoi", "production")}
    avant = bordereaux(api)
    seconde = routine(api)
    assert issues(seconde) | {"commandes": "fait"} == {
        "commandes": "fait",
        "liste_commandes": issues(premiere)["liste_commandes"],
        "notes_envoi": "rien",
        "production": "rien",
    }
    assert (bordereaux(api), len(donnees(api.get("/v1/production/impressions")))) == (avant, 1)
    assert {nom: pdf(api, seconde[nom]) for nom in lus} == lus
    assert seconde["production"]["pdf"] == premiere["production"]["pdf"]
    commande(api, quantite="2", client="HOTEL")
    troisieme = routine(api)
    assert [une["client"] for une in troisieme["notes_envoi"]["details"]["notes"]] == ["HOTEL"]
    assert troisieme["production"]["details"]["version"] == 2
    assert pdf(api, premiere["notes_envoi"]) == lus["notes_envoi"]


def test_mag_23_rien_a_faire_se_dit(api):
    etapes = routine(api)
    assert (etapes["notes_envoi"]["issue"], etapes["notes_envoi"]["pdf"]) == ("rien", None)
    assert etapes["production"]["details"]["version"] == 1


@pytest.mark.parametrize(
    ("parametre", "etape"),
    [
        ("synchro_commandes", "commandes"),
        ("liste_commandes", "liste_commandes"),
        ("imprimer_notes_envoi", "notes_envoi"),
        ("imprimer_production", "production"),
    ],
)
def test_mag_01_ce_qui_est_desactive_se_dit_et_ne_se_fait_pas(api, parametre, etape):
    commande(api)
    regler(api, **{parametre: False})
    etapes = routine(api)
    dite = etapes.pop(etape)
    assert (dite["issue"], dite["parametre"], dite["pdf"]) == ("desactive", parametre, None)
    assert "desactive" not in issues(etapes).values()
    assert len(bordereaux(api)) == (0 if etape == "notes_envoi" else 1)
    assert len(donnees(api.get("/v1/production/impressions"))) == (0 if etape == "production" else 1)


def test_mag_01_la_liste_de_demain_et_les_notes_de_la_veille(api):
    commande(api, date_livraison_prevue=LUNDI)
    du_jour = commande(api)
    regler(api, liste_commandes_demain=True, notes_envoi_j_moins_1=True)
    etapes = routine(api)
    assert {nom: une["date"] for nom, une in etapes.items()} == {
        "commandes": MARDI,
        "liste_commandes": MERCREDI,
        "notes_envoi": LUNDI,
        "production": MARDI,
    }
    assert (len(bordereaux(api)), etat(api, du_jour)) == (1, "en_attente")


def test_mag_23_seules_les_etapes_demandees_dans_l_ordre_du_menu(api):
    commande(api)
    assert list(routine(api, etapes=["production", "notes_envoi", "production"])) == ["notes_envoi", "production"]
    assert list(routine(api, etapes=["commandes"])) == ["commandes"]


def test_mag_23_la_production_est_celle_des_familles_du_magasin(api):
    regler(api, familles_patisserie=["3"])
    commande(api)
    commande(api, "ECL", "4")
    impression = routine(api)["production"]["details"]["impression"]
    imprimee = api.get(f"/v1/production/impressions/{impression}").json()
    assert ([une["article"] for une in imprimee["lignes"]], imprimee["familles"]) == (["ECL"], ["3"])


def test_mag_23_une_note_refusee_se_dit_et_n_arrete_rien(api):
    """A client that may not be delivered now: its commande stays, the others go, the list is printed."""
    bloquee, autre = commande(api, client="HOTEL"), commande(api, "ECL")
    changer(api, "/v1/parametres", stock_negatif_interdit=True)
    corriger(api, ("ECL", "10"))
    etapes = routine(api)
    assert etapes["production"]["issue"] == "fait"
    assert etapes["notes_envoi"]["issue"] == "partiel"
    assert [un["code"] for un in etapes["notes_envoi"]["problemes"]] == ["stock_negatif_interdit"]
    assert ([client for client, _ in bordereaux(api)], etat(api, bloquee)) == (["NATIONAL"], "en_attente")
    assert etat(api, autre) == "transfere"
    assert routine(api)["notes_envoi"]["issue"] == "echec"


def test_sec_02_un_magasin_fait_la_sienne_et_en_lit_les_pdf(api, cle_de):
    commande(api)
    nam, autre, bureau = cle_de("magasin:NAM"), cle_de("magasin:HUY"), cle_de("saisie", "lecture", "facturation")
    for cle in (autre, bureau):
        assert refus(demander(api, en_tetes=cle)) == (403, "portee_insuffisante")
    travail = accepte(demander(api, en_tetes=nam))
    fait = travailler(api, travail)
    assert api.get(f"/v1/travaux/{travail['id']}", headers=nam).json() == fait
    assert refus(api.get(f"/v1/travaux/{travail['id']}", headers=autre)) == (404, "ressource_absente")
    for etape in fait["resultat"]["etapes"]:
        if etape["pdf"] is not None:
            pdf(api, etape, headers=nam)


@pytest.mark.parametrize(
    ("corps", "attendu"),
    [
        ({"date": "2999-13-01"}, (422, [("#/date", "date_illisible")])),
        ({"etapes": []}, (422, [("#/etapes", "liste_trop_courte")])),
        ({"etapes": ["factures"]}, (422, [("#/etapes/0", "valeur_hors_liste")])),
        ({"quand": "demain"}, (422, [("#", "champ_inconnu")])),
    ],
)
def test_mag_23_une_demande_fausse(api, corps, attendu):
    assert erreurs(demander(api, **corps)) == attendu
    assert donnees(api.get("/v1/travaux")) == []


def test_mag_23_un_magasin_inconnu(api):
    assert refus(demander(api, "HUY")) == (404, "ressource_absente")


def test_mag_23_deux_fois_au_meme_moment(reelle):
    """Two shops, two workers: one bordereau for each client, one version of the list of each choice of families."""
    reelle.post("/v1/magasins", json={"code": "HUY", "nom": "Magasin de Huy"})
    for client in ("NATIONAL", "HOTEL", "EXPORT"):
        commande(reelle, client=client)
    travaux = [accepte(demander(reelle, code)) for code in ("NAM", "HUY", "NAM")]

    async def ensemble():
        lieux = [Lieu(SCHEMA, UUID(un["id"])) for un in travaux]
        return await asyncio.gather(*(derouler(reelle.app.state.base, GENRES, lieu, asyncio.Event()) for lieu in lieux))

    assert reelle.attendre(ensemble) == [True] * 3
    assert Counter(client for client, _ in bordereaux(reelle)) == Counter(["NATIONAL", "HOTEL", "EXPORT"])
    assert len(donnees(reelle.get("/v1/production/impressions"))) == 1
    faits = [reelle.get(f"/v1/travaux/{un['id']}").json() for un in travaux]
    assert {un["etat"] for un in faits} == {"termine"}
    assert sum(len(un["resultat"]["etapes"][2]["details"]["notes"]) for un in faits) == 3
    assert a_produire(reelle) == ["BAG 0+30+0-0 = 30"]


def test_mag_23_mag_25_les_commandes_disent_ce_qui_est_venu_et_ce_qui_manque(api):
    """Orders of Monday came on Monday, nothing since; two days later hers is past, and closes."""
    with time_machine.travel(f"{FIN}T12:00:00Z", tick=False) as temps:
        privee = une(api, commande_du_magasin("T1"))
        dit = routine(api, etapes=["commandes"])["commandes"]
        assert (dit["issue"], dit["pdf"], dit["details"]["cloturees"]) == ("fait", None, 0)
        assert (sum(dit["details"]["commandes"].values()), dit["details"]["jours_non_couverts"]) == (1, [])
        temps.move_to("2025-06-18T12:00:00Z")
        dit = routine(api, etapes=["commandes"])["commandes"]
    assert (dit["details"]["cloturees"], dit["details"]["conflits"]) == (1, 0)
    assert dit["details"]["jours_non_couverts"] == [{"du": MARDI, "au": MARDI}]
    assert du_document(api, privee)["cloture_le"] is not None
