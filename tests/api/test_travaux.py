"""API-08: jobs over HTTP: asked for once, done item by item, followed, cancelled, seen by who may."""

import asyncio
import logging
from uuid import UUID

import pytest
from tests.api.documents import baguettes, boulangerie, document, imprimer, sql, supprimer
from tests.api.reponses import donnees, refus
from tests.api.travaux import SCHEMA, Essai, accepte, demander, lire, travailler

from aurore_api.socle.erreurs import ReferenceInconnue
from aurore_api.socle.travaux.execution import ESSAIS_MAX, GenreInconnu, TravailPris, derouler
from aurore_api.socle.travaux.file import Lieu

DEMANDE = {"type": "commande", "date_limite": "2025-12-31", "motif": "Fin d'année"}


def ecrites(api):
    """What the items wrote that was kept."""
    return [nom for (nom,) in sql(api, "SELECT nom FROM taches_periodiques ORDER BY nom")]


def en_file(api):
    return sql(api, "SELECT count(*) FROM aurore.pgqueuer")[0][0]


def resultats(api, travail):
    return donnees(api.get(f"/v1/travaux/{travail['id']}/resultats"))


def annuler(api, travail, **autres):
    return api.post(f"/v1/travaux/{travail['id']}/annulation", **autres)


@pytest.fixture
def annules(api):
    """Three annulled commandes."""
    boulangerie(api)
    for _ in range(3):
        assert supprimer(api, imprimer(api, document(api, "commande", baguettes("1")))).status_code == 204


@pytest.mark.usefixtures("annules")
def test_api_08_un_travail_est_accepte_fait_et_dit(api):
    travail = accepte(api.post("/v1/effacements", json=DEMANDE))
    assert (travail["etat"], travail["progression"]) == ("en_attente", {"total": None, "faites": 0, "echecs": 0})
    assert en_file(api) == 1
    fait = travailler(api, travail)
    assert (fait["etat"], fait["progression"]) == ("termine", {"total": 1, "faites": 1, "echecs": 0})
    assert (fait["resultat"]["comptes"], fait["probleme"]) == ([{"code": "efface", "nombre": 3}], None)
    assert fait["cree_le"] <= fait["commence_le"] <= fait["fini_le"]
    (etape,) = resultats(api, fait)
    assert (fait["etapes"], etape["etat"], len(etape["resultat"]["effaces"])) == ([etape], "faite", 3)


@pytest.mark.usefixtures("annules")
def test_api_08_la_simulation_et_le_travail_disent_la_meme_chose(api):
    simule = api.post("/v1/effacements", json=DEMANDE | {"simulation": True})
    assert (simule.status_code, en_file(api)) == (200, 0)
    fait = travailler(api, accepte(api.post("/v1/effacements", json=DEMANDE)))
    assert fait["resultat"] == simule.json() | {"simulation": False}


def test_api_08_ce_qui_est_refuse_ne_laisse_ni_travail_ni_file(api):
    reponse = api.post("/v1/effacements", json=DEMANDE | {"exercice": "1999"})
    assert refus(reponse) == (422, "reference_inconnue")
    assert (donnees(api.get("/v1/travaux")), en_file(api)) == ([], 0)


def test_api_05_la_meme_cle_un_seul_travail(api):
    sous = {"Idempotency-Key": "nuit"}
    premier = api.post("/v1/effacements", json=DEMANDE, headers=sous)
    second = api.post("/v1/effacements", json=DEMANDE, headers=sous)
    assert accepte(premier) == accepte(second)
    assert (second.headers["idempotent-replayed"], len(donnees(api.get("/v1/travaux"))), en_file(api)) == ("true", 1, 1)


