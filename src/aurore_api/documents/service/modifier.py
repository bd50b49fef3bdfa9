"""Change a header, or the lines one by one; every figure is computed again in the same transaction (DOC-13)."""

from decimal import Decimal
from uuid import UUID

from aurore_api.documents.calcul import calculer
from aurore_api.documents.erreurs import DocumentAbsent, LigneEntamee, OrdrePris, QuantiteDejaTransferee
from aurore_api.documents.impression import copier_pour_impression
from aurore_api.documents.saisie import Etabli, construire, relire
from aurore_api.documents.schemas import EnTeteEntree, LigneEntree
from aurore_api.documents.service import entete
from aurore_api.documents.service.avertir import avertissements
from aurore_api.documents.service.chargement import Ouvert, etablir, ouvrir
from aurore_api.documents.service.imprimer import imprimer_ouvert
from aurore_api.documents.service.liens import Quantites, ligne_source, noter_sources, prendre, rendre, sources_de
from aurore_api.documents.sorties import DocumentSortie
from aurore_api.documents.tables import LigneDocument
from aurore_api.documents.vue import vers_sortie
from aurore_api.exercices import service as exercices
from aurore_api.socle.contexte import Contexte
from aurore_api.socle.journal import consigner, ecrit
from aurore_api.socle.types import Entree
from aurore_domain.actions import Action
from aurore_domain.cycle import Nature, TypeDocument
from aurore_domain.exercices import exiger_meme_exercice
from aurore_domain.montants import CENT_POUR_CENT, ZERO
from aurore_domain.transfert import QuantiteDepassee

_VERS_LIGNES = {"depot": "depot", "date_livraison_prevue": "date_livraison"}


async def modifier_entete(ctx: Contexte, identifiant: UUID, modification: EnTeteEntree) -> DocumentSortie:
    """Replace the header's fields that were given.

    Raises:
        DateHorsExercice: a numbered document's date would leave its exercice (DOC-04).
    """
    ouvert = await ouvrir(ctx, identifiant, Action.MODIFIER)
    document = ouvert.document
    etabli = await etablir(ctx, document)
    avant = {nom: getattr(document, nom) for nom in ("date", "mode_livraison", *_VERS_LIGNES)}
    entete.poser(document, modification, etabli.client)
    entete.verifier_references(document, etabli.referentiel)
    if document.mode_livraison != avant["mode_livraison"]:
        entete.frais_de_livraison(document, modification, etabli.referentiel)
    if document.date != avant["date"]:
        await _verifier_date(ctx, etabli)
    entete.passer_aux_lignes(document, ouvert.lignes, avant, _VERS_LIGNES)
    return await enregistrer(ctx, ouvert, etabli)


async def _verifier_date(ctx: Contexte, etabli: Etabli) -> None:
    document = etabli.document
    if document.exercice is not None:
        exiger_meme_exercice(document.date, await exercices.lire(ctx, document.exercice))
    else:
        await entete.verifier_date(ctx, document.date, etabli.parametres)
    if document.type is TypeDocument.COMMANDE:
        document.date_commande = document.date


async def ajouter_lignes(ctx: Contexte, identifiant: UUID, entree: LigneEntree) -> DocumentSortie:
    """Add a line, at its `ordre` or after the last."""
    ouvert = await ouvrir(ctx, identifiant, Action.MODIFIER)
    etabli = await etablir(ctx, ouvert.document)
    nouvelles = await construire(ctx, etabli, [entree], pris=[une.ordre for une in ouvert.lignes], racine="#")
    ctx.session.add_all(nouvelles)
    ouvert.lignes.extend(nouvelles)
    return await enregistrer(ctx, ouvert, etabli)


async def modifier_ligne(ctx: Contexte, identifiant: UUID, ordre: int, modification: Entree) -> DocumentSortie:
    """Change or move a line. What it takes of the line it came from follows its quantity, within what is left there.

    Raises:
        QuantiteDejaTransferee: less than following documents hold of it.
        QuantiteDepassee: more than its origin has left (TRF-03).
    """
    ouvert = await ouvrir(ctx, identifiant, Action.MODIFIER, avec_origines=True)
    etabli = await etablir(ctx, ouvert.document)
    actuelle = _ligne(ouvert, ordre)
    donnees = {nom: getattr(modification, nom) for nom in modification.model_fields_set}
    autres = {une.ordre for une in ouvert.lignes if une is not actuelle}
    if donnees.get("ordre") in autres:
        raise OrdrePris(pointeur="#/ordre", ordre=donnees["ordre"])
    entree = relire(actuelle, donnees)
    (refaite,) = await construire(ctx, etabli, [entree], pris=autres, racine="#")
    _verifier_deja_transfere(actuelle, refaite)
    avant = Quantites.de(actuelle)
    _recopier(refaite, actuelle)
    await _suivre_origine(ctx, actuelle, avant, etabli)
    return await enregistrer(ctx, ouvert, etabli)


