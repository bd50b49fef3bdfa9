"""What people see: a progress bar on a screen, plain lines elsewhere, and tables. Nothing of it is markup."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from aurore_magasin.bilan import Rapprochement
from aurore_magasin.envoi import FUSEAU
from aurore_magasin.etat import Etat, Suivie
from aurore_magasin.genres import Genre
from aurore_magasin.lots import FAITS, Issue, Lot
from aurore_magasin.prise import liste

ISSUES = {
    "cree": "créé",
    "mis_a_jour": "mis à jour",
    "inchange": "inchangé",
    "annule": "annulé",
    "hors_periode": "hors période",
    "desactive": "désactivé par un paramètre du magasin",
    "conflit": "conflit",
    "refuse": "refusé",
    "depasse": "le serveur a une version plus récente",
    "attente": "en attente",
    "en_cours": "envoyé, sans réponse notée",
}
CONSEILS = {
    "hors_periode": "Hors période : voyez « aurore-magasin rapprochement », puis « pousser --fenetre JOURS ».",
    "desactive": "Désactivé : le bureau a coupé cette synchronisation ; quand elle est remise, « renvoyer --tous ».",
    "conflit": "Conflit : le bureau a déjà livré ou facturé l'ancienne version ; il tranchera, puis « classer ».",
    "refuse": "Refusé : corrigez dans la caisse et ajoutez le nouveau fichier ; si le bureau a corrigé, « renvoyer ».",
    "depasse": "Plus récent au serveur : une autre caisse envoie-t-elle sous ce code ? « renvoyer --version » force.",
}


class Ecran:
    """Shows how a push goes: a `Suivi`."""

    def __init__(self, console: Console) -> None:
        self.console = console
        self.remarques: list[tuple[str, Issue]] = []
        self.progres = Progress(
            TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(),
            console=console, disable=not console.is_terminal,
        )  # fmt: skip
        self.tache = self.progres.add_task("envoi", total=None)

    def reste(self, combien: int) -> None:
        """The length of the bar."""
        self.progres.update(self.tache, total=combien)
        if not combien:
            self.dire("Rien n'est en attente.")

    def note(self, lot: Lot, issues: list[Issue]) -> None:
        """A step of the bar, or a line."""
        self.progres.update(self.tache, advance=len(issues), description=lot.genre.nom)
        references = (un.reference for un in lot.envois)
        self.remarques += [(nom, une) for nom, une in zip(references, issues, strict=False) if une.remarques]
        if not self.console.is_terminal:
            self.dire(f"{lot.genre.nom} : {resume(Counter(une.statut for une in issues))}")

    def attend(self, raison: str, secondes: float) -> None:
        """Why nothing moves."""
        self.dire(f"{raison} ; nouvel essai dans {secondes:.0f} s")

    def avertit(self, texte: str) -> None:
        """Said once, above the bar."""
        self.dire(texte)

    def dire(self, texte: str) -> None:
        """One line."""
        self.console.print(Text(texte), soft_wrap=True)


def resume(bilan: Counter[str]) -> str:
    """Outcomes in words: `12 créé, 3 inchangé`."""
    return ", ".join(f"{combien} {ISSUES.get(statut, statut)}" for statut, combien in bilan.items()) or "rien"


def conseils(statuts: Sequence[str]) -> list[str]:
    """What to do about each kind of outcome that is not done."""
    return [CONSEILS[un] for un in dict.fromkeys(statuts) if un in CONSEILS]


def table_suivies(titre: str, suivies: Sequence[Suivie]) -> Table:
    """Orders and the like, with what became of each."""
    table = _table(titre, "Quoi", "Référence", "Version", "Issue", "Quand", "Raison")
    for une in suivies:
        table.add_row(
            *map(Text, (
                une.genre, une.reference, str(une.version), ISSUES.get(une.statut, une.statut),
                instant(une.repondu_le), une.raison,
            ))
        )  # fmt: skip
    return table


def table_etat(etat: Etat) -> Table:
    """How many of each kind wait, are done, or are to be looked at."""
    table = _table(f"Boîte d'envoi du magasin {etat.magasin}", "Quoi", "En attente", "Faits", "À voir")
    a_voir = Counter(une.genre for une in etat.a_voir)
    for genre in dict.fromkeys([*etat.attente, *etat.faits, *a_voir]):
        table.add_row(genre, *(str(un.get(genre, 0)) for un in (etat.attente, etat.faits, a_voir)))
    return table


def table_format(genre: Genre) -> Table:
    """The columns of a kind of file."""
    table = _table(f"Colonnes d'un fichier CSV de {genre.nom}", "Colonne", "", "Sens")
    for champ in (*genre.tete, *genre.lignes):
        table.add_row(champ.colonne, "obligatoire" if champ.obligatoire else "", Text(champ.aide))
    return table


def table_remarques(remarques: Sequence[tuple[str, Issue]]) -> Table:
    """Warnings of what was taken, each text once: nothing to do, but worth a look."""
    par_texte: dict[str, dict[str, None]] = {}
    for reference, issue in remarques:
        for une in issue.remarques:
            par_texte.setdefault(str(une.get("detail") or une.get("code")), {})[reference] = None
    table = _table("Avertissements", "Texte", "Références")
    for texte, references in par_texte.items():
        table.add_row(Text(texte), Text(liste(list(references))))
    return table


def phrases(bilan: Rapprochement, fin: date) -> list[str]:
    """What the server misses and what waits, and what to do about it."""
    dites = [f"Jours sans {genre} reçue : du {du:%d/%m/%Y} au {au:%d/%m/%Y}." for genre, du, au in bilan.trous]
    if (fenetre := bilan.fenetre(fin)) is not None:
        dites.append(
            "Ajoutez les fichiers de ces jours s'ils ne le sont pas, puis « aurore-magasin pousser --fenetre "
            f"{fenetre} », avec une clé qui a le droit « derogation ». Un jour de fermeture n'a rien à envoyer."
        )
    if bilan.conflits:
        dites.append(f"En conflit, le bureau doit trancher : {', '.join(bilan.conflits)}.")
    dites += [f"Peut-être la même vente deux fois : {', '.join(un)}." for un in bilan.suspects]
    dites.append(
        "Rien n'est facturé deux fois." if bilan.conforme else "Quelque chose est facturé deux fois : bureau !"
    )
    return dites


def avertis(remarques: Sequence[tuple[str, Issue]]) -> list[tuple[str, Issue]]:
    """Those of items that were taken."""
    return [(nom, une) for nom, une in remarques if une.statut in FAITS]


def instant(ecrit: str | None) -> str:
    """An instant as people in the shop read it."""
    return "" if ecrit is None else f"{datetime.fromisoformat(ecrit).astimezone(FUSEAU):%d/%m/%Y %H:%M}"


def _table(titre: str, *colonnes: str) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False, title=titre, title_justify="left")
    for colonne in colonnes:
        table.add_column(colonne, overflow="fold")  # a reason is read to its end, on a narrow screen too
    return table
