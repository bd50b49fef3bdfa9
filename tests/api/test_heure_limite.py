"""Cut-off times over HTTP (CLI-11): late commandes are refused, or taken with `derogation` and marked.

The société's clock is that of Brussels; 17 June 2025 is a Tuesday, and the limit for it is Monday at 16:00.
"""

from contextlib import contextmanager
from datetime import date, datetime
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine
from tests.api.catalogue import champ_refuse, changer, creer
from tests.api.commandes_types import calendrier, commande_type, convertir
from tests.api.documents import baguettes, boulangerie, contenu, corps, demande, document, lire, requetes_sql
from tests.api.reponses import donnees, erreurs

from aurore_api.documents.service import heure_limite
from aurore_domain.cycle import TypeDocument

MARDI, MERCREDI, VENDREDI = "2025-06-17", "2025-06-18", "2025-06-20"
VEILLE_16H = {"jours_avant": 1, "heure": "16:00"}
A_TEMPS, LIMITE, TROP_TARD = "2025-06-16T13:00:00Z", "2025-06-16T14:00:00Z", "2025-06-16T14:00:01Z"
DEPASSEE = champ_refuse("#/date_livraison_prevue", "heure_limite_depassee", 409)


@contextmanager
def a(instant):
    """Let it be an instant, in UTC."""
    with time_machine.travel(instant, tick=False):
        yield


@pytest.fixture
def bureau(api):
    """The bakery, whose limit is 16:00 the day before."""
    boulangerie(api)
    assert changer(api, "/v1/parametres", heure_limite=VEILLE_16H).status_code == 200
    return api


@pytest.fixture
def saisie(cle_de):
    """The key of someone who enters orders."""
    return cle_de("lecture", "saisie", "parametres", "impression")


def commander(api, cle, *lignes, livraison=MARDI, genre="commande", **en_tete):
    en_tete = {"date_livraison_prevue": livraison} | en_tete
    return api.post("/v1/documents", json=corps(genre, *(lignes or [baguettes()]), **en_tete), headers=cle)


def changer_document(api, cle, faite, chemin="", **champs):
    return api.patch(f"/v1/documents/{faite['id']}{chemin}", json=champs, headers=cle | {"if-match": "*"})


@pytest.mark.parametrize(
    ("instant", "livraison", "refusee"),
    [
        (A_TEMPS, MARDI, False),
        (LIMITE, MARDI, False),
        (TROP_TARD, MARDI, True),
        (TROP_TARD, MERCREDI, False),
        (TROP_TARD, "2025-06-16", True),
        (TROP_TARD, "2025-01-02", True),
        (TROP_TARD, None, False),
    ],
)
def test_cli_11_a_late_commande_is_refused(bureau, saisie, instant, livraison, refusee):
    with a(instant):
        avant = contenu(bureau)
        reponse = commander(bureau, saisie, livraison=livraison)
        if refusee:
            assert erreurs(reponse) == DEPASSEE
            assert contenu(bureau) == avant
        else:
            assert reponse.status_code == 201
            assert reponse.json()["tardive"] is False


def test_cli_11_the_refusal_tells_the_limit_on_the_clock_of_the_societe(bureau, saisie):
    with a(TROP_TARD):
        (refus,) = commander(bureau, saisie).json()["erreurs"]
    assert MARDI in refus["detail"]
    assert "2025-06-16T16:00:00+02:00" in refus["detail"]


@pytest.mark.parametrize("portees", [("saisie", "derogation"), ("admin",)])
def test_cli_11_with_derogation_it_is_taken_and_marked(bureau, cle_de, portees):
    with a(A_TEMPS):
        commander(bureau, {})
    with a(TROP_TARD):
        faite = commander(bureau, cle_de(*portees)).json()
    assert faite["tardive"] is True
    assert [un["code"] for un in faite["avertissements"]] == ["commande_tardive"]
    assert lire(bureau, faite)["tardive"] is True
    assert [un["id"] for un in donnees(bureau.get("/v1/documents?tardive=true"))] == [faite["id"]]
    assert [un["tardive"] for un in donnees(bureau.get("/v1/documents?tardive=false"))] == [False]


