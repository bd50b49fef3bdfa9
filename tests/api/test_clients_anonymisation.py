"""Forgetting who a private client was (CLI-10)."""

import json

import pytest
from tests.api.catalogue import creer
from tests.api.documents import JOUR, baguettes, boulangerie, document, imprimer, lire, requetes_sql, sql
from tests.api.reponses import donnees, refus, si

PERSONNE = {
    "numero": "M7",
    "nom": "Élise Dupont",
    "nom_suite": "née Martin",
    "particulier": True,
    "langue": "nl",
    "adresse": {"rue": "Rue Haute 12", "code_postal": "5000", "localite": "Namur", "pays": "BE"},
    "telephone": "0470 12 34 56",
    "courriel": "elise@dupont.example",
    "contacts": [{"nom": "Marc Dupont"}],
    "numero_tva": "BE0403170701",
    "numero_entreprise": "0403170701",
    "identifiant_peppol": "0208:0403170701",
    "textes": {"facture": {"debut": "Bonjour Élise"}},
    "facturer_a": "HOTEL",
    "mandat_sepa": {"reference": "DUPONT-1", "date": "2020-01-15", "iban": "BE68539007547034"},
    "remise": "2.50",
}
TRACES = (
    "Dupont",
    "Martin",
    "Marc",
    "Élise",
    "elise",
    "Haute 12",
    "Cuisine",
    "0470",
    "0403170701",
    "53900754",
    "Anniversaire",
)
"""What must not be found afterwards."""
ANCIEN = "2012-06-15"
CHEMIN = "/v1/clients/M7/anonymisation"


@pytest.fixture
def personne(api):
    """A private client with all that belongs to one, in the bakery."""
    boulangerie(api)
    creer(api, "/v1/exercices", {"code": "2012", "debut": "2012-01-01", "fin": "2012-12-31"})
    creer(api, "/v1/clients", PERSONNE)
    creer(api, "/v1/clients/M7/adresses", {"libelle": "Cuisine", "nom": "Marc", "par_defaut": True})
    creer(api, "/v1/clients/M7/unites-preferees", {"article": "BAG", "unite": "CT6"})
    exception = {"du": "2026-07-01", "au": "2026-07-31", "libelle": "Vacances des Dupont"}
    calendrier = {"jours_ouverts": [1, 2, 3], "exceptions": [exception]}
    assert api.put("/v1/clients/M7/calendrier", json=calendrier, headers={"if-match": "*"}).is_success
    return api


def le_sien(api, genre="commande", jour=JOUR, **autres):
    """A document of the private client."""
    en_tete = {"client": "M7", "date": jour, "vos_references": "Anniversaire", "contact": "Marc", "textes": {}}
    return document(api, genre, baguettes(), **en_tete | autres)


def clore(api, *documents, etat="transfere"):
    """Close documents, as a transfer or a posting does."""
    for un in documents:
        sql(api, "UPDATE documents SET etat = :etat WHERE id = CAST(:id AS uuid)", etat=etat, id=un["id"])


def evenements(api):
    return donnees(api.get("/v1/evenements?limite=200"))


def test_cli_10_a_private_client_is_forgotten_and_its_figures_stay(personne):
    commande = le_sien(personne, remarque_interne="Élise sonne deux fois", iban_domiciliation="BE68539007547034")
    facture = imprimer(personne, le_sien(personne, "facture", ANCIEN))
    clore(personne, commande)
    clore(personne, facture, etat="comptabilise")
    avant = [lire(personne, un) for un in (commande, facture)]
    deja = {un["id"] for un in evenements(personne)}

    reponse = personne.post(CHEMIN)
    assert reponse.status_code == 200, reponse.text
    client = reponse.json()
    assert (client["numero"], client["nom"], client["actif"], client["version"]) == (
        "M7", "Client anonymisé M7", False, 2,
    )  # fmt: skip
    assert client["adresse"] == {"rue": None, "code_postal": None, "localite": None, "pays": "BE"}
    assert (client["remise"], client["langue"], client["particulier"]) == ("2.50", "nl", True)
    assert client["anonymise_le"] is not None
    assert (reponse.headers["etag"], personne.get("/v1/clients/M7").json()) == ('"2"', client)

    apres = [lire(personne, un) for un in (commande, facture)]
    for ancien, nouveau in zip(avant, apres, strict=True):
        assert nouveau["client_copie"]["nom"] == nouveau["client_nom"] == "Client anonymisé M7"
        assert nouveau["version"] == ancien["version"] + 1
        for champ in ("totaux", "lignes", "numero_affiche", "date", "etat", "client", "communication"):
            assert nouveau[champ] == ancien[champ], champ
    for mot in ("dupont", "anniversaire", "marc"):
        assert donnees(personne.get(f"/v1/documents?bloques=true&recherche={mot}")) == []
    trouves = donnees(personne.get("/v1/documents?bloques=true&recherche=anonymise"))
    assert {un["id"] for un in trouves} == {commande["id"], facture["id"]}

    nouveaux = [un for un in evenements(personne) if un["id"] not in deja]
    dits = [(un["ressource"], un["action"], un["avant"]) for un in nouveaux]
    assert sorted(dits) == [
        ("adresse", "suppression", None),
        ("calendrier", "suppression", None),
        ("client", "anonymisation", None),
        ("document", "anonymisation", None),
        ("document", "anonymisation", None),
        ("unite_preferee", "suppression", None),
    ]
    pdf = personne.get(f"/v1/documents/{facture['id']}/pdf")
    assert pdf.status_code == 200
    stocke = sql(
        personne,
        "SELECT t::text FROM clients t WHERE numero = 'M7' UNION ALL SELECT t::text FROM documents t"
        " UNION ALL SELECT t::text FROM adresses t UNION ALL SELECT t::text FROM exceptions_calendriers t",
    )
    texte = json.dumps([client, apres, nouveaux, stocke], ensure_ascii=False)
    assert [trace for trace in TRACES if trace in texte] == []


