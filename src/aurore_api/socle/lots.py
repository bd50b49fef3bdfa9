"""Many rows of one kind at once, all or nothing: what is asked for is held against what is stored, then written.

Every step takes a number of statements that does not depend on how many rows there are. A slice makes its verb of them:
`lire_existantes`, `proposer`, its own rules, `ecrire`.
"""

from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from anyio import to_thread
from pydantic import ValidationError
from pydantic_core import ErrorDetails
from sqlalchemy import select

from aurore_api.socle.bloc import inserer_en_bloc, modifier_en_bloc
from aurore_api.socle.colonnes import Ligne, nue, un_de
from aurore_api.socle.contexte import Contexte
from aurore_api.socle.erreurs import ReferenceInconnue
from aurore_api.socle.journal import Changement, consigner_en_bloc, ecrit
from aurore_api.socle.references import sans_objet, table_visee
from aurore_api.socle.types import Entree, Sortie
from aurore_api.socle.validation import code_de, valeurs_de
from aurore_domain.erreurs import ErreurAurore

L = TypeVar("L", bound=Ligne)
E = TypeVar("E", bound=Entree)
Cle = tuple[Any, ...]

PAR_LECTURE = 1000
REFUS_GARDES = 500
"""Most refusals that are kept, the first ones; the others are counted."""


@dataclass(frozen=True, slots=True)
class Demande:
    """What is asked of one row."""

    rang: int
    """Where it comes from: its place in the file."""
    cle: Cle
    donnes: frozenset[str]
    """The fields it gives."""
    completer: Callable[[Mapping[str, Any] | None], dict[str, Any]]
    """What the row shall be, as input of the schema, given what it is; None where there is no such row yet."""


@dataclass(frozen=True, slots=True)
class Refus:
    """Why one row cannot be taken; `chemin` leads to the field."""

    rang: int
    chemin: tuple[str | int, ...]
    code: str
    valeurs: Mapping[str, Any]

    @classmethod
    def de_la_regle(cls, rang: int, erreur: ErreurAurore) -> "Refus":
        """A rule's own refusal."""
        chemin = (erreur.pointeur or "#").removeprefix("#").strip("/")
        return cls(rang, tuple(chemin.split("/")) if chemin else (), erreur.code, erreur.valeurs)

    @classmethod
    def du_schema(cls, rang: int, erreur: ErrorDetails) -> "Refus":
        """What the schema refuses."""
        return cls(rang, erreur["loc"], code_de(erreur["type"]), valeurs_de(erreur))


@dataclass(slots=True)
class Refuses:
    """The first refusals of a batch, and how many there are."""

    nombre: int = 0
    rangs: set[int] = field(default_factory=set)
    """The rows that are refused."""
    _gardes: list[Refus] = field(default_factory=list)

    def ajouter(self, refus: Iterable[Refus]) -> None:
        """Count them all and keep the first ones."""
        for un in refus:
            self.nombre += 1
            self.rangs.add(un.rang)
            self._gardes.append(un)
            if len(self._gardes) >= 4 * REFUS_GARDES:
                self._gardes = self.premiers()

    def regle(self, rang: int, erreur: ErreurAurore) -> None:
        """Add what a rule refuses of a row."""
        self.ajouter([Refus.de_la_regle(rang, erreur)])

    def premiers(self) -> list[Refus]:
        """The first ones, in the order of the rows."""
        return sorted(self._gardes, key=lambda un: un.rang)[:REFUS_GARDES]

    def __bool__(self) -> bool:
        return self.nombre > 0


@dataclass(slots=True)
class Bilan:
    """What became of the rows of a batch; with refusals what would become of the others, for nothing is stored."""

    crees: int = 0
    modifies: int = 0
    inchanges: int = 0
    refuses: Refuses = field(default_factory=Refuses)


