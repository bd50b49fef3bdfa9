"""Who stands on the other side of a document, its « tiers »: a client, or a supplier (FOU-02).

The lifecycle table decides which by the type's `cote`; what belongs to one side only is refused on the other.
"""

from collections.abc import Mapping

from aurore_domain.cycle import Cote, regle
from aurore_domain.erreurs import ErreurAurore, ValeurRefusee, lever


class ClientRequis(ValeurRefusee):
    """A document of this `type` is made for a client."""

    code = "client_requis"


class FournisseurRequis(ValeurRefusee):
    """A document of this `type` is made for a supplier."""

    code = "fournisseur_requis"


class ClientHorsVente(ValeurRefusee):
    """A document of this `type` is made for a supplier, so it has no client."""

    code = "client_hors_vente"


class FournisseurHorsAchat(ValeurRefusee):
    """A document of this `type` is made for a client, so it has no supplier."""

    code = "fournisseur_hors_achat"


class ReserveAuxVentes(ValeurRefusee):
    """Only documents of clients have this field. Values: `champ`."""

    code = "reserve_aux_ventes"


class ReserveAuxAchats(ValeurRefusee):
    """Only documents of suppliers have this field. Values: `champ`."""

    code = "reserve_aux_achats"


_REQUIS: Mapping[Cote, type[ValeurRefusee]] = {Cote.CLIENT: ClientRequis, Cote.FOURNISSEUR: FournisseurRequis}
_DE_TROP: Mapping[Cote, type[ValeurRefusee]] = {Cote.CLIENT: ClientHorsVente, Cote.FOURNISSEUR: FournisseurHorsAchat}
_RESERVE: Mapping[Cote, type[ValeurRefusee]] = {Cote.CLIENT: ReserveAuxVentes, Cote.FOURNISSEUR: ReserveAuxAchats}


def est_achat(type_document: str) -> bool:
    """Whether documents of a type are made for suppliers. Raises `TypeInconnu`."""
    return regle(type_document).cote is Cote.FOURNISSEUR


def tiers_du_document(type_document: str, *, client: str | None, fournisseur: str | None) -> str:
    """The one that a document of a type is made for, of those that were named.

    Raises `ClientRequis`, `FournisseurRequis`, `ClientHorsVente`, `FournisseurHorsAchat`, together as
    `ErreursMultiples`.
    """
    cote = regle(type_document).cote
    nommes = {Cote.CLIENT: client, Cote.FOURNISSEUR: fournisseur}
    erreurs: list[ErreurAurore] = [
        _DE_TROP[un](pointeur=f"#/{un}", type=type_document)
        for un, numero in nommes.items()
        if un is not cote and numero is not None
    ]
    trouve = nommes[cote]
    if trouve is None:
        erreurs.append(_REQUIS[cote](pointeur=f"#/{cote}", type=type_document))
    lever(erreurs)
    return trouve or ""


def refuser_d_un_autre_cote(type_document: str, donnes: Mapping[Cote, Mapping[str, object]]) -> None:
    """Refuse what was given of the other side: `donnes` has the values by the side that they belong to.

    None and False give nothing. Raises `ReserveAuxVentes` or `ReserveAuxAchats`, together as `ErreursMultiples`.
    """
    cote = regle(type_document).cote
    lever(
        [
            _RESERVE[autre](pointeur=f"#/{champ}", champ=champ)
            for autre, valeurs in donnes.items()
            if autre is not cote
            for champ, valeur in valeurs.items()
            if valeur is not None and valeur is not False
        ]
    )
