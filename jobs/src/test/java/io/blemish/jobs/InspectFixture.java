package io.blemish.jobs;

import io.blemish.tables.ImagesTable;
import io.blemish.tables.InspectionsTable;
import io.blemish.tables.Warehouse;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** A small warehouse with photographs in it, and runs of {@code inspect} on it with a tiny checkpoint. */
final class InspectFixture {
    private final SparkSession spark;
    private final Warehouse warehouse;
    private final Map<String, String> settings = new LinkedHashMap<>();
    private Path knowledge = resource("oranges.yaml");
    private Function<Configuration, Optional<CaptionOptions>> captions = configuration -> Optional.empty();
    private InspectOptions.Redo redo = InspectOptions.Redo.NOTHING;
    private String lastRunId;

    InspectFixture(SparkSession spark, Path folder) {
        this.spark = spark;
        this.warehouse = Warehouse.at(spark, folder.toString());
        warehouse.create(ImagesTable.DEFINITION);
        set("chunk.images", "1");
        set("chunk.batches", "1");
        set("batch.size", "4");
        set("precision", "fp32");
    }

    Warehouse warehouse() {
        return warehouse;
    }

    InspectFixture set(String key, String value) {
        settings.put(key, value);
        return this;
    }

    InspectFixture knowledge(Path file) {
        knowledge = file;
        return this;
    }

    /** Captions are written, by the models of these folders. */
    InspectFixture captions(Path mapper, Path languageModel) {
        this.captions = configuration -> CaptionOptions.of(configuration, mapper, languageModel);
        return this;
    }

    InspectFixture redo() {
        redo = InspectOptions.Redo.EVERYTHING;
        return this;
    }

    /** Adds a part with so many pictures, made of the part's number. */
    InspectFixture part(long part, int pictures) {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < pictures; i++) {
            rows.add(ImageRows.row(part, ImageRows.png(100 * part + i, 60 + 10 * i, 50 + i)));
        }
        return rows(rows);
    }

    InspectFixture rows(List<Row> rows) {
        warehouse.append(
                ImagesTable.DEFINITION,
                spark.createDataFrame(rows, ImagesTable.DEFINITION.schema()).coalesce(1),
                "ingest");
        return this;
    }

    JobContext context() {
        PrintWriter nowhere = new PrintWriter(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        Terminal terminal = new Terminal(nowhere, nowhere, Terminal.Answer.JSON, Terminal.Chatter.QUIET);
        return new JobContext(spark, Configuration.builder().set(settings).build(), terminal);
    }

    /** Runs the job. */
    InspectResult inspect() throws Exception {
        JobContext context = context();
        List<InspectResult> results = new ArrayList<>();
        JobRun.execute(context, warehouse, "inspect", "Inspecting oranges", run -> {
            lastRunId = run.id();
            InspectOptions options = InspectOptions.of(
                    spark,
                    context.configuration(),
                    resource("config.json").getParent(),
                    knowledge,
                    captions.apply(context.configuration()),
                    redo,
                    Claim.TakeOver.WHEN_STALE);
            Claim.Owners owners = Claim.Owners.byHeartbeat(
                    new RunHeartbeats(warehouse), context.configuration().value(Keys.RUNS_STALE_AFTER));
            InspectResult result = new Inspect(warehouse, options, run, owners).run();
            result.report(run);
            results.add(result);
            return result.summary("W", 1);
        });
        return results.get(0);
    }

    String lastRunId() {
        return lastRunId;
    }

    /** Every inspection by its image, as JSON, without what differs from run to run. */
    Map<String, String> inspections() {
        Map<String, String> inspections = new TreeMap<>();
        for (Row row : warehouse
                .read(InspectionsTable.DEFINITION)
                .drop("run_id", "inspected_at")
                .collectAsList()) {
            String before = inspections.put(row.getAs("image_id"), row.json());
            if (before != null) {
                throw new AssertionError("two inspections of one image: " + row.json() + " and " + before);
            }
        }
        return inspections;
    }

    static Path resource(String name) {
        try {
            return Path.of(
                    InspectFixture.class.getResource("/tiny-clip/" + name).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
