package io.blemish.caption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.blemish.checkpoint.Precision;
import io.blemish.clip.Clip;
import io.blemish.lm.CausalLm;
import io.blemish.lm.CausalLms;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The mapper that comes with Blemish belongs to the CLIP and the language model that come with it. */
class TestPocketMapper {
    private static final Path POCKET = Path.of("pocket");

    @Test
    void belongsToTheOtherTwo() {
        MapperBundle bundle = MapperBundle.open(POCKET.resolve("mapper"));
        try (Clip clip = Clip.open(POCKET.resolve("clip"))) {
            assertThatCode(() -> bundle.check(
                            clip.fingerprint(), clip.config().embedding(), CausalLms.checkpoint(POCKET.resolve("opt"))))
                    .doesNotThrowAnyException();
        }
    }

    /** Whatever the embedding, something is written, and it is not equally likely for all. */
    @Test
    void writes() {
        MapperBundle bundle = MapperBundle.open(POCKET.resolve("mapper"));
        float[][] embeddings = new float[4][bundle.config().embedding()];
        Random random = new Random(7);
        for (float[] embedding : embeddings) {
            for (int i = 0; i < embedding.length; i++) {
                embedding[i] = (float) random.nextGaussian();
            }
        }
        Set<Double> likely = new HashSet<>();
        try (PrefixMapper mapper = PrefixMapper.of(bundle.weights(), Precision.FP32);
                CausalLm lm = CausalLms.open(POCKET.resolve("opt"), Precision.FP32, "cpu")) {
            for (List<Caption> captions :
                    new Captioner(mapper, lm, bundle.prompt()).caption(embeddings, bundle.decoding())) {
                assertThat(captions).hasSize(1);
                assertThat(captions.get(0).text()).isNotBlank();
                assertThat(captions.get(0).logProbability()).isNegative();
                likely.add(captions.get(0).logProbability());
            }
            assertThat(likely).hasSize(4);
        }
    }
}