def test_api_08_une_etape_refusee_est_dite_et_n_arrete_pas_les_autres(api):
    essai = Essai()
    fait = travailler(api, demander(api, essai, "a", "refus", "b"), essai.genres)
    assert (fait["etat"], fait["progression"]) == ("termine", {"total": 3, "faites": 2, "echecs": 1})
    assert [une["etat"] for une in fait["etapes"]] == ["faite", "echouee", "faite"]
    probleme = fait["etapes"][1]["probleme"]
    assert (probleme["code"], [(un["pointeur"], un["code"]) for un in probleme["erreurs"]]) == (
        "erreurs_multiples",
        [("#/article", "reference_inconnue")],
    )
    assert fait["etapes"][1]["resultat"] is None
    assert ecrites(api) == ["a", "b"]


def test_api_08_une_faute_du_programme_est_journalisee_et_tue_sa_seule_etape(api, caplog):
    essai = Essai()
    with caplog.at_level(logging.ERROR, "aurore.travaux"):
        fait = travailler(api, demander(api, essai, "panne", "b"), essai.genres)
    assert [une["probleme"] and une["probleme"]["code"] for une in fait["etapes"]] == ["erreur_interne", None]
    assert ecrites(api) == ["b"]
    assert [un.exc_info[0] for un in caplog.records] == [ZeroDivisionError]


def test_api_08_un_travail_dont_tout_echoue_a_echoue(api):
    essai = Essai()
    fait = travailler(api, demander(api, essai, "refus1", "refus2"), essai.genres)
    assert (fait["etat"], fait["progression"]["echecs"], ecrites(api)) == ("echoue", 2, [])


def test_api_08_un_plan_refuse_est_un_travail_echoue_qui_dit_pourquoi(api):
    async def refuser(_ctx, _voulu):
        raise ReferenceInconnue(pointeur="#/exercice", table="exercices")

    essai = Essai(refuser)
    fait = travailler(api, demander(api, essai, "a"), essai.genres)
    assert (fait["etat"], fait["probleme"]["code"]) == ("echoue", "reference_inconnue")
    assert fait["probleme"]["erreurs"][0]["pointeur"] == "#/exercice"


def test_api_08_un_conflit_se_recommence(api):
    essai = Essai()
    essai.conflits = 2
    fait = travailler(api, demander(api, essai, "conflit"), essai.genres)
    assert (fait["etat"], essai.faites) == ("termine", ["conflit"] * 3)
    essai.conflits = 100
    fait = travailler(api, demander(api, essai, "conflit2", "b"), essai.genres)
    assert fait["etapes"][0]["probleme"]["code"] == "conflit_simultane"
    assert ecrites(api) == ["b", "conflit"]


def test_api_08_les_etapes_se_font_au_nom_de_qui_a_demande(api):
    essai = Essai()
    travail = demander(api, essai, "a")
    fait = travailler(api, travail, essai.genres)
    assert fait["etapes"][0]["resultat"] == {"nom": "a", "requete": travail["id"], "cle": 1}


def test_api_08_annule_avant_de_commencer_rien_ne_se_fait(api):
    essai = Essai()
    travail = demander(api, essai, "a")
    annule = annuler(api, travail).json()
    assert (annule["etat"], annule["annulation_demandee"]) == ("annule", True)
    assert annuler(api, travail).json() == annule
    assert travailler(api, travail, essai.genres) == annule
    assert ecrites(api) == []


def test_api_08_annule_en_cours_s_arrete_a_l_etape_suivante(api):
    """What is done stays done, the item in hand is ended."""
    essai = Essai()
    travail = demander(api, essai, "a", "b", "c")

    async def pendant(nom):
        if nom == "b":
            reponse = await api._http.post(f"/v1/travaux/{travail['id']}/annulation")
            assert (reponse.json()["etat"], reponse.json()["annulation_demandee"]) == ("en_cours", True)

    essai.pendant = pendant
    fait = travailler(api, travail, essai.genres)
    assert (fait["etat"], fait["progression"]) == ("annule", {"total": 3, "faites": 2, "echecs": 0})
    assert ecrites(api) == ["a", "b"]


