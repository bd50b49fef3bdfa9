"""MAG-30, MAG-12, API-05: whatever goes wrong on the way, each thing ends at the server once and its outcome here."""

import json
import random
from functools import partial
from typing import Any

import pytest
from tests.caisse import fautes
from tests.caisse.caisse import AUJOURD_HUI, Caisse, commande
from tests.caisse.serveur import Requete

from aurore_magasin.envoi import ATTENTE_MAX, Demande

TROIS = [commande(f"T{rang}") for rang in range(3)]


def faits(caisse: Caisse) -> dict[str, int]:
    """How many of each kind are done; nothing waits."""
    etat = caisse.etat
    assert set(etat["attente"].values()) == {0}
    return {nom: combien for nom, combien in etat["faits"].items() if combien}


def journee(caisse: Caisse) -> None:
    """Everything a till sends, with changes, in the order in which it happens."""
    caisse.ajouter("clients", {"numero": "M7", "nom": "Mme Dupont"}, {"numero": "M8", "nom": "SA Grand"})
    caisse.ajouter("commandes", *TROIS)
    caisse.ajouter("commandes", commande("T0", "5"), commande("T1", annulee=True))
    caisse.ajouter("factures", commande("V1", mode_fin="facture_a_etablir", reference_commande="T9"))
    caisse.ajouter("commandes", commande("T0", "6"))
    caisse.ajouter("restes", {"date": "2026-11-25", "lignes": [{"article": "ECL", "quantite": "4"}]})


@pytest.fixture
def paisible(caisse, faux) -> Any:
    """What the server has after an undisturbed day, under another shop's name."""
    autre = Caisse(caisse.dossier, caisse.url, {"magasin": "PAIX", "boite": str(caisse.dossier / "paix.sqlite")})
    journee(autre)
    autre.faire("pousser")
    return faux.magasin("PAIX").etat


@pytest.mark.parametrize(
    "faute",
    [
        fautes.coupe_avant,
        fautes.coupe_apres,
        fautes.moitie,
        fautes.tronquee,
        fautes.lente,
        fautes.deux_fois,
        fautes.page(200),
        fautes.page(502),
        fautes.page(503, retry_after="0"),
        fautes.page(504),
        fautes.page(429, retry_after="Wed, 21 Oct 2015 07:28:00 GMT"),
        fautes.page_apres(504),
        fautes.page_apres(200),
        fautes.refus(500, "erreur_interne"),
        fautes.refus(409, "requete_en_cours"),
        fautes.refus(503, "base_indisponible"),
    ],
)
@pytest.mark.parametrize("memoire", [True, False], ids=["clés", "versions"])
def test_mag_30_each_request_fails_once_and_the_day_ends_the_same(caisse, faux, paisible, faute, memoire):
    """With the server's memory of keys, and with versions alone; leftovers of one day replace each other."""
    faux.memoire = memoire
    faux.fautes = [faute, None] * 20
    journee(caisse)
    dit = caisse.faire("pousser")
    assert faux.magasin().etat == paisible
    assert faits(caisse) == {"clients": 2, "commandes": 6, "factures": 1, "restes": 1}
    assert ("nouvel essai dans" in dit) is (faute is not fautes.deux_fois)
    envoyes = {(un["cle"], un["empreinte"]) for un in faux.magasin().recues}
    assert len(envoyes) == len({cle for cle, _ in envoyes})


def test_mag_30_a_long_run_of_every_failure(caisse, faux, paisible):
    hasard = random.Random(5)
    toutes = [
        fautes.coupe_avant,
        fautes.coupe_apres,
        fautes.moitie,
        fautes.deux_fois,
        fautes.page(503),
        fautes.page_apres(502),
        None,
    ]
    faux.fautes = [hasard.choice(toutes) for _ in range(60)]
    journee(caisse)
    caisse.faire("pousser", "--patience", "60")
    assert faux.magasin().etat == paisible


@pytest.mark.parametrize(
    "faute", [fautes.page(503), fautes.coupe_avant, fautes.coupe_apres, fautes.page(200), fautes.refus(500, "x")]
)
def test_mag_30_what_cannot_be_sent_now_is_sent_later_as_the_same_request(caisse, faux, faute):
    faux.toujours = faute
    caisse.ajouter("commandes", *TROIS)
    dit = caisse.faire("pousser", "--patience", "0", statut=3)
    assert "Rien n'est perdu : 3 attendent dans la boîte d'envoi" in dit
    assert caisse.etat["attente"] == {"commandes": 3}
    assert "envoyé, sans réponse notée" in caisse.faire("etat", "T1")
    faux.toujours = None
    caisse.faire("pousser")
    assert faits(caisse) == {"commandes": 3}
    recues = faux.magasin().recues
    assert len({(un["cle"], un["corps"]) for un in recues}) == 1


