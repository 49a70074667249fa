#!/usr/bin/env python3
"""Twenty conditions over 5.6 million people, three-valued, and the table of levels with its cap: the rules of a book read at run
time, beside Polars and DuckDB, in one run on one thread each. Answers must be equal. Figures are processor time, medians.

    cargo build --release -p web && pip install polars duckdb numpy && benches/rules/compare.py [rows]
"""
import os, re, statistics, subprocess, sys, tempfile, time

os.environ["POLARS_MAX_THREADS"] = "1"
import duckdb, numpy as np, polars as pl

ROWS = int(sys.argv[1]) if len(sys.argv) > 1 else 5_600_000
ROUNDS = 5
ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
TRUTHS = ["disciplined", "degraded", "employee", "leader", "head", "model"]
WHOLE = ["level", "sick_days", "assigned", "done", "exceeded", "months"]
EXACT = ["score", "civil_score", "unit_score"]
UNITS = [264_000, 52_000, 3_332, 34]

CONDITIONS = """
disciplined and level > 1
degraded and level > 1
sick_days >= 90 and level > 2
months < 6
score < 90 and level = 4
score < 70 and level >= 3
score < 50 and level >= 2
employee and civil_score < 90 and level = 4
employee and civil_score < 50 and level > 1
head and score > unit_score
done / assigned < 0.5 and level > 1
exceeded / assigned < 0.3 and level = 4
done + exceeded > 35
level = 4 and not model and not leader
leader and level = 4 and (unit_score < 90 or sick_days > 30)
not (employee or leader) and level = 4 and months < 12
(disciplined and degraded and level > 1) or (head and unit_score < 50 and level > 2)
level in (3, 4) and done < assigned
exceeded > done
score >= 90 and level = 1 and not disciplined
""".strip().splitlines()


def timed(run):
    run()
    times = []
    for _ in range(ROUNDS):
        start = time.process_time()
        run()
        times.append((time.process_time() - start) * 1000)
    return statistics.median(times)


def read(folder):
    """The columns as Polars likes them best: truths as truths, small numbers in a byte or two, points as 64-bit floats."""
    columns = {"org": np.fromfile(os.path.join(folder, "groups"), "<u4")}
    frame = pl.DataFrame(columns)
    for name in TRUTHS + WHOLE + EXACT:
        raw = np.fromfile(os.path.join(folder, name), "<i2")
        series = pl.Series(name, raw)
        series = pl.select(pl.when(series == -32768).then(None).otherwise(series).alias(name)).to_series()
        kind = pl.Boolean if name in TRUTHS else pl.Float64 if name in EXACT else pl.Int16
        series = series.cast(kind)
        frame = frame.with_columns(series / 10 if name in EXACT else series)
    return frame


def main():
    with tempfile.TemporaryDirectory() as folder:
        guong = os.path.join(ROOT, os.environ.get("CARGO_TARGET_DIR", "target"), "release", "guong")
        subprocess.run([guong, "demo", "--scale", "country", "--members", str(ROWS), "--data-folder", folder], check=True)
        ours = subprocess.run(["cargo", "bench", "-q", "-p", "rules", "--bench", "columns", "--", folder],
                              cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True).stdout
        print(ours)
        milliseconds = {line[:58].strip(): float(line[58:].split()[0]) for line in ours.splitlines() if " ms  (least" in line}
        answers = tuple(map(int, re.search(r"true (\d+) times, not known (\d+) times", ours).groups()))
        frame = read(folder)
    counts = milliseconds["conditions of a book, counted per organisation"]
    table = milliseconds["levels per unit on four heights, with the cap"]
    conditions = [pl.sql_expr(text) for text in CONDITIONS]
    sums = [one.sum().alias(f"t{at}") for at, one in enumerate(conditions)]
    sums += [one.is_null().sum().alias(f"u{at}") for at, one in enumerate(conditions)]
    lazy = frame.lazy().group_by("org").agg(sums)
    found = lazy.collect()
    totals = (sum(found[f"t{at}"].sum() for at in range(20)), sum(found[f"u{at}"].sum() for at in range(20)))
    assert totals == answers, (totals, answers)
    report("counts per organisation, Polars", timed(lazy.collect), counts)

    database = duckdb.connect()
    database.execute("SET threads = 1")
    database.register("frame", frame.to_arrow())
    database.execute("CREATE TABLE people AS SELECT * FROM frame")
    parts = [f"count(*) FILTER ({text}), count(*) FILTER (({text}) IS NULL)" for text in CONDITIONS]
    query = f"CREATE OR REPLACE TEMP TABLE answer AS SELECT org, {', '.join(parts)} FROM people GROUP BY org"
    report("counts per organisation, DuckDB", timed(lambda: database.execute(query)), counts)

    # Units are even shares of the rows, as in the bench.
    database.execute(f"CREATE TABLE rated AS SELECT level, (rowid * {UNITS[0]} // {frame.height})::INT AS cell FROM people")
    heights = ["cell"]
    for above, below in zip(UNITS[1:], UNITS):
        heights.append(f"({heights[-1]}::BIGINT * {above} // {below})::INT")
    overs = [f"""SELECT count(*) FROM (SELECT {unit} AS unit, count(*) FILTER (level = 4) AS best, count(*) FILTER (level = 3) AS good,
                 count(*) FILTER (level = 2) AS fair, count(*) FILTER (level = 1) AS low FROM rated GROUP BY unit) WHERE best * 5 > best + good"""
             for unit in heights]
    rolled = ["""CREATE OR REPLACE TEMP TABLE c0 AS SELECT cell AS unit, count(*) FILTER (level = 4) AS best, count(*) FILTER (level = 3) AS good,
                 count(*) FILTER (level = 2) AS fair, count(*) FILTER (level = 1) AS low FROM rated GROUP BY unit"""]
    for at, (above, below) in enumerate(zip(UNITS[1:], UNITS)):
        rolled.append(f"""CREATE OR REPLACE TEMP TABLE c{at + 1} AS SELECT (unit::BIGINT * {above} // {below})::INT AS unit, sum(best) AS best, sum(good) AS good,
                          sum(fair) AS fair, sum(low) AS low FROM c{at} GROUP BY 1""")

    def summary():
        for statement in rolled:
            database.execute(statement)
        return [database.execute(f"SELECT count(*) FROM c{at} WHERE best * 5 > best + good").fetchone()[0] for at in range(4)]

    over = [int(number) for number in re.search(r"over the cap: \[(.*)\]", ours).group(1).split(",")]
    assert summary() == over == [database.execute(query).fetchone()[0] for query in overs], (summary(), over)
    report("table of levels with the cap, DuckDB", timed(summary), table)


def report(name, theirs, own):
    print(f"{name:<58} {theirs:9.2f} ms  = {theirs / own:.1f} times ours")


main()
