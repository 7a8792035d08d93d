"""Does a reader that Blemish did not write, delta-rs, read every column of every table, and count the rows that Blemish counts?"""

import json
import subprocess
import sys

import warehouse


def counted_by_blemish(names):
    """Rows of each table, as bin/blemish sql counts them."""
    question = " UNION ALL ".join(f"SELECT '{name}' AS name, count(*) AS rows FROM {name}" for name in names)
    command = [warehouse.HOME / "bin" / "blemish", "sql", question, "--warehouse", warehouse.WAREHOUSE, "--json"]
    answer = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    return {row["name"]: row["rows"] for row in map(json.loads, answer.splitlines())}


def read_by_delta_rs(table):
    """Rows of a table, of which every column was read."""
    return sum(batch.num_rows for batch in table.to_pyarrow_dataset().to_batches())


def main():
    tables = warehouse.tables()
    expected = counted_by_blemish(tables)
    differ = False
    for name, table in tables.items():
        rows = read_by_delta_rs(table)
        agrees = rows == expected[name]
        differ |= not agrees
        print(f"{name:20} {rows:8,} rows" + ("" if agrees else f", but bin/blemish sql counts {expected[name]:,}"))
    if differ or not tables:
        sys.exit("Cannot trust the tables: delta-rs and Blemish count different rows, or there are none (see above).")


if __name__ == "__main__":
    main()
