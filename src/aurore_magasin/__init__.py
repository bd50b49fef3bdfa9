"""The reference till: reads a shop's files, keeps them in an outbox on disk, pushes them to Aurore Commande (MAG-30).

It knows the HTTP contract only and imports nothing of the server, so that it is what any other till could be.
"""