def test_mag_30_nobody_listens(caisse):
    caisse.reglages["url"] = "http://127.0.0.1:1"
    caisse.ajouter("commandes", *TROIS)
    assert "le serveur est injoignable" in caisse.faire("pousser", "--patience", "0.05", statut=3)
    assert caisse.etat["attente"] == {"commandes": 3}


@pytest.mark.parametrize(
    ("faute", "dit"),
    [
        (fautes.refus(401, "cle_refusee"), "La clé n'est pas acceptée"),
        (fautes.refus(403, "portee_insuffisante"), "La clé n'a pas ce droit"),
        (fautes.page(403), "La clé n'a pas ce droit"),
        (fautes.refus(404, "introuvable"), "Le magasin n'existe pas"),
        (fautes.page(301, location="https://ailleurs.exemple/"), "L'adresse renvoie ailleurs"),
        (fautes.page(407), "Le proxy du réseau demande un mot de passe"),
        (fautes.refus(415, "type_refuse"), "Le serveur refuse l'envoi (statut 415)"),
        (fautes.refus(422, "x", {"pointeur": "#/date_fin", "detail": "trop tard"}), "#/date_fin : trop tard"),
    ],
)
def test_mag_30_what_somebody_has_to_mend_stops_at_once_and_loses_nothing(caisse, faux, faute, dit):
    caisse.ajouter("commandes", *TROIS)
    faux.fautes = [faute]
    assert dit in caisse.faire("pousser", statut=1)
    assert len(faux.magasin().recues) == 0
    assert caisse.etat["attente"] == {"commandes": 3}
    caisse.faire("pousser")
    assert faits(caisse) == {"commandes": 3}


def test_sec_06_a_wrong_key_is_told_and_never_shown(caisse):
    caisse.ajouter("commandes", *TROIS)
    caisse.reglages["cle"] = "aurore_fausse_987654321"
    dit = caisse.faire("pousser", statut=1)
    assert "La clé n'est pas acceptée" in dit
    assert "987654321" not in dit


def test_mag_11_what_makes_the_server_refuse_a_batch_whole_is_set_apart(caisse, faux):
    caisse.ajouter("commandes", *TROIS)
    erreur = {"pointeur": "#/commandes/1/lignes/0/quantite", "detail": "trop de décimales"}
    faux.fautes = [fautes.refus(422, "entree_refusee", erreur)]
    dit = caisse.faire("pousser", statut=4)
    assert "trop de décimales (#/commandes/1/lignes/0/quantite)" in dit
    assert [cle for _, cle in faux.magasin().choses] == ["T0", "T2"]
    assert [(un["reference"], un["statut"]) for un in caisse.etat["a_voir"]] == [("T1", "refuse")]


def test_mag_11_a_reason_is_read_to_its_end_on_a_narrow_screen(caisse, faux):
    caisse.reglages["columns"] = "80"
    erreur = {"pointeur": "#/commandes/1/lignes/0/quantite", "detail": "trop"}
    faux.fautes = [fautes.refus(422, "entree_refusee", erreur)]
    caisse.ajouter("commandes", *TROIS)
    dit = caisse.lancer("pousser").output
    assert "…" not in dit.partition("À voir")[2]


def test_mag_30_a_batch_that_is_too_large_is_cut(caisse, faux):
    faux.corps_max = 700
    caisse.ajouter(
        "commandes",
        *[commande(f"T{rang}") for rang in range(9)],
        commande("LONGUE", remarque="x" * 900),
        commande("T9"),
    )
    dit = caisse.faire("pousser", statut=4)
    assert "est coupé" in dit
    assert [cle for _, cle in faux.magasin().choses] == [f"T{rang}" for rang in range(10)]
    assert [(un["reference"], un["remarques"][0]["code"]) for un in caisse.etat["a_voir"]] == [("LONGUE", "trop_grand")]


def test_mag_30_batches_are_cut_by_number_and_by_size(caisse, faux):
    caisse.reglages["delai"] = "30"
    caisse.ajouter("commandes", *[commande(f"T{rang}") for rang in range(2500)])
    caisse.ajouter("commandes", *[commande(f"G{rang}", remarque="é" * 4000) for rang in range(150)])
    caisse.faire("pousser")
    envois = [(len(json.loads(un["corps"])["commandes"]), len(un["corps"])) for un in faux.magasin().recues]
    assert envois[0][0] == 2000
    assert sum(nombre for nombre, _ in envois) == 2650
    assert len(envois) == 3
    assert max(taille for _, taille in envois) < 1_000_000


