"""The list of a shop's orders for a day: JSON, and the PDF that lies on the counter (MAG-15)."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from hashlib import sha256

from anyio import to_thread

from aurore_api.documents.service.lire import du_magasin
from aurore_api.documents.sorties import DocumentSortie, LigneSortie
from aurore_api.impression.libelles import Libelles, libelles
from aurore_api.impression.listes.modele import Colonne, Groupe, Liste, Valeur
from aurore_api.impression.listes.rendu import rendre_liste
from aurore_api.impression.rendu import MOTEUR
from aurore_api.magasin.liste import CommandeDeListe, LigneDeListe, ListeCommandes
from aurore_api.magasin.service.magasins import magasin as lire_magasin
from aurore_api.magasin.tables import Magasin
from aurore_api.parametres import service as parametres
from aurore_api.socle.contexte import Contexte
from aurore_api.socle.tri import plier
from aurore_domain.montants import ZERO, exact

_COLONNES = (
    Colonne(cle="quantite", sorte="quantite"),
    Colonne(cle="unite"),
    Colonne(cle="article"),
    Colonne(cle="designation", souple=True),
    Colonne(cle="memo", souple=True),
    Colonne(cle="a_payer", sorte="montant", somme="liste"),
)
_TARD = "99:99"
"""Orders without a time come last."""


def jour_de_la_liste(magasin: Magasin, jour: date) -> date:
    """The day that the list of a shop is about, made on a day: that one, or the next by its parameter."""
    return jour + timedelta(days=1) if magasin.liste_commandes_demain else jour


async def liste(ctx: Contexte, code: str, jour: date | None) -> ListeCommandes:
    """The orders of a shop for a day that are not cancelled, closed and delivered ones included.

    Raises:
        RessourceAbsente: there is no such shop.
    """
    magasin = await lire_magasin(ctx, code)
    voulu = jour or jour_de_la_liste(magasin, ctx.aujourd_hui)
    commandes = [_commande(un) for un in await du_magasin(ctx, code, voulu)]
    commandes.sort(key=lambda une: (une.heure or _TARD, plier(une.nom), une.reference or ""))
    return _totalisee(magasin, voulu, commandes)


@exact
def _totalisee(magasin: Magasin, jour: date, commandes: list[CommandeDeListe]) -> ListeCommandes:
    return ListeCommandes(
        magasin=magasin.code,
        nom=magasin.nom,
        date=jour,
        commandes=commandes,
        total=sum((une.total for une in commandes), ZERO),
        paye=sum((une.paye for une in commandes), ZERO),
        reste=sum((une.reste for une in commandes), ZERO),
    )


def _commande(document: DocumentSortie) -> CommandeDeListe:
    livraison = document.adresse_livraison
    copie = document.client_copie
    return CommandeDeListe(
        document=document.id,
        reference=document.reference_magasin,
        heure=document.heure_livraison,
        client=document.client or "",
        nom=copie["nom"],
        telephone=(livraison.telephone if livraison else None) or copie.get("telephone"),
        remarque=document.remarque_interne,
        tardive=document.tardive,
        lignes=[_ligne(une) for une in document.lignes],
        total=document.totaux.tvac,
        paye=document.totaux.acomptes,
        reste=document.totaux.tvac - document.totaux.acomptes,
    )


def _ligne(ligne: LigneSortie) -> LigneDeListe:
    """A line in the unit in which it was ordered."""
    commandee = ligne.quantite_unite_commande is not None and ligne.saisie != "base"
    return LigneDeListe(
        article=ligne.article,
        designation=ligne.designation,
        quantite=ligne.quantite_unite_commande if commandee else ligne.quantite,
        unite=ligne.unite_commande if commandee else ligne.unite,
        memo=ligne.memo,
        montant=ligne.montant_htva if ligne.montant_tvac is None else ligne.montant_tvac,
    )


async def pdf(ctx: Contexte, code: str, jour: date | None) -> tuple[bytes | None, date]:
    """The list as a PDF, and its day; None where the caller's ETag is still good."""
    contenu = await liste(ctx, code, jour)
    reglages = await parametres.lire(ctx)
    modele = _papier(contenu, reglages.nom, ctx.heure_locale, libelles(reglages.langue))
    modele = replace(modele, langue=reglages.langue)
    # The moment it is asked for makes no other list of it.
    dont = replace(modele, imprime_le=datetime.min.replace(tzinfo=UTC))
    ctx.servir_version(sha256(b"\0".join((MOTEUR.encode(), repr(dont).encode()))).hexdigest()[:32])
    return (None if ctx.est_connue() else await to_thread.run_sync(rendre_liste, modele)), contenu.date


def _papier(contenu: ListeCommandes, societe: str, heure: datetime, textes: Libelles) -> Liste:
    return Liste(
        titre="commandes_magasin",
        langue="fr",
        societe=f"{societe} · {contenu.nom}",
        imprime_le=heure,
        colonnes=_COLONNES,
        groupes=[_groupe(une, textes) for une in contenu.commandes],
        sous_titre=contenu.date,
    )


@exact
def _groupe(une: CommandeDeListe, textes: Libelles) -> Groupe:
    """An order: who comes when, what is got ready, and what is left to pay: the sum of the group."""
    lignes: list[tuple[Valeur, ...]] = [
        (la.quantite, la.unite, la.article, la.designation, la.memo, la.montant) for la in une.lignes
    ]
    autres = une.total - sum((la.montant for la in une.lignes), ZERO)
    if une.remarque:
        lignes.append((None, None, None, une.remarque, None, None))
    for cle, montant in (("autres_frais", autres), ("deja_paye", Decimal(0) - une.paye)):
        if montant:
            lignes.append((None, None, None, textes(f"liste_mot.{cle}"), None, montant))
    return Groupe(
        titre=" · ".join(filter(None, (une.heure, une.nom))),
        precision=" · ".join(filter(None, (une.telephone, une.reference))) or None,
        lignes=lignes,
    )
