"""Sales at size: the kit's ledger beside hand-written DuckDB, polars and pandas, on the same file in the same run.

``uv run --group benchmarks python benchmarks/intake.py`` makes order lines of 1, 10 and 50 million rows as CSV and Parquet (4 GB in the
temporary folder) and prints, for each way, seconds and peak memory, and their ratio to hand-written DuckDB. Each way runs in a process of its own
and answers the same questions: customers, orders, revenue, mean basket, repeat rate, the retention of one half-year in the next, the mean
basket by month, and the cohort table. The answers are compared. Read the ratios: seconds differ between machines and hours.

``--rows 1000000`` takes one size, ``--rounds 3`` repeats and prints medians. The kit's time is all that it does: the fingerprint of the
file, the beginning read by the usual parsers, the strict reading, the log; its start (imports) is told apart, as every way's is.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from kohtaamo_utils.ledger import Ledger

WINDOWS = (("2023-01-01", "2023-06-30"), ("2023-07-01", "2023-12-31"))
SIZES = (1_000_000, 10_000_000, 50_000_000)


def make(folder: Path, rows: int) -> None:
    """Write order lines of two years, three lines an order, ten orders a customer, as CSV and Parquet."""
    import duckdb

    lines = f"""
        SELECT 100000 + order_no AS order_id, 'C' || lpad((hash(order_no) % {max(1, rows // 30)})::VARCHAR, 7, '0') AS customer_id,
               DATE '2023-01-01' + (order_no * 730 // ({rows} // 3 + 1))::INTEGER AS ordered_on, 1 + (hash(i * 7) % 5)::INTEGER AS quantity,
               (1 + (hash(i * 13) % 10000) / 100.0)::DECIMAL(10, 2) AS unit_price, ['store', 'web', 'phone'][1 + (hash(order_no) % 3)::INTEGER] AS channel
        FROM (SELECT i, i // 3 AS order_no FROM range({rows}) r(i))"""
    connection = duckdb.connect(config={"memory_limit": "2GB"})
    connection.execute(f"COPY ({lines}) TO '{folder / f'{rows}.csv'}' (HEADER)")
    connection.execute(
        f"COPY (SELECT * FROM read_csv('{folder / f'{rows}.csv'}')) TO '{folder / f'{rows}.parquet'}' (COMPRESSION zstd)"
    )


def ask_kit(file: Path) -> dict[str, Any]:
    """Read the file as an engagement's source and ask the ledger."""
    from datetime import date

    import duckdb  # noqa: F401 - the kit imports it when it meets the first large file; here that belongs to the start

    from kohtaamo_utils.engagement import Engagement, EngagementSettings
    from kohtaamo_utils.intake import read

    yield_start()
    source = {"file": file.name, "columns": {"amount": {"product": ["quantity", "unit_price"]}}}
    settings = EngagementSettings.model_validate({"client": "Benchmark", "sources": {"transactions": source}})
    ledger = cast("Ledger", read(Engagement(file.parent, settings)).ledger)
    totals, months, cohorts = ledger.totals(), ledger.months(), ledger.cohorts()
    retained = ledger.retained(*(tuple(map(date.fromisoformat, window)) for window in WINDOWS))
    return {
        "customers": totals.customers, "orders": totals.orders, "revenue": float(totals.revenue), "basket": float(totals.bought / totals.orders),
        "repeat": totals.repeating / totals.customers, "retention": retained.kept / retained.before,
        "months": [round(month.basket, 6) for month in months], "cohorts": [cohort.customers for cohort in cohorts],
    }  # fmt: skip


def ask_duckdb(file: Path, **settings: str) -> dict[str, Any]:
    """Ask what an analyst who knows DuckDB would write."""
    import duckdb

    yield_start()
    connection = duckdb.connect(config=settings)
    connection.execute(
        f"""CREATE TABLE orders AS SELECT customer_id, min(ordered_on) AS day, sum(quantity * unit_price) AS amount
        FROM '{file}' GROUP BY customer_id, order_id"""
    )
    before, after = (f"day BETWEEN '{first}' AND '{last}'" for first, last in WINDOWS)
    customers, orders, revenue, basket = connection.execute(
        "SELECT count(DISTINCT customer_id), count(*), sum(amount), avg(amount) FROM orders"
    ).fetchall()[0]
    repeat = connection.execute(
        "SELECT avg((n > 1)::INT) FROM (SELECT count(*) AS n FROM orders GROUP BY customer_id)"
    ).fetchall()[0][0]
    retention = connection.execute(
        f"SELECT avg(b::INT) FROM (SELECT bool_or({before}) AS a, bool_or({after}) AS b FROM orders GROUP BY customer_id) WHERE a"
    ).fetchall()[0][0]
    months = connection.execute(
        "SELECT avg(amount) FROM orders GROUP BY date_trunc('month', day) ORDER BY date_trunc('month', day)"
    ).fetchall()
    cohorts = connection.execute(
        """WITH bought AS (SELECT DISTINCT customer_id, date_trunc('month', day) AS month FROM orders),
                first AS (SELECT customer_id, min(month) AS cohort FROM bought GROUP BY customer_id)
        SELECT count(*) FROM bought JOIN first USING (customer_id) GROUP BY cohort, month ORDER BY cohort, month"""
    ).fetchall()
    return {
        "customers": customers, "orders": orders, "revenue": float(revenue), "basket": float(basket), "repeat": repeat, "retention": retention,
        "months": [round(float(value), 6) for (value,) in months], "cohorts": [value for (value,) in cohorts],
    }  # fmt: skip


def ask_polars(file: Path) -> dict[str, Any]:
    """Ask polars, streaming."""
    import polars as pl

    yield_start()
    scan = pl.scan_csv(file, try_parse_dates=True) if file.suffix == ".csv" else pl.scan_parquet(file)
    orders = (
        scan.group_by("customer_id", "order_id")
        .agg(
            pl.col("ordered_on").min().alias("day"),
            (pl.col("quantity") * pl.col("unit_price").cast(pl.Float64)).sum().alias("amount"),
        )
        .select("customer_id", "day", "amount")
        .collect(engine="streaming")
        .with_columns(month=pl.col("day").dt.truncate("1mo"))
    )
    each = orders.group_by("customer_id").agg(
        pl.len().alias("n"),
        *(
            pl.col("day").is_between(pl.lit(a).str.to_date(), pl.lit(b).str.to_date()).any().alias(a)
            for a, b in WINDOWS
        ),
    )
    first = orders.group_by("customer_id").agg(pl.col("month").min().alias("cohort"))
    bought = orders.select("customer_id", "month").unique().join(first, on="customer_id")
    cohorts = bought.group_by("cohort", "month").len().sort("cohort", "month")
    before, after = (first_day for first_day, _ in WINDOWS)
    return {
        "customers": each.height, "orders": orders.height, "revenue": orders["amount"].sum(), "basket": orders["amount"].mean(),
        "repeat": (each["n"] > 1).mean(), "retention": each.filter(pl.col(before))[after].mean(),
        "months": [round(value, 6) for value in orders.group_by("month").agg(pl.col("amount").mean()).sort("month")["amount"]],
        "cohorts": cohorts["len"].to_list(),
    }  # fmt: skip


def ask_pandas(file: Path) -> dict[str, Any]:
    """Ask pandas, reading the needed columns only."""
    import pandas as pd

    yield_start()
    columns = ["order_id", "customer_id", "ordered_on", "quantity", "unit_price"]
    lines = (
        pd.read_csv(file, usecols=columns, parse_dates=["ordered_on"])
        if file.suffix == ".csv"
        else pd.read_parquet(file, columns=columns)
    )
    lines["amount"] = lines["quantity"] * lines["unit_price"].astype("float64")
    lines["ordered_on"] = pd.to_datetime(lines["ordered_on"])
    orders = (
        lines.groupby(["customer_id", "order_id"], sort=False)
        .agg(day=("ordered_on", "min"), amount=("amount", "sum"))
        .reset_index()
    )
    orders["month"] = orders["day"].dt.to_period("M")
    counts = orders.groupby("customer_id").size()
    before, after = (set(orders.loc[orders["day"].between(*window), "customer_id"]) for window in WINDOWS)
    bought = orders[["customer_id", "month"]].drop_duplicates()
    bought["cohort"] = bought.groupby("customer_id")["month"].transform("min")
    return {
        "customers": len(counts), "orders": len(orders), "revenue": float(orders["amount"].sum()), "basket": float(orders["amount"].mean()),
        "repeat": float((counts > 1).mean()), "retention": len(before & after) / len(before),
        "months": [round(value, 6) for value in orders.groupby("month")["amount"].mean()],
        "cohorts": [int(value) for value in bought.groupby(["cohort", "month"]).size()],
    }  # fmt: skip


WAYS = {
    "kohtaamo": ask_kit,
    "duckdb by hand": ask_duckdb,
    "duckdb by hand, 1 GB": lambda file: ask_duckdb(file, memory_limit="1GB"),
    "polars streaming": ask_polars,
    "pandas": ask_pandas,
}
STARTED: list[float] = []
CPU: list[float] = []


def yield_start() -> None:
    """Note that the imports are done."""
    STARTED.append(time.perf_counter())
    CPU.append(time.process_time())


def measure(way: str, file: Path) -> None:
    """Run one way in this process and print what it took."""
    import resource

    begun = time.perf_counter()
    answers = WAYS[way](file)
    done, cpu = time.perf_counter(), time.process_time()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        json.dumps(
            {
                "start": STARTED[0] - begun,
                "seconds": done - STARTED[0],
                "cpu": cpu - CPU[0],
                "megabytes": peak,
                "answers": answers,
            }
        )
    )


def run(way: str, file: Path) -> dict[str, Any]:
    """Run one way in a process of its own."""
    done = subprocess.run(
        [sys.executable, __file__, "--way", way, "--file", str(file)], capture_output=True, text=True, check=False
    )
    if done.returncode:
        return {
            "start": 0.0,
            "seconds": float("nan"),
            "cpu": float("nan"),
            "megabytes": float("nan"),
            "answers": None,
            "error": done.stderr[-300:],
        }
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def alike(one: dict[str, Any] | None, other: dict[str, Any]) -> bool:
    """Tell whether two ways answer the same, but for the rounding of sums."""
    if one is None:
        return False
    for name, value in other.items():
        pairs = zip(value, one[name], strict=True) if isinstance(value, list) else [(value, one[name])]
        if any(abs(a - b) > 1e-6 * max(1, abs(a)) for a, b in pairs):
            return False
    return True


def compare(folder: Path, rows: int, rounds: int) -> None:
    """Print a table for one size."""
    # in a process of its own: a child's peak begins at its parent's size
    subprocess.run([sys.executable, __file__, "--make", str(rows), "--file", str(folder)], check=True)
    for kind in ("csv", "parquet"):
        file = folder / f"{rows}.{kind}"
        print(f"\n{rows:,} rows, {kind}, {file.stat().st_size / 1e6:,.0f} MB; median of {rounds}")
        print(
            f"{'':22}{'start s':>9}{'s':>8}{'CPU s':>8}{'MB':>8}{'s ratio':>9}{'CPU ratio':>11}{'MB ratio':>10}  answers"
        )
        found: dict[str, list[dict[str, Any]]] = {way: [] for way in WAYS}
        for _ in range(rounds):
            for way in WAYS:
                found[way].append(run(way, file))
        medians = {
            way: {
                key: statistics.median(result[key] for result in results)
                for key in ("start", "seconds", "cpu", "megabytes")
            }
            for way, results in found.items()
        }
        wanted, base = found["duckdb by hand"][0]["answers"], medians["duckdb by hand"]
        for way, middle in medians.items():
            same = (
                "same"
                if all(alike(result["answers"], wanted) for result in found[way])
                else f"DIFFER {found[way][0].get('error', '')}"
            )
            ratio = {key: middle[key] / base[key] for key in ("seconds", "cpu", "megabytes")}
            print(
                f"{way:22}{middle['start']:9.2f}{middle['seconds']:8.2f}{middle['cpu']:8.2f}{middle['megabytes']:8.0f}"
                f"{ratio['seconds']:9.2f}{ratio['cpu']:11.2f}{ratio['megabytes']:10.2f}  {same}"
            )
        file.unlink() if kind == "parquet" else None
    (folder / f"{rows}.csv").unlink()


def main() -> None:
    """Read the arguments."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, action="append", help="a size; may be repeated")
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--way", choices=WAYS, help=argparse.SUPPRESS)
    parser.add_argument("--file", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--make", type=int, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.make:
        make(given.file, given.make)
        return
    if given.way:
        measure(given.way, given.file)
        return
    with tempfile.TemporaryDirectory() as folder:
        for rows in given.rows or SIZES:
            compare(Path(folder), rows, given.rounds)


if __name__ == "__main__":
    main()
