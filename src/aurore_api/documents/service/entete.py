"""The header: defaults copied from the client and the parameters, each of which can be said otherwise (DOC-10)."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from aurore_api.clients.schemas import ClientDeDocument
from aurore_api.documents import achats, tiers
from aurore_api.documents.erreurs import AdresseInconnue
from aurore_api.documents.references import refuser_inconnues
from aurore_api.documents.schemas import EnTeteEntree, Textes
from aurore_api.documents.tables import Document, LigneDocument
from aurore_api.documents.tiers import Tiers
from aurore_api.exercices import service as exercices
from aurore_api.parametres.schemas import ParametresSortie
from aurore_api.socle.contexte import Contexte
from aurore_api.socle.tri import plier
from aurore_api.tables.service import Referentiel

_DU_CLIENT = (
    "tarif",
    "remise",
    "categorie_tva",
    "echeance",
    "escompte",
    "mode_paiement",
    "mode_livraison",
    "representant",
    "code_statistique",
    "profil",
    "tournee",
    "ordre_tournee",
)
DE_LA_SOURCE = (
    "client",
    "fournisseur",
    "client_copie",
    "adresse_livraison",
    "vos_references",
    "contact",
    "remarque_interne",
    "date_livraison_prevue",
    "heure_livraison",
    "magasin",
    "reference_magasin",
    "representant",
    "code_statistique",
    "profil",
    "tarif",
    "remise",
    "categorie_tva",
    "prix_tvac",
    "echeance",
    "escompte",
    "depot",
    "textes",
    "mode_livraison",
    "colis",
    "palettes",
    "tournee",
    "ordre_tournee",
    "mode_paiement",
    "iban_domiciliation",
    "date_commande",
)
"""What a following document takes of its first source (TRF-04); header amounts go along apart, once."""
_DU_FOURNISSEUR = ("remise", "categorie_tva", "echeance", "escompte", "mode_paiement")
VERS_LIGNES = {"depot": "depot", "date_livraison_prevue": "date_livraison"}
"""What a header passes to its lines: its field, theirs."""
_JAMAIS_VIDES = frozenset({"date", "categorie_tva", "montant_livraison", "remise"})
"""Fields that null leaves as they are."""
_SANS_COPIE = frozenset({"adresse_livraison", "adresse_livraison_id", "textes", "impression_directe"})


def champs_donnes(entree: EnTeteEntree) -> dict[str, Any]:
    """The plain fields that were given, null included."""
    noms = entree.model_fields_set & (EnTeteEntree.model_fields.keys() - _SANS_COPIE)
    return {nom: getattr(entree, nom) for nom in noms}


def valeurs_par_defaut(autre: Tiers, parametres: ParametresSortie, genre: str) -> dict[str, Any]:
    """What a new header has before anything is typed."""
    communes = {
        "profil": parametres.profil_defaut,
        "depot": parametres.depot_defaut,
        "impression_directe": parametres.impression_directe,
    }
    if not isinstance(autre, ClientDeDocument):
        return communes | {nom: getattr(autre, nom) for nom in _DU_FOURNISSEUR} | {"textes": Textes().model_dump()}
    return {
        **communes,
        **{nom: getattr(autre, nom) for nom in _DU_CLIENT},
        "profil": autre.profil or parametres.profil_defaut,
        "textes": Textes.model_validate(autre.textes.get(genre) or {}).model_dump(),
        "adresse_livraison": autre.adresse_livraison,
    }


def poser(document: Document, entree: EnTeteEntree, autre: Tiers) -> None:
    """Put what was typed over a header.

    Raises:
        AdresseInconnue: `adresse_livraison_id` is not one of the client's addresses.
        ReserveAuxVentes: a document of a supplier has no such field.
    """
    tiers.verifier_en_tete(document.type, entree)
    for nom, valeur in champs_donnes(entree).items():
        if valeur is not None or nom not in _JAMAIS_VIDES:
            setattr(document, nom, valeur)
    if entree.impression_directe is not None:
        document.impression_directe = entree.impression_directe
    if "textes" in entree.model_fields_set:
        document.textes = (entree.textes or Textes()).model_dump()
    if "adresse_livraison" in entree.model_fields_set:
        document.adresse_livraison = entree.adresse_livraison.model_dump() if entree.adresse_livraison else None
    elif entree.adresse_livraison_id is not None:
        adresses = dict(autre.adresses) if isinstance(autre, ClientDeDocument) else {}
        if entree.adresse_livraison_id not in adresses:
            raise AdresseInconnue(pointeur="#/adresse_livraison_id", permis=sorted(adresses))
        document.adresse_livraison = adresses[entree.adresse_livraison_id]


def attendre(document: Document, autre: Tiers, entree: EnTeteEntree) -> None:
    """Expect what is ordered of a supplier after its delay, where no date was typed (FOU-01)."""
    if not isinstance(autre, ClientDeDocument) and "date_livraison_prevue" not in entree.model_fields_set:
        document.date_livraison_prevue = achats.livraison_prevue(document, autre.delai_livraison)


def frais_de_livraison(document: Document, entree: EnTeteEntree, referentiel: Referentiel) -> None:
    """Take the mode's amount where none was typed (DOC-10)."""
    mode = referentiel.modes_livraison.get(document.mode_livraison or "")
    if entree.montant_livraison is None and mode is not None:
        document.montant_livraison = mode.montant


def verifier_references(document: Document, referentiel: Referentiel, racine: str = "#") -> None:
    """Refuse codes that the computation would miss; the other references are the database's to hold."""
    connus: dict[str, Collection[str]] = {
        "categorie_tva": referentiel.categories_tva,
        "echeance": referentiel.echeances,
        "escompte": referentiel.escomptes,
        "mode_livraison": referentiel.modes_livraison,
        "depot": referentiel.depots,
    }
    refuser_inconnues(document, connus, Document, racine)


async def verifier_date(ctx: Contexte, jour: date, parametres: ParametresSortie) -> None:
    """Refuse a date that no exercice holds nor could: nobody enters the year 2062 unawares (DOC-04).

    Raises:
        ExerciceAbsent: no exercice holds the date.
        ExerciceCloture: the one that holds it is closed.
    """
    await exercices.exercice_prevu(ctx, jour, ouvrir_suivant=parametres.ouverture_automatique)


def passer_aux_lignes(document: Document, lignes: Sequence[LigneDocument], avant: Mapping[str, Any]) -> None:
    """Carry changed header values to the lines that still had the old one (DOC-10); `avant` says which, and it.

    A header without dépôt takes none from its lines: their goods are somewhere.
    """
    for champ_entete in VERS_LIGNES.keys() & avant.keys():
        champ_ligne, nouveau = VERS_LIGNES[champ_entete], getattr(document, champ_entete)
        if champ_entete == "depot" and nouveau is None:
            continue
        for ligne in lignes:
            if getattr(ligne, champ_ligne) == avant[champ_entete]:
                setattr(ligne, champ_ligne, nouveau)


def texte_de_recherche(document: Document, autre: Tiers) -> str:
    """What full-text search looks into (DOC-21), folded so that capitals and accents do not matter."""
    morceaux = (
        autre.numero,
        autre.nom,
        document.vos_references,
        document.contact,
        document.remarque_interne,
        document.numero_affiche,
    )
    return plier(" ".join(un for un in morceaux if un))
