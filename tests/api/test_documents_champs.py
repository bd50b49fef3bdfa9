"""Every field of headers and lines, one by one: set at creation, its default, emptied, carried (DOC-10, DOC-11).

`test_documents_mauvaises_donnees` refuses the wrong values of the same fields. A field without a row here fails.
"""

from dataclasses import dataclass, field
from typing import Any

import pytest
from tests.api.catalogue import changer, creer
from tests.api.documents import JOUR, boulangerie, corps, document, lire, modifier, modifier_ligne, transfere
from tests.api.reponses import erreurs

from aurore_api.documents.schemas import EnTeteEntree, LigneEntree

RESTE = object()
"""Emptying such a field leaves it as it was."""


@dataclass(frozen=True)
class Refus:
    """Such a field cannot be emptied: the code, and the field named, its own by default."""

    code: str = "type_incorrect"
    champ: str | None = None


SUITES = {
    "commande": ("bordereau", "facture"),
    "bordereau": ("facture",),
    "commande_fournisseur": ("reception", "attente_imputation"),
}
ADRESSE = {
    "libelle": "Cave",
    "nom": "Ici",
    "rue": "R 1",
    "code_postal": "1000",
    "localite": "Bruxelles",
    "pays": "BE",
    "telephone": "081 22 33 44",
}
QUAI = {
    "libelle": "Quai",
    "nom": "Cuisine",
    "rue": "Rue B 1",
    "code_postal": "5100",
    "localite": "Jambes",
    "pays": "BE",
    "telephone": None,
}
TEXTES = {"client": "A", "debut": "B", "fin": "C", "comptabilite": "D", "paiement": "E"}
VIDES = dict.fromkeys(TEXTES)


@dataclass(frozen=True)
class Champ:
    """A field: another value than its default, what it is by default, once emptied, and on what follows."""

    autre: Any
    defaut: Any
    vide: Any = None
    suit: bool = True
    """Whether what follows has the same; else its own default."""
    en_tete: dict[str, Any] = field(default_factory=dict)
    """What else the document needs for it."""
    socle: dict[str, Any] = field(default_factory=dict)
    """What the line has in any case."""
    avec: dict[str, Any] = field(default_factory=dict)
    """What else is said with the other value; None for what is not said then."""
    lu: str | None = None
    """The field of answers that shows it."""
    vaut: Any = None
    """What answers show for `autre`, where that is not the same."""

    def montre(self) -> Any:
        """What an answer shows once it is set."""
        return self.autre if self.vaut is None else self.vaut


EN_TETE: dict[str, Champ] = {
    "date": Champ("2025-06-17", JOUR, RESTE, suit=False),
    "adresse_livraison": Champ(ADRESSE, QUAI),
    "adresse_livraison_id": Champ("autre adresse", QUAI, RESTE, lu="adresse_livraison", vaut=ADRESSE),
    "vos_references": Champ("BC 45", None),
    "contact": Champ("Mme Dupont", None),
    "remarque_interne": Champ("Attention\nau chien", None),
    "date_livraison_prevue": Champ("2025-06-18", None),
    "heure_livraison": Champ("08:30", None),
    "representant": Champ("AUTRE", "HABITUEL"),
    "code_statistique": Champ("AUTRE", "HABITUEL"),
    "profil": Champ("AUTRE", "HABITUEL"),
    "impression_directe": Champ(True, False, RESTE, suit=False),
    "tarif": Champ("AUTRE", "REV"),
    "remise": Champ("7.00", "2.50", RESTE),
    "categorie_tva": Champ("exonere", "cocontractant", RESTE),
    "echeance": Champ("8J", "30J"),
    "escompte": Champ("AUTRE", "HABITUEL"),
    "depot": Champ("AUTRE", "PRINCIPAL"),
    "textes": Champ(TEXTES, VIDES | {"debut": "Bonjour"}, VIDES),
    "mode_livraison": Champ("ENLEVEMENT", "LIVRAISON"),
    "montant_livraison": Champ("3.20", "7.50", RESTE),
    "poids": Champ("12.5", "3", "3", suit=False),
    "colis": Champ(3, None),
    "palettes": Champ(1, None),
    "tournee": Champ("T2", "T1"),
    "ordre_tournee": Champ(9, 4),
    "mode_paiement": Champ("CARTE", "VIREMENT"),
    "iban_domiciliation": Champ("BE68539007547034", None),
}
DU_CLIENT = (
    *("representant", "code_statistique", "profil", "remise", "categorie_tva", "echeance", "escompte"),
    *("mode_livraison", "mode_paiement", "tournee", "ordre_tournee", "tarif"),
)
ACHAT = {"type": "commande_fournisseur", "client": None, "fournisseur": "MOULIN"}
SORTIE = {"type": "bordereau"}
LIGNE: dict[str, Champ] = {
    "ordre": Champ(250, 100, 100),
    "article": Champ("VIN", "TRU", Refus("designation_requise", "designation")),
    "suivre_remplacement": Champ(True, "VIEUX", Refus(), lu="article", vaut="VIN", socle={"article": "VIEUX"}),
    "designation": Champ("Saumon fumé", "Saumon", "Saumon"),
    "memo": Champ("Sans arêtes", "Pêché en mer"),
    "quantite": Champ("7", "3", Refus("quantite_manquante")),
    "unite": Champ("KG", "KG", "KG"),
    "quantite_unite_commande": Champ(
        "2", None, Refus("quantite_manquante", "quantite"), avec={"quantite": None, "unite_commande": "PC"}
    ),
    "unite_commande": Champ("PC", None),
    "prix": Champ("1.2345", "21.0000", "21.0000"),
    "remise": Champ("10.00", "2.50", "2.50"),
    "frais": Champ("0.5000", "0.0250", "0.0250", en_tete=ACHAT),
    "numero_article_fournisseur": Champ("S-1", "S-0", en_tete=ACHAT),
    "code_tva": Champ("21", "6", "6"),
    "imputation": Champ("MARCHANDISES", "VENTES", "VENTES"),
    "date_livraison": Champ("2025-06-20", None),
    "depot": Champ("AUTRE", "PRINCIPAL", "PRINCIPAL"),
    "taxe": Champ(True, False, False),
    "sous_total": Champ(True, False, Refus()),
    "plan_analytique": Champ("P1", None),
    "compte_analytique": Champ("A1", None, socle={"plan_analytique": "P1"}),
    "mise_a_jour_stock": Champ(False, True, Refus()),
    "back_order": Champ("2", None, en_tete=SORTIE, suit=False),
}


