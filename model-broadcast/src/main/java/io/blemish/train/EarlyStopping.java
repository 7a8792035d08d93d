package io.blemish.train;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Which epoch of a training was the best, and whether it is time to stop: by the loss on validation examples. */
public final class EarlyStopping {
    private EarlyStopping() {}

    /** The epoch of the lowest validation loss; the earliest of equals. Losses that are no number are never it. */
    public static Optional<Epoch> best(List<Epoch> epochs) {
        return epochs.stream()
                .filter(epoch -> Double.isFinite(epoch.validation().loss()))
                .min(Comparator.comparingDouble(epoch -> epoch.validation().loss()));
    }

    /** Whether so many epochs, or more, have followed the best. */
    public static boolean stops(List<Epoch> epochs, int patience) {
        if (epochs.isEmpty()) {
            return false;
        }

        int last = epochs.get(epochs.size() - 1).epoch();
        return last - best(epochs).map(Epoch::epoch).orElse(0) >= patience;
    }
}
