"""When a message arrived by our own clock, and what an officer had to know before a word"""

import sqlalchemy as sa
from alembic import op

import mailflow.store.tables

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('message', schema=None) as batch_op:
        batch_op.add_column(sa.Column('arrived_at', mailflow.store.tables.Moment(), nullable=True))
    with op.batch_alter_table('task', schema=None) as batch_op:
        batch_op.add_column(sa.Column('news', sa.String(), nullable=True))
        batch_op.add_column(sa.Column('news_at', mailflow.store.tables.Moment(), nullable=True))
        batch_op.add_column(sa.Column('news_after', sa.Integer(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table('task', schema=None) as batch_op:
        batch_op.drop_column('news_after')
        batch_op.drop_column('news_at')
        batch_op.drop_column('news')
    with op.batch_alter_table('message', schema=None) as batch_op:
        batch_op.drop_column('arrived_at')
