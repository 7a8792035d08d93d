package io.blemish.udfs;

import io.blemish.caption.Caption;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * What was written about an image.
 *
 * @param captions best first, at least one
 * @param clipScore CLIPScore of the first one: 2.5 times the cosine of the image and <em>A photo depicts</em> with the caption, at
 *     least 0 (Hessel et al., CLIPScore, 2021, arXiv 2104.08718)
 */
record Captioned(List<Caption> captions, double clipScore) {
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
