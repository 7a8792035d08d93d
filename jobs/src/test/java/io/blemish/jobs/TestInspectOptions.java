package io.blemish.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.blemish.broadcast.DeviceChoice;
import io.blemish.explain.Method;
import io.blemish.image.DecodeOptions;
import io.blemish.knowledge.KnowledgeBase;
import io.blemish.knowledge.LabelOptions;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TestInspectOptions extends SparkTest {
    private static final Path CLIP = Path.of("clip");
    private static final Path KNOWLEDGE = Path.of("fruit.yaml");

    @Test
    void defaultsAreThoseOfTheConfiguration() {
        InspectOptions options = options(Map.of());

        assertThat(options.topK()).isEqualTo(5);
        assertThat(options.methods()).containsExactly(Method.RELEVANCE);
        assertThat(options.precision()).isEmpty();
        assertThat(options.device()).isEqualTo(DeviceChoice.CPU);
        assertThat(options.batchSize()).isEqualTo(16);
        assertThat(options.decode()).isEqualTo(DecodeOptions.defaults());
    }

    @Test
    void gpuTakesLargerBatches() {
        assertThat(options(Map.of("device", "gpu")).batchSize()).isEqualTo(64);
    }

    @Test
    void chunkHoldsEnoughImagesAndEnoughBatches() {
        InspectOptions options = options(Map.of("chunk.images", "1000", "chunk.batches", "20", "batch.size", "16"));

        assertThat(options.minImages(2)).isEqualTo(1000);
        assertThat(options.minImages(64)).isEqualTo(20_480);
    }

    @Test
    void knowledgeBaseMayAbstainUnlessTheUserSaysHow() {
        KnowledgeBase base = KnowledgeBase.read(InspectFixture.resource("oranges.yaml"));

        assertThat(options(Map.of()).label(base)).isEqualTo(new LabelOptions(5, 0.5, 0.05));
        assertThat(options(Map.of()).abstain()).isEmpty();
        assertThat(options(Map.of("label.abstain", "0.2")).label(base)).isEqualTo(new LabelOptions(5, 0.5, 0.2));
        assertThat(options(Map.of("label.abstain", "0.05")).abstain())
                .as("the default, but given")
                .hasValue(0.05);
    }

    private static InspectOptions options(Map<String, String> settings) {
        return InspectOptions.of(
                spark,
                Configuration.builder().set(settings).build(),
                CLIP,
                KNOWLEDGE,
                Optional.empty(),
                InspectOptions.Redo.NOTHING,
                Claim.TakeOver.WHEN_STALE);
    }
}