def test_api_05_a_key_that_the_server_knows_otherwise_is_replaced(caisse, faux):
    caisse.ajouter("commandes", *TROIS)
    faux.fautes = [fautes.refus(422, "cle_idempotence_reutilisee")]
    caisse.faire("pousser")
    assert faits(caisse) == {"commandes": 3}
    faux.toujours = fautes.refus(422, "cle_idempotence_reutilisee")
    caisse.ajouter("commandes", commande("T7"))
    assert "appelez votre support" in caisse.faire("pousser", statut=1)
    assert caisse.etat["attente"] == {"commandes": 1}


@pytest.mark.parametrize("faute", [fautes.autre_reponse, fautes.autres_references])
def test_mag_11_an_answer_that_does_not_fit_is_none(caisse, faux, faute):
    caisse.ajouter("commandes", *TROIS)
    faux.fautes = [faute]
    assert "nouvel essai" in caisse.faire("pousser")
    assert faits(caisse) == {"commandes": 3}


def test_mag_30_waits_grow_by_chance_and_the_server_can_ask_for_more(caisse, faux, monkeypatch):
    attentes: list[float] = []
    monkeypatch.setattr("aurore_magasin.application.Demande", partial(Demande, dormir=attentes.append))
    caisse.reglages |= {"attente": "1", "patience": "80000"}
    caisse.ajouter("commandes", *TROIS)
    faux.fautes = [fautes.page(503)] * 12 + [fautes.page(429, retry_after="400"), fautes.page(503, retry_after="99999")]
    caisse.faire("pousser")
    for rang, attente in enumerate(attentes[:12]):
        plafond = min(ATTENTE_MAX, 2.0**rang)
        assert plafond / 2 <= attente <= plafond
    assert len(set(attentes[6:12])) == 6
    assert attentes[12:] == [400, 600]


def test_mag_10_the_period_ends_on_the_server_s_day(caisse, faux, horloge):
    """A till whose clock fell back to 1970, or runs ahead, pushes the right period and says what is wrong."""
    for rang, instant in enumerate(("1970-01-01T00:00:00+00:00", "2031-05-05T10:00:00+00:00")):
        horloge(instant)
        caisse.ajouter("commandes", commande(f"T{rang}"))
        assert "L'horloge de cet ordinateur dit" in caisse.faire("pousser")
    assert {json.loads(un["corps"])["date_fin"] for un in faux.magasin().recues} == {"2026-11-25"}
    faux.heure = AUJOURD_HUI - AUJOURD_HUI % 86400 + 86400 - 1800  # 23:30 in London is tomorrow here
    caisse.ajouter("commandes", commande("T8", date="2026-11-26"))
    caisse.faire("pousser")
    assert json.loads(faux.magasin().recues[-1]["corps"])["date_fin"] == "2026-11-26"
    caisse.ajouter("commandes", commande("T9"))
    caisse.faire("pousser", "--date-fin", "27/11/2026")
    assert json.loads(faux.magasin().recues[-1]["corps"])["date_fin"] == "2026-11-27"


def test_mag_25_what_is_outside_the_window_stays_until_the_window_is_extended(caisse, faux):
    vieille = [commande("T0", date="2026-11-20"), commande("T1")]
    caisse.ajouter("commandes", *vieille)
    caisse.ajouter("commandes", commande("T0", "4", date="2026-11-20"))
    dit = caisse.faire("pousser", statut=4)
    assert "--fenetre" in dit
    assert [(un["reference"], un["statut"]) for un in caisse.etat["a_voir"]] == [("T0", "hors_periode")]
    faux.derogation = False
    assert "derogation" in caisse.faire("pousser", "--fenetre", "5", statut=1)
    faux.derogation = True
    caisse.faire("pousser", "--fenetre", "5")
    chose = faux.magasin().choses["commandes", "T0"]
    assert (chose.contenu["lignes"][0]["quantite"], chose.changements) == ("4", 1)
    assert caisse.etat["a_voir"] == []


def test_mag_11_what_was_not_taken_is_shown_until_it_is_or_somebody_has_seen_it(caisse, faux):
    inconnu = commande("T0", lignes=[{"article": "NEUF", "quantite": "1"}])
    caisse.ajouter("commandes", inconnu, commande("T1", lignes=[{"article": "RIEN", "quantite": "1"}]))
    assert "texte de article_inconnu" in caisse.faire("pousser", statut=4)
    assert "Rien n'est en attente" in caisse.faire("pousser")
    assert len(caisse.etat["a_voir"]) == 2
    caisse.faire("classer", "T1")
    assert [un["reference"] for un in caisse.etat["a_voir"]] == ["T0"]
    faux.articles.add("NEUF")
    assert "1 remis" in caisse.faire("renvoyer", "--tous")
    caisse.faire("pousser")
    assert caisse.etat["a_voir"] == []
    assert "refusé" in caisse.faire("etat", "T1")
    caisse.ajouter("commandes", commande("T1"))
    caisse.faire("pousser")
    assert faits(caisse) == {"commandes": 3}


