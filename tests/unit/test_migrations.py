"""The database that the migrations make is the one that the program's tables describe."""

import base64

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlmodel import SQLModel

from mailflow.store.database import Database, _alembic
from mailflow.store.sealed import Keyring

KEYRING = Keyring.from_text(base64.urlsafe_b64encode(b"kunci" * 6 + b"CK").decode())


@pytest.fixture
def database(tmp_path):
    database = Database(f"sqlite:///{tmp_path}/mailflow.db", KEYRING)
    yield database
    database.close()


def differences(database):
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "render_as_batch": True})
        return compare_metadata(context, SQLModel.metadata)


def test_a_new_database_has_the_tables_of_the_program(database):
    database.upgrade()
    assert differences(database) == []


@pytest.mark.parametrize("release", ["0001", "0002"])
def test_a_database_of_an_earlier_release_is_brought_there(database, release):
    with database.engine.begin() as connection:
        command.upgrade(_alembic(connection), release)
    assert differences(database) != []
    database.upgrade()
    assert differences(database) == []
    assert not database.pending()
