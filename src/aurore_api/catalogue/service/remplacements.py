"""Articles that replace each other, never in a ring (ART-05)."""

from aurore_api.catalogue import requetes
from aurore_api.catalogue.erreurs import ArticleLuiMeme, CycleDeRemplacement
from aurore_api.socle.contexte import Contexte
from aurore_domain.graphes import anneau

SUJET = "remplacements"
"""What `seul` locks, before any row, where a successor is about to be named."""


async def verifier_successeur(ctx: Contexte, numero: str, successeur: str) -> None:
    """Refuse a successor whose own successors lead back.

    Raises:
        ArticleLuiMeme: it is the article itself.
        CycleDeRemplacement: it is replaced, at last, by the article.
    """
    if successeur == numero:
        raise ArticleLuiMeme(pointeur="#/remplace_par")
    chaine = await requetes.chaine_de_remplacement(ctx, successeur) | {numero: successeur}
    boucle = anneau({un: (suivant,) for un, suivant in chaine.items()}, numero)
    if boucle:
        raise CycleDeRemplacement(pointeur="#/remplace_par", anneau=boucle)