def test_cli_11_a_dry_run_answers_alike(bureau, saisie):
    with a(TROP_TARD):
        requete = corps("commande", baguettes(), date_livraison_prevue=MARDI)
        assert erreurs(bureau.post("/v1/documents?simulation=true", json=requete, headers=saisie)) == DEPASSEE
        essai = bureau.post("/v1/documents?simulation=true", json=requete).json()
    assert (essai["tardive"], [un["code"] for un in essai["avertissements"]]) == (True, ["commande_tardive"])
    assert donnees(bureau.get("/v1/documents")) == []


def test_cli_11_without_a_limit_nothing_is_late(bureau, saisie):
    assert changer(bureau, "/v1/parametres", heure_limite=None).status_code == 200
    with a(TROP_TARD):
        faite = commander(bureau, saisie, livraison="2025-01-02").json()
    assert (faite["tardive"], faite["avertissements"]) == (False, [])


@pytest.mark.parametrize("genre", ["offre", "bordereau", "facture"])
def test_cli_11_only_commandes_have_a_limit(bureau, saisie, genre):
    with a(TROP_TARD):
        reponse = commander(bureau, saisie, genre=genre)
    assert (reponse.status_code, reponse.json()["tardive"]) == (201, False)


def test_cli_11_the_earliest_day_of_delivery_counts(bureau, saisie):
    with a(TROP_TARD):
        tot = commander(bureau, saisie, baguettes(date_livraison=MARDI), baguettes(), livraison=VENDREDI)
        sans_entete = commander(bureau, saisie, baguettes(date_livraison=MARDI), livraison=None)
        tard = commander(bureau, saisie, baguettes(date_livraison=VENDREDI), livraison=MERCREDI)
    assert erreurs(tot) == erreurs(sans_entete) == DEPASSEE
    assert tard.status_code == 201


REGLES = [
    # client, round, société: days before, or None; which of them counts
    (0, 1, 2, 0),
    (2, 0, 0, 2),
    (None, 0, 2, 0),
    (None, 2, 0, 2),
    (None, None, 1, 1),
    (None, None, None, None),
    (0, None, None, 0),
]


@pytest.mark.parametrize(("du_client", "tournee", "societe", "compte"), REGLES)
def test_cli_11_the_most_specific_rule_counts(bureau, saisie, du_client, tournee, societe, compte):
    """Wednesday is the day of delivery: until 16:00 of Wednesday, of Tuesday or of Monday."""
    regles = [None if une is None else {"jours_avant": une, "heure": "16:00"} for une in (du_client, tournee, societe)]
    changer(bureau, "/v1/clients/NATIONAL", heure_limite=regles[0])
    creer(bureau, "/v1/tournees", {"numero": "T1", "nom": "Namur", "heure_limite": regles[1]})
    changer(bureau, "/v1/parametres", heure_limite=regles[2])
    limites = {2: "2025-06-16", 1: "2025-06-17", 0: "2025-06-18"}
    for jours_avant, jour in limites.items():
        with a(f"{jour}T15:00:00Z"):
            reponse = commander(bureau, saisie, livraison=MERCREDI, tournee="T1")
        passee = compte is not None and jours_avant <= compte
        assert reponse.status_code == (409 if passee else 201), jour


def test_cli_11_a_commande_without_round_follows_no_round(bureau, saisie):
    creer(
        bureau, "/v1/tournees", {"numero": "T1", "nom": "Namur", "heure_limite": {"jours_avant": 9, "heure": "16:00"}}
    )
    with a(A_TEMPS):
        assert commander(bureau, saisie).status_code == 201
        assert commander(bureau, saisie, tournee="T1").status_code == 409


@pytest.mark.parametrize(
    ("jour", "heure", "a_temps", "trop_tard"),
    [
        ("2026-03-29", "02:30", "2026-03-29T01:00:00Z", "2026-03-29T01:00:01Z"),
        ("2026-10-25", "02:30", "2026-10-25T00:30:00Z", "2026-10-25T00:30:01Z"),
    ],
)
def test_cli_11_it_is_right_when_the_clock_changes(bureau, saisie, jour, heure, a_temps, trop_tard):
    """In March 02:30 does not exist, in October it comes twice."""
    changer(bureau, "/v1/parametres", heure_limite={"jours_avant": 0, "heure": heure})
    for instant, statut in ((a_temps, 201), (trop_tard, 409)):
        with a(instant):
            assert commander(bureau, saisie, livraison=jour, date="2025-06-16").status_code == statut


