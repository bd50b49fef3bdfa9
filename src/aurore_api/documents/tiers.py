"""The other side of a document: a client, or a supplier (FOU-02), as the type's `cote` says."""

from collections.abc import Mapping
from typing import Any, TypeAlias

from aurore_api.clients import service as clients
from aurore_api.clients.schemas import ClientDeDocument
from aurore_api.documents.erreurs import ClientInconnu, FournisseurInconnu
from aurore_api.documents.schemas import EnTeteEntree, LigneEntree
from aurore_api.fournisseurs import service as fournisseurs
from aurore_api.fournisseurs.schemas import FournisseurDeDocument
from aurore_api.socle.contexte import Contexte
from aurore_domain.cycle import Cote
from aurore_domain.imputations import GenreImputation, ImputationDAutreGenre
from aurore_domain.tiers import est_achat, refuser_d_un_autre_cote

Tiers: TypeAlias = ClientDeDocument | FournisseurDeDocument

_COPIES = ("numero", "nom", "nom_suite", "adresse", "langue", "numero_tva", "telephone", "courriel")
_VENTES_EN_TETE = (
    "adresse_livraison_id",
    "tarif",
    "tournee",
    "ordre_tournee",
    "representant",
    "code_statistique",
    "iban_domiciliation",
)
"""The fields of a header that only clients have: what is sold, delivered and collected."""
_ACHATS_LIGNE = ("frais", "numero_article_fournisseur")


async def charger(
    ctx: Contexte, type_document: str, numero: str, *, retenir: bool = False, pointeur: str | None = None
) -> Tiers:
    """Who a document of a type is made for; with `retenir`, as it is until the transaction ends.

    Raises:
        ClientInconnu, FournisseurInconnu: there is none of this number; at `pointeur`, else at its own field.
    """
    if est_achat(type_document):
        fournisseur = await fournisseurs.pour_document(ctx, numero, retenir=retenir)
        if fournisseur is None:
            raise FournisseurInconnu(pointeur=pointeur or "#/fournisseur", fournisseur=numero)
        return fournisseur
    client = await clients.pour_document(ctx, numero, retenir=retenir)
    if client is None:
        raise ClientInconnu(pointeur=pointeur or "#/client", client=numero)
    return client


def colonnes(tiers: Tiers) -> dict[str, Any]:
    """What a document's header says of who it is made for: one of the two numbers, and the copy that is printed."""
    client = isinstance(tiers, ClientDeDocument)
    return {
        "client": tiers.numero if client else None,
        "fournisseur": None if client else tiers.numero,
        "client_copie": copie(tiers),
    }


def copie(tiers: Tiers) -> dict[str, Any]:
    """What a document keeps of who it is made for, for printing."""
    champs = {nom: getattr(tiers, nom) for nom in _COPIES}
    if isinstance(tiers, FournisseurDeDocument):
        champs["numero_client"] = tiers.numero_client
    return champs


def verifier_en_tete(type_document: str, entree: EnTeteEntree, autres: Mapping[str, object] | None = None) -> None:
    """Refuse what was given of the other side's header fields, `autres` among them. Raises `ReserveAuxVentes`."""
    donnes = {nom: getattr(entree, nom) for nom in _VENTES_EN_TETE}
    refuser_d_un_autre_cote(type_document, {Cote.CLIENT: donnes | dict(autres or {})})


def verifier_ligne(type_document: str, entree: LigneEntree) -> None:
    """Refuse what was given of the other side's line fields. Raises `ReserveAuxVentes`, `ReserveAuxAchats`."""
    achats = {nom: getattr(entree, nom) for nom in _ACHATS_LIGNE}
    refuser_d_un_autre_cote(type_document, {Cote.CLIENT: {"taxe": entree.taxe}, Cote.FOURNISSEUR: achats})


def verifier_imputation(type_document: str, imputation: str | None, connues: Mapping[str, GenreImputation]) -> None:
    """See that sales are posted as sales, and purchases as purchases; what nobody knows is refused elsewhere.

    Raises:
        ImputationDAutreGenre: it is of the other side (ART-04, ART-17).
    """
    genre: GenreImputation = "achat" if est_achat(type_document) else "vente"
    if imputation is not None and connues.get(imputation, genre) != genre:
        raise ImputationDAutreGenre(pointeur="#/imputation", genre=genre)
