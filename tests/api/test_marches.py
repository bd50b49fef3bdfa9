"""Random walks over the documents of several clients through the real service, everything verified after each step.

TRF-10, DOC-03, DOC-09, DOC-13, TRF-03, TRF-06, FOU-02, CAL-12, MVT-02, MVT-06, MVT-07, ART-11 and OPS-06, whatever
order things are done in. `AURORE_MARCHES` asks for as many walks, each longer:
`AURORE_MARCHES=500 pytest tests/api/test_marches.py`.
"""

import os
from decimal import Decimal
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from tests.api.catalogue import creer
from tests.api.documents import JOUR, boulangerie, taxer
from tests.api.travaux import travailler
from tests.client import ClientDeTest
from tests.conftest import BaseNichee

from aurore_api.verification.controles import D_ENSEMBLE, PAR_DOCUMENT
from aurore_api.verification.dossiers import dossiers
from aurore_api.verification.execution import verifier_societe
from aurore_api.verification.lecture import lecture
from aurore_api.verification.memoire import Memoire
from aurore_domain.cycle import TABLE

SCHEMA = "societe_principale"
LONGUES = int(os.environ.get("AURORE_MARCHES", "0"))
REGLAGES = settings(
    max_examples=LONGUES or 8,
    stateful_step_count=60 if LONGUES else 20,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
A_CHAQUE_PAS = {
    "quantites",
    "depassements",
    "surfacturations",
    "abandons",
    "etapes",
    "acomptes",
    "numeros",
    "compteurs",
    "stock_orphelin",
    "stock_soldes",
    "stock_valeurs",
}
"""The checks of whole tables that any step could break; all others are made at the end of a walk."""

CLIENTS = ("NATIONAL", "HOTEL", "EXPORT", "FILIALE")
TYPES = ("commande", "bordereau", "offre", "proforma", "facture", "offre_type")
QUANTITES = st.integers(1, 40).map(str)
LIGNES = st.one_of(
    st.builds(lambda q: {"article": "BAG", "quantite": q}, QUANTITES),
    st.builds(lambda q: {"article": "BAG", "quantite_unite_commande": q, "unite_commande": "CT6"}, QUANTITES),
    st.builds(lambda q: {"article": "TRU", "quantite_unite_commande": q, "unite_commande": "PC"}, QUANTITES),
    st.builds(lambda q: {"article": "VIN", "quantite": q, "remise": "12.50"}, QUANTITES),
    st.builds(lambda q: {"article": "SAND", "quantite": q}, QUANTITES),
    st.builds(lambda q: {"article": "BAG", "quantite": q, "mise_a_jour_stock": False}, QUANTITES),
    st.builds(lambda q: {"designation": "Transport", "quantite": q, "prix": "1.3333", "code_tva": "21"}, QUANTITES),
    st.just({"designation": "Merci"}),
)
FOURNISSEURS = ("MOULIN", "GROS")
ACHATS = ("appel_offre", "commande_fournisseur", "reception", "attente_imputation")
PRIX = st.integers(0, 90000).map(lambda un: f"{un / 10000:.4f}")
LIGNES_D_ACHAT = st.one_of(
    st.builds(
        lambda article, quantite, prix, frais: {"article": article, "quantite": quantite, "prix": prix, "frais": frais},
        st.sampled_from(["BAG", "TRU", "VIN", "SAND"]),
        QUANTITES,
        PRIX,
        PRIX,
    ),
    st.builds(lambda q: {"article": "VIN", "quantite": q, "remise": "33.33"}, QUANTITES),
    st.builds(lambda q: {"article": "BAG", "quantite_unite_commande": q}, QUANTITES),
    st.just({"designation": "Palette", "quantite": "1", "prix": "8.0000", "code_tva": "21"}),
)
ENTETES = st.fixed_dictionaries(
    {"client": st.sampled_from(CLIENTS)},
    optional={
        "escompte": st.sampled_from(["ED", "EC"]),
        "mode_livraison": st.sampled_from(["CAMION", "VELO"]),
        "prix_tvac": st.just(value=True),
        "depot": st.sampled_from(["PRINCIPAL", "NORD"]),
    },
)
DEPOTS = st.sampled_from(["PRINCIPAL", "NORD"])
COMPTES = st.lists(st.sampled_from(["BAG", "TRU", "VIN", "SAND"]), min_size=1, max_size=3, unique=True)
LE_JOUR = st.sampled_from(["2025-06-01", JOUR])
RANG = st.integers(0, 1000)


class Marche(RuleBasedStateMachine):
    """Users who do whatever comes to their minds; what is refused must be refused properly."""

    def __init__(self, client: ClientDeTest) -> None:
        super().__init__()
        self.client = client
        self.base: BaseNichee = client.app.state.base
        self.documents: dict[str, dict[str, Any]] = {}
        self.abandons: list[str] = []
        client.attendre(self.base.ouvrir)
        _etablir(client)

    def teardown(self) -> None:
        try:
            bilan = self.client.attendre(verifier_societe, self.base.exterieure, "principale", SCHEMA)
            assert [un for un in bilan.constats if un.releve.nombre and not un.controle.information] == []
        finally:
            self.client.attendre(self.base.annuler)

    def appeler(self, methode: str, adresse: str, corps: Any = None) -> Any:
        """One request; the answer's body, or None where it was refused for a reason."""
        reponse = self.client.request(methode, adresse, json=corps, headers={"if-match": "*"})
        if reponse.is_success:
            return reponse.json() if reponse.content else {}
        assert reponse.status_code in {404, 409, 422}, reponse.text
        assert reponse.json()["code"] not in {"erreur_interne", "conflit_simultane"}, reponse.text
        return None

    def lu(self, rang: int, *types: str, en_attente: bool = True) -> dict[str, Any]:
        """One of the documents as it is now, of these types and waiting if there is any."""
        tous = list(self.documents.values())
        choisis = [
            un
            for un in tous
            if un["type"] in (types or un["type"]) and (un["modifiable"] or not en_attente) and un["lignes"]
        ]
        return (choisis or tous)[rang % len(choisis or tous)]

    def un(self, rang: int, *types: str, en_attente: bool = True) -> str:
        """The identifier of such a one."""
        return str(self.lu(rang, *types, en_attente=en_attente)["id"])

    @rule(genre=st.sampled_from(TYPES), entete=ENTETES, lignes=st.lists(LIGNES, min_size=1, max_size=3))
    def creer(self, genre, entete, lignes):
        self.appeler("POST", "/v1/documents", {"type": genre, "date": JOUR, "lignes": lignes} | entete)

    @precondition(lambda self: self.documents)
    @rule(rang=RANG, vers=RANG, part=st.integers(1, 4), quelques=st.booleans())
    def transferer(self, rang, vers, part, quelques):
        """All of a document, or a part of its first line, into a type that may follow."""
        self._suivre(self.lu(rang, "offre", "commande", "proforma"), vers, part if quelques else None)

    @rule(
        genre=st.sampled_from(ACHATS),
        fournisseur=st.sampled_from(FOURNISSEURS),
        jour=LE_JOUR,
        lignes=st.lists(LIGNES_D_ACHAT, min_size=1, max_size=3),
    )
    def acheter(self, genre, fournisseur, jour, lignes):
        """Of a supplier, today or found again in the drawer (FOU-02, CAL-12)."""
        corps = {"type": genre, "fournisseur": fournisseur, "date": jour, "lignes": lignes}
        self.appeler("POST", "/v1/documents", corps)

    @precondition(lambda self: any(un["fournisseur"] for un in self.documents.values()))
    @rule(rang=RANG, part=st.integers(1, 4), quelques=st.booleans(), jour=LE_JOUR)
    def recevoir(self, rang, part, quelques, jour):
        """What was ordered comes in, in parts or at once, and its bill."""
        source = self.lu(rang, "appel_offre", "commande_fournisseur", "reception")
        self._suivre(source, 0, part if quelques else None, jour)

    @precondition(lambda self: self.documents)
    @rule(rang=RANG, vers=RANG, part=st.integers(1, 4), quelques=st.booleans())
    def livrer(self, rang, vers, part, quelques):
        """The same of what was delivered or invoiced: factures, returns, credits."""
        suivie = self.lu(rang, "bordereau", "retour", "facture", en_attente=False)
        self._suivre(suivie, vers, part if quelques else None)

    def _suivre(self, source: dict[str, Any], vers: int, part: int | None, jour: str = JOUR) -> None:
        suites = list(TABLE[source["type"]].vers)
        if not suites or not source["lignes"]:
            return
        demande: dict[str, Any] = {"document": source["id"]}
        premiere = source["lignes"][0]
        if part is not None and premiere["quantite"]:
            demande["lignes"] = [
                {"ordre": premiere["ordre"], "quantite": str(Decimal(premiere["quantite"]) * part / 4)}
            ]
        cible = {"type": suites[vers % len(suites)], "date": jour}
        self.appeler("POST", "/v1/transferts", {"cible": cible, "sources": [demande]})

    @precondition(lambda self: self.documents)
    @rule(rang=RANG, autre=RANG)
    def joindre(self, rang, autre):
        """A document into one that is there already."""
        source, cible = self.un(rang, "commande", "bordereau"), self.un(autre, "bordereau", "facture")
        if source != cible:
            self.appeler("POST", "/v1/transferts", {"cible": {"document": cible}, "sources": [{"document": source}]})

    @precondition(lambda self: self.documents)
    @rule(rang=RANG)
    def imprimer(self, rang):
        self.appeler("POST", f"/v1/documents/{self.un(rang)}/impression", {})

    @precondition(lambda self: self.documents)
    @rule(rang=RANG, ligne=RANG, quantite=QUANTITES)
    def changer_ligne(self, rang, ligne, quantite):
        lu = self.lu(rang)
        if lu["lignes"]:
            ordre = lu["lignes"][ligne % len(lu["lignes"])]["ordre"]
            self.appeler("PATCH", f"/v1/documents/{lu['id']}/lignes/{ordre}", {"quantite": quantite})

    @precondition(lambda self: self.documents)
    @rule(rang=RANG, ligne=LIGNES)
    def ajouter_ligne(self, rang, ligne):
        self.appeler("POST", f"/v1/documents/{self.un(rang)}/lignes", ligne)

    @precondition(lambda self: self.documents)
    @rule(rang=RANG, ligne=RANG)
    def supprimer_ligne(self, rang, ligne):
        lu = self.lu(rang)
        if lu["lignes"]:
            ordre = lu["lignes"][ligne % len(lu["lignes"])]["ordre"]
            self.appeler("DELETE", f"/v1/documents/{lu['id']}/lignes/{ordre}")

    @precondition(lambda self: self.documents)
    @rule(rang=RANG, champs=st.sampled_from([{"escompte": "EC"}, {"escompte": None}, {"mode_livraison": "VELO"},
                                             {"categorie_tva": "export"}, {"date": "2025-06-30"}]))  # fmt: skip
    def changer_entete(self, rang, champs):
        self.appeler("PATCH", f"/v1/documents/{self.un(rang)}", champs)

    @precondition(lambda self: self.documents)
    @rule(rang=RANG)
    def supprimer(self, rang):
        self.appeler("DELETE", f"/v1/documents/{self.un(rang)}")

    @precondition(lambda self: self.documents)
    @rule(rang=RANG)
    def rouvrir(self, rang):
        self.appeler(
            "POST",
            f"/v1/documents/{self.un(rang, 'facture', 'note_credit', en_attente=False)}/reouverture",
            {"motif": "Erreur d'adresse"},
        )

    @precondition(lambda self: self.documents)
    @rule(rang=RANG, montant=st.integers(1, 30).map(lambda un: f"{un}.00"))
    def verser(self, rang, montant):
        self.appeler("POST", f"/v1/documents/{self.un(rang)}/acomptes", {"montant": montant})

    @precondition(lambda self: self.documents)
    @rule(rang=RANG)
    def abandonner(self, rang):
        corps = {"motif": "Plus demandé", "sources": [{"document": self.un(rang, "commande", "proforma")}]}
        fait = self.appeler("POST", "/v1/back-orders/abandons", corps)
        if fait:
            self.abandons.append(fait["id"])

    @precondition(lambda self: self.abandons)
    @rule(rang=RANG)
    def reprendre(self, rang):
        self.appeler("POST", f"/v1/back-orders/abandons/{self.abandons[rang % len(self.abandons)]}/reprise", {})

    @rule(genre=st.sampled_from(TYPES + ACHATS), non_numerotes=st.booleans())
    def effacer(self, genre, non_numerotes):
        demande = {"type": genre, "date_limite": JOUR, "motif": "Ménage", "non_numerotes": non_numerotes}
        travailler(self.client, self.appeler("POST", "/v1/effacements", demande))

    @rule(articles=COMPTES, depot=DEPOTS, jour=LE_JOUR, quantite=st.integers(-20, 60).filter(bool))
    def corriger_stock(self, articles, depot, jour, quantite):
        lignes = [{"article": un, "quantite": str(quantite), "depot": depot} for un in articles]
        self.appeler("POST", "/v1/stock/corrections", {"motif": "Casse", "date": jour, "lignes": lignes})

    @rule(articles=COMPTES, depot=DEPOTS, jour=LE_JOUR, quantite=st.integers(0, 60))
    def compter_stock(self, articles, depot, jour, quantite):
        lignes = [{"article": un, "quantite": str(quantite)} for un in articles]
        self.appeler("POST", "/v1/stock/inventaires", {"depot": depot, "date": jour, "lignes": lignes})

    @rule(articles=COMPTES, depot=DEPOTS, jour=LE_JOUR, quantite=QUANTITES)
    def deplacer_stock(self, articles, depot, jour, quantite):
        autre = "NORD" if depot == "PRINCIPAL" else "PRINCIPAL"
        lignes = [{"article": un, "quantite": quantite} for un in articles]
        self.appeler("POST", "/v1/stock/transferts", {"de": depot, "vers": autre, "date": jour, "lignes": lignes})

    @rule(interdit=st.booleans(), assemble=st.booleans())
    def changer_les_regles(self, interdit, assemble):
        """Whether stock may be negative, and whether an assembly moves its components: from now on, not before."""
        self.appeler("PATCH", "/v1/parametres", {"stock_negatif_interdit": interdit})
        self.appeler("PATCH", "/v1/articles/SAND", {"mouvement_composants": assemble})

    @invariant()
    def rien_ne_se_contredit(self):
        assert self.client.attendre(_ecarts, self.base) == []

    @invariant()
    def les_quantites_s_additionnent(self):
        """TRF-10, from what is served: ordered = transferred + open + given up; nothing is invoiced twice."""
        parametres = {"inclure": "lignes", "limite": "200"}
        servis = self.client.get("/v1/documents", params=parametres).json()["data"]
        self.documents = {un["id"]: un for un in servis}
        lignes = {une["id"]: une for un in servis for une in un["lignes"]}
        facture: dict[str, Decimal] = {}
        for un in servis:
            for une in un["lignes"]:
                if un["type"] == "facture" and une["origine"] in lignes:
                    facture[une["origine"]] = facture.get(une["origine"], Decimal(0)) + Decimal(une["quantite"] or 0)
        for identifiant, une in lignes.items():
            if une["quantite"] is None or une["saisie"] != "base" or une["genre"] != "article":
                continue
            total, passee, restante, abandonnee, rendue = (
                Decimal(une[nom])
                for nom in (
                    "quantite",
                    "quantite_transferee",
                    "quantite_restante",
                    "quantite_abandonnee",
                    "quantite_retournee",
                )
            )
            assert total == passee + restante + abandonnee, une
            assert rendue <= total, une
            assert facture.get(identifiant, 0) <= total, une


def _etablir(client: ClientDeTest) -> None:
    boulangerie(client)
    creer(client, "/v1/escomptes", {"code": "ED", "genre": "deduit", "pourcentage": "2.00"})
    creer(client, "/v1/escomptes", {"code": "EC", "genre": "conditionnel", "pourcentage": "3.00", "jours": 8})
    creer(client, "/v1/modes-livraison", {"code": "CAMION", "libelle": "Camion", "montant": "12.50", "code_tva": "21"})
    creer(client, "/v1/modes-livraison", {"code": "VELO", "libelle": "Vélo", "montant": "3.33"})
    creer(client, "/v1/clients", {"numero": "FILIALE", "nom": "Filiale", "facturer_a": "NATIONAL"})
    creer(client, "/v1/depots", {"code": "NORD", "libelle": "Dépôt nord"})
    sandwich = {"numero": "SAND", "designation": "Sandwich", "unite": "PCE", "prix_vente": "4", "code_tva_vente": "6"}
    creer(client, "/v1/articles", sandwich | {"assemble": True, "mouvement_composants": True})
    for composant, quantite in (("BAG", "0.5"), ("TRU", "0.08")):
        creer(client, "/v1/articles/SAND/composants", {"composant": composant, "quantite": quantite})
    taxer(client, "VIN", "BAC", code_tva="6", montant="0.1000")
    creer(client, "/v1/fournisseurs", {"numero": "MOULIN", "nom": "Moulin", "remise": "2.00", "delai_livraison": 3})
    creer(client, "/v1/fournisseurs", {"numero": "GROS", "nom": "Grossiste", "escompte": "ED"})
    chez_lui = {"fournisseur": "MOULIN", "unite_achat": "CT6", "prix_achat": "0.3100", "remise": "5.00"}
    creer(client, "/v1/articles/BAG/fournisseurs", chez_lui)


async def _ecarts(base: BaseNichee) -> list[Any]:
    """What the checks say that any step could break."""
    assert base.exterieure is not None
    trouves: list[Any] = []
    async with lecture(base.exterieure, SCHEMA) as lue:
        memoire = await Memoire.lire(lue)
        async for dossier in dossiers(lue):
            for controle in PAR_DOCUMENT:
                trouves += [(controle.nom, un) for un in controle.examiner(dossier, memoire)]
        for ensemble in D_ENSEMBLE:
            if ensemble.nom in A_CHAQUE_PAS or ensemble.nom.startswith("journal"):
                trouves += [(ensemble.nom, un) for un in await ensemble.chercher(lue)]
    return trouves


def test_trf_10_random_walks_leave_nothing_contradictory(client):
    run_state_machine_as_test(lambda: Marche(client), settings=REGLAGES)  # type: ignore[arg-type]  # any factory will do
