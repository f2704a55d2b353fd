"""Which mail drew a letter, how far its sender is proven, and which letters go first where many wait"""

import sqlalchemy as sa
from alembic import op

revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('outbox', schema=None) as batch_op:
        batch_op.add_column(sa.Column('cause', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('drawn', sa.String(), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('rank', sa.Integer(), nullable=False, server_default='1'))
        batch_op.create_index(batch_op.f('ix_outbox_sent_at'), ['sent_at'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('outbox', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_outbox_sent_at'))
        batch_op.drop_column('rank')
        batch_op.drop_column('drawn')
        batch_op.drop_column('cause')
