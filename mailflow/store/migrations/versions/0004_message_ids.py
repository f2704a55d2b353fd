"""Messages are found by their Message-ID"""

import json

import sqlalchemy as sa
from alembic import op

from mailflow.store.sealed import Keyring

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None

_MESSAGE = sa.table("message", sa.column("id", sa.Integer), sa.column("facts", sa.LargeBinary), sa.column("name_key", sa.String))


def upgrade() -> None:
    with op.batch_alter_table('message', schema=None) as batch_op:
        batch_op.add_column(sa.Column('name_key', sa.String(), nullable=False, server_default=''))
        batch_op.create_index(batch_op.f('ix_message_name_key'), ['name_key'], unique=False)
    connection = op.get_bind()
    keyring = connection.dialect.keyring  # type: ignore[attr-defined]  # the store hangs it there (`store.sealed`)
    known = connection.execute(sa.select(_MESSAGE.c.id, _MESSAGE.c.facts).where(_MESSAGE.c.facts.is_not(None)))
    for number, facts in known.all():
        if key := _name_key(keyring, facts):
            connection.execute(sa.update(_MESSAGE).where(_MESSAGE.c.id == number).values(name_key=key))


def _name_key(keyring: Keyring, facts: bytes) -> str:
    """The keyed hash of the Message-ID that was read (as `mailflow.threads.name_key`), "" where none is found."""
    try:
        message_id = json.loads(keyring.open(facts)).get("message_id")
    except (ValueError, AttributeError):
        return ""
    return keyring.index(f"message-id:{message_id}") if message_id else ""


def downgrade() -> None:
    with op.batch_alter_table('message', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_message_name_key'))
        batch_op.drop_column('name_key')