@pytest.fixture
def api(api):
    """`HOTEL` has a default for all that clients have defaults of; each table has another row beside."""
    boulangerie(api)
    for table, ligne in (
        ("representants", {"nom": "Rosa"}),
        ("codes-statistiques", {"libelle": "Horeca"}),
        ("profils", {"libelle": "Grossiste"}),
        ("escomptes", {"genre": "deduit", "pourcentage": "2.00"}),
    ):
        for code in ("HABITUEL", "AUTRE"):
            creer(api, f"/v1/{table}", {"code": code} | ligne)
    creer(api, "/v1/tarifs", {"code": "AUTRE", "libelle": "Autre"})
    creer(api, "/v1/depots", {"code": "AUTRE", "libelle": "Quai"})
    creer(api, "/v1/plans-analytiques", {"code": "P1", "libelle": "Plan"})
    creer(api, "/v1/comptes-analytiques", {"code": "A1", "libelle": "Compte", "plan": "P1"})
    for numero in ("T1", "T2"):
        creer(api, "/v1/tournees", {"numero": numero, "nom": numero})
    changer(api, "/v1/modes-livraison/LIVRAISON", montant="7.50")
    defauts = {nom: EN_TETE[nom].defaut for nom in DU_CLIENT}
    textes = {"commande": {"debut": "Bonjour"}}
    assert changer(api, "/v1/clients/HOTEL", **defauts, textes=textes).is_success
    creer(api, "/v1/clients/HOTEL/adresses", QUAI, par_defaut=True)
    creer(api, "/v1/fournisseurs", {"numero": "MOULIN", "nom": "Moulin"})
    chez_lui = {"fournisseur": "MOULIN", "numero_article_fournisseur": "S-0", "prix_achat": "9.00"}
    changer(api, "/v1/articles/TRU", frais_achat="0.0250")
    creer(api, "/v1/articles/TRU/fournisseurs", chez_lui)
    vieux = {"numero": "VIEUX", "designation": "Vieux", "unite": "PCE", "prix_vente": "1", "code_tva_vente": "6"}
    creer(api, "/v1/articles", vieux | {"remplace_par": "VIN"})
    return api


def test_doc_10_chaque_champ_a_son_rang():
    assert set(EN_TETE) == set(EnTeteEntree.model_fields)
    assert set(LIGNE) == set(LigneEntree.model_fields)
    for nom, un in (EN_TETE | LIGNE).items():
        assert un.autre != un.defaut or nom == "unite", nom


def valeur(api, nom: str) -> Any:
    """What is asked for to have the other value."""
    if nom == "adresse_livraison_id":
        return creer(api, "/v1/clients/HOTEL/adresses", ADRESSE)["id"]
    return EN_TETE[nom].autre


