"""Images to upload, good and bad."""

import io
import struct
import zlib

from PIL import Image


def image(genre: str, largeur: int = 40, hauteur: int = 20, mode: str = "RGB") -> bytes:
    """A plain image of a format."""
    sortie = io.BytesIO()
    Image.new(mode, (largeur, hauteur), 128).save(sortie, genre)
    return sortie.getvalue()


def bombe(largeur: int, hauteur: int) -> bytes:
    """A small PNG that unpacks to a huge picture."""

    def morceau(nom: bytes, contenu: bytes) -> bytes:
        somme = struct.pack(">I", zlib.crc32(nom + contenu))
        return struct.pack(">I", len(contenu)) + nom + contenu + somme

    entete = struct.pack(">IIBBBBB", largeur, hauteur, 8, 0, 0, 0, 0)
    lignes = zlib.compressobj(9)
    donnees = b"".join(lignes.compress(b"\x00" * (largeur + 1)) for _ in range(hauteur)) + lignes.flush()
    return b"\x89PNG\r\n\x1a\n" + morceau(b"IHDR", entete) + morceau(b"IDAT", donnees) + morceau(b"IEND", b"")
