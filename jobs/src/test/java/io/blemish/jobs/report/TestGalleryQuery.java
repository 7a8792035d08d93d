package io.blemish.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.blemish.checkpoint.Precision;
import io.blemish.image.CropRounding;
import io.blemish.image.DecodeMode;
import io.blemish.image.Orientation;
import io.blemish.jobs.SparkTest;
import io.blemish.jobs.inspect.EncoderCard;
import io.blemish.knowledge.KnowledgeBase;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class TestGalleryQuery extends SparkTest {
    private static final StructType INSPECTED = new StructType()
            .add("image_id", DataTypes.StringType)
            .add("part", DataTypes.LongType)
            .add("defective", DataTypes.BooleanType)
            .add("defect", DataTypes.StringType)
            .add("severity", DataTypes.StringType)
            .add("verdict", DataTypes.StringType)
            .add("margin", DataTypes.DoubleType);

    private static final StructType TRUTHS = new StructType()
            .add("image_id", DataTypes.StringType)
            .add("labels", DataTypes.createArrayType(DataTypes.StringType));

    private final List<Row> rows = new ArrayList<>();

    private void inspected(String imageId, String defect, String severity, String verdict, double margin) {
        rows.add(RowFactory.create(imageId, 1L, defect != null, defect, severity, verdict, margin));
    }

    private List<String> chosen(int most, Optional<Dataset<Row>> truths) {
        KnowledgeBase base = KnowledgeBase.parse(
                "{\"name\": \"x\", \"subject\": \"x\", \"severity\": ["
                        + "{\"band\": \"severe\", \"above\": 0.5}, {\"band\": \"minor\", \"above\": 0}],"
                        + " \"sound\": [{\"name\": \"fresh\", \"prompts\": [\"a\"]}],"
                        + " \"defects\": [{\"name\": \"cut\", \"prompts\": [\"b\"]}, {\"name\": \"scab\", \"prompts\": [\"c\"]}]}");
        EncoderCard card =
                new EncoderCard(Precision.FP32, 48, CropRounding.values()[0], Orientation.APPLY, DecodeMode.EXACT);
        Subject subject = new Subject("e", "clip", card, "none", base);
        return new GalleryQuery(subject, truths)
                .choose(spark.createDataFrame(rows, INSPECTED), most).stream()
                        .map(GalleryQuery.Chosen::imageId)
                        .toList();
    }

    @Test
    void someOfEverythingTheMostSevereFirst() {
        for (int i = 0; i < 20; i++) {
            inspected("cut-" + i, "cut", i == 7 ? "severe" : "minor", "reject", 2 + i);
            inspected("fresh-" + i, null, null, "pass", -3 - i);
        }
        inspected("scab", "scab", "minor", "reject", 0.5);
        inspected("close", "scab", "minor", "review", 0.05);
        inspected("closest", null, null, "review", -0.01);

        assertThat(chosen(4, Optional.empty())).containsExactly("cut-7", "scab", "closest", "fresh-19");
        assertThat(chosen(7, Optional.empty()))
                .containsExactly("cut-7", "cut-19", "scab", "closest", "close", "fresh-19", "fresh-18");
        assertThat(chosen(1000, Optional.empty())).hasSize(43);
        assertThat(chosen(0, Optional.empty())).isEmpty();
    }

    @Test
    void mistakesAreShown() {
        for (int i = 0; i < 9; i++) {
            inspected("cut-" + i, "cut", "severe", "reject", 9 + i);
        }
        inspected("missed", null, null, "pass", -2);
        inspected("confused", "cut", "minor", "reject", 1);
        inspected("unknown", "cut", "minor", "reject", 1);
        List<Row> labels = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            labels.add(RowFactory.create("cut-" + i, new String[] {"cut"}));
        }
        labels.add(RowFactory.create("missed", new String[] {"scab"}));
        labels.add(RowFactory.create("confused", new String[] {"scab", "bruise"}));
        Dataset<Row> truths = spark.createDataFrame(labels, TRUTHS);

        assertThat(chosen(2, Optional.of(truths))).containsExactly("cut-8", "missed");
        assertThat(chosen(4, Optional.of(truths))).containsExactly("cut-8", "cut-7", "confused", "missed");
    }
}
