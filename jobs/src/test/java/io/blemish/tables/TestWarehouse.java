package io.blemish.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blemish.error.UserException;
import io.blemish.jobs.SparkTest;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestWarehouse extends SparkTest {
    private static final TableDefinition TABLE = TableDefinition.named("things", "One row for each thing")
            .required("name", DataTypes.StringType, "Its name")
            .optional("size", DataTypes.LongType, "Its size")
            .wide("picture", DataTypes.BinaryType, "How it looks")
            .build();

    @TempDir
    private Path folder;

    private Warehouse warehouse() {
        return Warehouse.at(spark, folder.resolve("ware house #1 %20'").toString());
    }

    private static Dataset<Row> things(String name) {
        return spark.sql("SELECT X'00FF' AS picture, 7L AS size, '" + name + "' AS name");
    }

    @Test
    void keepsRowsByVersion() {
        Warehouse warehouse = warehouse();
        warehouse.create(TABLE);
        warehouse.create(TABLE);
        assertThat(warehouse.version(TABLE)).as("created once").isZero();
        warehouse.append(TABLE, things("a"), "run-1");
        warehouse.append(TABLE, things("b"), "run-2");
        assertThat(warehouse.version(TABLE)).isEqualTo(2);
        assertThat(warehouse.read(TABLE).count()).isEqualTo(2);
        assertThat(warehouse.read(TABLE, 1).collectAsList())
                .map(row -> row.getString(0))
                .containsExactly("a");
        List<Row> history = spark.sql("DESCRIBE HISTORY delta.`" + warehouse.path(TABLE) + "`")
                .select("userMetadata")
                .collectAsList();
        assertThat(history).map(row -> row.getString(0)).containsExactly("run-2", "run-1", null);
    }

    @Test
    void transactionIsTakenOnce() {
        Warehouse warehouse = warehouse();
        warehouse.create(TABLE);
        warehouse.append(TABLE, things("a"), "run-1", new Warehouse.Transaction("writer", 1));
        warehouse.append(TABLE, things("b"), "run-2", new Warehouse.Transaction("writer", 1));
        assertThat(warehouse.version(TABLE)).isEqualTo(1);
    }

    @Test
    void schemaOfTheCatalogIsWarehouseToo() {
        spark.sql("CREATE SCHEMA IF NOT EXISTS plant");
        Warehouse warehouse = Warehouse.at(spark, "schema:plant");
        warehouse.create(TABLE);
        warehouse.append(TABLE, things("a"), "run-1");
        assertThat(warehouse.version(TABLE)).isEqualTo(1);
        assertThat(warehouse.read(TABLE, 0).count()).isZero();
        assertThat(spark.table("plant.things").count()).isEqualTo(1);
        assertThat(warehouse.keepsOthersOut()).isFalse();
        spark.sql("DROP SCHEMA plant CASCADE");
        assertThatThrownBy(() -> Warehouse.at(spark, "schema:plant").create(TABLE))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("the catalog has no such schema");
        assertThatThrownBy(() -> Warehouse.at(spark, "schema:x`; DROP").create(TABLE))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith("Cannot use the name x`; DROP");
    }

    @Test
    void otherFoldersAreRefused() throws IOException {
        Path photos = Files.createDirectories(folder.resolve("photos"));
        Files.write(photos.resolve("a.jpg"), new byte[1]);
        assertThatThrownBy(() -> Warehouse.at(spark, photos.toString()).create(TABLE))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("it holds no Delta table, but other files");
        Warehouse warehouse = warehouse();
        warehouse.create(TABLE);
        assertThatThrownBy(() -> Warehouse.at(spark, warehouse.path(TABLE)).create(TABLE))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("it is a single Delta table, not a directory of tables");
        TableDefinition other = TableDefinition.named("other", "Others")
                .required("name", DataTypes.StringType, "Its name")
                .build();
        Path taken = Files.createDirectories(folder.resolve("ware house #1 %20'/other"));
        Files.write(taken.resolve("a.csv"), new byte[1]);
        assertThatThrownBy(() -> warehouse.create(other))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("it holds something else than a Delta table");
        assertThatThrownBy(() -> warehouse().require("Run blemish ingest first", ImagesTable.DEFINITION))
                .isInstanceOf(UserException.class)
                .hasMessageEndingWith("it has no table images. Run blemish ingest first.");
        assertThatThrownBy(() -> Warehouse.at(spark, "nowhere://x/y"))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("nowhere");
    }

    @Test
    void tableWhoseCreationWasKilledIsAbsent() throws IOException {
        Warehouse warehouse = Warehouse.at(spark, folder.resolve("killed").toString());
        Path log = Files.createDirectories(folder.resolve("killed/things/_delta_log"));
        Files.write(log.resolve(".00000000000000000000.json.1f0c.tmp"), new byte[1]);
        assertThat(warehouse.exists(TABLE)).isFalse();
        warehouse.create(TABLE);
        warehouse.append(TABLE, things("a"), "run-1");
        assertThat(warehouse.read(TABLE).count()).isEqualTo(1);

        Path more = Files.createDirectories(folder.resolve("more/things/_delta_log"));
        Files.write(more.resolveSibling("a.csv"), new byte[1]);
        assertThatThrownBy(() ->
                        Warehouse.at(spark, folder.resolve("more").toString()).create(TABLE))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("it holds no Delta table, but other files");
    }

    @Test
    void otherColumnsAreRefused() {
        warehouse().create(TABLE);
        TableDefinition wider = TableDefinition.named("things", "One row for each thing")
                .required("name", DataTypes.StringType, "Its name")
                .required("weight", DataTypes.DoubleType, "Its weight")
                .build();
        assertThatThrownBy(() -> warehouse().create(wider))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("its column weight is missing, not double");
        TableDefinition typed = TableDefinition.named("things", "One row for each thing")
                .required("size", DataTypes.StringType, "Its size")
                .build();
        assertThatThrownBy(() -> warehouse().create(typed))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("its column size is bigint, not string");
    }

    @Test
    void picturesLieInSmallRowGroupsAsTheyAre() throws IOException {
        Warehouse warehouse = warehouse();
        warehouse.create(ImagesTable.DEFINITION);
        Dataset<Row> images = spark.range(20)
                .selectExpr(
                        "cast(id AS string) AS image_id",
                        "'file:/a.jpg' AS uri",
                        "1 AS width",
                        "1 AS height",
                        "'jpeg' AS format",
                        "1 AS orientation",
                        "1L AS byte_length",
                        "1000000L AS part",
                        "unhex(repeat(md5(cast(id AS string)), 4 * 65536)) AS content");
        for (String column : new String[] {"product", "site", "line", "lot"}) {
            images = images.withColumn(column, functions.lit(null).cast("string"));
        }
        images = images.withColumn("captured_at", functions.lit(null).cast("timestamp"))
                .withColumn("attributes", functions.map().cast("map<string,string>"));
        warehouse.append(ImagesTable.DEFINITION, images.coalesce(1), "run");
        String file = warehouse.read(ImagesTable.DEFINITION).inputFiles()[0];
        HadoopInputFile input = HadoopInputFile.fromPath(
                new org.apache.hadoop.fs.Path(file), spark.sessionState().newHadoopConf());
        try (ParquetFileReader reader = ParquetFileReader.open(input)) {
            List<BlockMetaData> groups = reader.getFooter().getBlocks();
            assertThat(groups).hasSizeGreaterThan(1);
            assertThat(groups)
                    .allSatisfy(group -> assertThat(group.getTotalByteSize()).isLessThan(37L << 20));
            assertThat(groups.get(0).getColumns())
                    .allSatisfy(column -> assertThat(column.getCodec()).isEqualTo(CompressionCodecName.UNCOMPRESSED));
        }
    }

    @Test
    void oneDriverAtTimeOnLocalDisk() throws IOException, InterruptedException {
        Warehouse warehouse = Warehouse.at(spark, folder.resolve("locked").toString());
        assertThat(warehouse.keepsOthersOut()).isTrue();
        try (WarehouseLock lock = warehouse.lock("ingest, process 7")) {
            assertThat(lock).isNotNull();
            assertThatThrownBy(() -> warehouse.lock("inspect, process 8"))
                    .isInstanceOf(UserException.class)
                    .hasMessageContaining("another driver is writing to it (ingest, process 7)");
            assertThat(lockFromOutside()).as("from another process").contains("(ingest, process 7)");
        }
        assertThat(lockFromOutside()).isEqualTo("locked");
        assertThatCode(() -> warehouse.lock("inspect, process 8").close()).doesNotThrowAnyException();
    }

    /** What a process of its own is told when it wants the lock. */
    private String lockFromOutside() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        OtherDriver.class.getName(),
                        folder.resolve("locked").toUri().toString())
                .redirectErrorStream(true)
                .start();
        try (InputStream answer = process.getInputStream()) {
            String text = new String(answer.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(text).isZero();
            return text.strip();
        }
    }

    /** A driver that wants the lock and says what it got. */
    static final class OtherDriver {
        private OtherDriver() {}

        public static void main(String[] arguments) {
            try (WarehouseLock lock = WarehouseLock.acquire(URI.create(arguments[0]), "other")) {
                System.out.println(lock == null ? "nothing" : "locked");
            } catch (UserException e) {
                System.out.println(e.getMessage());
            }
        }
    }

    @Test
    void singleDriverLogStoreOnS3IsRefused() {
        assertThatThrownBy(() -> LogStores.requireSafeForMany(spark, URI.create("s3a://bucket/warehouse")))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("S3SingleDriverLogStore loses commits")
                .hasMessageContaining("--set s3.single-driver=true");
        assertThatCode(() -> LogStores.requireSafeForMany(spark, URI.create("file:/warehouse")))
                .doesNotThrowAnyException();
    }

    @Test
    void schemaOnS3IsCheckedBeforeAnyTableIsThere() {
        spark.sql("CREATE SCHEMA IF NOT EXISTS remote");
        spark.sql("ALTER SCHEMA remote SET LOCATION 's3a://bucket/remote'");
        Warehouse warehouse = Warehouse.at(spark, "schema:remote");
        assertThatThrownBy(() -> warehouse.requireSafeLogStore(Warehouse.Drivers.MANY))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("s3a://bucket/remote")
                .hasMessageContaining("S3SingleDriverLogStore loses commits");
        assertThatCode(() -> warehouse.requireSafeLogStore(Warehouse.Drivers.ONE))
                .doesNotThrowAnyException();
        spark.sql("ALTER SCHEMA remote SET LOCATION '" + folder.toUri() + "'");
        spark.sql("DROP SCHEMA remote");
        assertThatThrownBy(() -> Warehouse.at(spark, "schema:absent").requireSafeLogStore(Warehouse.Drivers.MANY))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("the catalog has no such schema");
    }
}
