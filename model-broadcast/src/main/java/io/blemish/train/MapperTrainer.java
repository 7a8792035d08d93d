package io.blemish.train;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.GradientCollector;
import io.blemish.caption.MapperConfig;
import io.blemish.caption.MapperWeights;
import io.blemish.checkpoint.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Trains a mapper to make prefixes of images' embeddings after which a language model writes their captions (Mokady et al., ClipCap, 2021,
 * arXiv 2111.09734). The loss is the mean over the tokens of a batch's captions, their ends included; prefix, prompt and padding contribute
 * nothing. The language model is frozen, or trained along. A {@link Score} counts tokens.
 */
public final class MapperTrainer implements Task {
    private static final String ARGUMENT = "weights";
    private static final String LANGUAGE_MODEL = "language model: ";

    /** Purpose of the generator of what is dropped. */
    private static final long DROPOUT = 4;

    private final MapperConfig config;
    private final MapperTraining options;
    private final List<String> names;
    private final List<String> lmNames;
    private final CaptionBatches training;
    private final CaptionBatches validation;
    private final CaptionBatches strangers;
    private final Weights weights;
    private final DifferentiableScript mapper;
    private final DifferentiableScript lm;
    private final NDArray frozen;

    /**
     * A trainer that starts from the given weights.
     *
     * @param start the list of {@link MapperWeights#script}
     * @param prompt tokens between a prefix and its caption
     */
    public MapperTrainer(
            MapperConfig config,
            List<Tensor> start,
            CaptionLm language,
            CaptionData data,
            long[] prompt,
            MapperTraining options) {
        this.config = config;
        this.options = options;
        names = start.stream().map(Tensor::name).toList();
        List<Tensor> trained = new ArrayList<>(start);
        language.trained().forEach(tensor -> trained.add(tensor.named(LANGUAGE_MODEL + tensor.name())));
        lmNames = trained.stream().skip(names.size()).map(Tensor::name).toList();
        training = batches(data.training(), language, prompt);
        validation = batches(data.validation(), language, prompt);
        strangers = batches(data.exchanged(options.seed()), language, prompt);
        weights = Weights.of(
                trained,
                name -> true,
                name -> name.startsWith(LANGUAGE_MODEL) ? CaptionLm.decayed(name) : MapperWeights.decayed(name));
        mapper = DifferentiableScript.load(MapperWeights.archiveForTraining(config, options.dropout()));
        lm = DifferentiableScript.load(language.archive());
        frozen = weights.manager().zeros(new Shape(0));
        frozen.setName(ARGUMENT + "[]");
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
        CaptionBatches.Batch captions = training.random(epoch, batch);
        // What is dropped depends on the batch alone, so that a training that goes on drops the same.
        JniUtils.setSeed(Randoms.of(options.seed(), DROPOUT, epoch, batch).nextLong());
        try (NDManager scope = weights.manager().newSubManager();
                GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
            NDList loss = loss(scope, captions);
            collector.backward(loss.get(0));
            return score(loss);
        }
    }

    /** The mean loss over the tokens of the validation captions, and how often the most probable token is the right one. */
    @Override
    public Score validate() {
        return validate(validation);
    }

    /**
     * The same with every caption behind the prefix of another image. Where that is as good, captions do not depend on the image.
     */
    public Score validateExchanged() {
        return validate(strangers);
    }

    /** The mapper as it is now. */
    public MapperWeights trained() {
        return MapperWeights.ofScript(
                config,
                weights.tensors().stream()
                        .filter(tensor -> !tensor.name().startsWith(LANGUAGE_MODEL))
                        .toList());
    }

    /** The list of the language model's script as it is now; empty if it is frozen. */
    public List<Tensor> trainedLanguageModel() {
        return weights.tensors().stream()
                .filter(tensor -> tensor.name().startsWith(LANGUAGE_MODEL))
                .map(tensor -> tensor.named(tensor.name().substring(LANGUAGE_MODEL.length())))
                .toList();
    }

    @Override
    public void close() {
        mapper.close();
        lm.close();
        weights.close();
    }

    /** The mean loss of a batch, the number of right answers, and that of all, recorded where a collector is open. */
    NDList loss(NDManager scope, CaptionBatches.Batch batch) {
        NDList inputs = new NDList(floats(scope, batch.embeddings()));
        inputs.addAll(weights.argument(ARGUMENT, names));
        return captionLoss(scope, mapper.forward(scope, inputs).get(0), batch);
    }

    private Score validate(CaptionBatches batches) {
        Score score = Score.NONE;
        for (CaptionBatches.Batch captions : batches.plain()) {
            try (NDManager scope = weights.manager().newSubManager()) {
                NDArray prefixes = prefixes(scope, captions.embeddings());
                score = score.plus(score(captionLoss(scope, prefixes, captions)));
            }
        }
        return score;
    }

    private NDArray prefixes(NDManager scope, float[][] embeddings) {
        try (IValue input = IValue.from((PtNDArray) floats(scope, embeddings));
                IValue list = DifferentiableScript.list(weights.argument(ARGUMENT, names))) {
            return mapper.call(scope, "prefixes", List.of(input, list));
        }
    }

    private NDList captionLoss(NDManager scope, NDArray prefixes, CaptionBatches.Batch batch) {
        NDList inputs = new NDList(
                prefixes,
                longs(scope, batch.ids(), batch.captions(), batch.length()),
                longs(scope, batch.targets(), batch.captions(), batch.length()));
        inputs.addAll(lmNames.isEmpty() ? new NDList(frozen) : weights.argument(ARGUMENT, lmNames));
        return lm.forward(scope, inputs);
    }

    private CaptionBatches batches(List<CaptionData.Told> captions, CaptionLm language, long[] prompt) {
        return new CaptionBatches(captions, prompt, options.batchSize(), options.seed(), language.pad());
    }

    private static Score score(NDList outputs) {
        double loss = outputs.get(0).toType(DataType.FLOAT64, false).getDouble();
        long counted = outputs.get(2).getLong();
        return new Score(loss, (double) outputs.get(1).getLong() / counted, counted);
    }

    private static NDArray floats(NDManager scope, float[][] rows) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(rows.length * rows[0].length * Float.BYTES)
                .order(ByteOrder.nativeOrder());
        FloatBuffer floats = buffer.asFloatBuffer();
        for (float[] row : rows) {
            floats.put(row);
        }
        return scope.create(buffer, new Shape(rows.length, rows[0].length), DataType.FLOAT32);
    }

    private static NDArray longs(NDManager scope, long[] values, long... shape) {
        ByteBuffer buffer =
                ByteBuffer.allocateDirect(values.length * Long.BYTES).order(ByteOrder.nativeOrder());
        buffer.asLongBuffer().put(values);
        return scope.create(buffer, new Shape(shape), DataType.INT64);
    }
}
