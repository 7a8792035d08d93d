package io.blemish.train;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import io.blemish.checkpoint.StateDict;
import io.blemish.checkpoint.Tensor;
import io.blemish.checkpoint.Tokenizer;
import io.blemish.checkpoint.TorchScriptArchive;
import io.blemish.clip.ClipConfig;
import io.blemish.clip.ClipParameters;
import io.blemish.clip.UnitVectors;
import io.blemish.image.ImageProcessor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Trains a CLIP on pairs of picture and caption by the contrast within a batch (Radford et al., 2021, arXiv 2103.00020).
 *
 * <p>Equal captions of a batch are good answers for one another. The scale of the similarities is learned and bound to
 * 1 to 100. With accumulation each batch has its own contrast: gradients are added, pairs of different batches are not
 * told apart.
 */
public final class ClipTrainer implements Task {
    private static final float HIGHEST_LOGIT_SCALE = (float) Math.log(100);

    private final ClipConfig config;
    private final int batchSize;
    private final PairBatches training;
    private final PairBatches validation;
    private final int validationPictures;
    private final PairData data;
    private final List<Integer> validated;
    private final Prefetch<PairBatch> prefetch;
    private final Weights weights;
    private final DifferentiableScript vision;
    private final DifferentiableScript text;
    private final DifferentiableScript contrast;

    /**
     * A trainer that starts from the given weights.
     *
     * @param start all tensors of a CLIP in float32
     * @param tokenizer used here and not kept
     * @param data not closed with the trainer
     */
    public ClipTrainer(
            ClipConfig config,
            StateDict start,
            ImageProcessor processor,
            Tokenizer tokenizer,
            PairData data,
            ClipTraining options) {
        this.config = config;
        this.data = data;
        this.batchSize = options.batchSize();
        this.validated = data.validation(options.validationShare());
        this.validationPictures = validated.size();
        List<Integer> trained = data.training(options.validationShare());
        int side = config.vision().side();
        training = new PairBatches(data, trained, tokenizer, side, batchSize, options.seed(), options.augmentation());
        validation = new PairBatches(data, validated, tokenizer, side, batchSize, options.seed(), Augmentation.NONE);
        prefetch = new Prefetch<>(training.batches(), training::random);
        ClipTrained selection = new ClipTrained(config, options.visionBlocks(), options.textBlocks());
        List<Tensor> tensors = new ArrayList<>();
        start.forEach(tensors::add);
        weights = Weights.of(tensors, selection::trained, ClipTrained::decayed);
        vision = DifferentiableScript.load(ClipParameters.visionScript(config, processor));
        text = DifferentiableScript.load(ClipParameters.textScript(config));
        contrast = DifferentiableScript.load(TorchScriptArchive.of(ClipTrainer.class, "Contrastive"));
    }

    @Override
    public Weights weights() {
        return weights;
    }

    @Override
    public int batches() {
        return training.batches();
    }

    /** Pictures that are trained on. */
    public int trainingPictures() {
        return data.size() - validationPictures;
    }

    /** Pictures that are kept for validation. */
    public int validationPictures() {
        return validationPictures;
    }

    /** Different captions of the pictures that are kept for validation. */
    public int validationCaptions() {
        return validation.captions().size();
    }

    @Override
    public Score train(int epoch, int batch) {
        PairBatch pairs = prefetch.take(epoch, batch);
        try (NDManager scope = weights.manager().newSubManager();
                GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
            NDList loss = loss(scope, pairs);
            collector.backward(loss.get(0));
            return score(loss, pairs.pairs());
        }
    }

    /** The mean loss of the validation batches, and how often a picture's nearest of all their captions is its own. */
    @Override
    public Score validate() {
        double loss = 0;
        long pairs = 0;
        List<float[]> images = new ArrayList<>();
        for (int from = 0; from < validationPictures; from += batchSize) {
            int to = Math.min(validationPictures, from + batchSize);
            PairBatch batch = validation.plain(from, to);
            try (NDManager scope = weights.manager().newSubManager()) {
                NDArray image = embedImages(scope, batch);
                NDArray caption = embedTexts(scope, batch);
                loss += batch.pairs()
                        * score(contrast(scope, image, caption, batch), batch.pairs())
                                .loss();
                pairs += batch.pairs();
                addRows(images, image);
            }
        }
        return new Score(pairs == 0 ? 0 : loss / pairs, retrieval(images), pairs);
    }

