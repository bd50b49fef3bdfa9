"""Change a header, or the lines one by one; every figure is computed again in the same transaction (DOC-13)."""

from collections.abc import Collection
from decimal import Decimal
from uuid import UUID

from aurore_api.catalogue.service import pour_documents
from aurore_api.documents.erreurs import BackOrderCree, DocumentAbsent, LigneEntamee, QuantiteDejaTransferee, feuilles
from aurore_api.documents.impression import copier_pour_impression
from aurore_api.documents.reprise import Reprise, relire
from aurore_api.documents.saisie import Etabli, construire_une
from aurore_api.documents.schemas import EnTeteEntree, LigneEntree
from aurore_api.documents.service import back_order, chiffrage, entete, heure_limite, retours, stocks
from aurore_api.documents.service.avertir import avertissements
from aurore_api.documents.service.chargement import Ouvert, etablir, ouvrir
from aurore_api.documents.service.imprimer import imprimer_ouvert
from aurore_api.documents.service.liens import (
    Quantites,
    exiger_rien_de_refacture,
    ligne_de,
    noter_sources,
    par_identifiant,
    relacher,
    rendre,
    sources_de,
    tenir,
    tolerance,
)
from aurore_api.documents.sorties import DocumentSortie
from aurore_api.documents.tables import LigneDocument
from aurore_api.documents.vue import situation_de, vers_sortie
from aurore_api.exercices import service as exercices
from aurore_api.socle.bloc import ecrire_suivies
from aurore_api.socle.contexte import Contexte
from aurore_api.socle.journal import consigner, ecrit
from aurore_api.socle.types import Entree
from aurore_domain.actions import Action, etat_selon_reste
from aurore_domain.cycle import Nature, regle
from aurore_domain.erreurs import ErreurAurore
from aurore_domain.exercices import exiger_meme_exercice
from aurore_domain.magasin import dernier_jour
from aurore_domain.montants import ZERO
from aurore_domain.restes import accompagne, compte_en_commande, deja_pris
from aurore_domain.transfert import LigneDemandee, Selection, partager


async def modifier_entete(ctx: Contexte, identifiant: UUID, modification: EnTeteEntree) -> DocumentSortie:
    """Replace the header's fields that were given.

    Raises:
        DateHorsExercice: a numbered document's date would leave its exercice (DOC-04).
        HeureLimiteDepassee: a commande would be delivered on a day for which it is too late (CLI-11).
    """
    ouvert = await ouvrir(ctx, identifiant, Action.MODIFIER)
    etabli = await etablir(ctx, ouvert.document)
    await changer_entete(ctx, ouvert, etabli, modification)
    return await enregistrer(ctx, ouvert, etabli)


async def changer_entete(ctx: Contexte, ouvert: Ouvert, etabli: Etabli, modification: EnTeteEntree) -> None:
    """Put what was typed over a stored header, and carry it to the lines that had the old value.

    Another date changes VAT rates (CAL-07), but no price: what was agreed stays, as in a transfer (TRF-04), and only
    lines entered or re-typed from then on take the tariffs of the new date.
    """
    document = ouvert.document
    avant = {nom: getattr(document, nom) for nom in ("date", "mode_livraison", *entete.VERS_LIGNES)}
    entete.poser(document, modification, etabli.tiers)
    entete.verifier_references(document, etabli.referentiel)
    if document.mode_livraison != avant["mode_livraison"]:
        entete.frais_de_livraison(document, modification, etabli.referentiel)
    if document.date != avant["date"]:
        await _verifier_date(ctx, etabli)
    entete.passer_aux_lignes(document, ouvert.lignes, avant)
    if document.date_livraison_prevue != avant["date_livraison_prevue"]:
        heure_limite.redater(ctx, etabli, ouvert.lignes)


async def _verifier_date(ctx: Contexte, etabli: Etabli) -> None:
    document = etabli.document
    if document.exercice is not None:
        exiger_meme_exercice(document.date, await exercices.lire(ctx, document.exercice))
    else:
        await entete.verifier_date(ctx, document.date, etabli.parametres)
    if regle(document.type).commande:
        document.date_commande = document.date


async def ajouter_lignes(ctx: Contexte, identifiant: UUID, entree: LigneEntree) -> DocumentSortie:
    """Add a line, at its `ordre` or after the last.

    Raises:
        HeureLimiteDepassee: it is too late for its delivery day (CLI-11).
    """
    ouvert = await ouvrir(ctx, identifiant, Action.MODIFIER)
    etabli = await etablir(ctx, ouvert.document)
    nouvelle = await construire_une(ctx, etabli, entree, pris={une.ordre for une in ouvert.lignes})
    _verifier_back_order(ouvert, nouvelle, None)
    heure_limite.verifier(ctx, etabli, [nouvelle.date_livraison], pointeur="#/date_livraison")
    ctx.session.add(nouvelle)
    ouvert.lignes.append(nouvelle)
    return await enregistrer(ctx, ouvert, etabli)


