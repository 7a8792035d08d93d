package io.blemish.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.LongAccumulator;
import org.junit.jupiter.api.Test;

class TestLiveCount extends SparkTest {
    // Law: when all tasks have ended, nothing is counted twice.
    @Test
    void sumIsThatOfTheAccumulatorsInTheEnd() throws Exception {
        LongAccumulator ok = spark.sparkContext().longAccumulator("ok");
        LongAccumulator failed = spark.sparkContext().longAccumulator("failed");
        try (LiveCount count = LiveCount.of(spark.sparkContext(), List.of(ok, failed))) {
            JavaSparkContext.fromSparkContext(spark.sparkContext())
                    .parallelize(List.of(1, 2, 3, 4), 4)
                    .foreach(number -> (number % 2 == 0 ? ok : failed).add(number));
            spark.sparkContext().listenerBus().waitUntilEmpty();

            assertThat(count.value()).isEqualTo(10);
        }
    }
}
