"""The tables and views of a warehouse by their names: delta-rs reads them, DuckDB answers questions about them; no Spark.

The warehouse is the folder that BLEMISH_WAREHOUSE names, by default that of `bin/blemish demo`.
"""

import os
from pathlib import Path

import duckdb
from deltalake import DeltaTable

HOME = Path(__file__).resolve().parent.parent
VIEWS = HOME / "conf" / "views" / "duckdb.sql"

WAREHOUSE = Path(os.environ.get("BLEMISH_WAREHOUSE", HOME / "blemish-demo" / "warehouse"))

# What the views ask for before anything is promoted.
NO_RELEASES = """CREATE TEMP TABLE releases (promoted_at TIMESTAMPTZ, encoder_id VARCHAR, captioner_id VARCHAR, kb_id VARCHAR,
    author VARCHAR, run_id VARCHAR)"""


def tables():
    """The tables of the warehouse as delta-rs sees them, by name."""
    if not WAREHOUSE.is_dir():
        raise SystemExit(
            f"Cannot open the warehouse: there is no folder {WAREHOUSE}. Set BLEMISH_WAREHOUSE, or run bin/blemish demo."
        )
    return {path.parent.name: DeltaTable(path.parent) for path in sorted(WAREHOUSE.glob("*/_delta_log"))}


def connect():
    """A DuckDB connection in which every table and view has its name; each question reads the columns and files it needs."""
    database = duckdb.connect()
    database.execute("SET TimeZone = 'UTC'")
    found = tables()
    for name, table in found.items():
        database.register(name, table.to_pyarrow_dataset())
    if "releases" not in found:
        database.execute(NO_RELEASES)
    for statement in duckdb.extract_statements(VIEWS.read_text(encoding="utf-8")):
        try:
            database.execute(statement)
        except duckdb.CatalogException:
            pass  # A view of tables that are not there yet: defect_trends before bin/blemish trends, for one.
    return database
