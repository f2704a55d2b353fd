"""The database that the migrations make is the one that the program's tables describe."""

import base64
from datetime import datetime

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlmodel import SQLModel

from mailflow.errors import StoreError
from mailflow.store.database import Database, _alembic
from mailflow.store.sealed import Keyring
from mailflow.threads import name_key

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


@pytest.mark.parametrize("release", ["0001", "0002", "0003"])
def test_a_database_of_an_earlier_release_is_brought_there(database, release):
    with database.engine.begin() as connection:
        command.upgrade(_alembic(connection), release)
    assert differences(database) != []
    database.upgrade()
    assert differences(database) == []
    assert not database.pending()


def filled(database, release):
    """A database of this release with one row in each table, each referring to the first of another."""
    with database.engine.begin() as connection:
        command.upgrade(_alembic(connection), release)
        tables = sa.MetaData()
        tables.reflect(connection)
        for table in tables.sorted_tables:
            if table.name != "alembic_version":
                connection.execute(table.insert().values({each: some(each) for each in table.columns}))
    return {table.name for table in tables.sorted_tables}


def some(column):
    """A value of the column's type; of a reference, the one that the first row there has."""
    if column.foreign_keys:
        (there,) = column.foreign_keys
        return some(there.column)
    values = {int: 1, bytes: b"1", bool: True, datetime: datetime(2026, 3, 17, 9, 12)}  # noqa: DTZ001 - as it lies in the file
    return values.get(column.type.python_type, "1")


def counts(database, tables):
    with database.engine.connect() as connection:
        rows = {each: sa.select(sa.func.count()).select_from(sa.table(each)) for each in tables}
        return {each: connection.scalar(query) for each, query in rows.items()}


@pytest.mark.parametrize("release", ["0001", "0002"])
def test_what_is_in_a_database_of_an_earlier_release_stays_in_it(database, release):
    before = counts(database, tables := filled(database, release))
    assert set(before.values()) == {1}
    database.upgrade()
    assert counts(database, tables) == before
    with database.engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1, "references are watched again"
        assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []


def test_a_database_whose_references_are_broken_is_left_as_it_was_and_named(database):
    filled(database, "0001")
    with database.engine.connect() as connection:
        connection.connection.driver_connection.execute("PRAGMA foreign_keys=OFF")
        connection.exec_driver_sql("DELETE FROM sop_version")
        connection.exec_driver_sql('DELETE FROM "case"')
        connection.commit()
    database.close()
    with pytest.raises(
        StoreError, match=r"refers to a row of case that is missing.*restore it from the backup"
    ):
        database.upgrade()
    assert database.pending()
    assert "outage" not in sa.inspect(database.engine).get_table_names()


def test_messages_of_an_earlier_release_are_found_by_their_message_id(database):
    filled(database, "0003")
    facts = KEYRING.seal(b'{"message_id": "<1@writer.example.go.id>"}')
    with database.engine.begin() as connection:
        connection.execute(sa.text("UPDATE message SET facts = :facts"), {"facts": facts})
    database.upgrade()
    with database.reading() as session:
        keys = session.connection().exec_driver_sql("SELECT name_key FROM message").scalars().all()
    assert keys == [name_key(KEYRING, "<1@writer.example.go.id>")]
