"""Which operation needs which scope (SEC-01, SEC-02): the one table that says it."""

import re
from collections.abc import Mapping

LECTURE = "lecture"
SAISIE = "saisie"
IMPRESSION = "impression"
LIVRAISON = "livraison"
FACTURATION = "facturation"
COMPTABILITE = "comptabilite"
PARAMETRES = "parametres"
DEROGATION = "derogation"
ADMIN = "admin"
DU_MAGASIN = "magasin:{code}"
"""The scope of the shop whose code is in the operation's path."""
D_UN_MAGASIN = "magasin:*"
"""The scope of any shop."""

PORTEES = (LECTURE, SAISIE, IMPRESSION, LIVRAISON, FACTURATION, COMPTABILITE, PARAMETRES, DEROGATION, ADMIN)
_MAGASIN = r"[0-9A-Za-z_]([0-9A-Za-z ._+-]{0,18}[0-9A-Za-z_+])?"
MOTIF_MAGASIN = rf"^{_MAGASIN}$"
"""Codes of shops: what a scope can be made of."""
MOTIF_PORTEE = rf"^({'|'.join(PORTEES)}|magasin:{_MAGASIN})$"

OPERATIONS: dict[str, str] = {
    "lister_evenements": ADMIN,
    "lister_cles": ADMIN,
    "creer_cle": ADMIN,
    "lire_cle": ADMIN,
    "revoquer_cle": ADMIN,
    "lire_parametres": LECTURE,
    "modifier_parametres": PARAMETRES,
    "lire_logo": LECTURE,
    "remplacer_logo": PARAMETRES,
    "supprimer_logo": PARAMETRES,
    "lister_numeros": LECTURE,
    "modifier_numero": PARAMETRES,
    "calculer_prix": LECTURE,
    "calculer_article": SAISIE,
    "remplacer_image_article": SAISIE,
    "lister_documents": LECTURE,
    "lire_document": LECTURE,
    "lire_chaine": LECTURE,
    "lire_pdf": LECTURE,
    "creer_document": SAISIE,
    "modifier_document": SAISIE,
    "supprimer_document": SAISIE,
    "ajouter_ligne": SAISIE,
    "modifier_ligne": SAISIE,
    "supprimer_ligne": SAISIE,
    "ajouter_acompte": SAISIE,
    "modifier_acompte": SAISIE,
    "supprimer_acompte": SAISIE,
    "copier_document": SAISIE,
    "ajouter_articles_recents": SAISIE,
    "imprimer_document": IMPRESSION,
    "transferer": SAISIE,
    "rouvrir_document": FACTURATION,
    "effacer": ADMIN,
    "abandonner": SAISIE,
    "reprendre_abandon": SAISIE,
    "lire_pdf_version": LECTURE,
    "corriger_stock": SAISIE,
    "inventorier_stock": SAISIE,
    "transferer_stock": SAISIE,
    "corriger_vidanges": SAISIE,
    "exporter": LECTURE,
    "importer": SAISIE,
    "anonymiser_client": PARAMETRES,
    "faire_routine": DU_MAGASIN,
    "lister_travaux": f"{LECTURE} | {D_UN_MAGASIN}",
    "lire_travail": f"{LECTURE} | {D_UN_MAGASIN}",
    "lister_resultats_travail": f"{LECTURE} | {D_UN_MAGASIN}",
    "lire_pdf_travail": f"{LECTURE} | {D_UN_MAGASIN}",
    "suivre_travail": f"{LECTURE} | {D_UN_MAGASIN}",
    "annuler_travail": f"{SAISIE} | {LIVRAISON} | {FACTURATION} | {COMPTABILITE} | {D_UN_MAGASIN}",
    "remplacer_calendrier": SAISIE,
    "convertir_commandes_types": SAISIE,
    "lire_parametres_magasin": f"{LECTURE} | {DU_MAGASIN}",
    "enregistrer_restes": DU_MAGASIN,
    "creer_notes_envoi": LIVRAISON,
    "lire_notes_envoi_pdf": f"{LECTURE} | {D_UN_MAGASIN}",
    "lire_notes_envoi_du_travail": f"{LECTURE} | {D_UN_MAGASIN}",
    "lister_restes": f"{LECTURE} | {DU_MAGASIN}",
    "lire_production": f"{LECTURE} | {D_UN_MAGASIN}",
    "lire_production_csv": f"{LECTURE} | {D_UN_MAGASIN}",
    "lire_production_pdf": f"{LECTURE} | {D_UN_MAGASIN}",
    "lister_impressions_production": f"{LECTURE} | {D_UN_MAGASIN}",
    "imprimer_production": f"{IMPRESSION} | {D_UN_MAGASIN}",
    "lire_impression_production": f"{LECTURE} | {D_UN_MAGASIN}",
    "lire_pdf_impression_production": f"{LECTURE} | {D_UN_MAGASIN}",
    "lire_differences_production": f"{LECTURE} | {D_UN_MAGASIN}",
    "pousser_commandes": DU_MAGASIN,
    "lire_liste_commandes": f"{LECTURE} | {DU_MAGASIN}",
    "lire_pdf_liste_commandes": f"{LECTURE} | {DU_MAGASIN}",
    "pousser_factures": DU_MAGASIN,
    "lire_rapprochement_magasin": f"{LECTURE} | {DU_MAGASIN}",
    "lire_liste_rapprochement_magasin": f"{LECTURE} | {DU_MAGASIN}",
    "pousser_clients_magasin": DU_MAGASIN,
    "lister_clients_magasin": f"{LECTURE} | {DU_MAGASIN}",
    "lier_client_magasin": SAISIE,
    "lister_conflits_magasin": f"{LECTURE} | {DU_MAGASIN}",
    "lire_conflit_magasin": f"{LECTURE} | {DU_MAGASIN}",
    "regler_conflit_magasin": SAISIE,
}
"""Several scopes, any one of which will do, are told one after the other: `lecture | magasin:{code}`."""

