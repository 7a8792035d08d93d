package io.blemish.jobs;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.size;

import io.blemish.jobs.inspect.EncoderCard;
import io.blemish.tables.BundlesTable;
import io.blemish.tables.ImagesTable;
import io.blemish.tables.InspectionsTable;
import io.blemish.tables.KnowledgeBasesTable;
import io.blemish.tables.TilesTable;
import io.blemish.tables.Warehouse;
import io.blemish.udfs.RowCondition;
import io.blemish.udfs.TileDrawer;
import io.blemish.udfs.TileSettings;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.util.LongAccumulator;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Draws heat maps over their photographs, from grids that were committed before. It needs no model, and draws nothing
 * twice: what is left is what has no combined tile.
 *
 * <p>All tiles of an image are appended together. Inspections are small and travel to the tasks that scan the
 * photographs; the photographs stay where they are read.
 */
public final class Tiles {
    private final Warehouse warehouse;
    private final TilesOptions options;
    private final JobRun run;
    private final Claim.Owners owners;

    /** A drawing of the warehouse's heat maps, as part of the run. */
    public Tiles(Warehouse warehouse, TilesOptions options, JobRun run, Claim.Owners owners) {
        this.warehouse = warehouse;
        this.options = options;
        this.run = run;
        this.owners = owners;
    }

    /** Draws what is left, for every encoder and knowledge base. */
    public TilesResult run() {
        requireInspections();
        options.window().report(run);
        warehouse.create(TilesTable.DEFINITION);
        TilesResult result = TilesResult.nothing();
        for (Pair pair : pairs()) {
            result = result.plus(pair.draw());
        }
        return result;
    }

    /** What {@link #run} would do; an image counts once for each encoder and knowledge base. */
    public Summary plan() {
        requireInspections();
        long left = pairs().stream().mapToLong(pair -> pair.left().count()).sum();
        return Summary.titled("Would draw the heat maps of " + warehouse + options.window())
                .with("images", left, "whose heat maps are not drawn yet");
    }

    private void requireInspections() {
        warehouse.require(
                "Run blemish inspect first",
                ImagesTable.DEFINITION,
                InspectionsTable.DEFINITION,
                BundlesTable.DEFINITION,
                KnowledgeBasesTable.DEFINITION);
    }

    private List<Pair> pairs() {
        return explained().select("encoder_id", "kb_id").distinct().collectAsList().stream()
                .map(pair -> new Pair(pair.getString(0), pair.getString(1)))
                .toList();
    }

    private Dataset<Row> explained() {
        return options.window()
                .of(warehouse.read(InspectionsTable.DEFINITION), "captured_at")
                .where(col("status")
                        .equalTo(InspectionsTable.OK)
                        .and(size(col("maps")).gt(0)));
    }

    /** The inspections of one encoder by one knowledge base. */
    private final class Pair {
        private final String encoderId;
        private final String kbId;

        Pair(String encoderId, String kbId) {
            this.encoderId = encoderId;
            this.kbId = kbId;
        }

        TilesResult draw() {
            Dataset<Row> left = left();
            List<Chunks.Chunk> chunks = Chunks.left(left, left.limit(0), options.chunkImages());
            if (chunks.isEmpty()) {
                return TilesResult.nothing();
            }
            Claim claim = Claim.take(
                    new Claim.Table(warehouse, TilesTable.DEFINITION),
                    Claim.Key.ofTiles(encoderId, kbId),
                    run.id(),
                    owners,
                    options.takeOver());
            LongAccumulator undrawn = warehouse.spark().sparkContext().longAccumulator("images without tiles");
            TileDrawer drawer = new TileDrawer(settings(), hadoop(), undrawn);
            TilesResult result = TilesResult.nothing();
            for (Chunks.Chunk chunk : chunks) {
                CommitLog.Commit commit = claim.append(tiles(drawer, left, chunk));
                result = result.plus(
                        new TilesResult(chunk.images(), commit.rows().orElse(0), 0));
            }
            return result.plus(new TilesResult(-undrawn.value(), 0, undrawn.value()));
        }

        private Dataset<Row> left() {
            Dataset<Row> inspections = explained().where(mine());
            if (options.which() == TilesOptions.Which.DEFECTIVE) {
                inspections = inspections.where(col("defective"));
            }
            if (options.where().isPresent()) {
                inspections = inspections.where(condition(options.where().get(), inspections));
            }
            Dataset<Row> drawn = warehouse
                    .readOrNone(TilesTable.DEFINITION)
                    .where(mine().and(col("rank").equalTo(TilesTable.COMBINED)))
                    .select(col("image_id").as("drawn_id"));
            // Inspections of several captioners hold the same grids.
            return inspections
                    .join(drawn, col("image_id").equalTo(col("drawn_id")), "left_anti")
                    .dropDuplicates("image_id")
                    .select("image_id", "part", "top", "maps", "map_rows", "map_cols");
        }

        private Column mine() {
            return col("encoder_id").equalTo(encoderId).and(col("kb_id").equalTo(kbId));
        }

        private Column condition(String where, Dataset<Row> inspections) {
            String base = warehouse.only(KnowledgeBasesTable.DEFINITION, "kb_id", kbId, "content");
            return RowCondition.of(where, "--where", base, inspections.schema());
        }

        private TileSettings settings() {
            EncoderCard card =
                    EncoderCard.parse(warehouse.only(BundlesTable.DEFINITION, "bundle_id", encoderId, "card"));
            return new TileSettings(card.preparation(options.limits()), options.size(), options.opacity());
        }

        private Dataset<Row> tiles(TileDrawer drawer, Dataset<Row> left, Chunks.Chunk chunk) {
            Dataset<Row> evidence = broadcast(left.where(chunk.condition()).drop("part"));
            Dataset<Row> photographs = warehouse
                    .read(ImagesTable.DEFINITION)
                    .where(chunk.condition())
                    .select("image_id", "uri", "content");
            return drawer.tiles(photographs.join(evidence, "image_id"))
                    .withColumn("encoder_id", lit(encoderId))
                    .withColumn("kb_id", lit(kbId))
                    .withColumn("run_id", lit(run.id()));
        }
    }

    private Broadcast<SerializableConfiguration> hadoop() {
        return JavaSparkContext.fromSparkContext(warehouse.spark().sparkContext())
                .broadcast(new SerializableConfiguration(
                        warehouse.spark().sessionState().newHadoopConf()));
    }
}