async def modifier_ligne(ctx: Contexte, identifiant: UUID, ordre: int, modification: Entree) -> DocumentSortie:
    """Change or move a line. What it takes of the line it came from follows its quantity, within what is left there.

    Raises:
        QuantiteDejaTransferee: less than following documents hold of it.
        LigneEntamee: another article or order unit, although following documents hold something of it.
        QuantiteDepassee: more than its origin has left (TRF-03).
        HeureLimiteDepassee: it is too late for its delivery day (CLI-11).
    """
    ouvert = await ouvrir(ctx, identifiant, Action.MODIFIER, avec_origines=True)
    etabli = await etablir(ctx, ouvert.document)
    actuelle = _ligne(ouvert, ordre)
    donnees = {nom: getattr(modification, nom) for nom in modification.model_fields_set}
    autres = {une.ordre for une in ouvert.lignes if une is not actuelle}
    entree, reprise = relire(actuelle, donnees), Reprise.de(actuelle, donnees)
    refaite = await construire_une(ctx, etabli, entree, pris=autres, reprise=reprise)
    if not reprise.quantite:
        _verifier_suites(actuelle, refaite)
    _verifier_back_order(ouvert, refaite, actuelle.back_order)
    if heure_limite.LIVRE & donnees.keys():
        heure_limite.verifier(ctx, etabli, [refaite.date_livraison], pointeur="#/date_livraison")
    sources = await _remplacer(ctx, actuelle, refaite, etabli)
    return await enregistrer(ctx, ouvert, etabli, sources=sources)


def _ligne(ouvert: Ouvert, ordre: int) -> LigneDocument:
    trouvee = next((une for une in ouvert.lignes if une.ordre == ordre), None)
    if trouvee is None:
        raise DocumentAbsent(ressource="ligne", cle=str(ordre))
    return trouvee


def _verifier_back_order(ouvert: Ouvert, ligne: LigneDocument, present: Decimal | None) -> None:
    """Once the document is numbered its back-orders stand in their commande, and are changed there (TRF-08)."""
    if ouvert.document.numero is not None and ligne.back_order != present:
        raise BackOrderCree(pointeur="#/back_order")


def _verifier_suites(actuelle: LigneDocument, refaite: LigneDocument) -> None:
    """Refuse to take away what following documents hold or what was given up, in the unit that counts (CAL-03)."""
    deja, deja_commande = deja_pris(actuelle, Nature.CONSOMME)
    if not (deja or actuelle.quantite_retournee):
        return
    for champ in ("article", "unite_commande"):
        if getattr(refaite, champ) != getattr(actuelle, champ):
            raise LigneEntamee(pointeur=f"#/{champ}", ordre=actuelle.ordre)
    comptes = [(refaite.quantite, actuelle.quantite, actuelle.quantite_retournee)]
    if compte_en_commande(refaite):
        commandees = refaite.quantite_unite_commande, actuelle.quantite_unite_commande
        comptes.append((*commandees, deja_commande))
    else:
        comptes.append((refaite.quantite, actuelle.quantite, deja))
    for nouvelle, presente, prise in comptes:
        moins = abs(nouvelle or ZERO) < min(abs(prise), abs(presente or ZERO))
        if prise and (moins or (nouvelle or ZERO) * prise < 0):
            raise QuantiteDejaTransferee(pointeur="#/quantite", ordre=actuelle.ordre, transferee=prise)


async def _remplacer(ctx: Contexte, ligne: LigneDocument, refaite: LigneDocument, etabli: Etabli) -> Collection[Ouvert]:
    """Put a remade line in the place of the present one, and make what it takes of its origin follow.

    Returns the document that it came from, as it is now.
    """
    sources = await sources_de(ctx, [ligne])
    connues = par_identifiant(sources)
    source, nature = ligne_de(connues, ligne.origine), ligne.nature
    meme_article = refaite.article == ligne.article
    if source is None or nature is None:
        _recopier(refaite, ligne)
        return ()
    avant = Quantites.de(ligne, source)
    relacher(connues, ligne)
    _recopier(refaite, ligne)
    if meme_article:
        if Quantites.de(ligne, source).depasse(avant):
            await _verifier_origine(ctx, sources, ligne, nature, etabli)
        tenir(connues, ligne)
    else:
        ligne.origine, ligne.nature, ligne.taux_fige, ligne.date_stock = None, None, False, None
        ligne.credite, ligne.refacture, ligne.livre_a = None, False, None
    exiger_rien_de_refacture(connues, ligne)
    await noter_sources(ctx, sources)
    return sources.values()


