"""Reading and changing single rows: the one way every resource with a version is created, changed and removed.

Each change writes its event, checks If-Match under the row's lock and leaves uniqueness and references to the
database's constraints (`integrite` names the field).
"""

from collections.abc import Callable, Mapping
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, Field, ValidationError, create_model
from sqlmodel import SQLModel

from aurore_api.socle.contexte import Contexte
from aurore_api.socle.erreurs import RessourceAbsente
from aurore_api.socle.journal import consigner, ecrit
from aurore_api.socle.types import Entree, Sortie
from aurore_api.socle.utilisations import verifier_libre

L = TypeVar("L", bound=SQLModel)
E = TypeVar("E", bound=Entree)


class ModificationRefusee(Exception):
    """A merge patch whose result is not a valid resource; carries pydantic's errors."""

    def __init__(self, erreurs: ValidationError) -> None:
        super().__init__()
        self.erreurs = erreurs


def modification_de(entree: type[E], nom: str, *, sans: frozenset[str] = frozenset()) -> type[Entree]:
    """The patch form of a resource: its fields, all optional, without those that never change."""
    champs: dict[str, Any] = {}
    for champ, info in entree.model_fields.items():
        if champ in sans:
            continue
        decrit = info.asdict()
        annotation, contraintes = decrit["annotation"], decrit["metadata"]
        attributs = {cle: valeur for cle, valeur in decrit["attributes"].items() if "default" not in cle}
        facultatif = Field(default_factory=lambda: None, **attributs)
        champs[champ] = Annotated[annotation, *contraintes, facultatif]
    return create_model(nom, __base__=Entree, **champs)


def champs_de(entree: Entree) -> dict[str, Any]:
    """The row of a resource that came in: scalars as they are, objects and lists as the JSON that is stored."""
    ecrits = entree.model_dump(mode="json")
    return {
        nom: ecrits[nom] if isinstance(valeur, (list, dict)) else valeur for nom, valeur in entree.model_dump().items()
    }


def fusionner(entree: type[E], actuelle: BaseModel, modification: Entree) -> E:
    """Put the fields that were given over the present state and check the result as if it came in whole.

    Raises:
        ModificationRefusee: the whole would not be accepted.
    """
    champs = actuelle.model_dump(include=set(entree.model_fields)) | modification.model_dump(exclude_unset=True)
    try:
        return entree.model_validate(champs)
    except ValidationError as erreurs:
        raise ModificationRefusee(erreurs) from None


async def charger(ctx: Contexte, table: type[L], cle: Any, ressource: str, *, verrou: bool = False) -> L:
    """A row by its key, locked for a change when asked.

    Raises:
        RessourceAbsente: there is none.
    """
    ligne = await ctx.session.get(table, cle, with_for_update={"of": table} if verrou else None)
    if ligne is None:
        parts = cle if isinstance(cle, tuple) else (cle,)
        raise RessourceAbsente(ressource=ressource, cle=" / ".join(map(str, parts)))
    return ligne


async def inserer(ctx: Contexte, ligne: SQLModel, ressource: str, identifiant: str, sortie: Sortie) -> None:
    """Store a new row and its event."""
    ctx.session.add(ligne)
    await ctx.session.flush()
    await consigner(ctx, ressource, identifiant, "creation", None, ecrit(sortie))


async def modifier(
    ctx: Contexte,
    ligne: L,
    champs: Mapping[str, Any],
    *,
    ressource: str,
    identifiant: str,
    vers: Callable[[L], Sortie],
) -> None:
    """Change a locked row whose version was checked; writes nothing when nothing changes."""
    avant = vers(ligne)
    for nom, valeur in champs.items():
        setattr(ligne, nom, valeur)
    if vers(ligne) == avant:
        return
    ligne.version += 1  # type: ignore[attr-defined]  # every changeable row is Versionnee
    await ctx.session.flush()
    await consigner(ctx, ressource, identifiant, "modification", ecrit(avant), ecrit(vers(ligne)))


async def supprimer(ctx: Contexte, ligne: SQLModel, ressource: str, identifiant: str, sortie: Sortie | None) -> None:
    """Remove a locked row and write its event, which does not tell what there was where `sortie` is None.

    The database's references refuse it as well, for a user that comes while it goes.

    Raises:
        EnUtilisation: other rows use it (TAB-01).
    """
    await verifier_libre(ctx, ligne)
    await ctx.session.delete(ligne)
    await ctx.session.flush()
    await consigner(ctx, ressource, identifiant, "suppression", ecrit(sortie), None)
