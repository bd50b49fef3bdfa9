"""Measure and print everything."""

from bench import croissance, documents, magasin, mesure, pdf, recherche
from bench.serveur import serveur

print(mesure.entete(), flush=True)
with serveur() as cible:
    for rythme in documents.mesurer(cible):
        print(rythme.ligne(), flush=True)
    for rythme in magasin.mesurer(cible):
        print(rythme.ligne(), flush=True)
    recherche.remplir(cible)
    for rythme in recherche.mesurer(cible):
        print(rythme.ligne(), flush=True)
    for duree in recherche.durees(cible):
        print(duree, flush=True)
for rythme in pdf.mesurer():
    print(rythme.ligne(), flush=True)
croissance.executer()