@dataclass(frozen=True, kw_only=True)
class Sujet(Generic[L, E]):
    """A kind of row that comes by the batch."""

    ressource: str
    """Name of one row in events."""
    ligne: type[L]
    entree: type[E]
    cle: tuple[str, ...]
    """The columns that a row is known by outside."""
    servir: Callable[[L], Sortie]
    """The row as events tell it."""
    identifiant: Callable[[L], str]
    """What events call the row."""

    def cle_de(self, ligne: L) -> Cle:
        """What a row is known by."""
        return tuple(getattr(ligne, nom) for nom in self.cle)


@dataclass(slots=True)
class Proposition(Generic[L, E]):
    """A row that is new or shall change: accepted by its schema, still to be held to the rules."""

    rang: int
    cle: Cle
    avant: L | None
    entree: E
    donnes: frozenset[str]
    apres: L | None = None
    """The row to be written, which the slice's rules make of `entree`."""


async def lire_existantes(ctx: Contexte, sujet: Sujet[L, E], cles: Iterable[Cle]) -> dict[Cle, L]:
    """The stored rows whose key begins like one of these, locked in the order of their keys, outside of the session."""
    colonnes = nue(sujet.ligne)
    premiere = colonnes[sujet.cle[0]]
    requete = (
        select(*colonnes)
        .where(premiere == un_de(sorted({cle[0] for cle in cles if _possible(cle[0])})))
        .order_by(*(colonnes[nom] for nom in sujet.cle))
        .with_for_update()
    )
    trouvees = await ctx.session.execute(requete)
    lignes = (sujet.ligne(**une) for une in trouvees.mappings())
    return {sujet.cle_de(ligne): ligne for ligne in lignes}


async def preparer(
    ctx: Contexte, sujet: Sujet[L, E], demandes: Sequence[Demande], bilan: Bilan
) -> list[Proposition[L, E]]:
    """Lock what is stored and put what is asked for over it, outside of the event loop: it may be much."""
    existantes = await lire_existantes(ctx, sujet, (une.cle for une in demandes))
    return await to_thread.run_sync(proposer, sujet, demandes, existantes, bilan)


def remplacer(sujet: Sujet[L, E], proposition: Proposition[L, E], champs: Mapping[str, Any]) -> L:
    """The row that a proposition makes: a new one, or the stored one with other values."""
    avant = proposition.avant
    actuels = {} if avant is None else {nom: avant.__dict__[nom] for nom in nue(sujet.ligne).keys()}  # noqa: SIM118
    return sujet.ligne(**actuels | dict(champs))


async def refuser_sans_objet(
    ctx: Contexte,
    propositions: Sequence[Proposition[L, E]],
    refuses: Refuses,
    connues: Mapping[str, Iterable[str]] | None = None,
) -> None:
    """Refuse references that name nothing; `connues` are keys, by column, that the batch itself makes."""
    lignes = {une.rang: une.apres for une in propositions if une.apres is not None}
    perdues = await sans_objet(ctx, list(lignes.values()), connues)
    if not perdues:
        return
    visees = {nom: table_visee(type(next(iter(lignes.values()))), nom) for nom, _ in perdues}
    for rang, ligne in lignes.items():
        for nom, table in visees.items():
            if (nom, ligne.__dict__[nom]) in perdues:
                refuses.regle(rang, ReferenceInconnue(pointeur=f"#/{nom}", table=table))


async def lire_tout(ctx: Contexte, sujet: Sujet[L, E]) -> AsyncIterator[list[dict[str, Any]]]:
    """All rows of a kind in the order of their keys, as they are served, some at a time."""
    colonnes = nue(sujet.ligne)
    requete = select(*colonnes).order_by(*(colonnes[nom] for nom in sujet.cle))
    lues = await ctx.session.stream(requete.execution_options(yield_per=PAR_LECTURE))
    async for paquet in lues.mappings().partitions():
        yield [sujet.servir(sujet.ligne(**une)).model_dump() for une in paquet]


def _possible(valeur: Any) -> bool:
    """Whether the database can be asked for this text; what it cannot hold no row has."""
    return isinstance(valeur, str) and "\x00" not in valeur