def _ligne(ouvert: Ouvert, ordre: int) -> LigneDocument:
    trouvee = next((une for une in ouvert.lignes if une.ordre == ordre), None)
    if trouvee is None:
        raise DocumentAbsent(ressource="ligne", cle=str(ordre))
    return trouvee


def _verifier_deja_transfere(actuelle: LigneDocument, refaite: LigneDocument) -> None:
    deja = max(abs(actuelle.quantite_transferee), abs(actuelle.quantite_retournee))
    if deja and (refaite.article != actuelle.article or abs(refaite.quantite or ZERO) < deja):
        raise QuantiteDejaTransferee(pointeur="#/quantite", ordre=actuelle.ordre, transferee=deja)


def _recopier(refaite: LigneDocument, actuelle: LigneDocument) -> None:
    """Take over everything that was typed or resolved; identity, origin and what has moved on stay the line's own."""
    gardes = {
        "id",
        "document",
        "quantite_transferee",
        "quantite_unite_commande_transferee",
        "quantite_retournee",
        "origine",
        "nature",
        "taux_fige",
    }
    for nom in LigneDocument.model_fields.keys() - gardes:
        if actuelle.taux_fige and nom in {"categorie", "taux_tva"}:
            continue
        setattr(actuelle, nom, getattr(refaite, nom))


async def _suivre_origine(ctx: Contexte, ligne: LigneDocument, avant: Quantites, etabli: Etabli) -> None:
    if ligne.origine is None or ligne.nature is None or Quantites.de(ligne) == avant:
        return
    sources = await sources_de(ctx, [ligne])
    source = ligne_source(sources, ligne)
    if source is None:
        return
    nature = ligne.nature
    prendre(source, nature, avant, Quantites.de(ligne))
    tolerance = etabli.parametres.tolerance_depassement if nature is Nature.CONSOMME else ZERO
    _verifier_origine(source, ligne, nature, tolerance)
    await noter_sources(ctx, sources)


def _verifier_origine(source: LigneDocument, ligne: LigneDocument, nature: Nature, tolerance: Decimal) -> None:
    if nature is Nature.COPIE:
        return
    pris = abs(source.quantite_retournee if nature is Nature.REFERENCE else source.quantite_transferee)
    plafond = abs(source.quantite or ZERO) * (CENT_POUR_CENT + tolerance) / CENT_POUR_CENT
    if pris > plafond:
        demandee = abs(ligne.quantite or ZERO)
        maximum = plafond - pris + demandee
        raise QuantiteDepassee(
            pointeur="#/quantite", ordre=ligne.ordre, demandee=demandee, reste=maximum, maximum=maximum, unite="base"
        )


async def supprimer_ligne(ctx: Contexte, identifiant: UUID, ordre: int) -> DocumentSortie:
    """Remove a line; what it held goes back to the line it came from.

    Raises:
        LigneEntamee: a following document holds something of it.
    """
    ouvert = await ouvrir(ctx, identifiant, Action.MODIFIER, avec_origines=True)
    etabli = await etablir(ctx, ouvert.document)
    ligne = _ligne(ouvert, ordre)
    if ligne.quantite_transferee or ligne.quantite_retournee:
        raise LigneEntamee(ordre=ordre)
    await rendre(ctx, [ligne])
    ouvert.lignes.remove(ligne)
    await ctx.session.delete(ligne)
    return await enregistrer(ctx, ouvert, etabli)


async def enregistrer(ctx: Contexte, ouvert: Ouvert, etabli: Etabli) -> DocumentSortie:
    """Compute a changed document again, store and journal it; print it if its header says so (DOC-22)."""
    document = ouvert.document
    ouvert.lignes.sort(key=lambda une: une.ordre)
    calculer(document, ouvert.lignes, etabli.referentiel, etabli.parametres)
    document.recherche = entete.texte_de_recherche(etabli)
    if document.numero is not None:
        document.impression = await copier_pour_impression(ctx, document, etabli.parametres)
    if ecrit(vers_sortie(document, ouvert.lignes)) != ouvert.avant:
        document.version += 1
        await ctx.session.flush()
        apres = ecrit(vers_sortie(document, ouvert.lignes))
        await consigner(ctx, "document", str(document.id), "modification", ouvert.avant, apres)
    averti = await avertissements(ctx, document, ouvert.lignes)
    if document.impression_directe and document.numero is None:
        await imprimer_ouvert(ctx, etabli, ouvert.lignes, forcer_chronologie=False)
    ctx.servir_version(document.version)
    return vers_sortie(document, ouvert.lignes, averti)