def test_api_08_ce_qui_est_fini_ne_s_annule_plus(api):
    essai = Essai()
    travail = demander(api, essai, "a")
    travailler(api, travail, essai.genres)
    assert refus(annuler(api, travail)) == (409, "travail_fini")


def test_api_08_l_ouvrier_qui_doit_partir_finit_son_etape_et_laisse_le_reste(api):
    essai = Essai()
    travail, arret = demander(api, essai, "a", "b"), asyncio.Event()

    async def partir(_):
        arret.set()

    essai.pendant = partir

    async def faire():
        return await derouler(api.app.state.base, essai.genres, Lieu(SCHEMA, UUID(travail["id"])), arret)

    assert api.attendre(faire) is False
    assert (lire(api, travail)["progression"]["faites"], ecrites(api)) == (1, ["a"])
    assert travailler(api, travail, essai.genres)["etat"] == "termine"
    assert essai.faites == ["a", "b"]


def test_api_08_un_ouvrier_laisse_a_d_autres_ce_qu_il_ne_connait_pas(api):
    """During an upgrade an older worker may find a kind of job that it does not know; it spoils nothing."""
    essai = Essai()
    travail = demander(api, essai, "a")
    for _ in range(ESSAIS_MAX + 1):
        with pytest.raises(GenreInconnu):
            travailler(api, travail, {})
    assert lire(api, travail)["etat"] == "en_attente"
    assert travailler(api, travail, essai.genres)["etat"] == "termine"


def test_api_08_une_etape_qui_tue_ses_ouvriers_est_abandonnee(api):
    essai = Essai()
    travail = demander(api, essai, "a", "b")
    sql(api, "UPDATE travaux SET total = 2, constat = '{}', etat = 'en_cours', essais = :essais", essais=ESSAIS_MAX)
    etapes = "INSERT INTO etapes_travaux (travail, rang, nom, contenu, etat) VALUES (:t, :r, :n, '{}', 'en_attente')"
    for rang, nom in enumerate("ab", start=1):
        sql(api, etapes, t=UUID(travail["id"]), r=rang, n=nom)
    fait = travailler(api, travail, essai.genres)
    assert [une["probleme"] and une["probleme"]["code"] for une in fait["etapes"]] == ["travail_interrompu", None]
    assert (fait["etat"], ecrites(api)) == ("termine", ["b"])


def test_sec_01_le_travail_d_une_cle_revoquee_ne_continue_pas(api):
    cle = api.post("/v1/cles", json={"libelle": "X", "portees": ["admin"]}).json()
    travail = accepte(api.post("/v1/effacements", json=DEMANDE, headers={"authorization": f"Bearer {cle['secret']}"}))
    assert api.delete(f"/v1/cles/{cle['id']}", headers={"if-match": '"1"'}).status_code == 204
    fait = travailler(api, travail)
    assert (fait["etat"], fait["probleme"]["code"]) == ("annule", "cle_revoquee")


def test_sec_02_chacun_voit_ce_qu_il_peut_demander_et_la_lecture_tout(api, cle_de):
    essai = Essai()
    du_magasin, du_bureau = (demander(api, essai, "a", portee=une) for une in ("magasin:NAM", "admin"))

    def vus(cle):
        return {un["id"] for un in donnees(api.get("/v1/travaux", headers=cle))}

    nam, autre, lecteur = cle_de("magasin:NAM"), cle_de("magasin:LUX", "saisie"), cle_de("lecture", "saisie")
    assert (vus(nam), vus(autre), vus(lecteur)) == ({du_magasin["id"]}, set(), {du_magasin["id"], du_bureau["id"]})
    for suite in ("", "/resultats", "/flux"):
        assert refus(api.get(f"/v1/travaux/{du_magasin['id']}{suite}", headers=autre)) == (404, "ressource_absente")
    assert refus(annuler(api, du_magasin, headers=lecteur)) == (403, "portee_insuffisante")
    assert refus(annuler(api, du_bureau, headers=nam)) == (404, "ressource_absente")
    assert annuler(api, du_magasin, headers=nam).status_code == 200


