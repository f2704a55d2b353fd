"""Certificates and what their holders were told"""

import sqlalchemy as sa
from alembic import op

import mailflow.store.sealed
import mailflow.store.tables

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('certificate',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('serial', mailflow.store.sealed.Sealed(), nullable=False),
    sa.Column('serial_key', sa.String(), nullable=False),
    sa.Column('name', mailflow.store.sealed.Sealed(), nullable=False),
    sa.Column('nip', mailflow.store.sealed.Sealed(), nullable=False),
    sa.Column('person_key', sa.String(), nullable=False),
    sa.Column('address', mailflow.store.sealed.Sealed(), nullable=False),
    sa.Column('address_key', sa.String(), nullable=False),
    sa.Column('unit_contact', mailflow.store.sealed.Sealed(), nullable=False),
    sa.Column('subject', mailflow.store.sealed.Sealed(), nullable=False),
    sa.Column('language', sa.String(), nullable=False),
    sa.Column('not_before', mailflow.store.tables.Moment(), nullable=False),
    sa.Column('not_after', mailflow.store.tables.Moment(), nullable=False),
    sa.Column('revoked_at', mailflow.store.tables.Moment(), nullable=True),
    sa.Column('renewed_at', mailflow.store.tables.Moment(), nullable=True),
    sa.Column('last_notice', sa.Integer(), nullable=True),
    sa.Column('last_notice_at', mailflow.store.tables.Moment(), nullable=True),
    sa.Column('imported_at', mailflow.store.tables.Moment(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_certificate')),
    sa.UniqueConstraint('serial_key', name=op.f('uq_certificate_serial_key'))
    )
    with op.batch_alter_table('certificate', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_certificate_address_key'), ['address_key'], unique=False)
        batch_op.create_index(batch_op.f('ix_certificate_not_after'), ['not_after'], unique=False)
        batch_op.create_index(batch_op.f('ix_certificate_person_key'), ['person_key'], unique=False)


def downgrade() -> None:
    op.drop_table('certificate')
