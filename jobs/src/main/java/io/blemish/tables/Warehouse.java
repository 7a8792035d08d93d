package io.blemish.tables;

import static java.util.Objects.requireNonNull;

import io.blemish.error.UserException;
import io.delta.tables.DeltaTable;
import io.delta.tables.DeltaTableBuilder;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import scala.Option;

/**
 * The tables of one plant: Delta tables in the folders of a directory, or in a schema of Spark's catalog.
 *
 * <p>Opening a warehouse touches nothing. Tables come into being by {@link #create}; a folder that holds something
 * else, or a table of the right name with other columns, is refused with a {@link UserException}.
 */
public final class Warehouse {
    private final SparkSession spark;
    private final Location location;

    private Warehouse(SparkSession spark, Location location) {
        this.spark = spark;
        this.location = location;
    }

    /**
     * The warehouse at a location.
     *
     * @param location a directory as a path or URI of any file system that Hadoop knows, or {@code schema:} and the
     *     name of a catalog schema
     */
    public static Warehouse at(SparkSession spark, String location) {
        requireNonNull(spark, "spark is null");
        requireNonNull(location, "location is null");
        return new Warehouse(spark, Location.of(spark, location));
    }

    /** The session that reads and writes the tables. */
    public SparkSession spark() {
        return spark;
    }

    /** Creates those of the tables that are not there, and checks the columns of those that are. */
    public void create(TableDefinition... tables) {
        location.requireUsable(spark);
        for (TableDefinition table : tables) {
            if (!exists(table)) {
                create(table);
            }
            requireColumns(table);
        }
    }

    /**
     * Checks that the tables are there, with their columns.
     *
     * @param cure what to do when one is missing, for example {@code Run blemish ingest first}
     */
    public void require(String cure, TableDefinition... tables) {
        location.requireUsable(spark);
        for (TableDefinition table : tables) {
            if (!exists(table)) {
                throw UserException.cannot("read the warehouse " + this, "it has no table " + table.name(), cure);
            }
            requireColumns(table);
        }
    }

    /** True when the table has been created; a folder of its name that is no Delta table is refused. */
    public boolean exists(TableDefinition table) {
        return location.holds(spark, table.name());
    }

    /** The current rows of the table. */
    public Dataset<Row> read(TableDefinition table) {
        return location.read(reader(), table.name());
    }

    /** The current rows of the table; none while it is not there. */
    public Dataset<Row> readOrNone(TableDefinition table) {
        return exists(table) ? read(table) : spark.createDataFrame(List.of(), table.schema());
    }

    /** The rows that the table had at the version: the same rows however often they are read. */
    public Dataset<Row> read(TableDefinition table, long version) {
        return location.read(reader().option("versionAsOf", version), table.name());
    }

    /** The text that a column has in the one row of a table with that key. */
    public String only(TableDefinition table, String key, String id, String column) {
        return read(table)
                .where(functions.col(key).equalTo(id))
                .select(column)
                .first()
                .getString(0);
    }

    /** The current version of the table; 0 is its creation. */
    public long version(TableDefinition table) {
        return DeltaLog.forTable(spark, path(table))
                .update(false, Option.empty(), Option.empty())
                .version();
    }

    /** The folder that holds the table's files. */
    public String path(TableDefinition table) {
        return location.path(spark, table.name());
    }

    /**
     * Appends the rows in one atomic step; columns are taken by name. The commit carries the run's id as its user
     * metadata.
     */
    public void append(TableDefinition table, Dataset<Row> rows, String runId) {
        write(table, rows, writer(table, rows, runId));
    }

    /**
     * Appends the rows in one atomic step, unless the table has seen this, or a later, version of the application: then
     * nothing is computed or written, and no error tells. The caller has to look into the log.
     */
    public void append(TableDefinition table, Dataset<Row> rows, String runId, Transaction transaction) {
        DataFrameWriter<Row> writer = writer(table, rows, runId)
                .option("txnAppId", transaction.application())
                .option("txnVersion", transaction.version());
        write(table, rows, writer);
    }