def test_cli_10_a_second_anonymisation_changes_nothing(personne):
    premiere = personne.post(CHEMIN)
    combien = len(evenements(personne))
    seconde = personne.post(CHEMIN)
    assert (seconde.status_code, seconde.json()) == (200, premiere.json())
    assert len(evenements(personne)) == combien


def test_cli_10_an_anonymised_client_can_only_be_read(personne):
    assert personne.post(CHEMIN).is_success
    ecritures = [
        ("PATCH", "", {"nom": "Élise Dupont"}),
        ("POST", "/adresses", {"libelle": "Cuisine"}),
        ("POST", "/unites-preferees", {"article": "BAG", "unite": "CT6"}),
        ("PUT", "/calendrier", {"jours_ouverts": [1]}),
    ]
    for methode, suite, corps in ecritures:
        reponse = personne.request(methode, f"/v1/clients/M7{suite}", json=corps, headers={"if-match": "*"})
        assert refus(reponse) == (409, "client_anonymise"), suite
    assert personne.get("/v1/clients/M7").json()["nom"] == "Client anonymisé M7"
    assert donnees(personne.get("/v1/clients?actif=false"))[0]["numero"] == "M7"


def test_cli_10_only_private_persons_are_anonymised(personne):
    assert refus(personne.post("/v1/clients/HOTEL/anonymisation")) == (409, "client_non_particulier")
    assert refus(personne.post("/v1/clients/C9/anonymisation")) == (404, "ressource_absente")


def inchange(api):
    """Whether nothing of the client went."""
    client = api.get("/v1/clients/M7").json()
    return (client["nom"], client["anonymise_le"], client["version"]) == (PERSONNE["nom"], None, 1) and donnees(
        api.get("/v1/clients/M7/adresses")
    )


@pytest.mark.parametrize("genre", ["facture", "note_credit"])
@pytest.mark.parametrize("etat", ["comptabilise", "en_attente", "transfere"])
def test_cli_10_the_law_keeps_numbered_factures_and_those_whom_they_name(personne, genre, etat):
    fiscal = imprimer(personne, le_sien(personne, genre))
    clore(personne, fiscal, etat=etat)
    refuse = personne.post(CHEMIN)
    assert refus(refuse) == (409, "conservation_legale")
    assert fiscal["numero_affiche"] in refuse.json()["detail"]
    assert "2035-12-31" in refuse.json()["detail"]
    assert inchange(personne)


@pytest.mark.parametrize(("depuis", "jour", "garde"), [(10, "01-01", True), (11, "12-31", False)])
def test_cli_10_the_law_keeps_no_longer_than_it_says(personne, depuis, jour, garde):
    """The first day of the tenth year before this one is still kept, the day before is not."""
    aujourd_hui = personne.post("/v1/documents?simulation=true", json={"type": "offre", "client": "HOTEL"}).json()[
        "date"
    ]
    annee = int(aujourd_hui[:4]) - depuis
    creer(personne, "/v1/exercices", {"code": str(annee), "debut": f"{annee}-01-01", "fin": f"{annee}-12-31"})
    clore(personne, imprimer(personne, le_sien(personne, "facture", f"{annee}-{jour}")), etat="comptabilise")
    reponse = personne.post(CHEMIN)
    assert refus(reponse) == (409, "conservation_legale") if garde else reponse.is_success


@pytest.mark.parametrize("jour", [JOUR, ANCIEN])
def test_cli_10_open_documents_keep_their_client(personne, jour):
    ouvert = imprimer(personne, le_sien(personne, "offre", jour))
    sans_numero = le_sien(personne, "facture", jour)
    refuse = personne.post(CHEMIN)
    assert refus(refuse) == (409, "documents_en_attente")
    assert ouvert["numero_affiche"] in refuse.json()["detail"]
    assert sans_numero["id"] in refuse.json()["detail"]
    assert inchange(personne)


def test_cli_10_of_many_documents_a_refusal_names_the_latest(personne):
    documents = [imprimer(personne, le_sien(personne, "offre"))["numero_affiche"] for _ in range(7)]
    detail = personne.post(CHEMIN).json()["detail"]
    assert (sum(un in detail for un in documents), "…" in detail) == (5, True)


def test_cli_10_what_else_uses_the_client_keeps_it(personne):
    creer(personne, "/v1/clients", {"numero": "M8", "nom": "Le fils", "facturer_a": "M7"})
    refuse = personne.post(CHEMIN)
    assert refus(refuse) == (409, "en_utilisation")
    assert "clients (1) : M8" in refuse.json()["detail"]
    assert inchange(personne)


def test_cli_10_api_06_sec_02_an_anonymisation_is_guarded(personne, cle_de):
    assert personne.post(CHEMIN, headers=si(7)).status_code == 412
    assert refus(personne.post(CHEMIN, headers=cle_de("saisie", "facturation"))) == (403, "portee_insuffisante")
    assert inchange(personne)
    assert personne.post(CHEMIN, headers=cle_de("parametres") | si(1)).is_success


def test_cli_10_documents_are_forgotten_in_a_constant_number_of_statements(personne):
    nombres = []
    for numero, combien in (("P1", 2), ("P2", 6)):
        creer(personne, "/v1/clients", {"numero": numero, "nom": "Dupont", "particulier": True})
        clore(personne, *(le_sien(personne, client=numero) for _ in range(combien)))
        with requetes_sql(personne) as envoyees:
            assert personne.post(f"/v1/clients/{numero}/anonymisation").is_success
        nombres.append(len(envoyees))
    assert nombres[0] == nombres[1]