def proposer(
    sujet: Sujet[L, E], demandes: Iterable[Demande], existantes: Mapping[Cle, L], bilan: Bilan
) -> list[Proposition[L, E]]:
    """Put what is asked for over what is stored and check each row as if it came in whole.

    Rows that ask for nothing new are counted and left; what schemas refuse is noted. Needs no database: it may run
    outside of the event loop.
    """
    propositions: list[Proposition[L, E]] = []
    champs = set(sujet.entree.model_fields)
    for demande in demandes:
        avant = existantes.get(demande.cle)
        actuels = None if avant is None else sujet.servir(avant).model_dump(include=champs)
        voulus = demande.completer(actuels)
        if voulus == actuels:
            bilan.inchanges += demande.rang not in bilan.refuses.rangs
            continue
        try:
            entree = sujet.entree.model_validate(voulus)
        except ValidationError as refus:
            erreurs = refus.errors(include_url=False, include_input=False)
            bilan.refuses.ajouter(Refus.du_schema(demande.rang, une) for une in erreurs)
        else:
            propositions.append(Proposition(demande.rang, demande.cle, avant, entree, demande.donnes))
    return propositions


async def ecrire(ctx: Contexte, sujet: Sujet[L, E], propositions: Sequence[Proposition[L, E]], bilan: Bilan) -> None:
    """Store what is new and what changed, each with its event, if no row of the batch is refused; count it anyway.

    Changes come first: what one row gives up (a bar code) another may take.
    """
    bonnes = [une for une in propositions if une.rang not in bilan.refuses.rangs]
    paires = [(une.avant, une.apres) for une in bonnes if une.avant is not None and une.apres is not None]
    creees = [une.apres for une in bonnes if une.avant is None and une.apres is not None]
    changees, colonnes, evenements = await to_thread.run_sync(_differences, sujet, paires)
    bilan.crees += len(creees)
    bilan.modifies += len(changees)
    bilan.inchanges += len(paires) - len(changees)
    if bilan.refuses:
        return
    await modifier_en_bloc(ctx, changees, colonnes)
    await consigner_en_bloc(ctx, sujet.ressource, "modification", evenements)
    await _creer(ctx, sujet, creees)


def _differences(sujet: Sujet[L, E], paires: Sequence[tuple[L, L]]) -> tuple[list[L], set[str], list[Changement]]:
    """The rows that change, at their next version, the columns that do, and the events of it."""
    changees: list[L] = []
    colonnes: set[str] = set()
    evenements: list[Changement] = []
    noms = nue(sujet.ligne).keys()
    for avant, apres in paires:
        etat_avant, etat_apres = sujet.servir(avant), sujet.servir(apres)
        if etat_avant == etat_apres:
            continue
        apres.version += 1  # type: ignore[attr-defined]  # what people change is Versionnee
        changees.append(apres)
        colonnes |= {nom for nom in noms if avant.__dict__[nom] != apres.__dict__[nom]}
        suivant = etat_apres.model_copy(update={"version": apres.version})  # type: ignore[attr-defined]  # as above
        evenements.append((sujet.identifiant(apres), ecrit(etat_avant), ecrit(suivant)))
    return changees, colonnes, evenements


async def _creer(ctx: Contexte, sujet: Sujet[L, E], lignes: Sequence[L]) -> None:
    """Store new rows; those that the database numbers are told their number, which their events name."""
    if "id" in nue(sujet.ligne):
        par_cle = {sujet.cle_de(une): une for une in lignes}
        for *cle, numero in await inserer_en_bloc(ctx, lignes, rendre=(*sujet.cle, "id")):
            par_cle[tuple(cle)].id = numero
    else:
        await inserer_en_bloc(ctx, lignes)
    await consigner_en_bloc(ctx, sujet.ressource, "creation", await to_thread.run_sync(_creations, sujet, lignes))


def _creations(sujet: Sujet[L, E], lignes: Sequence[L]) -> list[Changement]:
    return [(sujet.identifiant(une), None, ecrit(sujet.servir(une))) for une in lignes]
