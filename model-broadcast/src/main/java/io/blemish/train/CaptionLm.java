package io.blemish.train;

import io.blemish.checkpoint.Precision;
import io.blemish.checkpoint.Tensor;
import io.blemish.checkpoint.TorchScriptArchive;
import io.blemish.lm.LmCheckpoint;
import java.util.List;

/**
 * The language model behind a mapper while that is trained: a script whose {@code forward} is the loss of captions after their prefixes.
 *
 * @param archive the script, with its weights where they are frozen
 * @param trained its weights where they are trained along; none where they are frozen
 * @param pad a token for what follows a caption's end: any will do
 */
public record CaptionLm(TorchScriptArchive.Builder archive, List<Tensor> trained, long pad) {
    /** Copies the list. */
    public CaptionLm {
        trained = List.copyOf(trained);
    }

    /** One that stays as it is. */
    public static CaptionLm frozen(LmCheckpoint lm) {
        return new CaptionLm(lm.archiveForCaptions(Precision.FP32), List.of(), lm.end());
    }

    /** One that is trained along. */
    public static CaptionLm tuned(LmCheckpoint lm) {
        return new CaptionLm(lm.archiveForCaptionTraining(), lm.script(), lm.end());
    }

    /** Whether weight decay shrinks one of the trained tensors: not biases, norms and positions. */
    static boolean decayed(String name) {
        return !name.endsWith("bias") && !name.contains("norm") && !name.contains("position");
    }
}
