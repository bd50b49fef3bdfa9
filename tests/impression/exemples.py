"""Print models for the tests: a bakery, its clients, and documents whose totals are right."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from aurore_api.impression.modele import (
    Adresse,
    CategorieTva,
    Client,
    GroupeTva,
    Langue,
    Ligne,
    Livraison,
    ModeleDocument,
    Reglement,
    Societe,
    Textes,
    Totaux,
)

SOCIETE = Societe(
    nom="Boulangerie de l'Aurore",
    forme_juridique="SRL",
    adresse=Adresse(rue="Rue du Four 12", code_postal="5000", localite="Namur"),
    numero_tva="BE0403170701",
    rpm="Liège, division Namur",
    iban="BE68539007547034",
    bic="GEBABEBB",
    telephone="+32 81 22 33 44",
    courriel="commandes@aurore.example",
    site="www.aurore.example",
)
CLIENT = Client(
    numero="C0012",
    nom="Hôtel du Parc",
    adresse=Adresse(rue="Avenue de la Plante 24", code_postal="5000", localite="Namur"),
    numero_tva="BE0202239951",
)
PRODUITS = (
    ("BAG", "Baguette tradition", "PCE", "0.8500", "120"),
    ("PGR", "Pain gris au levain 800 g", "PCE", "2.3500", "24"),
    ("CRO", "Croissant pur beurre", "PCE", "0.9250", "60"),
    ("TFR", "Tarte aux fraises, pâte sablée et crème pâtissière, 8 personnes", "PCE", "18.5000", "3"),
    ("FAR", "Farine de froment T65", "KG", "0.8725", "12.5"),
)


def ligne(rang: int = 0, **champs: Any) -> Ligne:
    """An article line of rank `rang` whose amount is right."""
    numero, designation, unite, prix, quantite = PRODUITS[rang % len(PRODUITS)]
    brute = Ligne(
        article=numero,
        designation=designation,
        quantite=Decimal(quantite),
        unite=unite,
        prix=Decimal(prix),
        code_tva="6",
        taux_tva=Decimal("6.00"),
    )
    brute = replace(brute, **champs)
    if brute.genre == "commentaire" or "montant" in champs or brute.quantite is None or brute.prix is None:
        return brute
    remise = 1 - (brute.remise or Decimal(0)) / 100
    return replace(brute, montant=(brute.quantite * brute.prix * remise).quantize(Decimal("0.01"), "ROUND_HALF_UP"))


def groupe(base: str, taux: str, categorie: CategorieTva = "S", **champs: Any) -> GroupeTva:
    """A VAT group whose VAT is right."""
    tva = (Decimal(base) * Decimal(taux) / 100).quantize(Decimal("0.01"), "ROUND_HALF_UP")
    return GroupeTva(categorie=categorie, taux=Decimal(taux), base=Decimal(base), tva=tva, **champs)


def totaux(groupes: tuple[GroupeTva, ...], acomptes: str = "0") -> Totaux:
    """The totals of VAT groups."""
    htva = sum((un.base for un in groupes), Decimal(0))
    tva = sum((un.tva for un in groupes), Decimal(0))
    return Totaux(htva=htva, tva=tva, tvac=htva + tva, montant_du=htva + tva, solde=htva + tva - Decimal(acomptes))


def document(nombre: int = 3, *, langue: Langue = "fr", **champs: Any) -> ModeleDocument:
    """A numbered facture of `nombre` lines at 6 %; any field can be given."""
    lignes: tuple[Ligne, ...] = champs.pop("lignes", tuple(ligne(rang) for rang in range(nombre)))
    somme = sum((une.montant or Decimal(0) for une in lignes), Decimal(0))
    somme += sum((taxe.montant for une in lignes for taxe in une.taxes), Decimal(0))
    somme += sum((une.montant for une in champs.get("frais", ())), Decimal(0))
    groupes = champs.pop("groupes_tva", (groupe(str(somme), "6.00"),))
    acomptes = sum((un.montant for un in champs.get("acomptes", ())), Decimal(0))
    valeurs: dict[str, Any] = {
        "type": "facture",
        "numero_affiche": "2026-0042",
        "emis_le": datetime(2026, 11, 23, 6, 30, tzinfo=UTC),
        "date": date(2026, 11, 23),
        "date_commande": date(2026, 11, 20),
        "date_livraison": date(2026, 11, 22),
        "date_echeance": date(2026, 12, 23),
        "societe": SOCIETE,
        "client": CLIENT,
        "vos_references": "BC 45",
        "contact": "Mme Dupont",
        "representant": "J. Lambert",
        "totaux": totaux(groupes, str(acomptes)),
        "reglement": Reglement(
            echeance="30 jours", mode_paiement="Virement", communication_structuree="+++090/9337/55493+++"
        ),
        "livraison": Livraison(mode="Tournée du matin", colis=4, poids=Decimal("38.500")),
        "textes": Textes(debut="Merci de votre commande.", fin="Les réclamations sont à faire dans les 24 heures."),
    }
    return ModeleDocument(langue=langue, lignes=lignes, groupes_tva=groupes, **(valeurs | champs))
