package io.blemish.tables;

import io.blemish.error.UserException;
import io.delta.tables.DeltaTable;
import io.delta.tables.DeltaTableBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Where the tables of a warehouse are: in the folders of a directory, or in a schema of Spark's catalog. */
sealed interface Location {
    /** What marks a location as a schema rather than a directory. */
    String SCHEMA_PREFIX = "schema:";

    /** The location that the user's text names. */
    static Location of(SparkSession spark, String text) {
        if (text.isBlank()) {
            throw UserException.cannot(
                    "open the warehouse", "its location is empty", "Give a directory, or schema: and a catalog schema");
        }
        if (text.startsWith(SCHEMA_PREFIX)) {
            return new Schema(text.substring(SCHEMA_PREFIX.length()));
        }
        return Directory.of(spark, text);
    }

    /** True when the table is there, as a Delta table. */
    boolean holds(SparkSession spark, String table);

    /** Refuses a location that cannot become, or is not, a warehouse. */
    void requireUsable(SparkSession spark);

    DeltaTableBuilder placed(DeltaTableBuilder builder, String table);

    Dataset<Row> read(DataFrameReader reader, String table);

    void append(DataFrameWriter<Row> writer, String table);

    /** The folder of an existing table. */
    String path(SparkSession spark, String table);

    /** A directory, each table a folder in it. */
    record Directory(Path root) implements Location {
        private static Directory of(SparkSession spark, String text) {
            try {
                Path path = new Path(text);
                FileSystem files = path.getFileSystem(spark.sessionState().newHadoopConf());
                return new Directory(files.makeQualified(path));
            } catch (IOException | IllegalArgumentException e) {
                throw UserException.cannot(
                        "open the warehouse " + text, e.getMessage(), "Give a directory, as a path or a URI", e);
            }
        }

        @Override
        public boolean holds(SparkSession spark, String table) {
            Path folder = new Path(root, table);
            if (DeltaTable.isDeltaTable(spark, folder.toString())) {
                return true;
            }
            if (children(spark, folder).length > 0) {
                throw UserException.cannot(
                        "use " + folder + " as the table " + table,
                        "it holds something else than a Delta table",
                        "Name another directory with --warehouse, or move what is there away");
            }
            return false;
        }

        @Override
        public void requireUsable(SparkSession spark) {
            boolean empty = true;
            for (FileStatus child : children(spark, root)) {
                String name = child.getPath().getName();
                boolean hidden = name.startsWith(".") || name.startsWith("_");
                if (name.equals("_delta_log")) {
                    throw refusal("it is a single Delta table, not a directory of tables");
                }
                if (child.isDirectory()
                        && !hidden
                        && DeltaTable.isDeltaTable(spark, child.getPath().toString())) {
                    return;
                }
                empty &= hidden;
            }
            if (!empty) {
                throw refusal("it holds no Delta table, but other files");
            }
        }

        private UserException refusal(String cause) {
            return UserException.cannot("use " + root + " as a warehouse", cause, "Name an empty or a new directory");
        }

        private static FileStatus[] children(SparkSession spark, Path folder) {
            try {
                FileSystem files = folder.getFileSystem(spark.sessionState().newHadoopConf());
                return files.exists(folder) ? files.listStatus(folder) : new FileStatus[0];
            } catch (IOException e) {
                throw new UncheckedIOException("Cannot list " + folder, e);
            }
        }

        @Override
        public DeltaTableBuilder placed(DeltaTableBuilder builder, String table) {
            return builder.location(path(table));
        }

        @Override
        public Dataset<Row> read(DataFrameReader reader, String table) {
            return reader.load(path(table));
        }

        @Override
        public void append(DataFrameWriter<Row> writer, String table) {
            writer.save(path(table));
        }

        @Override
        public String path(SparkSession spark, String table) {
            return path(table);
        }

        private String path(String table) {
            return new Path(root, table).toString();
        }

        @Override
        public String toString() {
            boolean local = "file".equals(root.toUri().getScheme());
            return local ? root.toUri().getPath() : root.toString();
        }
    }

    /** A schema of Spark's catalog, each table a table in it. */
    record Schema(String name) implements Location {
        @Override
        public boolean holds(SparkSession spark, String table) {
            return spark.catalog().tableExists(qualified(table));
        }

        @Override
        public void requireUsable(SparkSession spark) {
            if (!spark.catalog().databaseExists(Identifiers.quotedPath(name))) {
                throw UserException.cannot(
                        "use the schema " + name + " as a warehouse",
                        "the catalog has no such schema",
                        "Create it, or name another one with --warehouse schema:NAME");
            }
        }

        @Override
        public DeltaTableBuilder placed(DeltaTableBuilder builder, String table) {
            return builder.tableName(qualified(table));
        }

        @Override
        public Dataset<Row> read(DataFrameReader reader, String table) {
            return reader.table(qualified(table));
        }

        @Override
        public void append(DataFrameWriter<Row> writer, String table) {
            writer.saveAsTable(qualified(table));
        }

        @Override
        public String path(SparkSession spark, String table) {
            return DeltaTable.forName(spark, qualified(table))
                    .detail()
                    .select("location")
                    .head()
                    .getString(0);
        }

        private String qualified(String table) {
            return Identifiers.quotedPath(name) + "." + Identifiers.quoted(table);
        }

        @Override
        public String toString() {
            return SCHEMA_PREFIX + name;
        }
    }
}
