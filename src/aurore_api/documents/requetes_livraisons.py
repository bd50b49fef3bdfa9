"""The SQL of what is to be delivered on a day (MAG-22)."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from sqlalchemy import exists, func, select

from aurore_api.documents.requetes import reste_de_la_ligne
from aurore_api.documents.tables import Document, LigneDocument
from aurore_api.socle.colonnes import nue, un_de
from aurore_api.socle.contexte import Contexte
from aurore_domain.cycle import Etat, TypeDocument

COMMUNS = (
    "client",
    "categorie_tva",
    "prix_tvac",
    "echeance",
    "escompte",
    "mode_paiement",
    "iban_domiciliation",
    "mode_livraison",
    "depot",
    "tournee",
    "vos_references",
    "heure_livraison",
    "profil",
    "magasin",
    "reference_magasin",
)
"""The header's fields that documents must share to become one, the delivery address apart."""
_D, _L = nue(Document), nue(LigneDocument)


async def ouvertes(ctx: Contexte, jour: date, clients: Collection[str] | None) -> Sequence[Any]:
    """The open commandes with something left of a line that is due on a day, by round, its order, client and age."""
    due = func.coalesce(_L.date_livraison, _D.date_livraison_prevue, _D.date) == jour
    requete = (
        select(
            _D.id,
            _D.adresse_livraison,
            _D.client_copie["nom"].as_string().label("client_nom"),
            *(_D[nom] for nom in COMMUNS),
        )
        .where(
            _D.type == TypeDocument.COMMANDE,
            _D.etat == Etat.EN_ATTENTE,
            _D.cloture_le.is_(None),
            exists().where(_L.document == _D.id, due, reste_de_la_ligne()),
        )
        .order_by(_D.tournee.asc().nulls_last(), _D.ordre_tournee.asc().nulls_last(), _D.client, _D.id)
    )
    if clients is not None:
        requete = requete.where(_D.client == un_de(clients))
    return (await ctx.session.execute(requete)).all()
