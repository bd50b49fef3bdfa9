"""Wrong values for each kind of field of documents, with the code of each refusal (API-02)."""

from typing import Any

Fausses = list[tuple[Any, str]]


def toutes(code: str, *valeurs: Any) -> Fausses:
    """Values that are all refused by one code."""
    return [(une, code) for une in valeurs]


_PAS_DU_TEXTE = toutes("type_incorrect", 1, True, [], {})
_PAS_UNE_LIGNE = toutes("format_incorrect", "a\x00", "a\nb", "\ud800")


def texte(maximum: int) -> Fausses:
    """One line of text."""
    return [*_PAS_DU_TEXTE, *_PAS_UNE_LIGNE, ("", "texte_trop_court"), ("a" * (maximum + 1), "texte_trop_long")]


def cle(maximum: int) -> Fausses:
    """The key of another resource; that it does not exist is the last thing said."""
    illisibles = toutes("format_incorrect", "a/b", " a", "a\x00", "\uff11", "\ud800")
    return [*_PAS_DU_TEXTE, *illisibles, ("", "texte_trop_court"), ("a" * (maximum + 1), "texte_trop_long")]


LONG: Fausses = [
    *_PAS_DU_TEXTE,
    ("a\x00", "format_incorrect"),
    ("\ud800", "format_incorrect"),
    ("a" * 4001, "texte_trop_long"),
]
JOUR: Fausses = [
    *toutes("date_illisible", 20250616, True, "16-06-2025", "2025-6-1", "2025-02-30", "\uff12025-01-01", ""),
    ("0001-01-01", "hors_bornes"),
    ("3000-01-01", "hors_bornes"),
]
BOOLEEN = toutes("type_incorrect", 1, "true", "oui", [], {})
ENTIER: Fausses = [
    *toutes("type_incorrect", "1", 1.5, True, []),
    (-1, "hors_bornes"),
    (2**31, "hors_bornes"),
    (10**30, "hors_bornes"),
]
ORDRE: Fausses = [*ENTIER, (0, "hors_bornes")]


def decimal(entiers: int, decimales: int, *, signe: bool = False) -> Fausses:
    """A number written as text."""
    illisibles = ["", "1_0", "1e3", "NaN", "Infinity", "+1", " 1", "1,5", ".5", "5.", "\uff11", "0x1", "\ud800"]
    illisibles += ["1\x00", "9" * (entiers + 1), "0." + "1" * (decimales + 1)] + ([] if signe else ["-1"])
    return [*toutes("decimal_en_texte", 1, 1.5, True, [], {}), *toutes("decimal_illisible", *illisibles)]


POURCENTAGE: Fausses = [*decimal(3, 2), ("100.01", "hors_bornes")]
IBAN: Fausses = [
    *_PAS_DU_TEXTE,
    ("BE", "texte_trop_court"),
    ("B" * 41, "texte_trop_long"),
    ("BE68\x00", "format_incorrect"),
    ("BE68539007547035", "iban_faux"),
]
TYPE = toutes("valeur_hors_liste", None, 1, "", "Commande", "recu", "commande ")
DOCUMENT: Fausses = [
    *_PAS_DU_TEXTE,
    *toutes("format_incorrect", "", "1", "019A0000-0000-7000-8000-000000000000", "{019a}", "a\x00"),
]

OBJET = toutes("type_incorrect", 1, "a", [], True)
TEXTES = ("client", "debut", "fin", "comptabilite", "paiement")
ADRESSE: dict[str, Fausses] = {
    "libelle": texte(200),
    "nom": texte(200),
    "telephone": texte(60),
    "rue": texte(200),
    "localite": texte(200),
    "code_postal": [*_PAS_DU_TEXTE, *_PAS_UNE_LIGNE, ("1" * 13, "texte_trop_long"), ("5000!", "format_incorrect")],
    "pays": [*_PAS_DU_TEXTE, *toutes("format_incorrect", "", "be", "BEL", "B1", "\ud800")],
}
EN_TETE: dict[str, Fausses] = {
    "date": JOUR,
    "adresse_livraison_id": ENTIER,
    "vos_references": texte(200),
    "contact": texte(200),
    "remarque_interne": LONG,
    "date_livraison_prevue": JOUR,
    "heure_livraison": [("24:00", "format_incorrect"), ("6 h", "format_incorrect"), (6, "type_incorrect")],
    "remise": POURCENTAGE,
    **dict.fromkeys(
        (
            "representant",
            "code_statistique",
            "profil",
            "tarif",
            "categorie_tva",
            "echeance",
            "escompte",
            "depot",
            "mode_livraison",
            "tournee",
            "mode_paiement",
        ),
        cle(20),
    ),
    "impression_directe": BOOLEEN,
    "montant_livraison": decimal(12, 2),
    "poids": decimal(9, 6),
    "colis": ENTIER,
    "palettes": ENTIER,
    "ordre_tournee": ENTIER,
    "iban_domiciliation": IBAN,
    **{f"textes/{nom}": LONG for nom in TEXTES},
    **{f"adresse_livraison/{nom}": fausses for nom, fausses in ADRESSE.items()},
    "textes": OBJET,
    "adresse_livraison": OBJET,
}
REFERENCES = (
    "representant",
    "code_statistique",
    "profil",
    "tarif",
    "categorie_tva",
    "echeance",
    "escompte",
    "depot",
    "mode_livraison",
    "tournee",
    "mode_paiement",
)
"""The header's fields that name a row of another table."""
LIGNE: dict[str, Fausses] = {
    "ordre": ORDRE,
    "article": cle(15),
    "designation": texte(200),
    "memo": LONG,
    "quantite": decimal(9, 6, signe=True),
    "quantite_unite_commande": decimal(9, 6, signe=True),
    "unite_commande": texte(60),
    "prix": decimal(10, 4),
    "frais": decimal(10, 4),
    "numero_article_fournisseur": texte(60),
    "back_order": decimal(9, 6),
    "remise": POURCENTAGE,
    "date_livraison": JOUR,
    **dict.fromkeys(("unite", "code_tva", "imputation", "depot", "plan_analytique", "compte_analytique"), cle(20)),
    **dict.fromkeys(("suivre_remplacement", "taxe", "sous_total", "mise_a_jour_stock"), BOOLEEN),
}
