package io.blemish.jobs.release;

import static java.util.Objects.requireNonNull;
import static org.apache.spark.sql.functions.col;

import org.apache.spark.sql.Column;

/**
 * An encoder, a captioner and a knowledge base that inspections were made with.
 *
 * @param encoderId fingerprint of the encoder
 * @param captionerId fingerprint of the captioner, {@code none} without one
 * @param kbId the knowledge base
 */
public record Release(String encoderId, String captionerId, String kbId) {
    public Release {
        requireNonNull(encoderId, "encoderId is null");
        requireNonNull(captionerId, "captionerId is null");
        requireNonNull(kbId, "kbId is null");
    }

    /** True of inspections of the release. */
    public Column holds() {
        return holdsPair().and(col("captioner_id").equalTo(captionerId));
    }

    /** True of rows, of any captioner, that share the release's encoder and knowledge base. */
    public Column holdsPair() {
        return col("encoder_id").equalTo(encoderId).and(col("kb_id").equalTo(kbId));
    }
}
