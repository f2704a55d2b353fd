"""The database: tables, sealed columns, unit of work, migrations."""