    /**
     * The table for changes other than appends, in a session of its own: commits carry the run's id, and files that are written have the
     * table's compression.
     *
     * @param settings of that session, for example how large files shall be
     */
    public DeltaTable change(TableDefinition table, String runId, Map<String, String> settings) {
        SparkSession own = spark.newSession();
        own.conf().set("spark.databricks.delta.commitInfo.userMetadata", runId);
        own.conf().set("spark.sql.parquet.compression.codec", table.compression());
        if (table.holdsPictures()) {
            PicturePages.cut(own);
        }
        settings.forEach(own.conf()::set);
        return DeltaTable.forPath(own, path(table));
    }

    /**
     * Puts rows in the place of those that meet a condition, in one atomic step.
     *
     * @param place a condition on the table's columns, in SQL, that all of the new rows meet
     */
    public void replace(TableDefinition table, Dataset<Row> rows, String place, String runId) {
        DataFrameWriter<Row> writer =
                writer(table, rows, runId).mode(SaveMode.Overwrite).option("replaceWhere", place);
        write(table, rows, writer);
    }

    @SuppressWarnings("try") // Pages are cut so until it is closed.
    private void write(TableDefinition table, Dataset<Row> rows, DataFrameWriter<Row> writer) {
        if (!table.holdsPictures()) {
            location.append(writer, table.name());
            return;
        }
        try (PicturePages pages = new PicturePages(rows.sparkSession())) {
            location.append(writer, table.name());
        }
    }

    /**
     * Keeps other drivers off a warehouse on a local disk until the lock is closed; elsewhere the tables fence
     * themselves.
     */
    public WarehouseLock lock(String holder) {
        return location instanceof Location.Directory directory
                ? WarehouseLock.acquire(directory.root().toUri(), holder)
                : WarehouseLock.none();
    }

    /**
     * True when {@link #lock} proves that no other driver writes to this warehouse: it is a directory on a local disk.
     */
    public boolean keepsOthersOut() {
        return location instanceof Location.Directory directory
                && WarehouseLock.locks(directory.root().toUri());
    }

    /**
     * Refuses a warehouse on S3 whose commits are safe for one driver only, unless the user vouches that there is only
     * one.
     */
    public void requireSafeLogStore(Drivers drivers) {
        if (drivers == Drivers.MANY) {
            location.folder(spark).ifPresent(folder -> LogStores.requireSafeForMany(spark, folder));
        }
    }

    /** Identity of an append: a writer and its growing count. */
    public record Transaction(String application, long version) {
        public Transaction {
            requireNonNull(application, "application is null");
        }
    }

    /** How many drivers may write to one warehouse at the same time. */
    public enum Drivers {
        ONE,
        MANY
    }

    /** The location, as a user would write it. */
    @Override
    public String toString() {
        return location.toString();
    }

    private void create(TableDefinition table) {
        location.clear(spark, table.name());
        DeltaTableBuilder builder = location.placed(DeltaTable.createIfNotExists(spark), table.name())
                .addColumns(table.schema())
                .comment(table.purpose());
        table.properties().forEach(builder::property);
        builder.execute();
    }

    private void requireColumns(TableDefinition table) {
        StructType actual;
        try {
            actual = read(table).schema();
        } catch (Exception e) {
            if (e instanceof AnalysisException) {
                throw UserException.cannot(
                        "use the table " + table.name() + " of " + this,
                        "it is no Delta table",
                        "Name another warehouse with --warehouse",
                        e);
            }
            throw e;
        }
        for (StructField expected : table.schema().fields()) {
            requireColumn(table, actual, expected);
        }
    }

    private void requireColumn(TableDefinition table, StructType actual, StructField expected) {
        String wanted = expected.dataType().catalogString();
        String found = actual.getFieldIndex(expected.name()).isDefined()
                ? actual.apply(expected.name()).dataType().catalogString()
                : "missing";
        if (!found.equals(wanted)) {
            throw UserException.cannot(
                    "use the table " + table.name() + " of " + this,
                    "its column " + expected.name() + " is " + found + ", not " + wanted,
                    "Name another warehouse with --warehouse");
        }
    }

    private DataFrameReader reader() {
        return spark.read().format("delta");
    }

    private static DataFrameWriter<Row> writer(TableDefinition table, Dataset<Row> rows, String runId) {
        return rows.select(table.columns())
                .write()
                .format("delta")
                .mode(SaveMode.Append)
                .option("compression", table.compression())
                .option("userMetadata", runId);
    }
}
