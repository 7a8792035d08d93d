package io.blemish.jobs.report;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.lit;

import io.blemish.explain.Method;
import io.blemish.image.DecodeLimits;
import io.blemish.image.DecodeOptions;
import io.blemish.image.ImageProcessor;
import io.blemish.jobs.report.Exhibit.Picture;
import io.blemish.jobs.report.Exhibit.Word;
import io.blemish.tables.ImagesTable;
import io.blemish.tables.TilesTable;
import io.blemish.tables.Warehouse;
import io.blemish.udfs.InspectorSettings;
import io.blemish.udfs.Thumbnails;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.util.SerializableConfiguration;

/** The pictures of the gallery: photographs from {@code images}, heat maps from {@code tiles}, made small by tasks. */
final class GalleryPictures {
    /** Pixels of a photograph's longer side: enough for the width of a phone. */
    private static final int PHOTOGRAPH_SIDE = 480;

    /** Pixels of its longer side where it is shown once for each word of its caption. */
    private static final int SMALL_SIDE = 192;

    /** Pixels of a tile's longer side: tiles of the default size stay as they are. */
    private static final int TILE_SIDE = 640;

    private static final float QUALITY = 0.8f;

    private final Warehouse warehouse;
    private final Subject subject;
    private final InspectorSettings.Preparation preparation;

    /** Pictures of photographs that are decoded as the subject's encoder saw them. */
    GalleryPictures(Warehouse warehouse, Subject subject, DecodeLimits limits) {
        this.warehouse = warehouse;
        this.subject = subject;
        ImageProcessor processor = new ImageProcessor(
                subject.card().side(),
                new float[3],
                new float[] {1, 1, 1},
                subject.card().rounding());
        DecodeOptions decode =
                new DecodeOptions(subject.card().orientation(), subject.card().decode(), limits);
        this.preparation = InspectorSettings.Preparation.of(processor, decode);
    }

    /** What the words of the captions of some images rest on. */
    Map<String, List<Word>> words(Collection<String> imageIds) {
        return WordsQuery.words(warehouse, subject, imageIds);
    }

    /** The photographs that meet the condition on {@code images}, by their image; those that can still be had. */
    Map<String, Picture> photographs(Column those) {
        return pictures(warehouse.read(ImagesTable.DEFINITION).where(those), PHOTOGRAPH_SIDE);
    }

    /** The same, as small as the pictures of words need them. */
    Map<String, Picture> smallPhotographs(Column those) {
        return pictures(warehouse.read(ImagesTable.DEFINITION).where(those), SMALL_SIDE);
    }

    /** The tiles of some ranks, by {@link TileKey}; those that are drawn. */
    Map<TileKey, Picture> tiles(List<TileKey> keys) {
        Optional<String> method = method();
        if (method.isEmpty()) {
            return Map.of();
        }
        Map<String, TileKey> byName = new HashMap<>();
        keys.forEach(key -> byName.put(key.imageId() + ":" + key.rank(), key));
        Object[] ids = keys.stream().map(TileKey::imageId).distinct().toArray();
        Dataset<Row> tiles = mine().where(col("method").equalTo(method.get()))
                .where(col("image_id").isin(ids))
                .select(
                        concat_ws(":", col("image_id"), col("rank")).as("image_id"),
                        lit("").as("uri"),
                        col("png").as("content"))
                .where(col("image_id").isin(byName.keySet().toArray()));
        Map<TileKey, Picture> pictures = new HashMap<>();
        pictures(tiles, TILE_SIDE).forEach((name, picture) -> pictures.put(byName.get(name), picture));
        return pictures;
    }

    /** A tile of an image: rank 0 combines the descriptions. */
    record TileKey(String imageId, int rank) {}

    /** The best of the methods that tiles are drawn of; empty when none are. */
    Optional<String> method() {
        if (!warehouse.exists(TilesTable.DEFINITION)) {
            return Optional.empty();
        }
        Set<String> drawn = new HashSet<>();
        mine().select("method").distinct().collectAsList().forEach(row -> drawn.add(row.getString(0)));
        return Arrays.stream(Method.values())
                .map(Method::label)
                .filter(drawn::contains)
                .findFirst();
    }

    private Dataset<Row> mine() {
        return warehouse
                .read(TilesTable.DEFINITION)
                .where(col("encoder_id")
                        .equalTo(subject.encoderId())
                        .and(col("kb_id").equalTo(subject.base().id())));
    }

    private Map<String, Picture> pictures(Dataset<Row> rows, int side) {
        Broadcast<SerializableConfiguration> hadoop = JavaSparkContext.fromSparkContext(
                        warehouse.spark().sparkContext())
                .broadcast(new SerializableConfiguration(
                        warehouse.spark().sessionState().newHadoopConf()));
        Map<String, Picture> pictures = new HashMap<>();
        for (Row row :
                new Thumbnails(preparation, side, QUALITY, hadoop).of(rows).collectAsList()) {
            pictures.put(row.getString(0), new Picture(row.getInt(1), row.getInt(2), row.getAs(3)));
        }
        hadoop.destroy();
        return pictures;
    }
}
