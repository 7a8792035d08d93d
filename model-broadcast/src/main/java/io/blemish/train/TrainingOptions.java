package io.blemish.train;

/**
 * How a training proceeds, whatever it learns.
 *
 * @param epochs how often every example is seen, at least 1
 * @param accumulation batches whose gradients are added up for one step, at least 1
 * @param rate the highest learning rate
 * @param warmUp share of all steps until it is reached, 0 to 1
 * @param optimiser AdamW's constants
 * @param patience epochs without a lower validation loss after which the training stops
 * @param threads that one operation uses; a training on one thread is the same to the bit whenever it is repeated, or
 *     stopped and gone on with; several add up sums in an order of their own
 * @param checkpointSeconds after how many seconds the state is saved within an epoch; 0 saves it after each step
 */
public record TrainingOptions(
        int epochs,
        int accumulation,
        double rate,
        double warmUp,
        AdamW.Options optimiser,
        int patience,
        int threads,
        int checkpointSeconds) {
    /** Checks the numbers. */
    public TrainingOptions {
        if (epochs < 1 || accumulation < 1 || patience < 1 || threads < 1 || checkpointSeconds < 0) {
            throw new IllegalArgumentException("epochs, accumulation, patience and threads start at 1");
        }
    }

    /**
     * What makes this training another one: all but how it is carried out. A training that was stopped goes on with
     * another number of threads, or another interval of checkpoints.
     */
    public String identity() {
        return "epochs=" + epochs + ", accumulation=" + accumulation + ", rate=" + rate + ", warmUp=" + warmUp
                + ", optimiser=" + optimiser + ", patience=" + patience;
    }

    /** The optimiser and its course in words, for a model card. */
    String told() {
        return "AdamW with a rate of up to " + rate + " and a weight decay of " + optimiser.weightDecay() + ", "
                + warmUp + " of the steps warm-up, then a cosine; gradients clipped to a norm of "
                + optimiser.longestGradient();
    }
}
