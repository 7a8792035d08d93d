package io.blemish.broadcast;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestTaskSlots {
    private static final int PROCESSORS = 12;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "local | | 1 | 1 | 1 | 1",
                "local[4] | | 1 | 4 | 4 | 1",
                "local[4,2] | | 2 | 4 | 2 | 2",
                "local[*] | | 1 | 12 | 12 | 1",
                "local[*,3] | | 5 | 12 | 2 | 6",
                "local-cluster[2,3,1024] | | 1 | 3 | 3 | 1",
                "spark://host:7077 | 8 | 2 | 8 | 4 | 2",
                "spark://host:7077 | | 1 | 12 | 12 | 1",
                "yarn | | 1 | 1 | 1 | 1",
                "yarn | 6 | 4 | 6 | 1 | 6",
                "k8s://https://host | | 1 | 1 | 1 | 1",
                "yarn | 1 | 2 | 1 | 1 | 1",
            })
    void slotsAndThreadsFollowTheConf(
            String master, Integer executorCores, int taskCpus, int cores, int slots, int threads) {
        SparkConf conf = new SparkConf(false).set("spark.master", master).set("spark.task.cpus", "" + taskCpus);
        if (executorCores != null) {
            conf.set("spark.executor.cores", executorCores.toString());
        }

        TaskSlots found = TaskSlots.of(conf, PROCESSORS);
        assertThat(found).isEqualTo(new TaskSlots(cores, slots));
        assertThat(found.torchThreads()).isEqualTo(threads);
    }

    @Test
    void runningSparkIsAsked() {
        try (LocalSpark spark = LocalSpark.start()) {
            assertThat(spark.session().sparkContext().master()).isEqualTo("local[2]");
            assertThat(TaskSlots.ofJvm()).isEqualTo(new TaskSlots(2, 2));
        }
    }
}