def test_mag_01_what_is_switched_off_waits_for_the_office(caisse, faux):
    faux.coupees = {"commandes"}
    caisse.ajouter("commandes", *TROIS)
    assert "3 désactivé par un paramètre du magasin" in caisse.faire("pousser", statut=4)
    faux.coupees = set()
    caisse.faire("renvoyer", "--tous")
    caisse.faire("pousser")
    assert faits(caisse) == {"commandes": 3}


def test_mag_12_a_server_that_knows_a_newer_version_is_told_and_can_be_overruled(caisse, faux):
    caisse.ajouter("commandes", commande("T0", "9", version=9))
    caisse.faire("pousser")
    (caisse.dossier / "boite.sqlite").unlink()
    caisse.ajouter("commandes", commande("T0", version=2))
    assert "le serveur a une version plus récente" in caisse.faire("pousser", statut=4)
    assert "1 remis" in caisse.faire("renvoyer", "T0", "--version", "10")
    caisse.faire("pousser")
    assert faux.magasin().choses["commandes", "T0"].contenu["lignes"][0]["quantite"] == "3"


def test_mag_30_versions_of_one_reference_go_one_after_the_other(caisse, faux):
    journee(caisse)
    caisse.faire("pousser")
    for une in faux.magasin().recues:
        corps = json.loads(une["corps"])
        references = [un["reference"] for un in corps.get(une["genre"], []) if "reference" in un]
        assert len(references) == len(set(references))
    assert [une["genre"] for une in faux.magasin().recues] == [
        "clients",
        "commandes",
        "commandes",
        "factures",
        "commandes",
        "restes",
    ]


def test_mag_30_a_disk_that_fills_before_the_outcome_is_noted_loses_none(caisse, faux, monkeypatch):
    """The batch is at the server and its outcomes are nowhere: it is asked for again and answered the same."""
    caisse.ajouter("commandes", *TROIS)

    def plein(*_: Any) -> None:
        raise MemoryError("plein")

    with monkeypatch.context() as avec:
        avec.setattr("aurore_magasin.envoi.noter", plein)
        with pytest.raises(MemoryError):
            caisse.lancer("pousser")
    assert caisse.etat["attente"] == {"commandes": 3}
    caisse.faire("pousser")
    assert faits(caisse) == {"commandes": 3}
    assert faux.magasin().executions == 1


def test_mag_16_warnings_of_what_was_taken_are_shown(caisse, faux):
    def avec(requete: Requete, faire: Any) -> None:
        statut, corps = faire()
        corps["resultats"][0]["avertissements"] = [{"code": "champs_ignores", "detail": "[nom] reste celui du bureau"}]
        requete.repondre(statut, corps)

    faux.fautes = [avec]
    caisse.ajouter("clients", {"numero": "M7", "nom": "Mme Dupont"})
    assert "[nom] reste celui du bureau" in caisse.faire("pousser")


def test_mag_25_the_till_learns_which_days_are_missing_and_what_to_do(caisse, faux):
    faux.rapprochement = {
        "jours_non_couverts": [
            {"genre": "commande", "du": "2026-11-16", "au": "2026-11-18"},
            {"genre": "facture", "du": "2026-11-20", "au": "2026-11-20"},
        ],
        "conflits": [{"genre": "commande", "reference": "T7"}],
        "suspects": [{"client": "C", "pieces": [{"reference": "V1"}, {"reference": "T2"}]}],
        "controle": {"conforme": True},
    }
    dit = caisse.faire("rapprochement", statut=4)
    assert "Jours sans commande reçue : du 16/11/2026 au 18/11/2026." in dit
    assert "pousser --fenetre 9" in dit
    assert "le bureau doit trancher : commande T7" in dit
    assert "Peut-être la même vente deux fois : V1, T2." in dit
    faux.rapprochement |= {"jours_non_couverts": [], "conflits": [], "suspects": []}
    assert caisse.faire("rapprochement", "--du", "1/11/2026", "--au", "2026-11-20") == "Rien n'est facturé deux fois.\n"
    faux.rapprochement = {}
    assert "les versions diffèrent-elles" in caisse.faire("rapprochement", statut=1)