def _recopier(refaite: LigneDocument, actuelle: LigneDocument) -> None:
    """Take over everything that was typed or resolved; identity, origin and what has moved on stay the line's own."""
    gardes = {
        "id",
        "document",
        "quantite_transferee",
        "quantite_unite_commande_transferee",
        "quantite_retournee",
        "quantite_abandonnee",
        "quantite_unite_commande_abandonnee",
        "back_order_de",
        "origine",
        "nature",
        "taux_fige",
        "credite",
        "refacture",
        "date_stock",
        "livre_a",
    }
    actuelle.taux_fige = actuelle.taux_fige and refaite.code_tva == actuelle.code_tva
    if actuelle.taux_fige:
        gardes |= {"categorie", "taux_tva"}
    for nom in LigneDocument.model_fields.keys() - gardes:
        setattr(actuelle, nom, getattr(refaite, nom))


async def _verifier_origine(
    ctx: Contexte, sources: dict[UUID, Ouvert], ligne: LigneDocument, nature: Nature, etabli: Etabli
) -> None:
    """Hold a changed line against what its origin has left without it, as a transfer would (TRF-03, TRF-10)."""
    connues = par_identifiant(sources)
    source = ligne_de(connues, ligne.origine)
    if source is None or accompagne(source) or not ligne.quantite:
        return
    retours.exiger_de_la_facture(ligne, ligne_de(connues, ligne.credite))
    retenues = {} if ligne.refacture else await retours.retenues(ctx, [source], nature)
    articles = await pour_documents(ctx, {source.article} if source.article else (), tarif=None, code_libelle=None)
    en_commande = ligne.unite_commande == source.unite_commande and ligne.saisie != "base"
    demandee = LigneDemandee(
        source.ordre,
        None if en_commande and ligne.saisie == "commande" else ligne.quantite,
        ligne.quantite_unite_commande if en_commande else None,
    )
    try:
        partager(
            [source],
            Selection(lignes=[demandee]),
            nature=nature,
            tolerance=tolerance(articles, etabli.parametres, sources[source.document].document.type, [source]),
            retenues={source.ordre: retenues.get(source.id, ZERO)},
        )
    except ErreurAurore as erreur:
        for une in feuilles(erreur):
            une.pointeur = (une.pointeur or "#").replace("#/lignes/0", "#")
        raise


async def supprimer_ligne(ctx: Contexte, identifiant: UUID, ordre: int) -> DocumentSortie:
    """Remove a line; what it held goes back to the line it came from.

    Raises:
        LigneEntamee: a following document holds something of it, or something of it was given up.
        HeureLimiteDepassee: it is too late for its delivery day (CLI-11).
    """
    ouvert = await ouvrir(ctx, identifiant, Action.MODIFIER, avec_origines=True)
    etabli = await etablir(ctx, ouvert.document)
    ligne = _ligne(ouvert, ordre)
    if ligne.quantite_transferee or ligne.quantite_retournee or ligne.quantite_abandonnee:
        raise LigneEntamee(ordre=ordre)
    heure_limite.verifier(ctx, etabli, [ligne.date_livraison], pointeur="/ordre")
    sources = await rendre(ctx, [ligne])
    await back_order.reprendre(ctx, [ligne])
    ouvert.lignes.remove(ligne)
    await ctx.session.delete(ligne)
    return await enregistrer(ctx, ouvert, etabli, sources=sources)


async def enregistrer(
    ctx: Contexte, ouvert: Ouvert, etabli: Etabli, *, sources: Collection[Ouvert] = ()
) -> DocumentSortie:
    """Compute a changed document again, store and journal it, settle its stock and its sources', as they are now.

    Print it if its header says so (DOC-22). Raises `StockNegatifInterdit` (MVT-07).
    """
    document = ouvert.document
    ouvert.lignes.sort(key=lambda une: une.ordre)
    if document.cloture_le is not None and dernier_jour(document, ouvert.lignes) >= ctx.aujourd_hui:
        document.cloture_le = None
    pris = await chiffrage.chiffrer(ctx, etabli, ouvert.lignes)
    await chiffrage.garder(ctx, document, pris)
    document.etat = etat_selon_reste(situation_de(document, ouvert.lignes))
    document.recherche = entete.texte_de_recherche(document, etabli.tiers)
    if ecrit(vers_sortie(document, ouvert.lignes)) != ouvert.avant:
        document.version += 1
        await ecrire_suivies(ctx, ouvert.lignes)
        await ctx.session.flush()
        apres = ecrit(vers_sortie(document, ouvert.lignes))
        await consigner(ctx, "document", str(document.id), "modification", ouvert.avant, apres)
    averti = await avertissements(ctx, etabli, ouvert.lignes)
    bilan = await stocks.tenir(
        ctx, etabli.parametres, document, ouvert.lignes, sources=sources, substituts=etabli.substituts
    )
    if document.numero is not None:
        # Once the ledger has it: the client's crates are printed.
        document.impression = await copier_pour_impression(ctx, document, ouvert.lignes, etabli.parametres)
    if document.impression_directe and document.numero is None:
        await imprimer_ouvert(ctx, etabli, ouvert.lignes, forcer_chronologie=False)
    ctx.servir_version(document.version)
    sortie = vers_sortie(document, ouvert.lignes, [*averti, *bilan.avertissements])
    sortie.stock = bilan.niveaux
    return sortie
