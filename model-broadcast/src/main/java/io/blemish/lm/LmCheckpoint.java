package io.blemish.lm;

import io.blemish.checkpoint.ByteLevelTokenizer;
import io.blemish.checkpoint.Precision;
import io.blemish.checkpoint.Tensor;
import io.blemish.checkpoint.TorchScriptArchive;
import java.io.OutputStream;
import java.util.List;

/** A language model's folder, opened and checked on the driver: what it is called, and the archives made of it. */
public interface LmCheckpoint {
    /** The width of the vectors of a prefix, and of embeddings. */
    int width();

    /** The number of tokens, whose ids begin with 0. */
    int vocabulary();

    /** The most tokens of a text, the vectors of its prefix included. */
    int positions();

    /** The token that ends a text. */
    long end();

    /** The tokenizer, which the caller closes. */
    ByteLevelTokenizer tokenizer();

    /**
     * Equal for two checkpoints only if they write the same.
     *
     * @return 64 hexadecimal digits over weights, architecture and precision
     */
    String fingerprint(Precision precision);

    /** Writes the archive that {@link CausalLms#load} reads, to a stream, which stays open. Equal checkpoints give equal bytes. */
    void write(OutputStream out, Precision precision);

    /** The weights in float32, as the list that training hands to an archive without weights. */
    List<Tensor> script();

    /** The archive of {@code CaptionLoss.py} with the weights in it: what a mapper is trained against. */
    TorchScriptArchive.Builder archiveForCaptions(Precision precision);

    /** The archive of {@code CaptionLoss.py} without weights. */
    TorchScriptArchive.Builder archiveForCaptionTraining();
}
