"""People are found by name in the registry; requests that were fulfilled speak for their person"""

import sqlalchemy as sa
from alembic import op

revision = '0008'
down_revision = '0007'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('case', schema=None) as batch_op:
        batch_op.add_column(sa.Column('vouched', sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table('certificate', schema=None) as batch_op:
        batch_op.add_column(sa.Column('name_key', sa.String(), nullable=False, server_default=''))
        batch_op.create_index(batch_op.f('ix_certificate_name_key'), ['name_key'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('certificate', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_certificate_name_key'))
        batch_op.drop_column('name_key')
    with op.batch_alter_table('case', schema=None) as batch_op:
        batch_op.drop_column('vouched')