CHANGEMENTS = {
    "another quantity": lambda api, cle, faite: changer_document(api, cle, faite, "/lignes/100", quantite="20"),
    "another article": lambda api, cle, faite: changer_document(api, cle, faite, "/lignes/100", article="VIN"),
    "a line more": lambda api, cle, faite: api.post(
        f"/v1/documents/{faite['id']}/lignes", json=baguettes(), headers=cle
    ),
    "a line less": lambda api, cle, faite: api.delete(
        f"/v1/documents/{faite['id']}/lignes/200", headers=cle | {"if-match": "*"}
    ),
    "a line for a day that is too near": lambda api, cle, faite: changer_document(
        api, cle, faite, "/lignes/200", date_livraison="2025-06-16"
    ),
}


@pytest.mark.parametrize("changement", CHANGEMENTS)
def test_cli_11_changing_what_is_delivered_has_the_same_limit(bureau, saisie, changement):
    with a(A_TEMPS):
        faite = commander(bureau, saisie, baguettes(), baguettes("5")).json()
    with a(TROP_TARD):
        refus = CHANGEMENTS[changement](bureau, saisie, faite)
        assert [code for _, code in erreurs(refus)[1]] == ["heure_limite_depassee"]
        assert lire(bureau, faite) == faite
        prise = CHANGEMENTS[changement](bureau, {}, faite)
    assert prise.is_success
    assert prise.json()["tardive"] is True
    assert "commande_tardive" in {un["code"] for un in prise.json()["avertissements"]}


def test_cli_11_what_changes_no_delivery_has_no_limit(bureau, saisie):
    with a(A_TEMPS):
        faite = commander(bureau, saisie).json()
    with a(TROP_TARD):
        assert changer_document(bureau, saisie, faite, vos_references="BC 45").json()["tardive"] is False
        ligne = changer_document(bureau, saisie, faite, "/lignes/100", prix="0.8000", memo="Bien cuites")
        assert (ligne.status_code, ligne.json()["tardive"]) == (200, False)


def test_cli_11_another_day_of_delivery_is_judged_anew(bureau, saisie):
    with a(A_TEMPS):
        faite = commander(bureau, saisie, livraison=VENDREDI).json()
    with a(TROP_TARD):
        assert erreurs(changer_document(bureau, saisie, faite, date_livraison_prevue=MARDI)) == DEPASSEE
        tardive = changer_document(bureau, {}, faite, date_livraison_prevue=MARDI).json()
        assert (tardive["tardive"], tardive["lignes"][0]["date_livraison"]) == (True, MARDI)
        remise = changer_document(bureau, saisie, faite, date_livraison_prevue=VENDREDI).json()
    assert (remise["tardive"], remise["avertissements"]) == (False, [])


def test_cli_11_a_line_that_is_late_stays_so_when_the_others_move(bureau, saisie):
    with a(TROP_TARD):
        faite = commander(bureau, {}, baguettes(), baguettes(date_livraison=MARDI), livraison=MERCREDI).json()
        assert faite["tardive"] is True
        assert changer_document(bureau, saisie, faite, date_livraison_prevue=VENDREDI).json()["tardive"] is True


def test_cli_11_a_transfer_into_a_commande_has_the_same_limit(bureau, saisie):
    with a(A_TEMPS):
        offre = commander(bureau, saisie, genre="offre").json()
        tardive = commander(bureau, saisie, genre="offre").json()
        cible = commander(bureau, saisie, livraison=VENDREDI).json()
    with a(TROP_TARD):
        avant = contenu(bureau)
        refus = bureau.post("/v1/transferts", json=demande("commande", offre), headers=saisie)
        assert erreurs(refus) == champ_refuse("#/cible/date_livraison_prevue", "heure_limite_depassee", 409)
        assert erreurs(bureau.post("/v1/transferts", json=demande(cible, offre), headers=saisie)) == erreurs(refus)
        assert contenu(bureau) == avant
        plus_tard = {"type": "commande", "date": "2025-06-16", "date_livraison_prevue": VENDREDI}
        sources = [{"document": offre["id"]}]
        a_temps = bureau.post("/v1/transferts", json={"cible": plus_tard, "sources": sources}, headers=saisie).json()
        assert (a_temps["tardive"], a_temps["avertissements"]) == (False, [])
        marquee = bureau.post("/v1/transferts", json=demande("commande", tardive)).json()
        assert marquee["tardive"] is True
        livraison = bureau.post("/v1/transferts", json=demande("bordereau", marquee), headers=saisie)
        assert (livraison.status_code, livraison.json()["tardive"]) == (201, False)


