"""From a file of the shop to items of the outbox, whole or not at all; knows neither the disk's outbox nor HTTP."""

from aurore_magasin.fichiers.elements import Element, FichierRefuse, Lu, lire

__all__ = ["Element", "FichierRefuse", "Lu", "lire"]
