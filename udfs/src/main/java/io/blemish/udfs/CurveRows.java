package io.blemish.udfs;

import io.blemish.metrics.Curve;
import io.blemish.metrics.Grid;
import io.blemish.metrics.NullMaps;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Insertion and deletion on a photograph: for each description and method, and for the null maps, the areas under the
 * curves of its probability among all descriptions and of its cosine, while patches are taken away to the mean colour,
 * or put back into a blurred photograph, from the one that the map calls most relevant to the least.
 */
final class CurveRows implements Explainer.Answer {
    private static final StructType SCHEMA = new StructType()
            .add("image_id", DataTypes.StringType, false)
            .add("defect", DataTypes.StringType, false)
            .add("method", DataTypes.StringType, false)
            .add("insertion", DataTypes.DoubleType, false)
            .add("deletion", DataTypes.DoubleType, false)
            .add("insertion_cosine", DataTypes.DoubleType, false)
            .add("deletion_cosine", DataTypes.DoubleType, false);

    private static final long serialVersionUID = 1L;

    private final CurveSettings settings;

    /** Areas under curves by these settings. */
    CurveRows(CurveSettings settings) {
        this.settings = settings;
    }

    @Override
    public StructType schema() {
        return SCHEMA;
    }

    @Override
    public List<Row> rows(Explained photograph, ExplainingModel model) throws InterruptedException {
        int cells = (int) Math.round(Math.sqrt(photograph.attention().length));
        Masking masking = Masking.of(photograph.crop(), settings.mean(), settings.std(), cells);
        CurveScores scores = new CurveScores(masking, model, settings.batchSize());
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < photograph.indices().length; i++) {
            for (Map.Entry<String, Grid> method : grids(photograph, i, cells).entrySet()) {
                rows.add(row(photograph, i, method.getKey(), method.getValue(), scores));
            }
        }
        return rows;
    }

    private static Map<String, Grid> grids(Explained photograph, int description, int cells) {
        Map<String, Grid> grids = new LinkedHashMap<>();
        photograph
                .maps()
                .forEach((method, maps) -> grids.put(method.label(), new Grid(cells, cells, maps[description])));
        grids.put(MapScorer.ATTENTION, new Grid(cells, cells, photograph.attention()));
        grids.put(MapScorer.CENTRE, NullMaps.centreGaussian(cells, cells));
        grids.put(MapScorer.RANDOM, NullMaps.random(photograph.imageId(), cells, cells));
        return grids;
    }

    private Row row(Explained photograph, int description, String method, Grid grid, CurveScores scores)
            throws InterruptedException {
        int[] order = grid.descending();
        int[] points = Curve.points(order.length, settings.steps());
        int index = photograph.indices()[description];
        CurveScores.Areas insertion = scores.areas(order, points, Masking.Direction.INSERTION, index);
        CurveScores.Areas deletion = scores.areas(order, points, Masking.Direction.DELETION, index);
        return RowFactory.create(
                photograph.imageId(),
                photograph.descriptions().get(description),
                method,
                insertion.probability(),
                deletion.probability(),
                insertion.cosine(),
                deletion.cosine());
    }
}
