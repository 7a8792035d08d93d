package io.blemish.jobs.inspect;

import io.blemish.broadcast.DeviceChoice;
import io.blemish.checkpoint.Precision;
import io.blemish.clip.Clip;
import io.blemish.image.DecodeOptions;
import io.blemish.tables.Warehouse;
import java.util.Optional;

/**
 * A checkpoint in the precision of a run.
 *
 * @param clip which its owner closes
 * @param precision of the vision tower
 * @param id the {@code encoder_id}
 */
public record Encoder(Clip clip, Precision precision, String id) {
    /**
     * Chooses the precision, see {@link PrecisionChoice}.
     *
     * @param asked what the user named
     * @param warehouse whose table {@code inspections} is there
     * @param decode how photographs are decoded, which is part of the identity
     * @throws io.blemish.error.UserException for a GPU that cannot be had
     */
    public static Encoder choose(
            Clip clip, Optional<Precision> asked, DeviceChoice device, DecodeOptions decode, Warehouse warehouse) {
        if (device == DeviceChoice.GPU) {
            // Asked for its refusal: a GPU that cannot be had must be told before anything is written.
            PrecisionProbe.ofExecutor(warehouse.spark(), device);
        }
        Precision precision = PrecisionChoice.choose(
                asked,
                warehouse,
                candidate -> id(clip, candidate, decode),
                () -> PrecisionProbe.ofExecutor(warehouse.spark(), device));
        return new Encoder(clip, precision, id(clip, precision, decode));
    }

    private static String id(Clip clip, Precision precision, DecodeOptions decode) {
        return clip.fingerprint(precision, decode.orientation(), decode.mode());
    }
}
