package io.blemish.udfs;

import io.blemish.broadcast.TaskSlots;
import io.blemish.broadcast.TorchThreads;
import io.blemish.clip.Clip;
import io.blemish.clip.ClipTexts;
import io.blemish.error.UserException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.sql.internal.SQLConf;

/**
 * The text tower of a CLIP checkpoint, as SQL functions use it: loaded once in a JVM for each folder, with the
 * embeddings of the texts that it was asked for last.
 */
final class TextTower {
    /** The setting of a Spark session that names the folder of the checkpoint. */
    static final String SETTING = "spark.blemish.clip";

    /** Of 512 numbers each, 8 MiB. */
    private static final int REMEMBERED_TEXTS = 4096;

    private static final Map<String, TextTower> TOWERS = new ConcurrentHashMap<>();

    private final ClipTexts texts;
    private final Set<String> encoderIds;
    private final Map<String, float[]> remembered = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, float[]> eldest) {
            return size() > REMEMBERED_TEXTS;
        }
    };

    private TextTower(ClipTexts texts, Set<String> encoderIds) {
        this.texts = texts;
        this.encoderIds = encoderIds;
    }

    /**
     * The folder that the session names, or, in a task, the session that the task works for.
     *
     * @throws UserException when it names none
     */
    static String folder() {
        return Optional.ofNullable(SQLConf.get().getConfString(SETTING, null))
                .orElseThrow(() -> UserException.cannot(
                        "embed a text",
                        "no CLIP is named",
                        "Set " + SETTING + " to the folder of the checkpoint that the images were embedded with"));
    }

    /**
     * The tower of a checkpoint.
     *
     * @throws UserException when this machine has no checkpoint there
     */
    static TextTower of(String folder) {
        return TOWERS.computeIfAbsent(folder, TextTower::load);
    }

    /** The embedding of a text, as the projection gives it, not normalised; not to be changed. */
    float[] embed(String text) {
        synchronized (remembered) {
            float[] known = remembered.get(text);
            if (known != null) {
                return known;
            }
        }
        float[] embedding = texts.embed(List.of(text))[0];
        synchronized (remembered) {
            remembered.put(text, embedding);
        }
        return embedding;
    }

    /** Every {@code encoder_id} whose embeddings may be compared with those of the texts. */
    Set<String> encoderIds() {
        return encoderIds;
    }

    private static TextTower load(String folder) {
        TorchThreads.configure(TaskSlots.ofJvm().torchThreads());
        try (Clip clip = Clip.open(Path.of(folder))) {
            Path archive = Files.createTempFile("clip-texts", ".pt");
            try {
                try (OutputStream out = Files.newOutputStream(archive)) {
                    clip.writeTexts(out);
                }
                return new TextTower(ClipTexts.load(archive), clip.fingerprints());
            } finally {
                Files.delete(archive);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write the text tower to the folder for temporary files", e);
        }
    }
}
