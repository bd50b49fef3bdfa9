"""Images of articles in JSON; the pictures themselves are served as files."""

from typing import Annotated

from pydantic import Field

from aurore_api.socle.images import Media
from aurore_api.socle.types import Entree, Libelle, Sortie, Version, exemples

Place = Annotated[int, Field(strict=True, ge=1, le=9999)]


class ImageArticleEntree(Entree):
    """What people say of an image (ART-10)."""

    model_config = exemples({"ordre": 1, "legende": "Vue de dessus"})

    ordre: Place = Field(description="Its place among the article's images; the first one is printed on offres")
    legende: Libelle | None = None


class ImageArticleSortie(Sortie):
    """An image of an article, but for the picture."""

    article: str
    id: int
    ordre: int
    legende: str | None
    type: Media
    largeur: int = Field(description="In pixels")
    hauteur: int = Field(description="In pixels")
    taille: int = Field(description="In bytes")
    empreinte: str = Field(description="SHA-256 of the picture")
    version: Version
