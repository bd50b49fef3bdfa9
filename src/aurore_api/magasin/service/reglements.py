"""Settle a conflict: ours stays, theirs is taken, or it was seen to by hand (MAG-13)."""

from datetime import date
from uuid import UUID

from aurore_api.erreurs import ErreurDeChamp
from aurore_api.magasin import requetes
from aurore_api.magasin.conflits import ConflitSortie, ReglementEntree
from aurore_api.magasin.poussees import CommandePoussee, FacturePoussee, PiecePoussee
from aurore_api.magasin.service.commandes import COMMANDES
from aurore_api.magasin.service.conflits import RESSOURCE, conflit_de, lire, servi
from aurore_api.magasin.service.elements import Element
from aurore_api.magasin.service.magasins import magasin as lire_magasin
from aurore_api.magasin.service.traiter import traiter
from aurore_api.magasin.service.ventes import VENTES
from aurore_api.magasin.tables import ConflitMagasin, ReferenceMagasin
from aurore_api.socle.contexte import Contexte
from aurore_api.socle.journal import consigner, ecrit
from aurore_api.socle.verrous import seul
from aurore_domain.erreurs import Conflit, ValeurRefusee
from aurore_domain.magasin import Fenetre


class ConflitRegle(Conflit):
    """It was settled before. Values: `decision`."""

    code = "conflit_deja_regle"


class ConflitChange(Conflit):
    """The till sent a newer version since the caller read it. Values: `version`."""

    code = "conflit_change"


class NoteRequise(ValeurRefusee):
    """What was seen to by hand is told in a note."""

    code = "note_de_reglement_requise"


class VersionNonPrenable(Conflit):
    """Theirs cannot be taken: something of ours moved on, or it is refused for what `raisons` say. Values: `motif`."""

    code = "version_non_prenable"


async def regler(ctx: Contexte, code: str, identifiant: UUID, entree: ReglementEntree) -> ConflitSortie:
    """Settle a conflict.

    Raises:
        RessourceAbsente: the shop has no such conflict.
        ConflitRegle, ConflitChange: someone or something came before.
        NoteRequise: it was settled by hand, and nothing tells how.
        VersionNonPrenable: theirs cannot be taken.
    """
    if entree.decision == "a_la_main" and not (entree.note or "").strip():
        raise NoteRequise(pointeur="#/note")
    await lire_magasin(ctx, code)
    await seul(ctx, f"magasin:{code}")
    conflit = await conflit_de(ctx, code, identifiant, verrou=True)
    if conflit.decision is not None:
        raise ConflitRegle(decision=conflit.decision)
    if conflit.version != entree.version:
        raise ConflitChange(pointeur="#/version", version=conflit.version)
    avant = ecrit(servi(conflit))
    conflit.decision, conflit.note, conflit.regle_le = entree.decision, entree.note, ctx.maintenant
    await ctx.session.flush()
    await consigner(ctx, RESSOURCE, str(conflit.id), "modification", avant, ecrit(servi(conflit)))
    if entree.decision == "prendre":
        await _prendre(ctx, code, conflit)
    else:
        await _retenir(ctx, conflit)
    return await lire(ctx, code, identifiant)


async def _retenir(ctx: Contexte, conflit: ConflitMagasin) -> None:
    """Remember their version as seen: the same one pushed again is `inchange`."""
    ligne = await requetes.reference_verrouillee(ctx, conflit)
    if ligne is None:
        ligne = ReferenceMagasin(
            magasin=conflit.magasin,
            genre=conflit.genre,
            reference=conflit.reference,
            date=date.fromisoformat(conflit.recu["date"]),
            version=conflit.version,
            empreinte=conflit.empreinte,
            recue_le=ctx.maintenant,
            changee_le=ctx.maintenant,
        )
        ctx.session.add(ligne)
    else:
        ligne.version, ligne.empreinte, ligne.changee_le = conflit.version, conflit.empreinte, ctx.maintenant
    await ctx.session.flush()


async def _prendre(ctx: Contexte, code: str, conflit: ConflitMagasin) -> None:
    """Take their version, where nothing of ours moved on."""
    magasin, nom = await lire_magasin(ctx, code), conflit.reference
    if conflit.genre == VENTES.genre:
        vente = Element(f"#/{nom}", nom, FacturePoussee.model_validate(conflit.recu), conflit.empreinte)
        resultats = await traiter(ctx, VENTES, magasin, _du(vente.pousse), [vente], forcees=frozenset({nom}))
    else:
        ordre = Element(f"#/{nom}", nom, CommandePoussee.model_validate(conflit.recu), conflit.empreinte)
        resultats = await traiter(ctx, COMMANDES, magasin, _du(ordre.pousse), [ordre], forcees=frozenset({nom}))
    if resultats[0].statut in {"conflit", "refuse"}:
        raisons: list[ErreurDeChamp] = resultats[0].erreurs
        raise VersionNonPrenable(motif=conflit.motif, raisons=[une.detail for une in raisons])


def _du(pousse: PiecePoussee | None) -> Fenetre:
    """The day of what was pushed: it was in its window once."""
    if pousse is None:
        raise TypeError(pousse)
    return Fenetre(pousse.date, pousse.date)
