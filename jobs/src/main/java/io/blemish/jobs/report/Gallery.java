package io.blemish.jobs.report;

import static org.apache.spark.sql.functions.col;

import io.blemish.jobs.report.Exhibit.Picture;
import io.blemish.jobs.report.Exhibit.Truth;
import io.blemish.jobs.report.Exhibit.Word;
import io.blemish.jobs.report.GalleryPictures.TileKey;
import io.blemish.jobs.report.GalleryQuery.Chosen;
import io.blemish.tables.TilesTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Collects the chosen photographs, with everything that a page shows of them: the only rows that are collected. */
final class Gallery {
    private final Dataset<Row> inspected;
    private final GalleryPictures pictures;
    private final Optional<Dataset<Row>> truths;

    /**
     * A gallery of the subject's inspections.
     *
     * @param inspected without a failure
     * @param truths {@code image_id}, an array {@code labels} and {@code severity}, where truths are known
     */
    Gallery(Dataset<Row> inspected, GalleryPictures pictures, Optional<Dataset<Row>> truths) {
        this.inspected = inspected;
        this.pictures = pictures;
        this.truths = truths;
    }

    /** The chosen images in their order. */
    List<Exhibit> exhibits(List<Chosen> chosen) {
        if (chosen.isEmpty()) {
            return List.of();
        }
        Column those = those(chosen);
        Map<String, Row> rows = new HashMap<>();
        for (Row row : inspected.where(those).select(columns()).collectAsList()) {
            rows.put(row.getAs("image_id"), row);
        }
        Map<String, Picture> photographs = pictures.photographs(those);
        Map<TileKey, Picture> tiles = pictures.tiles(keys(rows));
        Map<String, List<Word>> words = pictures.words(rows.keySet());
        Map<String, Picture> small = words.isEmpty()
                ? Map.of()
                : pictures.smallPhotographs(
                        col("image_id").isInCollection(words.keySet()).and(those));
        Map<String, Truth> known = known(chosen);
        List<Exhibit> exhibits = new ArrayList<>();
        for (Chosen image : chosen) {
            String id = image.imageId();
            Row row = rows.get(id);
            exhibits.add(new Exhibit(
                    id,
                    row.getAs("uri"),
                    ExhibitRows.origin(row),
                    ExhibitRows.finding(row),
                    words.getOrDefault(id, List.of()),
                    Optional.ofNullable(known.get(id)),
                    Optional.ofNullable(photographs.get(id)),
                    Optional.ofNullable(small.get(id)),
                    Optional.ofNullable(tiles.get(new TileKey(id, TilesTable.COMBINED))),
                    Optional.ofNullable(tiles.get(best(id, row)))));
        }
        return exhibits;
    }

    /** The combined tile of each image, and that of the description that its finding names. */
    private static List<TileKey> keys(Map<String, Row> rows) {
        List<TileKey> keys = new ArrayList<>();
        rows.forEach((id, row) -> {
            keys.add(new TileKey(id, TilesTable.COMBINED));
            keys.add(best(id, row));
        });
        return keys;
    }

    private static TileKey best(String id, Row row) {
        return new TileKey(id, ExhibitRows.finding(row).chosen() + 1);
    }

    private Map<String, Truth> known(List<Chosen> chosen) {
        Map<String, Truth> known = new HashMap<>();
        if (truths.isPresent()) {
            for (Row row : truths.get()
                    .where(col("image_id").isin(ids(chosen)))
                    .select("image_id", "labels", "severity")
                    .collectAsList()) {
                known.put(row.getString(0), new Truth(row.getList(1), Optional.ofNullable(row.getString(2))));
            }
        }
        return known;
    }

    /** By their parts as well, so that only the files that hold them are read. */
    private static Column those(List<Chosen> chosen) {
        Object[] parts = chosen.stream().map(Chosen::part).distinct().toArray();
        return col("part").isin(parts).and(col("image_id").isin(ids(chosen)));
    }

    private static Object[] ids(List<Chosen> chosen) {
        return chosen.stream().map(Chosen::imageId).toArray();
    }

    private static Column[] columns() {
        Column[] columns = new Column[ExhibitRows.COLUMNS.length];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = col(ExhibitRows.COLUMNS[i]);
        }
        return columns;
    }
}
