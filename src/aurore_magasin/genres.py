"""The four kinds of things that a till pushes: their fields, as the contract names them, and where they go."""

from dataclasses import dataclass

from aurore_magasin.valeurs import Nature, booleen, decimal, entier, heure, jour, paiements, texte


@dataclass(frozen=True, slots=True)
class Champ:
    """One value: its column in a CSV file, its place in the JSON of the contract, how it is read."""

    colonne: str
    chemin: tuple[str, ...]
    lire: Nature
    aide: str
    obligatoire: bool = False


@dataclass(frozen=True, slots=True)
class Genre:
    """One kind: what a file of it holds and how it is pushed."""

    nom: str
    """As commands call it; also the last part of the path it is pushed to."""
    cle: str
    """Field that tells one from another."""
    tete: tuple[Champ, ...]
    lignes: tuple[Champ, ...] = ()
    versionne: bool = True
    """Whether each change is pushed under a higher version (MAG-12)."""
    date_fin: bool = False
    """Whether a push names the end of its period (MAG-10)."""
    par_lot: int = 2000
    """How many go in one request at most (API-07); what goes alone is the request itself."""


def _adresse(prefixe: str, chemin: tuple[str, ...], quoi: str) -> tuple[Champ, ...]:
    return (
        Champ(f"{prefixe}rue", (*chemin, "rue"), texte(), f"{quoi} : rue et numéro"),
        Champ(f"{prefixe}code_postal", (*chemin, "code_postal"), texte(12), f"{quoi} : code postal"),
        Champ(f"{prefixe}localite", (*chemin, "localite"), texte(), f"{quoi} : localité"),
        Champ(f"{prefixe}pays", (*chemin, "pays"), texte(2), f"{quoi} : pays en deux lettres, BE par exemple"),
    )


def _fiche(prefixe: str, chemin: tuple[str, ...]) -> tuple[Champ, ...]:
    return (
        Champ(f"{prefixe}nom", (*chemin, "nom"), texte(), "nom du client ; il en faut un pour un nouveau client"),
        Champ(f"{prefixe}telephone", (*chemin, "telephone"), texte(60), "téléphone du client"),
        Champ(f"{prefixe}courriel", (*chemin, "courriel"), texte(254), "adresse électronique du client"),
        Champ(f"{prefixe}langue", (*chemin, "langue"), texte(2), "langue du client : fr, nl, de ou en"),
        Champ(f"{prefixe}numero_tva", (*chemin, "numero_tva"), texte(), "numéro de TVA du client"),
        Champ(f"{prefixe}particulier", (*chemin, "particulier"), booleen, "oui : un particulier"),
        *_adresse(prefixe, (*chemin, "adresse"), "adresse du client"),
    )


_NUMERO_AIDE = "numéro du client dans la caisse"
_CLIENT = (
    Champ("client", ("client", "numero"), texte(30), _NUMERO_AIDE, obligatoire=True),
    *_fiche("client_", ("client",)),
)
_REFERENCE = Champ("reference", ("reference",), texte(60), "référence dans la caisse, unique", obligatoire=True)
_VERSION = Champ(
    "version", ("version",), entier, "version, qui augmente à chaque changement ; tenue ici si elle manque"
)
_ANNULEE = Champ("annulee", ("annulee",), booleen, "oui : annulée ; il ne faut alors pas de lignes")
_ARTICLE = Champ("article", ("article",), texte(15), "numéro de l'article")
_QUANTITE = Champ("quantite", ("quantite",), decimal(6), "quantité", obligatoire=True)
_LIGNES = (
    _ARTICLE,
    Champ("code_barres", ("code_barres",), texte(60), "code-barres, à la place du numéro de l'article"),
    Champ("designation", ("designation",), texte(), "désignation, si ce n'est pas celle de l'article"),
    _QUANTITE,
    Champ("unite", ("unite",), texte(60), "unité de la quantité, si ce n'est pas l'unité de base"),
    Champ("prix_tvac", ("prix_tvac",), decimal(4), "prix d'une unité de base, TVA comprise"),
    Champ("remise", ("remise",), decimal(2), "remise en %"),
    Champ("memo", ("memo",), texte(4000, lignes=True), "remarque pour l'atelier"),
)

COMMANDES = Genre(
    "commandes", "reference",
    (
        _REFERENCE,
        _VERSION,
        Champ("date", ("date",), jour, "jour où la commande a été prise", obligatoire=True),
        Champ("date_livraison", ("date_livraison",), jour, "jour de retrait ou de livraison"),
        Champ("heure_livraison", ("heure_livraison",), heure, "heure de retrait ou de livraison"),
        *_CLIENT,
        Champ("vos_references", ("vos_references",), texte(), "références du client"),
        Champ("remarque", ("remarque",), texte(4000, lignes=True), "remarque sur la commande"),
        Champ("paye", ("paye",), decimal(2), "montant déjà payé"),
        _ANNULEE,
    ),
    _LIGNES, date_fin=True,
)  # fmt: skip
FACTURES = Genre(
    "factures", "reference",
    (
        _REFERENCE,
        Champ("reference_commande", ("reference_commande",), texte(60), "commande dont vient la vente"),
        _VERSION,
        Champ("date", ("date",), jour, "jour de la vente", obligatoire=True),
        *_CLIENT,
        Champ("vos_references", ("vos_references",), texte(), "références du client"),
        Champ("remarque", ("remarque",), texte(4000, lignes=True), "remarque sur la vente"),
        Champ("mode_fin", ("mode_fin",), texte(50), "comment la vente est finie : facture_a_etablir"),
        Champ("total_tvac", ("total_tvac",), decimal(2), "total du ticket, TVA comprise"),
        Champ("paiements", ("paiements",), paiements, "ce qui est payé : carte 2026-11-20 12,50 + especes …"),
        _ANNULEE,
    ),
    _LIGNES, date_fin=True,
)  # fmt: skip
CLIENTS = Genre(
    "clients", "numero",
    (
        Champ("numero", ("numero",), texte(30), _NUMERO_AIDE, obligatoire=True),
        _VERSION,
        *_fiche("", ()),
        *_adresse("livraison_", ("adresse_livraison",), "adresse de livraison"),
    ),
)  # fmt: skip
RESTES = Genre(
    "restes", "date",
    (Champ("date", ("date",), jour, "jour où les restes ont été comptés", obligatoire=True),),
    (Champ("article", ("article",), texte(15), "numéro de l'article", obligatoire=True), _QUANTITE),
    versionne=False, par_lot=1,
)  # fmt: skip
GENRES = {un.nom: un for un in (CLIENTS, COMMANDES, FACTURES, RESTES)}