def lue(un: dict[str, Any], nom: str, champ: Champ) -> Any:
    """What an answer shows of the field."""
    return un[champ.lu or nom]


@pytest.mark.parametrize("nom", EN_TETE)
def test_doc_10_un_champ_de_l_en_tete(api, nom):
    """By default, said at creation, changed, emptied, and on the bordereau and facture that follow."""
    champ, ligne = EN_TETE[nom], {"article": "TRU", "quantite": "3", "prix": "1"}
    dit = valeur(api, nom)
    sans = document(api, "commande", ligne, client="HOTEL")
    assert lue(sans, nom, champ) == champ.defaut
    avec = document(api, "commande", ligne, client="HOTEL", **{nom: dit})
    assert lue(avec, nom, champ) == lue(lire(api, avec), nom, champ) == champ.montre()
    change = modifier(api, sans, **{nom: dit})
    assert change.status_code == 200, change.text
    assert lue(change.json(), nom, champ) == lue(lire(api, sans), nom, champ) == champ.montre()
    suite = avec
    for genre in ("bordereau", "facture"):
        suite = transfere(api, genre, suite)
        assert lue(suite, nom, champ) == (champ.montre() if champ.suit else champ.defaut), genre
    vide = modifier(api, sans, **{nom: None})
    assert vide.status_code == 200, vide.text
    assert lue(vide.json(), nom, champ) == (champ.montre() if champ.vide is RESTE else champ.vide)


@pytest.mark.parametrize("nom", EN_TETE)
def test_doc_10_un_champ_de_l_en_tete_dit_au_transfert(api, nom):
    """TRF-04: the target's own header can be said with the transfer, as with a creation."""
    champ, dit = EN_TETE[nom], valeur(api, nom)
    source = document(api, "commande", {"article": "TRU", "quantite": "3", "prix": "1"}, client="HOTEL")
    cible = transfere(api, {"type": "bordereau", "date": JOUR} | {nom: dit}, source)
    assert lue(cible, nom, champ) == champ.montre()


def ligne_de(champ: Champ, **autres: Any) -> dict[str, Any]:
    """A line, without what is said to be None."""
    entiere = {"article": "TRU", "quantite": "3"} | champ.socle | autres
    return {nom: une for nom, une in entiere.items() if une is not None}


def cree(api, champ: Champ, ligne: dict[str, Any]) -> dict[str, Any]:
    """A document of one line, of the kind that the field needs."""
    return creer(api, "/v1/documents", corps("commande", ligne) | {"client": "HOTEL"} | champ.en_tete)


@pytest.mark.parametrize("nom", LIGNE)
def test_doc_11_un_champ_de_ligne(api, nom):
    """By default, said at creation, of a line that is added, changed and emptied, and on what follows."""
    champ = LIGNE[nom]
    dits = champ.avec | {nom: champ.autre}
    sans = cree(api, champ, ligne_de(champ))
    assert lue(sans["lignes"][0], nom, champ) == champ.defaut
    avec = cree(api, champ, ligne_de(champ, **dits))
    assert lue(avec["lignes"][0], nom, champ) == lue(lire(api, avec)["lignes"][0], nom, champ) == champ.montre()
    ajoutee = api.post(f"/v1/documents/{sans['id']}/lignes", json=ligne_de(champ, **{"ordre": 700} | dits))
    assert ajoutee.status_code == 201, ajoutee.text
    assert lue(ajoutee.json()["lignes"][-1], nom, champ) == champ.montre()
    donnes = {un: une for un, une in (champ.socle | dits).items() if une is not None}
    change = modifier_ligne(api, cree(api, champ, ligne_de(champ)), 100, **donnes)
    assert change.status_code == 200, change.text
    assert lue(change.json()["lignes"][0], nom, champ) == lue(lire(api, change.json())["lignes"][0], nom, champ)
    assert lue(change.json()["lignes"][0], nom, champ) == champ.montre()
    for genre in SUITES[avec["type"]]:
        avec = transfere(api, genre, avec)
        assert lue(avec["lignes"][0], nom, champ) == (champ.montre() if champ.suit else champ.defaut), genre
    vide = modifier_ligne(api, change.json(), change.json()["lignes"][0]["ordre"], **{nom: None})
    if isinstance(champ.vide, Refus):
        assert erreurs(vide) == (422, [(f"#/{champ.vide.champ or nom}", champ.vide.code)])
    else:
        assert vide.status_code == 200, vide.text
        assert lue(vide.json()["lignes"][0], nom, champ) == (champ.montre() if champ.vide is RESTE else champ.vide)
