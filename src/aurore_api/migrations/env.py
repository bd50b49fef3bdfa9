"""Run one line of migrations on the connection and schema that `aurore_api.socle.migrations` gives."""

from alembic import context

configuration = context.config
connexion = configuration.attributes["connexion"]
schema = configuration.attributes["schema"]

context.configure(connection=connexion, version_table_schema=schema, transactional_ddl=True)
with context.begin_transaction():
    context.run_migrations()
