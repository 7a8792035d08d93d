package io.blemish.udfs;

import org.apache.spark.sql.api.java.UDF1;

/**
 * {@code matches_clip(encoder_id)} under a name that the user chooses: whether embeddings of this encoder may be compared with
 * texts, because it is the checkpoint that {@code spark.blemish.clip} names, in any precision. Null for null.
 *
 * <p>Every machine needs the folder. As the function of its own name, it needs it on the driver alone.
 */
public final class MatchesClip implements UDF1<String, Boolean> {
    private static final long serialVersionUID = 1L;

    @Override
    public Boolean call(String encoderId) {
        return encoderId == null
                ? null
                : TextTower.of(TextTower.folder()).encoderIds().contains(encoderId);
    }
}