    @Override
    public void afterStep() {
        NDArray scale = weights.array(ClipParameters.LOGIT_SCALE);
        float value = Weights.tensor(ClipParameters.LOGIT_SCALE, scale).toFloats()[0];
        if (value < 0 || value > HIGHEST_LOGIT_SCALE) {
            float bound = Math.max(0, Math.min(HIGHEST_LOGIT_SCALE, value));
            Tensor bounded = Tensor.ofFloats(ClipParameters.LOGIT_SCALE, new float[] {bound});
            weights.overwrite(List.of(scale), List.of(bounded));
        }
    }

    @Override
    public void close() {
        prefetch.close();
        vision.close();
        text.close();
        contrast.close();
        weights.close();
    }

    /** The pairs of a batch. */
    PairBatch batch(int epoch, int batch) {
        return training.random(epoch, batch);
    }

    /** Loss and number of right answers of a batch, recorded where a collector is open. */
    NDList loss(NDManager scope, PairBatch batch) {
        return contrast(scope, embedImages(scope, batch), embedTexts(scope, batch), batch);
    }

    private NDList contrast(NDManager scope, NDArray images, NDArray texts, PairBatch batch) {
        NDArray scale = weights.array(ClipParameters.LOGIT_SCALE);
        scale.setName(ClipParameters.LOGIT_SCALE);
        return contrast.forward(scope, new NDList(images, texts, longs(scope, batch.groups(), batch.pairs()), scale));
    }

    private NDArray embedImages(NDManager scope, PairBatch batch) {
        NDList inputs = new NDList(pixels(scope, batch));
        inputs.addAll(weights.argument("w", ClipParameters.vision(config)));
        return vision.forward(scope, inputs).get(0);
    }

    private NDArray embedTexts(NDManager scope, PairBatch batch) {
        NDList inputs = new NDList(ids(scope, batch), longs(scope, batch.ends(), batch.pairs()));
        inputs.addAll(weights.argument("w", ClipParameters.text(config)));
        return text.forward(scope, inputs).get(0);
    }

    private double retrieval(List<float[]> images) {
        List<String> captions = validation.captions();
        List<float[]> texts = new ArrayList<>();
        for (int from = 0; from < captions.size(); from += batchSize) {
            int to = Math.min(captions.size(), from + batchSize);
            try (NDManager scope = weights.manager().newSubManager()) {
                addRows(texts, embedTexts(scope, validation.texts(from, to)));
            }
        }
        List<float[]> units = texts.stream().map(UnitVectors::unit).toList();
        int right = 0;
        for (int i = 0; i < images.size(); i++) {
            String nearest = captions.get(nearest(images.get(i), units));
            right += data.captions().get(validated.get(i)).contains(nearest) ? 1 : 0;
        }
        return images.isEmpty() ? 0 : (double) right / images.size();
    }

    private static int nearest(float[] image, List<float[]> texts) {
        int nearest = 0;
        double highest = Double.NEGATIVE_INFINITY;
        for (int j = 0; j < texts.size(); j++) {
            double product = 0;
            float[] text = texts.get(j);
            for (int k = 0; k < image.length; k++) {
                product += image[k] * text[k];
            }
            if (product > highest) {
                highest = product;
                nearest = j;
            }
        }
        return nearest;
    }

    private static Score score(NDList outputs, int pairs) {
        double loss = outputs.get(0).toType(DataType.FLOAT64, false).getDouble();
        return new Score(loss, (double) outputs.get(1).getLong() / pairs, pairs);
    }

    private static void addRows(List<float[]> rows, NDArray matrix) {
        float[] values = matrix.toType(DataType.FLOAT32, false).toFloatArray();
        int width = (int) matrix.getShape().get(1);
        for (int from = 0; from < values.length; from += width) {
            rows.add(Arrays.copyOfRange(values, from, from + width));
        }
    }

    private NDArray pixels(NDManager scope, PairBatch batch) {
        int side = config.vision().side();
        ByteBuffer buffer = ByteBuffer.allocateDirect(batch.pixels().length)
                .put(batch.pixels())
                .flip();
        return scope.create(buffer, new Shape(batch.pairs(), 3, side, side), DataType.UINT8);
    }

    private static NDArray ids(NDManager scope, PairBatch batch) {
        return longs(scope, batch.ids(), batch.pairs(), batch.length());
    }

    private static NDArray longs(NDManager scope, long[] values, long... shape) {
        ByteBuffer buffer =
                ByteBuffer.allocateDirect(values.length * Long.BYTES).order(ByteOrder.nativeOrder());
        buffer.asLongBuffer().put(values);
        return scope.create(buffer, new Shape(shape), DataType.INT64);
    }
}
