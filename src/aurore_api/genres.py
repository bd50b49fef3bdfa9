"""Assembly: the kinds of job that workers do, and the tasks that come back, gathered from the slices."""

from aurore_api.documents.effacement.service import GENRE as EFFACEMENT
from aurore_api.magasin.service.cloture import CLOTURE
from aurore_api.notes_envoi.service import GENRE as NOTES_ENVOI
from aurore_api.routine.service import GENRE as ROUTINE
from aurore_api.socle.idempotence import OUBLI
from aurore_api.socle.travaux.genres import Genres, Periodique, par_nom

GENRES: Genres = par_nom((EFFACEMENT, NOTES_ENVOI, ROUTINE))
TACHES: tuple[Periodique, ...] = (OUBLI, CLOTURE)