_COLLECTIONS_SAISIE = (
    "article",
    "client",
    "fournisseur",
    "unite_article",
    "tarif_article",
    "libelle_article",
    "composant",
    "image_article",
    "taxe_article",
    "fournisseur_article",
    "adresse",
    "unite_preferee",
    "prix_client",
    "commande_type",
    "exception_commande_type",
    "pause_commande_type",
)


def portee_de(operation: str) -> str:
    """The scope of an operation. Reading takes `lecture`; a table's rows are changed with `parametres`.

    Raises:
        KeyError: the operation is in no row and follows no pattern, so nobody may call it.
    """
    if operation in OPERATIONS:
        return OPERATIONS[operation]
    verbe = re.match(r"(lister|lire|creer|modifier|supprimer)_(.+)$", operation)
    if verbe is None:
        raise KeyError(operation)
    if verbe[1] in {"lister", "lire"}:
        return LECTURE
    return SAISIE if verbe[2] in _COLLECTIONS_SAISIE else PARAMETRES


def suffit(portees: frozenset[str], voulue: str, chemin: Mapping[str, str] | None = None) -> bool:
    """Whether a key's scopes cover the one that is needed, or one of several; `admin` covers every one.

    `chemin` are the parameters of the path, which say which shop's scope is needed.
    """
    if voulue in portees or ADMIN in portees:
        return True
    return any(_couvre(portees, une, chemin or {}) for une in voulue.split(" | "))


def _couvre(portees: frozenset[str], voulue: str, chemin: Mapping[str, str]) -> bool:
    if voulue == D_UN_MAGASIN:
        return any(une.startswith("magasin:") for une in portees)
    return (f"magasin:{chemin['code']}" if voulue == DU_MAGASIN else voulue) in portees


def verifier_portees(portees: list[str]) -> list[str]:
    """The scopes, sorted and once each.

    Raises:
        ValueError: one of them does not exist; the message is for the operator.
    """
    inconnues = [une for une in portees if not re.match(MOTIF_PORTEE, une)]
    if inconnues:
        raise ValueError(f"Portées inconnues : {', '.join(inconnues)}. Il y a : {', '.join(PORTEES)}, magasin:<code>.")
    return sorted(set(portees))
