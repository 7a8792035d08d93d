package io.blemish.jobs.inspect;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.max;

import io.blemish.checkpoint.Precision;
import io.blemish.tables.InspectionsTable;
import io.blemish.tables.Warehouse;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.spark.sql.Row;

/**
 * Chooses the precision of an encoder, once for a run: the one that the user named; else the one of the embeddings that
 * the warehouse already has from this checkpoint, so that a change of machines does not make everything be inspected
 * anew; else the one that the executors compute best.
 */
public final class PrecisionChoice {
    private PrecisionChoice() {}

    /**
     * The precision to use.
     *
     * @param asked what the user named
     * @param encoderId the identity that the encoder has in each precision
     * @param best what the executors compute best; asked only when nothing else decides
     */
    public static Precision choose(
            Optional<Precision> asked,
            Warehouse warehouse,
            Function<Precision, String> encoderId,
            Supplier<Precision> best) {
        return asked.or(() -> stored(warehouse, encoderId)).orElseGet(best);
    }

    private static Optional<Precision> stored(Warehouse warehouse, Function<Precision, String> encoderId) {
        Map<Precision, String> ids = new EnumMap<>(Precision.class);
        for (Precision precision : Precision.values()) {
            ids.put(precision, encoderId.apply(precision));
        }
        List<Row> newest = warehouse
                .read(InspectionsTable.DEFINITION)
                .where(col("encoder_id").isInCollection(ids.values()))
                .groupBy("encoder_id")
                .agg(max("inspected_at").as("newest"))
                .orderBy(col("newest").desc())
                .limit(1)
                .collectAsList();
        return newest.stream()
                .flatMap(row -> ids.keySet().stream()
                        .filter(precision -> ids.get(precision).equals(row.getString(0))))
                .findFirst();
    }
}
