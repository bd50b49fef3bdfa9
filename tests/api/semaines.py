"""Random weeks of a bakery, played through HTTP, and what they ask for by a computation of their own.

The oracle knows the requests that were accepted and nothing of the code: calendars, standing orders with their pauses
and overrides, commandes and what became of them, leftovers. It counts in fractions.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from random import Random
from typing import Any

from tests.api.catalogue import changer
from tests.api.documents import supprimer
from tests.api.production import du_magasin
from tests.client import ClientDeTest

LUNDI = date(2025, 6, 16)
JOURS = [LUNDI + timedelta(days=rang) for rang in range(7)]
CLIENTS = ("HOTEL", "NATIONAL", "EXPORT")
UNITES = {"CT6": 6, "PC": 21}
"""What one of each order unit is in base unit."""
CHOIX = (("BAG", None), ("BAG", "CT6"), ("ECL", None), ("VIN", None), ("TRU", "PC"))


@dataclass
class Ligne:
    """A line that asks for goods: entered, or brought by an offre."""

    article: str
    quantite: Fraction
    jour: date
    abandonnee: Fraction = Fraction(0)


@dataclass
class Ecrit:
    """A document that was made; `lignes` are those that ask for goods, by `ordre`."""

    genre: str
    client: str
    magasin: bool
    lignes: dict[int, Ligne]


@dataclass
class Modele:
    """A standing order."""

    client: str
    du: date
    au: date | None
    lignes: dict[str, tuple[str | None, dict[int, Fraction]]]
    pauses: list[tuple[date, date | None]] = field(default_factory=list)
    exceptions: dict[tuple[date, str], tuple[str | None, Fraction]] = field(default_factory=dict)
    converties: set[date] = field(default_factory=set)

    def demande(self, jour: date) -> Counter[str]:
        """What it asks for on a day, in base unit, whether the client is open or not."""
        voulus: dict[str, tuple[str | None, Fraction]] = {}
        pause = any(du <= jour and (au is None or jour <= au) for du, au in self.pauses)
        if self.du <= jour and (self.au is None or jour <= self.au) and not pause:
            voulus = {
                article: (unite, jours[jour.isoweekday()])
                for article, (unite, jours) in self.lignes.items()
                if jour.isoweekday() in jours
            }
        voulus |= {article: voulu for (quand, article), voulu in self.exceptions.items() if quand == jour}
        somme: Counter[str] = Counter()
        for article, (unite, quantite) in voulus.items():
            somme[article] += quantite * UNITES.get(unite or "", 1)  # type: ignore[assignment]  # fractions add up too
        return +somme


class Semaine:
    """A random week."""

    def __init__(self, api: ClientDeTest, graine: int) -> None:
        self.api, self.hasard = api, Random(graine)
        self.documents: dict[str, Ecrit] = {}
        self.modeles: dict[int, Modele] = {}
        self.calendriers: dict[str, tuple[set[int], list[tuple[date, date, bool]]]] = {}
        self.inactifs: set[str] = set()
        self.restes: dict[tuple[date, str], tuple[date, Fraction]] = {}
        self.j_plus = 1

    def jouer(self, combien: int) -> None:
        """Do so many things, chosen at random; what is refused changes nothing here either."""
        gestes = (
            (self.commander, 8), (self.inscrire, 3), (self.deroger, 5), (self.suspendre, 2), (self.ouvrir, 2),
            (self.convertir, 3), (self.transferer, 6), (self.abandonner, 3), (self.modifier, 4), (self.ajouter, 2),
            (self.supprimer, 3), (self.laisser, 3), (self.encoder, 2), (self.retirer, 1),
        )  # fmt: skip
        actions, poids = zip(*gestes, strict=True)
        for _ in range(combien):
            self.hasard.choices(actions, poids)[0]()

    # What the oracle says.

    def attendu(self, jour: date) -> dict[str, tuple[Fraction, ...]]:
        """Of each article the shops', the clients', the standing orders' and the leftovers' quantity on a day."""
        sommes: dict[str, list[Fraction]] = {}
        for article, colonne, quantite in self._parts(jour):
            sommes.setdefault(article, [Fraction(0)] * 4)[colonne] += quantite
        return {article: tuple(parts) for article, parts in sommes.items() if any(parts)}

    def _parts(self, jour: date) -> Iterator[tuple[str, int, Fraction]]:
        for un in self.documents.values():
            for ligne in un.lignes.values():
                if ligne.jour == jour and un.genre in {"commande", "proforma", "bordereau"}:
                    yield ligne.article, 0 if un.magasin else 1, ligne.quantite - ligne.abandonnee
        for modele in self.modeles.values():
            servi = modele.client not in self.inactifs and self._ouvert(modele.client, jour)
            if servi and jour not in modele.converties:
                yield from ((article, 2, Fraction(q)) for article, q in modele.demande(jour).items())
        for (_, article), (pour_le, quantite) in self.restes.items():
            if pour_le == jour:
                yield article, 3, quantite

    def _ouvert(self, client: str, jour: date) -> bool:
        semaine, exceptions = self.calendriers.get(client, (set(range(1, 8)), []))
        return next((ouvert for du, au, ouvert in exceptions if du <= jour <= au), jour.isoweekday() in semaine)

    # What people do.

    def _jour(self) -> date:
        return self.hasard.choice(JOURS)

    def _quantite(self) -> str:
        return self.hasard.choice(("1", "2", "5", "12", "40", "7.5"))

    def _ligne(self, prevu: date, **defauts: Any) -> tuple[dict[str, Any], Ligne]:
        article, unite = self.hasard.choice(CHOIX)
        quantite, jour = self._quantite(), self._jour() if self.hasard.random() < 0.2 else prevu
        corps: dict[str, Any] = {"article": article} | defauts
        if unite is None:
            corps["quantite"] = quantite
        else:
            corps |= {"quantite_unite_commande": quantite, "unite_commande": unite}
        if jour != prevu or defauts:
            corps["date_livraison"] = jour.isoformat()
        return corps, Ligne(article, Fraction(quantite) * UNITES.get(unite or "", 1), jour)

    def _creer(self, genre: str, *, magasin: bool = False) -> None:
        prevu, client = self._jour(), self.hasard.choice(CLIENTS)
        lignes = [self._ligne(prevu) for _ in range(self.hasard.randint(1, 4))]
        corps = {"type": genre, "client": client, "lignes": [corps for corps, _ in lignes]}
        sans_date = self.hasard.random() < 0.2
        corps |= {"date": prevu.isoformat()} if sans_date else {
            "date": LUNDI.isoformat(), "date_livraison_prevue": prevu.isoformat()
        }  # fmt: skip
        reponse = self.api.post("/v1/documents", json=corps)
        if reponse.status_code == 201:
            fait = reponse.json()
            siennes = {une["ordre"]: ligne for une, (_, ligne) in zip(fait["lignes"], lignes, strict=True)}
            self.documents[fait["id"]] = Ecrit(genre, client, magasin, siennes)
            if magasin:
                du_magasin(self.api, fait)

    def commander(self) -> None:
        """A commande, sometimes a till's."""
        self._creer("commande", magasin=self.hasard.random() < 0.4)

    def encoder(self) -> None:
        """A document of another type, entered directly."""
        self._creer(self.hasard.choice(("bordereau", "bordereau", "proforma", "offre", "facture")))

    def inscrire(self) -> None:
        """A standing order."""
        articles = self.hasard.sample(CHOIX, self.hasard.randint(1, 3))
        choisis = {article: unite for article, unite in articles}  # noqa: C416 (one unit per article)
        jours = {
            article: {jour: self._quantite() for jour in self.hasard.sample(range(1, 8), self.hasard.randint(1, 6))}
            for article in choisis
        }
        du, au = LUNDI - timedelta(days=self.hasard.randint(-2, 30)), self.hasard.choice((None, self._jour()))
        client = self.hasard.choice(CLIENTS)
        corps = {
            "du": du.isoformat(),
            "au": au and au.isoformat(),
            "lignes": [
                {"article": article, "unite_commande": unite, "jours": {str(j): q for j, q in jours[article].items()}}
                for article, unite in choisis.items()
            ],
        }
        reponse = self.api.post(f"/v1/clients/{client}/commandes-types", json=corps)
        if reponse.status_code == 201:
            lignes = {a: (unite, {j: Fraction(q) for j, q in jours[a].items()}) for a, unite in choisis.items()}
            self.modeles[reponse.json()["id"]] = Modele(client, du, au, lignes)

    def _modele(self) -> tuple[str, Modele] | None:
        if not self.modeles:
            return None
        numero, modele = self.hasard.choice(list(self.modeles.items()))
        return f"/v1/clients/{modele.client}/commandes-types/{numero}", modele

    def deroger(self) -> None:
        """An override of a day, sometimes of 0."""
        if (trouve := self._modele()) is None:
            return
        adresse, modele = trouve
        (article, unite), jour = self.hasard.choice(CHOIX), self._jour()
        quantite = self.hasard.choice(("0", self._quantite()))
        corps = {"date": jour.isoformat(), "article": article, "unite_commande": unite, "quantite": quantite}
        if self.api.post(f"{adresse}/exceptions", json=corps).status_code == 201:
            modele.exceptions[jour, article] = unite, Fraction(quantite)

    def suspendre(self) -> None:
        """A pause."""
        if (trouve := self._modele()) is None:
            return
        adresse, modele = trouve
        du = self._jour()
        au = self.hasard.choice((None, du, du + timedelta(days=2)))
        if self.api.post(f"{adresse}/pauses", json={"du": str(du), "au": au and str(au)}).status_code == 201:
            modele.pauses.append((du, au))

    def ouvrir(self) -> None:
        """A client's calendar."""
        client, jour = self.hasard.choice(CLIENTS), self._jour()
        semaine = set(self.hasard.sample(range(1, 8), self.hasard.randint(4, 7)))
        au, ouvert = jour + timedelta(days=self.hasard.randint(0, 2)), self.hasard.random() < 0.3
        corps = {"jours_ouverts": sorted(semaine), "exceptions": [{"du": str(jour), "au": str(au), "ouvert": ouvert}]}
        reponse = self.api.put(f"/v1/clients/{client}/calendrier", json=corps, headers={"if-match": "*"})
        assert reponse.status_code == 200, reponse.text
        self.calendriers[client] = semaine, [(jour, au, ouvert)]

    def convertir(self) -> None:
        """Commandes of the standing orders of a day."""
        jour = self._jour()
        reponse = self.api.post("/v1/commandes-types/conversions", json={"date": str(jour)})
        assert reponse.is_success, reponse.text
        for resultat in reponse.json()["resultats"]:
            if resultat["statut"] == "cree":
                faites = [self.modeles[numero] for numero in resultat["commandes_types"]]
                fait = self.api.get(f"/v1/documents/{resultat['document']}").json()
                lignes = {u["ordre"]: Ligne(u["article"], Fraction(u["quantite"]), jour) for u in fait["lignes"]}
                voulu: Counter[str] = Counter()
                for modele in faites:
                    assert jour not in modele.converties
                    voulu.update(modele.demande(jour))
                    modele.converties.add(jour)
                eu: Counter[str] = Counter()
                for une in lignes.values():
                    eu[une.article] += une.quantite  # type: ignore[assignment]  # as above
                assert eu == voulu
                self.documents[fait["id"]] = Ecrit("commande", resultat["client"], magasin=False, lignes=lignes)

    def _document(self, *genres: str) -> tuple[str, Ecrit] | None:
        choisis = [un for un in self.documents.items() if un[1].genre in genres and un[1].lignes]
        return self.hasard.choice(choisis) if choisis else None

    def transferer(self) -> None:
        """A part of a document, or all, sometimes more than there is, into what follows."""
        if (trouve := self._document("commande", "offre", "proforma")) is None:
            return
        identifiant, source = trouve
        genre, jour = self.hasard.choice(("bordereau", "bordereau", "proforma", "facture")), self._jour()
        une: dict[str, Any] = {"document": identifiant}
        if self.hasard.random() < 0.7:
            une["lignes"] = [{"ordre": self.hasard.choice(list(source.lignes)), "quantite": self._quantite()}]
        demande = {"cible": {"type": genre, "date": str(jour)}, "sources": [une]}
        reponse = self.api.post("/v1/transferts", json=demande | {"depassement": self.hasard.random() < 0.3})
        if reponse.status_code == 201:
            fait = reponse.json()
            siennes = {}
            if source.genre == "offre":
                siennes = {
                    u["ordre"]: Ligne(u["article"], Fraction(u["quantite"]), date.fromisoformat(u["date_livraison"]))
                    if u["date_livraison"]
                    else Ligne(u["article"], Fraction(u["quantite"]), jour)
                    for u in fait["lignes"]
                }
            self.documents[fait["id"]] = Ecrit(genre, source.client, source.magasin, siennes)

    def abandonner(self) -> None:
        """Give up a part of what is left of a commande's line."""
        if (trouve := self._document("commande")) is None:
            return
        identifiant, source = trouve
        ordre, quantite = self.hasard.choice(list(source.lignes)), self._quantite()
        if source.lignes[ordre].article == "TRU":
            return
        lignes = [{"ordre": ordre, "quantite": quantite}]
        corps = {"motif": "Trop", "sources": [{"document": identifiant, "lignes": lignes}]}
        if self.api.post("/v1/back-orders/abandons", json=corps).status_code == 201:
            source.lignes[ordre].abandonnee += Fraction(quantite)

    def modifier(self) -> None:
        """Another quantity, or another day, of a line that was entered."""
        if (trouve := self._document("commande", "bordereau", "proforma")) is None:
            return
        identifiant, source = trouve
        ordre = self.hasard.choice(list(source.lignes))
        quantite, jour = self._quantite(), self._jour()
        champs: dict[str, Any] = {"date_livraison": str(jour)}
        if source.lignes[ordre].article != "TRU":
            champs["quantite"] = quantite
        adresse = f"/v1/documents/{identifiant}/lignes/{ordre}"
        if self.api.patch(adresse, json=champs, headers={"if-match": "*"}).status_code == 200:
            source.lignes[ordre].jour = jour
            if "quantite" in champs:
                source.lignes[ordre].quantite = Fraction(quantite)

    def ajouter(self) -> None:
        """A line more, also on what came from a commande."""
        choisis = [un for un in self.documents.items() if un[1].genre in {"commande", "bordereau"}]
        if not choisis:
            return
        identifiant, source = self.hasard.choice(choisis)
        corps, ligne = self._ligne(self._jour(), memo="en plus")
        reponse = self.api.post(f"/v1/documents/{identifiant}/lignes", json=corps)
        if reponse.status_code == 201:
            source.lignes[max(une["ordre"] for une in reponse.json()["lignes"])] = ligne

    def supprimer(self) -> None:
        """A document, sometimes once it is printed; what is in following ones is refused."""
        if not self.documents:
            return
        identifiant = self.hasard.choice(list(self.documents))
        if self.hasard.random() < 0.5:
            self.api.post(f"/v1/documents/{identifiant}/impression", json={})
        if supprimer(self.api, {"id": identifiant}).status_code == 204:
            del self.documents[identifiant]

    def laisser(self) -> None:
        """Leftovers, entered again as often as not."""
        if self.hasard.random() < 0.2:
            self.j_plus = self.hasard.randint(0, 3)
            changer(self.api, "/v1/magasins/NAM/parametres", reste_j_plus=self.j_plus)
        jour, article = self._jour(), self.hasard.choice(CHOIX)[0]
        quantite = self.hasard.choice(("0", self._quantite()))
        corps = {"date": str(jour), "lignes": [{"article": article, "quantite": quantite}]}
        assert self.api.post("/v1/magasins/NAM/restes", json=corps).status_code == 200
        self.restes[jour, article] = jour + timedelta(days=self.j_plus), Fraction(quantite)

    def retirer(self) -> None:
        """A client that is served no more, or again."""
        client = self.hasard.choice(CLIENTS)
        self.inactifs ^= {client}
        changer(self.api, f"/v1/clients/{client}", actif=client not in self.inactifs)
