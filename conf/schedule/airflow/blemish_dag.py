"""The nights of a Blemish warehouse: ingest, inspect, trends, report; on Sundays maintain.

Copy this file into Airflow's DAG folder and set the five variables below in the environment of the workers. The jobs run where the task
runs; with BLEMISH_MASTER=spark://… (or yarn, k8s://…) they are submitted to that cluster.

A job that ends with 3 has done its work, but found too much of it bad: its task shows as skipped, and what follows runs all the same
(trigger_rule none_failed). Any other code but 0 is tried again, after 5, 10 and 20 minutes.
"""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

try:
    from airflow.providers.standard.operators.bash import BashOperator
    from airflow.sdk import DAG
except ImportError:  # Airflow 2
    from airflow import DAG
    from airflow.operators.bash import BashOperator

VARIABLES = ("BLEMISH_HOME", "BLEMISH_PHOTOGRAPHS", "BLEMISH_WAREHOUSE", "BLEMISH_CLIP", "BLEMISH_REPORTS")

# Each line is one command; TestSchedules holds them against the options that the commands have. {{ ds }} is the day of the run.
INGEST = """bin/blemish ingest --from "$BLEMISH_PHOTOGRAPHS" --warehouse "$BLEMISH_WAREHOUSE" --master "${BLEMISH_MASTER:-local}" --json"""
INSPECT = """bin/blemish inspect --warehouse "$BLEMISH_WAREHOUSE" --clip "$BLEMISH_CLIP" --knowledge conf/knowledge/fruit.yaml --tiles defective --master "${BLEMISH_MASTER:-local}" --json"""
TRENDS = """bin/blemish trends --warehouse "$BLEMISH_WAREHOUSE" --since {{ macros.ds_add(ds, -7) }} --master "${BLEMISH_MASTER:-local}" --json"""
REPORT = """bin/blemish report --warehouse "$BLEMISH_WAREHOUSE" --since {{ macros.ds_add(ds, -30) }} --out "$BLEMISH_REPORTS/{{ ds }}" --json"""
MAINTAIN = """bin/blemish maintain --warehouse "$BLEMISH_WAREHOUSE" --master "${BLEMISH_MASTER:-local}" --json"""

DEFAULTS = {
    "retries": 3,
    "retry_delay": timedelta(minutes=5),
    "retry_exponential_backoff": True,
    "max_retry_delay": timedelta(hours=1),
    "execution_timeout": timedelta(hours=12),
}


def job(name: str, command: str) -> BashOperator:
    """One job as a task, in Blemish's own folder, told at once when a variable is missing."""
    present = "; ".join(f': "${{{variable}:?is not set}}"' for variable in VARIABLES)
    return BashOperator(
        task_id=name,
        bash_command=f'{present}; cd "$BLEMISH_HOME" && {command}',
        append_env=True,
        skip_on_exit_code=3,
        trigger_rule="none_failed",
    )


def dag(dag_id: str, schedule: str, description: str) -> DAG:
    """Only one run at a time: a warehouse has one driver."""
    return DAG(
        dag_id=dag_id,
        schedule=schedule,
        description=description,
        start_date=datetime(2025, 1, 1, tzinfo=timezone.utc),
        catchup=False,
        max_active_runs=1,
        default_args=DEFAULTS,
        tags=["blemish"],
    )


with dag("blemish_nightly", "0 2 * * *", "Photographs of the day, and what they show"):
    job("ingest", INGEST) >> job("inspect", INSPECT) >> job("trends", TRENDS) >> job("report", REPORT)

with dag("blemish_weekly", "0 12 * * 0", "Tables kept fast, small and sound"):
    job("maintain", MAINTAIN)
