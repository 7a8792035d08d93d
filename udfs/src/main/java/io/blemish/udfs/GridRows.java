package io.blemish.udfs;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The heat maps of a photograph: a row for each method and description, and one of {@link MapScorer#ATTENTION}, which
 * has no description.
 */
final class GridRows implements Explainer.Answer {
    private static final StructType SCHEMA = new StructType()
            .add("image_id", DataTypes.StringType, false)
            .add("description", DataTypes.StringType)
            .add("method", DataTypes.StringType, false)
            .add("grid", DataTypes.createArrayType(DataTypes.FloatType, false), false);

    private static final long serialVersionUID = 1L;

    @Override
    public StructType schema() {
        return SCHEMA;
    }

    @Override
    public List<Row> rows(Explained photograph, ExplainingModel model) {
        List<Row> rows = new ArrayList<>();
        photograph.maps().forEach((method, grids) -> {
            for (int i = 0; i < grids.length; i++) {
                rows.add(RowFactory.create(
                        photograph.imageId(), photograph.descriptions().get(i), method.label(), grids[i]));
            }
        });
        rows.add(RowFactory.create(photograph.imageId(), null, MapScorer.ATTENTION, photograph.attention()));
        return rows;
    }
}
