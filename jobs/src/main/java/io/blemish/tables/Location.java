package io.blemish.tables;

import io.blemish.error.UserException;
import io.delta.tables.DeltaTable;
import io.delta.tables.DeltaTableBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Arrays;
import java.util.Optional;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalog.Database;

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

    /** Makes room for a table that is not there: Delta takes any folder that is not empty for an existing table. */
    default void clear(SparkSession spark, String table) {}

    DeltaTableBuilder placed(DeltaTableBuilder builder, String table);

    Dataset<Row> read(DataFrameReader reader, String table);

    void append(DataFrameWriter<Row> writer, String table);

    /** The folder of an existing table. */
    String path(SparkSession spark, String table);

    /** The folder that tables are put into; empty for a schema without one of its own. */
    Optional<URI> folder(SparkSession spark);

    /** A directory, each table a folder in it. */
    record Directory(Path root) implements Location {
        private static final String LOG = "_delta_log";

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
            if (!isUnborn(spark, folder)) {
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
                if (name.equals(LOG)) {
                    throw refusal("it is a single Delta table, not a directory of tables");
                }
                if (child.isDirectory()
                        && !hidden
                        && DeltaTable.isDeltaTable(spark, child.getPath().toString())) {
                    return;
                }
                empty &= hidden || (child.isDirectory() && isUnborn(spark, child.getPath()));
            }
            if (!empty) {
                throw refusal("it holds no Delta table, but other files");
            }
        }

        /**
         * True when the folder holds nothing, or what a driver leaves that is killed while it creates a table: a log
         * without a commit.
         */
        private static boolean isUnborn(SparkSession spark, Path folder) {
            FileStatus[] children = children(spark, folder);
            if (children.length == 0) {
                return true;
            }
            return children.length == 1
                    && children[0].getPath().getName().equals(LOG)
                    && Arrays.stream(children(spark, children[0].getPath())).noneMatch(Directory::isCommit);
        }

        /**
         * Deletes nothing but what is empty by then, so that the commit of another driver that creates the table at the
         * same time stays.
         */
        @Override
        public void clear(SparkSession spark, String table) {
            Path log = new Path(new Path(root, table), LOG);
            if (!isUnborn(spark, log.getParent())) {
                return;
            }
            try {
                FileSystem files = log.getFileSystem(spark.sessionState().newHadoopConf());
                for (FileStatus file : children(spark, log)) {
                    if (!isCommit(file)) {
                        files.delete(file.getPath(), false);
                    }
                }
                files.delete(log, false);
            } catch (IOException e) {
                throw new UncheckedIOException("Cannot delete the log without a commit " + log, e);
            }
        }

        private static boolean isCommit(FileStatus file) {
            return file.getPath().getName().endsWith(".json");
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
        public Optional<URI> folder(SparkSession spark) {
            return Optional.of(root.toUri());
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

        @Override
        public Optional<URI> folder(SparkSession spark) {
            requireUsable(spark);
            try {
                Database schema = spark.catalog().getDatabase(Identifiers.quotedPath(name));
                return Optional.ofNullable(schema.locationUri()).map(location -> new Path(location).toUri());
            } catch (AnalysisException e) {
                throw UserException.cannot(
                        "use the schema " + name + " as a warehouse",
                        "the catalog does not tell where it lies",
                        "Name another one with --warehouse schema:NAME",
                        e);
            }
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
