"""The documents of a private client whose data nobody may keep any longer (CLI-10)."""

from collections.abc import Sequence

from aurore_api.clients.schemas import ClientDeDocument
from aurore_api.documents import requetes
from aurore_api.documents.erreurs import ConservationLegale, DocumentsEnAttente
from aurore_api.documents.schemas import Textes
from aurore_api.documents.service.entete import texte_de_recherche
from aurore_api.documents.tables import Document
from aurore_api.documents.tiers import copie
from aurore_api.documents.vue import vers_sortie
from aurore_api.socle.contexte import Contexte
from aurore_api.socle.journal import consigner_en_bloc, ecrit
from aurore_domain.conservation import conserve_jusqu_au, premier_jour_conserve

_EFFACES = ("adresse_livraison", "vos_references", "contact", "remarque_interne", "iban_domiciliation")
NOMMES = 5
"""Most documents that a refusal names."""


async def exiger_sans_conservation(ctx: Contexte, client: str) -> None:
    """Refuse to forget a client whose documents are still needed; the client is locked.

    Raises:
        ConservationLegale: the law still asks for one of its numbered factures or notes de crédit.
        DocumentsEnAttente: one of its documents is not closed.
    """
    fiscaux = await requetes.fiscaux_depuis(ctx, client, premier_jour_conserve(ctx.aujourd_hui), combien=NOMMES + 1)
    if fiscaux:
        jusqu_au = conserve_jusqu_au(fiscaux[0].date)
        raise ConservationLegale(documents=_nommes(fiscaux), jusqu_au=jusqu_au)
    ouverts = await requetes.en_attente(ctx, client, combien=NOMMES + 1)
    if ouverts:
        raise DocumentsEnAttente(documents=_nommes(ouverts))


def _nommes(documents: Sequence[Document]) -> list[str]:
    noms = [un.numero_affiche or str(un.id) for un in documents]
    return noms if len(noms) <= NOMMES else [*noms[:NOMMES], "…"]


async def anonymiser(ctx: Contexte, client: ClientDeDocument) -> None:
    """Let the documents of an anonymised client, all closed, forget what they copied of it and keep their figures.

    Factures are among them: numbered ones are never changed while the law asks for them, and it no longer does. What
    was typed into lines stays; versions that were issued before go (DOC-08). The events tell how the documents are now
    and not how they were.
    """
    documents = await requetes.du_client_verrouilles(ctx, client.numero)
    await requetes.oublier_versions(ctx, [un.id for un in documents])
    lignes = await requetes.lignes(ctx, [un.id for un in documents])
    async with requetes.anonymisation_ouverte(ctx):
        for document in documents:
            document.client_copie = copie(client)
            document.textes = Textes().model_dump()
            for nom in _EFFACES:
                setattr(document, nom, None)
            for acompte in document.acomptes:
                acompte.reference = None
            document.recherche = texte_de_recherche(document, client)
            document.version += 1
    apres = [(str(un.id), None, ecrit(vers_sortie(un, lignes[un.id]))) for un in documents]
    await consigner_en_bloc(ctx, "document", "anonymisation", apres)
