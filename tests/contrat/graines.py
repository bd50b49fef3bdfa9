"""What schemathesis cannot guess: keys of rows that exist, put where a request would otherwise name nothing."""

import base64
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import httpx
from schemathesis import Case, GenerationMode
from schemathesis.core.parameters import ParameterLocation

EXISTANTS = {
    "article": "BAG",
    "client": "C0012",
    "facturer_a": "C0012",
    "tarif": "REV",
    "unite": "PCE",
    "unite_commande": "CT6",
    "composant": "BAG",
    "unite_par_defaut": None,
    "unite_production": None,
    "code_tva": "6",
    "code_tva_vente": "6",
    "categorie_tva": "national",
    "compte": "708",
    "imputation": "VENTES",
    "imputation_vente": "VENTES",
    "imputation_achat": "ACHATS",
    "code_tva_achat": "6",
    "code_taxe": "BAC",
    "fournisseur": "F012",
    "fournisseur_habituel": "F012",
    "devise": "EUR",
    "unite_achat": None,
    "remplace_par": "BAG",
    "substitut": "BAG",
    "structure": None,
    "code_intrastat": None,
    "emplacement_principal": None,
    "depot": "PRINCIPAL",
    "profil": "STD",
    "echeance": "30J",
    "mode_paiement": "VIREMENT",
    "mode_livraison": "LIVRAISON",
    "escompte": None,
    "representant": None,
    "code_statistique": None,
    "code_libelle": None,
    "famille": None,
    "departement": None,
    "tournee": None,
    "plan_analytique": None,
    "compte_analytique": None,
    "adresse_livraison_id": None,
}
"""A value for each field that refers to another row; None where the société has none yet."""

PAIN = {"numero": "BAG", "designation": "Baguette", "unite": "PCE", "prix_vente": "0.85", "code_tva_vente": "6"}
CARTON = {"abreviation": "CT6", "unite": "CT", "facteur": "6", "operateur": "M", "decimales": 0}
CONSIGNE = {"code_taxe": "BAC", "categorie_tva": "national", "code_tva": "0", "montant": "0.25"}
CODE_BARRES = "5410000000017"
POINT = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC")
"""A PNG of one pixel."""
TARIF = {"tarif": "REV", "valeur": "0.80", "du": "2020-01-01", "au": "2020-01-31"}

FICHIERS = {
    "articles": "numero;designation;prix_vente\nBAG;Baguette;0,85\n",
    "unites": "article;abreviation;facteur\nBAG;CT6;6\n",
    "tarifs": "article;tarif;quantite_minimum;du;valeur\nBAG;REV;12;;0,80\n",
    "clients": "numero;nom\nC0012;Hôtel du Parc\n",
}
"""A file for each kind of import."""