def test_cli_11_what_a_standing_order_asks_for_was_known_in_time(bureau, saisie):
    commande_type(bureau)
    with a(TROP_TARD):
        reponse = bureau.post("/v1/commandes-types/conversions", json={"date": MARDI}, headers=saisie)
        (resultat,) = reponse.json()["resultats"]
        assert resultat["statut"] == "cree"
        assert resultat["avertissements"] == []
        assert lire(bureau, {"id": resultat["document"]})["tardive"] is False
        assert convertir(bureau, MARDI)["HOTEL"]["statut"] == "deja_cree"


@pytest.mark.parametrize(
    ("regime", "portee", "marquee"),
    [("marquer", "magasin:NAM", True), ("ignorer", "saisie", False), ("exiger", "derogation", True)],
)
def test_cli_11_a_till_s_order_is_marked_never_refused(regime, portee, marquee):
    """Tills have no operation yet: their regime is asked of the service itself."""
    instant = datetime.fromisoformat(TROP_TARD)
    cle = SimpleNamespace(fuseau="Europe/Brussels", portees=frozenset({portee}))
    ctx: Any = SimpleNamespace(maintenant=instant, cle=cle)
    etabli: Any = SimpleNamespace(
        document=SimpleNamespace(type=TypeDocument.COMMANDE, tournee=None, tardive=False),
        client=SimpleNamespace(heure_limite=VEILLE_16H),
        referentiel=SimpleNamespace(heures_limites={}),
        parametres=SimpleNamespace(heure_limite=None),
    )
    heure_limite.verifier(ctx, etabli, [date(2025, 6, 20), date(2025, 6, 17)], regime)
    assert etabli.document.tardive is marquee


def test_cli_06_a_delivery_on_a_closed_day_is_warned_of(bureau):
    calendrier(bureau, MARDI, client="NATIONAL", jours="12345")
    with a("2025-06-10T08:00:00Z"):
        ouvert = document(bureau, "commande", baguettes(), date_livraison_prevue=MERCREDI)
        assert ouvert["avertissements"] == []
        ferme = document(bureau, "commande", baguettes(date_livraison="2025-06-21"), date_livraison_prevue=MARDI)
        (avis,) = ferme["avertissements"]
        assert (avis["code"], avis["pointeur"]) == ("client_ferme", "#/date_livraison_prevue")
        assert f"{MARDI}, 2025-06-21" in avis["detail"]
        assert document(bureau, "bordereau", baguettes(), date_livraison_prevue=MARDI)["avertissements"] == []


def test_cli_11_the_limit_costs_no_statement_per_line(bureau, saisie):
    with a(A_TEMPS):
        commander(bureau, saisie)
        with requetes_sql(bureau) as une:
            commander(bureau, saisie)
        with requetes_sql(bureau) as trente:
            commander(bureau, saisie, *([baguettes(date_livraison=VENDREDI)] * 30))
    assert len(une) == len(trente)


@pytest.mark.parametrize(
    ("regle", "pointeur", "code"),
    [
        ({"jours_avant": 1, "heure": "24:00"}, "#/heure_limite/heure", "format_incorrect"),
        ({"jours_avant": 1, "heure": "4 pm"}, "#/heure_limite/heure", "format_incorrect"),
        ({"jours_avant": -1, "heure": "16:00"}, "#/heure_limite/jours_avant", "hors_bornes"),
        ({"jours_avant": "1", "heure": "16:00"}, "#/heure_limite/jours_avant", "type_incorrect"),
        ({"heure": "16:00"}, "#/heure_limite/jours_avant", "champ_requis"),
    ],
)
def test_cli_11_a_wrong_limit_is_refused_by_field(bureau, regle, pointeur, code):
    creer(bureau, "/v1/tournees", {"numero": "T1", "nom": "Namur"})
    for chemin in ("/v1/parametres", "/v1/clients/NATIONAL", "/v1/tournees/T1"):
        assert erreurs(changer(bureau, chemin, heure_limite=regle)) == champ_refuse(pointeur, code)
