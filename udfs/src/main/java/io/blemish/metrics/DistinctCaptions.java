package io.blemish.metrics;

import java.util.Collection;
import java.util.HashSet;

/** The distinct-caption ratio: how many different captions there are for each caption. A model that has collapsed says the same of all. */
public final class DistinctCaptions {
    private DistinctCaptions() {}

    /** The ratio of captions at hand; none of no captions. */
    public static Estimate ratio(Collection<String> captions) {
        return ratio(new HashSet<>(captions).size(), captions.size());
    }

    /** The ratio of captions counted elsewhere. It has no interval: it depends on how many captions there are. */
    public static Estimate ratio(long distinct, long captions) {
        return captions == 0 ? Estimate.nothing() : Estimate.bare((double) distinct / captions, captions);
    }
}