def test_api_08_la_liste_se_filtre_les_derniers_d_abord(api):
    essai = Essai()
    faits = [demander(api, essai, "a"), demander(api, essai, "b")]
    travailler(api, faits[0], essai.genres)
    tous = donnees(api.get("/v1/travaux?limite=1")) + donnees(api.get("/v1/travaux"))[1:]
    assert [un["id"] for un in tous] == [faits[1]["id"], faits[0]["id"]]
    assert [un["id"] for un in donnees(api.get("/v1/travaux?etat=termine&genre=essai"))] == [faits[0]["id"]]
    assert donnees(api.get("/v1/travaux?genre=effacement")) == []
    assert refus(api.get("/v1/travaux?etat=parti"))[0] == 422


def test_api_08_beaucoup_d_etapes_se_lisent_par_pages(api):
    essai = Essai()
    fait = travailler(api, demander(api, essai, *(f"e{rang:03}" for rang in range(45))), essai.genres)
    assert len(fait["etapes"]) == 20
    page, lues = f"/v1/travaux/{fait['id']}/resultats?limite=20", []
    while page:
        lue = api.get(page)
        lues += [une["rang"] for une in lue.json()["data"]]
        page = lue.links["next"]["url"] if lue.links else ""
    assert lues == list(range(1, 46))


def test_api_08_le_flux_d_un_travail_fini_se_ferme_et_ne_se_rappelle_pas(api):
    essai = Essai()
    fait = travailler(api, demander(api, essai, "a"), essai.genres)
    adresse = f"/v1/travaux/{fait['id']}/flux"
    reponse = api.get(adresse)
    assert reponse.headers["content-type"].startswith("text/event-stream")
    lignes = reponse.text.splitlines()
    assert (lignes[0], lignes[2]) == ("event: travail", f"id: {fait['version']}")
    assert lignes[1].startswith('data: {"id":')
    assert api.get(adresse, headers={"Last-Event-ID": str(fait["version"])}).status_code == 204
    assert api.get(adresse, headers={"Last-Event-ID": "1"}).status_code == 200


def test_api_06_un_travail_a_son_etag(api):
    travail = demander(api, Essai(), "a")
    etag = api.get(f"/v1/travaux/{travail['id']}").headers["etag"]
    assert api.get(f"/v1/travaux/{travail['id']}", headers={"if-none-match": etag}).status_code == 304


def test_sec_04_le_journal_dit_la_demande_l_annulation_et_la_fin(api):
    essai = Essai()
    fait, annule = demander(api, essai, "a"), demander(api, essai, "b")
    travailler(api, fait, essai.genres)
    annuler(api, annule)
    dits = [
        (un["action"], un["identifiant"], un["apres"]["etat"])
        for un in donnees(api.get("/v1/evenements?ressource=travail"))
    ]
    assert dits == [
        ("creation", fait["id"], "en_attente"),
        ("creation", annule["id"], "en_attente"),
        ("modification", fait["id"], "termine"),
        ("annulation", annule["id"], "annule"),
    ]


def test_api_08_deux_ouvriers_ne_font_jamais_le_meme_travail(reelle):
    """The second is told while the first is in the middle of an item."""
    essai = Essai()
    travail, base = demander(reelle, essai, "a"), reelle.app.state.base
    lieu = Lieu(SCHEMA, UUID(travail["id"]))
    refuses = []

    async def autre(_):
        try:
            async with asyncio.timeout(10):
                await derouler(base, essai.genres, lieu, asyncio.Event())
        except TravailPris:
            refuses.append(True)

    essai.pendant = autre
    assert travailler(reelle, travail, essai.genres)["etat"] == "termine"
    assert (refuses, essai.faites) == ([True], ["a"])
    assert travailler(reelle, travail, essai.genres)["etat"] == "termine"  # nobody holds it any more
