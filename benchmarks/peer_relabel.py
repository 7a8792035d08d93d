"""Relabelling in PySpark, with pandas and PyTorch: what benchmarks/relabel.sh holds bin/blemish relabel against.

    python peer_relabel.py make    --jars DIST --warehouse W --rows N     multiplies the one inspection of a warehouse, with random embeddings
    python peer_relabel.py relabel --jars DIST --warehouse W              labels them anew, and counts what changed

DIST is the folder with Delta's jars (jobs/target/dist/spark). The descriptions' embeddings are random: the work is the same. A Python worker
gets the embeddings alone, through Arrow; a batch is one matrix product; everything that is no array stays in Spark.
"""

import argparse
import glob
import os
import sys

import numpy as np
import pandas as pd
import pyarrow as pa
import torch
from pyspark.sql import SparkSession
from pyspark.sql import functions as F

WIDTH = 512
DESCRIPTIONS = 100
TOP = 5
SCALE = 100.0
BANDS = np.array([0.1, 0.3, 0.5, 0.8])
SEVERITIES = np.array(["minor", "possible", "moderate", "severe", "very severe"], dtype=object)
PART = 25_000
LABEL = (
    "defect string, severity string, margin double, verdict string, summary string, "
    "top array<struct<description string, defect boolean, probability double, similarity double, severity string>>"
)


def session(jars):
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    delta = ",".join(glob.glob(f"{jars}/delta-*.jar"))
    return (
        SparkSession.builder.master("local[*]")
        .config("spark.jars", delta)
        .config("spark.driver.memory", "4g")
        .config("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension")
        .config("spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog")
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.sql.shuffle.partitions", "8")
        .config("spark.databricks.delta.snapshotPartitions", "2")
        .config("spark.ui.enabled", "false")
        .getOrCreate()
    )


def make(spark, warehouse, rows):
    table = f"{warehouse}/inspections"
    inspection = spark.read.format("delta").load(table).limit(1)

    def embeddings(batches):
        for batch in batches:
            ids = batch.column(0)
            random = np.random.default_rng(ids[0].as_py())
            vectors = random.standard_normal((len(ids), WIDTH), dtype=np.float32)
            vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
            offsets = pa.array(np.arange(0, len(ids) * WIDTH + 1, WIDTH, dtype=np.int32))
            lists = pa.ListArray.from_arrays(offsets, pa.array(vectors.reshape(-1)))
            yield pa.RecordBatch.from_arrays([ids, lists], ["id", "embedding"])

    made = spark.range(0, rows, 1, (rows + PART - 1) // PART).mapInArrow(embeddings, "id long, embedding array<float>")
    columns = inspection.drop("image_id", "part", "embedding")
    (
        made.crossJoin(F.broadcast(columns))
        .withColumn("image_id", F.sha2(F.col("id").cast("string"), 256))
        .withColumn("part", (F.col("id") / PART).cast("long"))
        .select(*inspection.columns)
        .write.format("delta").mode("append").option("userMetadata", "made").save(table)
    )
    spark.sql(f"DELETE FROM delta.`{table}` WHERE image_id = '{inspection.first()['image_id']}'")


def labels(descriptions, names):
    @F.pandas_udf(LABEL)
    def label(embeddings: pd.Series) -> pd.DataFrame:
        torch.set_num_threads(1)
        images = torch.from_numpy(np.stack(embeddings.to_numpy()))
        similarity = torch.nn.functional.normalize(images, dim=1) @ torch.from_numpy(descriptions).T
        probability = torch.softmax(SCALE * similarity.double(), dim=1)
        top = torch.topk(probability, TOP, dim=1)
        share = (top.values / top.values.sum(dim=1, keepdim=True)).numpy()
        margin = torch.topk(SCALE * similarity.double(), 2, dim=1).values
        severities = SEVERITIES[np.digitize(share, BANDS, right=True)]
        chosen = names[top.indices.numpy()]
        values = top.values.numpy()
        similarities = torch.gather(similarity, 1, top.indices).double().numpy()
        rows = [
            [dict(description=d, defect=True, probability=p, similarity=s, severity=v) for d, p, s, v in zip(*image)]
            for image in zip(chosen.tolist(), values.tolist(), similarities.tolist(), severities.tolist())
        ]
        told = [
            "The image matches "
            + " and ".join(f"“{d}” ({v})" for i, (d, v) in enumerate(zip(*image)) if i == 0 or v != "minor")
            + "."
            for image in zip(chosen.tolist(), severities.tolist())
        ]
        return pd.DataFrame(
            {
                "defect": chosen[:, 0],
                "severity": severities[:, 0],
                "margin": (margin[:, 0] - margin[:, 1]).numpy(),
                "verdict": "reject",
                "summary": told,
                "top": rows,
            }
        )

    return label


def relabel(spark, warehouse):
    random = np.random.default_rng(1)
    descriptions = random.standard_normal((DESCRIPTIONS, WIDTH), dtype=np.float32)
    descriptions /= np.linalg.norm(descriptions, axis=1, keepdims=True)
    names = np.array([f"description {j}" for j in range(DESCRIPTIONS)], dtype=object)
    stored = spark.read.format("delta").load(f"{warehouse}/inspections").where("embedding IS NOT NULL")
    out = f"{warehouse}/peer"
    made = ["defect", "severity", "margin", "verdict", "summary", "top"]
    empty = ["maps", "map_rows", "map_cols", "region", "embedding"]
    kept = [c for c in stored.columns if c not in made + empty + ["kb_id", "inspected_at"]]
    (
        stored.withColumn("label", labels(descriptions, names)("embedding"))
        .select(*kept, "label.*", F.lit("peer").alias("kb_id"), F.current_timestamp().alias("inspected_at"))
        .write.format("delta").mode("overwrite").save(out)
    )
    before, now = (
        rows.select("image_id", F.struct("defect", "severity", "verdict").alias(name))
        for rows, name in ((stored, "was"), (spark.read.format("delta").load(out), "is"))
    )
    facts = [
        F.struct(F.lit(what).alias("what"), F.col(f"was.{what}").alias("was"), F.col(f"is.{what}").alias("is"))
        for what in ("defect", "severity", "verdict")
    ]
    moved = before.join(now, "image_id").select(F.inline(F.array(*facts))).where("NOT was <=> is")
    print(len(moved.groupBy("what", "was", "is").count().collect()), "kinds of changes")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("act", choices=["make", "relabel"])
    parser.add_argument("--jars", required=True)
    parser.add_argument("--warehouse", required=True)
    parser.add_argument("--rows", type=int)
    arguments = parser.parse_args()
    spark = session(arguments.jars)
    if arguments.act == "make":
        make(spark, arguments.warehouse, arguments.rows)
    else:
        relabel(spark, arguments.warehouse)
    spark.stop()


if __name__ == "__main__":
    main()
