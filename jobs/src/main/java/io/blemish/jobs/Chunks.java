package io.blemish.jobs;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Cuts what is left to inspect into chunks, each a range of parts of {@code images}.
 *
 * <p>What is left is found by comparing the images of each part with the inspections of that part. Both counts read one
 * small column. A part with equal counts is done, a part without inspections is left whole; only what lies between is
 * joined, on {@code image_id} alone. The pictures themselves take part in nothing of this, and a chunk's condition on
 * {@code part} lets the scan skip all other files.
 */
public final class Chunks {
    private final Dataset<Row> images;
    private final Dataset<Row> inspections;

    private Chunks(Dataset<Row> images, Dataset<Row> inspections) {
        this.images = images;
        this.inspections = inspections;
    }

    /**
     * A range of parts, and which of their images are left.
     *
     * @param firstPart the first part, inclusive
     * @param lastPart the last part, inclusive
     * @param images how many images of these parts are left
     * @param skippedParts parts within the range of which not every image is left
     * @param restOfSkipped the images of skipped parts that are left
     */
    public record Chunk(long firstPart, long lastPart, long images, Set<Long> skippedParts, Set<String> restOfSkipped) {
        /** Selects the chunk's images from the table {@code images}. */
        public Column condition() {
            Column range = col("part").geq(lit(firstPart)).and(col("part").leq(lit(lastPart)));
            if (skippedParts.isEmpty()) {
                return range;
            }
            Column whole = col("part").isInCollection(skippedParts).unary_$bang();
            return range.and(
                    restOfSkipped.isEmpty() ? whole : whole.or(col("image_id").isInCollection(restOfSkipped)));
        }
    }

    /**
     * The chunks that are left, in order of their parts.
     *
     * @param images {@code images} at the version that the run has pinned
     * @param inspections the rows of {@code inspections} that count as done
     * @param minImages chunks, but for the last, have at least as many images
     */
    public static List<Chunk> left(Dataset<Row> images, Dataset<Row> inspections, long minImages) {
        return new Chunks(images, inspections).left(minImages);
    }

    private List<Chunk> left(long minImages) {
        Map<Long, Long> all = countByPart(images);
        Map<Long, Long> done = countByPart(inspections);
        Map<Long, Set<String>> rest = restOfPartial(all, done);
        List<Chunk> chunks = new ArrayList<>();
        Range range = new Range();
        for (Map.Entry<Long, Long> part : all.entrySet()) {
            Set<String> ids = rest.get(part.getKey());
            if (ids != null) {
                range.addPartial(part.getKey(), ids);
            } else if (done.containsKey(part.getKey())) {
                range.skipped.add(part.getKey());
            } else {
                range.addWhole(part.getKey(), part.getValue());
            }
            if (range.images >= minImages) {
                chunks.add(range.chunk());
                range = new Range();
            }
        }
        if (range.images > 0) {
            chunks.add(range.chunk());
        }
        return chunks;
    }

    private static TreeMap<Long, Long> countByPart(Dataset<Row> rows) {
        TreeMap<Long, Long> counts = new TreeMap<>();
        for (Row row : rows.groupBy("part").count().collectAsList()) {
            counts.put(row.getLong(0), row.getLong(1));
        }
        return counts;
    }

    private Map<Long, Set<String>> restOfPartial(Map<Long, Long> all, Map<Long, Long> done) {
        Set<Long> partial = new HashSet<>();
        all.forEach((part, count) -> {
            if (done.containsKey(part) && !done.get(part).equals(count)) {
                partial.add(part);
            }
        });
        Map<Long, Set<String>> rest = new HashMap<>();
        if (!partial.isEmpty()) {
            partial.forEach(part -> rest.put(part, new HashSet<>()));
            for (Row row : idsLeft(partial).collectAsList()) {
                rest.get(row.getLong(1)).add(row.getString(0));
            }
        }
        return rest;
    }

    private Dataset<Row> idsLeft(Set<Long> parts) {
        Dataset<Row> candidates =
                images.where(col("part").isInCollection(parts)).select("image_id", "part");
        Dataset<Row> inspected =
                inspections.where(col("part").isInCollection(parts)).select("image_id");
        return candidates.join(inspected, candidates.col("image_id").equalTo(inspected.col("image_id")), "left_anti");
    }

    /** A chunk in the making. */
    private static final class Range {
        private final Set<Long> skipped = new HashSet<>();
        private final Set<String> rest = new HashSet<>();
        private long first = Long.MAX_VALUE;
        private long last;
        private long images;

        void addWhole(long part, long count) {
            extend(part, count);
        }

        void addPartial(long part, Set<String> ids) {
            skipped.add(part);
            if (!ids.isEmpty()) {
                rest.addAll(ids);
                extend(part, ids.size());
            }
        }

        private void extend(long part, long count) {
            first = Math.min(first, part);
            last = Math.max(last, part);
            images += count;
        }

        Chunk chunk() {
            Set<Long> within = new HashSet<>(skipped);
            within.removeIf(part -> part < first || part > last);
            return new Chunk(first, last, images, Set.copyOf(within), Set.copyOf(rest));
        }
    }
}
