package io.blemish.script;

import ai.djl.pytorch.jni.IValue;
import io.blemish.error.InternalException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The list of large matrices that a script makes of its weights in {@code pack} and takes back in every forward. */
public final class BlockedWeights {
    private static final Logger LOG = LoggerFactory.getLogger(BlockedWeights.class);

    private BlockedWeights() {}

    /**
     * Weights laid out for oneDNN's products with about that many rows; any number of rows may be multiplied with them. A processor
     * that lacks the instructions for their type gets them as they are.
     */
    public static IValue of(ScriptModel script, long rows) {
        try {
            return pack(script, rows);
        } catch (InternalException e) {
            LOG.warn("oneDNN cannot lay the weights out on this processor; forwards will be slower", e);
            return plain(script);
        }
    }

    /** Weights as they are, for any device. */
    public static IValue plain(ScriptModel script) {
        return pack(script, 0);
    }

    private static IValue pack(ScriptModel script, long rows) {
        try (ScriptCall call = script.call("pack")) {
            return call.number(rows).keep();
        }
    }
}
