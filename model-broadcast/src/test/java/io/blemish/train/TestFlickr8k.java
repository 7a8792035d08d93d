package io.blemish.train;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.blemish.caption.CaptionTokens;
import io.blemish.caption.EmbeddingScale;
import io.blemish.caption.MapperConfig;
import io.blemish.caption.MapperKind;
import io.blemish.caption.MapperWeights;
import io.blemish.checkpoint.ByteLevelTokenizer;
import io.blemish.checkpoint.DType;
import io.blemish.checkpoint.Tensor;
import io.blemish.lm.CausalLms;
import io.blemish.lm.LmCheckpoint;
import io.blemish.testdata.TestData;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A mapper for real embeddings: those that OpenAI's ViT-B/32 made of 1,000 photographs of Flickr8k, with a caption each. A fifth of them is
 * never trained on. The language model is the one that comes with Blemish, trained along, since it knows of fruit alone.
 */
class TestFlickr8k {
    private static final int WIDTH = 512;
    private static final int EPOCHS = 12;

    @TempDir
    private Path folder;

    @Test
    void captionsOfUnseenPhotographsDependOnThem() throws IOException {
        LmCheckpoint lm = CausalLms.checkpoint(Path.of("pocket", "opt"));
        MapperConfig config =
                MapperConfig.standard(MapperKind.MLP, WIDTH, 8, lm.width()).withScale(EmbeddingScale.UNIT);
        CaptionData data;
        try (ByteLevelTokenizer tokenizer = lm.tokenizer()) {
            CaptionTokens tokens = new CaptionTokens(tokenizer, "", lm.end());
            data = CaptionData.encode(images(), tokens::ended, lm.positions() - config.prefix(), 0.2);
        }
        TrainingOptions options = new TrainingOptions(EPOCHS, 1, 2e-3, 0.1, AdamW.Options.ofClip(0.05), EPOCHS, 2, 600);

        try (MapperTrainer trainer = new MapperTrainer(
                config,
                MapperWeights.random(config, 1).script(),
                CaptionLm.tuned(lm),
                data,
                new long[0],
                new MapperTraining(20, 1, 0.2, 0.2))) {
            List<Epoch> epochs =
                    Training.run(trainer, options, new TrainingFolder(folder, "flickr8k"), TrainingListener.NONE);
            Epoch best = EarlyStopping.best(epochs).orElseThrow();
            Score strangers = trainer.validateExchanged();
            // The figures themselves are worth reading, so they are told.
            System.out.printf(
                    "Flickr8k, %d photographs held out: loss %.3f in the first epoch, %.3f in the last; held out %.3f, and %.3f behind the"
                            + " prefixes of other photographs%n",
                    data.held().size(),
                    epochs.get(0).training().loss(),
                    epochs.get(EPOCHS - 1).training().loss(),
                    best.validation().loss(),
                    strangers.loss());

            assertThat(data.held()).hasSizeBetween(160, 240);
            assertThat(epochs.get(EPOCHS - 1).training().loss())
                    .isLessThan(0.8 * epochs.get(0).training().loss());
            assertThat(best.validation().loss())
                    .isLessThan(epochs.get(0).validation().loss());
            assertThat(strangers.loss()).isGreaterThan(1.02 * best.validation().loss());
        }
    }

    private static List<CaptionedImage> images() throws IOException {
        Path data = TestData.folder("clip-image-embeddings-flickr8k1000");
        JsonNode captions =
                new ObjectMapper().readTree(data.resolve("captions.json").toFile());
        byte[] file = Files.readAllBytes(data.resolve("clip_embeddings.npy"));
        int rows = captions.size();
        int header = file.length - rows * WIDTH * Short.BYTES;
        assertThat(new String(file, 0, header, UTF_8)).contains("'<f2'", "(1000, 512)");
        ByteBuffer halves =
                ByteBuffer.wrap(file, header, file.length - header).slice().order(ByteOrder.LITTLE_ENDIAN);
        float[] values = new Tensor("embeddings", DType.F16, new long[] {rows, WIDTH}, halves).toFloats();
        List<CaptionedImage> images = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            float[] embedding = Arrays.copyOfRange(values, row * WIDTH, (row + 1) * WIDTH);
            images.add(new CaptionedImage(
                    "photograph " + row, embedding, List.of(captions.get(row).asText())));
        }
        return images;
    }
}
