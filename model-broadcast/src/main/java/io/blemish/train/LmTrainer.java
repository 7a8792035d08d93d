package io.blemish.train;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.IValue;
import ai.djl.training.GradientCollector;
import io.blemish.checkpoint.Tensor;
import io.blemish.lm.OptConfig;
import io.blemish.lm.OptWeights;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Trains an OPT to tell each token of a text from those before it, its end included (Radford et al., Improving Language
 * Understanding by Generative Pre-Training, 2018). The loss is the mean over a batch's tokens; padding contributes
 * nothing to it. A {@link Score} counts tokens.
 */
public final class LmTrainer implements Task {
    private static final String ARGUMENT = "weights";

    /** Purpose of the generator of sample texts. */
    private static final long SAMPLE = 3;

    private final OptConfig config;
    private final LmTraining options;
    private final List<String> names;
    private final TextBatches training;
    private final TextBatches validation;
    private final Weights weights;
    private final DifferentiableScript script;

    /**
     * A trainer that starts from the given weights.
     *
     * @param start the list of {@link OptWeights#script}
     */
    public LmTrainer(OptConfig config, List<Tensor> start, TextData data, LmTraining options) {
        this.config = config;
        this.options = options;
        names = start.stream().map(Tensor::name).toList();
        long pad = config.tokens().pad();
        training = new TextBatches(data.training(), options.batchSize(), options.seed(), pad);
        validation = new TextBatches(data.validation(), options.batchSize(), options.seed(), pad);
        weights = Weights.of(start, name -> OptWeights.trained(config, name, options.blocks()), OptWeights::decayed);
        script = DifferentiableScript.load(OptWeights.archiveForTraining(config));
    }

    @Override
    public Weights weights() {
        return weights;
    }

    @Override
    public int batches() {
        return training.batches();
    }

    @Override
    public Score train(int epoch, int batch) {
        TextBatches.Batch texts = training.random(epoch, batch);
        try (NDManager scope = weights.manager().newSubManager();
                GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
            NDList loss = loss(scope, texts);
            collector.backward(loss.get(0));
            return score(loss, texts);
        }
    }

    /** The mean loss over the tokens of the validation texts, and how often the most probable token is the right one. */
    @Override
    public Score validate() {
        Score score = Score.NONE;
        for (TextBatches.Batch texts : validation.plain()) {
            try (NDManager scope = weights.manager().newSubManager()) {
                score = score.plus(score(loss(scope, texts), texts));
            }
        }
        return score;
    }

    /**
     * A text that the model makes up, token by token, each drawn with the probability that the model gives it; always
     * the same for the same seed, epoch and weights.
     *
     * @param tokens at most
     * @return its ids, without those that begin and end it
     */
    public long[] sample(int epoch, int tokens) {
        SplittableRandom random = Randoms.of(options.seed(), SAMPLE, epoch);
        long[] ids = {config.tokens().begin()};
        while (ids.length <= Math.min(tokens, config.positions() - 1)) {
            long next = drawn(next(ids), random);
            if (next == config.tokens().end()) {
                break;
            }
            ids = Arrays.copyOf(ids, ids.length + 1);
            ids[ids.length - 1] = next;
        }
        return Arrays.copyOfRange(ids, 1, ids.length);
    }

    /** Everything as it is now. */
    public OptWeights trained() {
        return OptWeights.ofScript(config, weights.tensors());
    }

    @Override
    public void close() {
        script.close();
        weights.close();
    }

    /** The mean loss of a batch and the number of right answers, recorded where a collector is open. */
    NDList loss(NDManager scope, TextBatches.Batch batch) {
        NDList inputs = new NDList(
                longs(scope, batch.ids(), batch.texts(), batch.length()),
                longs(scope, batch.targets(), batch.texts(), batch.length()));
        inputs.addAll(weights.argument(ARGUMENT, names));
        return script.forward(scope, inputs);
    }

    private float[] next(long[] ids) {
        try (NDManager scope = weights.manager().newSubManager();
                IValue list = DifferentiableScript.list(weights.argument(ARGUMENT, names));
                IValue text = IValue.from((PtNDArray) longs(scope, ids, 1, ids.length))) {
            return script.call(scope, "next", List.of(list, text)).toFloatArray();
        }
    }

    private static long drawn(float[] logits, SplittableRandom random) {
        double highest = Double.NEGATIVE_INFINITY;
        for (float logit : logits) {
            highest = Math.max(highest, logit);
        }
        double[] upTo = new double[logits.length];
        double sum = 0;
        for (int i = 0; i < logits.length; i++) {
            sum += Math.exp(logits[i] - highest);
            upTo[i] = sum;
        }
        double point = random.nextDouble() * sum;
        int id = 0;
        while (id < upTo.length - 1 && upTo[id] <= point) {
            id++;
        }
        return id;
    }

    private static Score score(NDList outputs, TextBatches.Batch batch) {
        double loss = outputs.get(0).toType(DataType.FLOAT64, false).getDouble();
        return new Score(loss, (double) outputs.get(1).getLong() / batch.told(), batch.told());
    }

    private static NDArray longs(NDManager scope, long[] values, long... shape) {
        ByteBuffer buffer =
                ByteBuffer.allocateDirect(values.length * Long.BYTES).order(ByteOrder.nativeOrder());
        buffer.asLongBuffer().put(values);
        return scope.create(buffer, new Shape(shape), DataType.INT64);
    }
}
