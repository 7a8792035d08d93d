package io.blemish.udfs;

import io.blemish.explain.Method;
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
        CurveScores scores = new CurveScores(masking, model, settings, cells * cells);
        List<Row> rows = new ArrayList<>();
        for (Map.Entry<String, Grid> map : nullMaps(photograph, cells).entrySet()) {
            Curves curves = curves(map.getValue(), scores);
            for (int i = 0; i < photograph.indices().length; i++) {
                rows.add(row(photograph, i, map.getKey(), curves, scores));
            }
        }
        for (Map.Entry<Method, float[][]> maps : photograph.maps().entrySet()) {
            for (int i = 0; i < photograph.indices().length; i++) {
                Curves curves = curves(new Grid(cells, cells, maps.getValue()[i]), scores);
                rows.add(row(photograph, i, maps.getKey().label(), curves, scores));
            }
        }
        return rows;
    }

    /** The maps that are the same for all descriptions. */
    private static Map<String, Grid> nullMaps(Explained photograph, int cells) {
        Map<String, Grid> grids = new LinkedHashMap<>();
        grids.put(MapScorer.ATTENTION, new Grid(cells, cells, photograph.attention()));
        grids.put(MapScorer.CENTRE, NullMaps.centreGaussian(cells, cells));
        grids.put(MapScorer.RANDOM, NullMaps.random(photograph.imageId(), cells, cells));
        return grids;
    }

    /** Both curves of a heat map. */
    private record Curves(CurveScores.Points insertion, CurveScores.Points deletion) {}

    private static Curves curves(Grid map, CurveScores scores) throws InterruptedException {
        return new Curves(
                scores.along(map, Masking.Direction.INSERTION), scores.along(map, Masking.Direction.DELETION));
    }

    private static Row row(Explained photograph, int description, String method, Curves curves, CurveScores scores) {
        int index = photograph.indices()[description];
        CurveScores.Areas insertion = scores.areas(curves.insertion, index);
        CurveScores.Areas deletion = scores.areas(curves.deletion, index);
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
