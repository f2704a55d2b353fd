"""Alembic's migrations; `mailflow db upgrade` and `mailflow run` apply them."""
