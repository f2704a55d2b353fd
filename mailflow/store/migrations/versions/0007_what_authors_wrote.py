"""Messages are known again by what their author wrote"""

import sqlalchemy as sa
from alembic import op

revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('message', schema=None) as batch_op:
        batch_op.add_column(sa.Column('author_key', sa.String(), nullable=False, server_default=''))
        batch_op.create_index(batch_op.f('ix_message_author_key'), ['author_key'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('message', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_message_author_key'))
        batch_op.drop_column('author_key')