@dataclass(frozen=True)
class Graines:
    """Makes rows through the API and names them in generated requests."""

    http: httpx.Client
    annee: str
    rangs: Iterator[int] = field(default_factory=lambda: count(100))
    faites: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)

    def _creer(self, chemin: str, corps: dict[str, Any]) -> dict[str, Any]:
        reponse = self.http.post(chemin, json=corps)
        assert reponse.status_code == 201, reponse.text
        return reponse.json()  # type: ignore[no-any-return]

    def semer(self) -> None:
        """The rows that `EXISTANTS` names, beside the defaults of a société."""
        self._creer("/v1/articles", PAIN | {"codes_barres": [CODE_BARRES]})
        self._creer("/v1/articles/BAG/unites", CARTON)
        self._creer("/v1/taxes", {"code": "BAC", "libelle": "Bac consigné", "genre": "consigne"})
        self._creer("/v1/fournisseurs", {"numero": "F012", "nom": "Moulin"})
        self._creer("/v1/clients", {"numero": "C0012", "nom": "Hôtel du Parc", "tarif": "REV"})

    def document(self, genre: str = "commande") -> str:
        """A fresh document with two lines."""
        lignes = [{"article": "BAG", "quantite": "12"}, {"designation": "Sans gluten"}]
        corps = {"type": genre, "client": "C0012", "date": f"{self.annee}-11-23", "lignes": lignes}
        return str(self._creer("/v1/documents", corps)["id"])

    def _emise(self) -> dict[str, Any]:
        emise = {"id": self.document("facture")}
        assert self.http.post(f"/v1/documents/{emise['id']}/impression").status_code == 200
        return emise

    def _rouverte(self) -> dict[str, Any]:
        emise = self._emise()
        reponse = self.http.post(f"/v1/documents/{emise['id']}/reouverture", json={"motif": "Adresse erronée"})
        assert reponse.status_code == 200, reponse.text
        return emise

    def _acompte(self) -> dict[str, Any]:
        document = self.document()
        cree = self._creer(f"/v1/documents/{document}/acomptes", {"montant": "1.00"})
        return {"id": document, "acompte": cree["acomptes"][0]["id"]}

    def _abandon(self) -> dict[str, Any]:
        corps = {"motif": "Plus demandé", "sources": [{"document": self.document()}]}
        return {"id": self._creer("/v1/back-orders/abandons", corps)["id"]}

    def _article(self) -> dict[str, Any]:
        return {"numero": self._creer("/v1/articles", PAIN | {"numero": f"A{next(self.rangs)}"})["numero"]}

    def _client(self) -> dict[str, Any]:
        return {"numero": self._creer("/v1/clients", {"numero": f"C{next(self.rangs)}", "nom": "Hôtel"})["numero"]}

    def _fournisseur(self) -> dict[str, Any]:
        return {
            "numero": self._creer("/v1/fournisseurs", {"numero": f"F{next(self.rangs)}", "nom": "Moulin"})["numero"]
        }

    def _imputation(self) -> dict[str, Any]:
        return {"code": self._creer("/v1/imputations", {"code": f"I{next(self.rangs)}", "libelle": "Pains"})["code"]}

    def _compte_imputation(self) -> dict[str, Any]:
        imputation, compte = self._imputation(), {"numero": f"7{next(self.rangs)}", "libelle": "Pains"}
        lien = {"categorie_tva": "national", "compte": self._creer("/v1/comptes", compte)["numero"]}
        return imputation | {
            "categorie_tva": self._creer(f"/v1/imputations/{imputation['code']}/comptes", lien)["categorie_tva"]
        }

    def _adresse(self) -> dict[str, Any]:
        return {"numero": "C0012", "id": self._creer("/v1/clients/C0012/adresses", {"libelle": "Cuisine"})["id"]}

    def _particulier(self) -> dict[str, Any]:
        personne = {"numero": f"C{next(self.rangs)}", "nom": "Élise Dupont", "particulier": True}
        return {"numero": self._creer("/v1/clients", personne)["numero"]}

    def _unite_preferee(self) -> dict[str, Any]:
        client, preferee = self._client(), {"article": "BAG", "unite": "CT6"}
        self._creer(f"/v1/clients/{client['numero']}/unites-preferees", preferee)
        return client | {"article": "BAG"}

    def _commande_type(self) -> dict[str, Any]:
        lignes = [{"article": "BAG", "jours": {"1": "20"}}]
        cree = self._creer("/v1/clients/C0012/commandes-types", {"du": "2020-01-01", "lignes": lignes})
        return {"numero": "C0012", "id": cree["id"]}

    def _sous_une_commande_type(self, collection: str, corps: dict[str, Any]) -> dict[str, Any]:
        cles = self._commande_type()
        chemin = f"/v1/clients/C0012/commandes-types/{cles['id']}/{collection}"
        return cles | {collection.removesuffix("s"): self._creer(chemin, corps)["id"]}

    def _exception(self) -> dict[str, Any]:
        corps = {"date": "2020-01-06", "article": "BAG", "quantite": "0"}
        return self._sous_une_commande_type("exceptions", corps)

    def _magasin(self) -> dict[str, Any]:
        return {"code": self._creer("/v1/magasins", {"code": f"M{next(self.rangs)}", "nom": "Magasin"})["code"]}

    def _conflit(self) -> dict[str, Any]:
        """A till's order that was delivered, and a change of it."""
        magasin, jour = self._magasin(), f"{self.annee}-11-23"
        ligne = {"article": "BAG", "quantite": "3", "prix_tvac": "0.90"}
        ordre = {"reference": "T1", "date": jour, "client": {"numero": "1", "nom": "Dupont"}, "lignes": [ligne]}

        def pousser(**champs: Any) -> Any:
            corps = {"date_fin": jour, "commandes": [ordre | champs]}
            reponse = self.http.post(f"/v1/magasins/{magasin['code']}/commandes", json=corps)
            assert reponse.status_code == 207, reponse.text
            return reponse.json()["resultats"][0]

        source = pousser(date_livraison=f"{int(self.annee) + 1}-11-23")["document"]
        cible = {"type": "bordereau", "date": jour}
        reponse = self.http.post("/v1/transferts", json={"cible": cible, "sources": [{"document": source}]})
        assert reponse.status_code == 201, reponse.text
        return magasin | {"id": pousser(version=2, paye="1.00")["conflit"]}

    def _pause(self) -> dict[str, Any]:
        return self._sous_une_commande_type("pauses", {"du": "2020-01-06", "au": None})

    def _prix_client(self) -> dict[str, Any]:
        client, prix = self._client(), {"article": "BAG", "valeur": "0.75"}
        return client | {"id": self._creer(f"/v1/clients/{client['numero']}/prix", prix)["id"]}

    def _tarif(self) -> dict[str, Any]:
        article = self._article()
        return article | {"id": self._creer(f"/v1/articles/{article['numero']}/tarifs", TARIF)["id"]}

    def _taxe(self) -> dict[str, Any]:
        article = self._article()
        return article | {"id": self._creer(f"/v1/articles/{article['numero']}/taxes", CONSIGNE)["id"]}

    def _assemble(self) -> dict[str, Any]:
        assemble = PAIN | {"numero": f"A{next(self.rangs)}", "assemble": True}
        return {"numero": self._creer("/v1/articles", assemble)["numero"]}

    def _composant(self) -> dict[str, Any]:
        article, composant = self._assemble(), {"composant": "BAG", "quantite": "2"}
        self._creer(f"/v1/articles/{article['numero']}/composants", composant)
        return article | {"composant": "BAG"}

    def _image(self) -> dict[str, Any]:
        article = self._article()
        envoi = self.http.post(
            f"/v1/articles/{article['numero']}/images", content=POINT, headers={"content-type": "image/png"}
        )
        assert envoi.status_code == 201, envoi.text
        return article | {"id": envoi.json()["id"]}

    def _fournisseur_article(self) -> dict[str, Any]:
        article, fournisseur = self._article(), {"fournisseur": "F012"}
        self._creer(f"/v1/articles/{article['numero']}/fournisseurs", fournisseur)
        return article | fournisseur

    def _unite(self) -> dict[str, Any]:
        article = self._article()
        return article | {"abreviation": self._creer(f"/v1/articles/{article['numero']}/unites", CARTON)["abreviation"]}

    def _cle(self) -> dict[str, Any]:
        return {"id": self._creer("/v1/cles", {"libelle": "essai", "portees": ["lecture"]})["id"]}

    def _travail(self) -> dict[str, Any]:
        """A cancelled one: its stream ends."""
        corps = {"type": "commande", "date_limite": "2020-01-01", "motif": "Essai"}
        reponse = self.http.post("/v1/effacements", json=corps)
        assert reponse.status_code == 202, reponse.text
        travail = reponse.json()["id"]
        assert self.http.post(f"/v1/travaux/{travail}/annulation").status_code == 200
        return {"id": travail}

    def placer(self, case: Case[Any]) -> None:
        """Let a request that is well formed name rows that exist; what is malformed on purpose stays as it is."""
        if case.body is None:  # null is an optional body's own value, even where the request was meant to be malformed
            return
        chemin = case.path
        if _bien_forme(case, ParameterLocation.PATH):
            case.path_parameters.update(self._cles(case.method, chemin))
        if _bien_forme(case, ParameterLocation.HEADER) and "If-Match" in case.headers:
            case.headers["If-Match"] = "*"
        if (
            chemin == "/v1/imports/{genre}"
            and case.media_type == "text/csv"
            and _bien_forme(case, ParameterLocation.BODY)
        ):
            case.body = FICHIERS.get(case.path_parameters["genre"], "")
        elif _bien_forme(case, ParameterLocation.BODY):
            case.body = self._corps(case.body, case.operation.definition.raw["operationId"])
        if chemin == "/v1/prix" and _bien_forme(case, ParameterLocation.QUERY):
            case.query.update({nom: EXISTANTS[nom] for nom in ("article", "client") if nom in case.query})

    def _cles(self, methode: str, chemin: str) -> dict[str, Any]:
        """Keys of rows made for this operation, and for each request that deletes."""
        if methode == "DELETE":
            return self._neuve(chemin)
        if (methode, chemin) not in self.faites:
            self.faites[methode, chemin] = self._neuve(chemin)
        return self.faites[methode, chemin]

    def _neuve(self, chemin: str) -> dict[str, Any]:
        fraiches: dict[str, Callable[[], dict[str, Any]]] = {
            "/v1/back-orders/abandons/{id}": self._abandon,
            "/v1/documents/{id}/reouverture": self._emise,
            "/v1/documents/{id}/versions/{numero}": lambda: self._rouverte() | {"numero": 1},
            "/v1/documents/{id}/versions": self._rouverte,
            "/v1/documents/{id}/lignes/{ordre}": lambda: {"id": self.document(), "ordre": 100},
            "/v1/documents/{id}/acomptes/{acompte}": self._acompte,
            "/v1/documents/{id}": lambda: {"id": self.document()},
            "/v1/articles/{numero}/tarifs/{id}": self._tarif,
            "/v1/articles/{numero}/unites/{abreviation}": self._unite,
            "/v1/articles/{numero}/taxes/{id}": self._taxe,
            "/v1/articles/{numero}/fournisseurs/{fournisseur}": self._fournisseur_article,
            "/v1/articles/{numero}/composants/{composant}": self._composant,
            "/v1/articles/{numero}/composants": self._assemble,
            "/v1/articles/{numero}/calcul": lambda: {"numero": self._composant()["numero"]},
            "/v1/articles/{numero}/images/{id}": self._image,
            "/v1/codes-barres/{code}": lambda: {"code": CODE_BARRES},
            "/v1/articles/{numero}": self._article,
            "/v1/clients/{numero}/adresses/{id}": self._adresse,
            "/v1/clients/{numero}/unites-preferees/{article}": self._unite_preferee,
            "/v1/clients/{numero}/prix/{id}": self._prix_client,
            "/v1/clients/{numero}/anonymisation": self._particulier,
            "/v1/clients/{numero}/commandes-types/{id}/exceptions/{exception}": self._exception,
            "/v1/clients/{numero}/commandes-types/{id}/pauses/{pause}": self._pause,
            "/v1/clients/{numero}/commandes-types/{id}": self._commande_type,
            "/v1/clients/{numero}": self._client,
            "/v1/magasins/{code}/conflits/{id}": self._conflit,
            "/v1/magasins/{code}/clients/{numero}": lambda: self._magasin() | {"numero": "1"},
            "/v1/magasins/{code}": self._magasin,
            "/v1/cles/{id}": self._cle,
            "/v1/fournisseurs/{numero}": self._fournisseur,
            "/v1/travaux/{id}": self._travail,
            "/v1/imputations/{code}/comptes/{categorie_tva}": self._compte_imputation,
            "/v1/imputations/{code}": self._imputation,
            "/v1/codes-tva/{code}": lambda: {"code": "0"},
            "/v1/unites/{code}": lambda: {"code": "BAC"},
            "/v1/exercices/{code}/numeros": lambda: {"code": self.annee},
        }
        return next((faire() for debut, faire in fraiches.items() if chemin.startswith(debut)), {})

    def _corps(self, corps: Any, operation: str) -> Any:
        if isinstance(corps, list):
            return [self._corps(un, operation) for un in corps]
        if not isinstance(corps, dict):
            return corps
        places = {nom: self._corps(valeur, operation) for nom, valeur in corps.items()}
        places |= {nom: EXISTANTS[nom] for nom in corps.keys() & EXISTANTS.keys() if corps[nom] is not None}
        if operation.endswith(("_unite_preferee", "_composant")) and isinstance(corps.get("unite"), str):
            places["unite"] = "CT6"
        if operation in {"transferer", "abandonner"} and isinstance(corps.get("document"), str):
            places["document"] = self.document()
        return places


def _bien_forme(case: Case[Any], lieu: ParameterLocation) -> bool:
    if case.meta is None or lieu not in case.meta.components:
        return False
    return case.meta.components[lieu].mode is GenerationMode.POSITIVE
