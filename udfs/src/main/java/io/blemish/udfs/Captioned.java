package io.blemish.udfs;

import io.blemish.caption.Caption;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * What was written about an image.
 *
 * @param captions best first, at least one
 * @param clipScore {@link io.blemish.metrics.ClipScore} of the first one; null where captions are not scored
 */
record Captioned(List<Caption> captions, Double clipScore) {
    /** The first caption. */
    Caption best() {
        return captions.get(0);
    }

    /** As {@link InspectionSchema#CAPTIONS}. */
    Row[] rows() {
        return captions.stream()
                .map(caption -> RowFactory.create(caption.text(), caption.logProbability()))
                .toArray(Row[]::new);
    }
}
