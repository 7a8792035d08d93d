package io.blemish.jobs;

import io.blemish.caption.MapperConfig;
import io.blemish.caption.MapperKind;
import io.blemish.caption.MapperSettings;
import io.blemish.caption.MapperWeights;
import io.blemish.checkpoint.DType;
import io.blemish.clip.Clip;
import io.blemish.lm.CausalLms;
import io.blemish.lm.Decoding;
import io.blemish.train.MapperFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A mapper that has learned nothing, for the tiny checkpoint of {@link InspectFixture} and the language model that comes with Blemish. */
final class RandomMapper {
    static final Path LANGUAGE_MODEL = Home.resolve("model-broadcast/pocket/opt");
    static final String PROMPT = "an apple with ";

    private static final int SEED = 5;

    private RandomMapper() {}

    /** Its folder, within one for models. */
    static Path forTinyClip(Path models, Decoding decoding) throws IOException {
        try (Clip clip = tinyClip()) {
            return forEncoder(clip.fingerprint(), models.resolve("mapper"), decoding);
        }
    }

    /** One that says that it was trained for an encoder. */
    static Path forEncoder(String encoder, Path folder, Decoding decoding) throws IOException {
        Files.createDirectories(folder);
        int width = CausalLms.checkpoint(LANGUAGE_MODEL).width();
        try (Clip clip = tinyClip()) {
            MapperConfig config =
                    MapperConfig.standard(MapperKind.MLP, clip.config().embedding(), 4, width);
            new MapperFolder(folder)
                    .writeModel(
                            MapperWeights.random(config, SEED),
                            new MapperSettings(PROMPT, Optional.of(encoder), Optional.empty(), decoding),
                            DType.F32);
        }
        return folder;
    }

    private static Clip tinyClip() {
        return Clip.open(InspectFixture.resource("config.json").getParent());
    }
}
