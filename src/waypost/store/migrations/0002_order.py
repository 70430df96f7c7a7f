"""Which transaction wrote a line of the change feed, where a server runs several at once."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the column; a server fills it by itself, SQLite has one writer and leaves it empty."""
    op.add_column("change", sa.Column("xid", sa.BigInteger))
    if op.get_bind().dialect.name == "postgresql":
        op.alter_column("change", "xid", server_default=sa.text("(pg_current_xact_id()::text)::bigint"))


def downgrade() -> None:
    """Take the column away."""
    op.drop_column("change", "xid")
