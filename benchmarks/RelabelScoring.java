import io.blemish.knowledge.KnowledgeBase;
import io.blemish.knowledge.LabelOptions;
import io.blemish.udfs.EmbeddingLabeller;
import io.blemish.udfs.InspectorSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * How many images a second relabel scores, on every core: from embeddings, 512 wide and in memory, to labels with their top 5, severities
 * and sentences. Prints one number, that of the best of some rounds.
 *
 *     java -cp 'jobs/target/dist/lib/*:jobs/target/dist/spark/*' benchmarks/RelabelScoring.java prompts.txt
 */
final class RelabelScoring {
    private static final int WIDTH = 512;
    private static final int BATCH = 64;
    private static final int BATCHES = 500;
    private static final int ROUNDS = 8;

    private RelabelScoring() {}

    public static void main(String[] arguments) throws Exception {
        KnowledgeBase base = KnowledgeBase.read(Path.of(arguments[0]));
        Random random = new Random(1);
        float[][] descriptions = vectors(random, base.descriptions().size(), 1);
        EmbeddingLabeller labeller = new EmbeddingLabeller(InspectorSettings.Labelling.of(
                base.canonicalJson(), descriptions, 100, LabelOptions.DEFAULT));
        float[][][] batches = new float[BATCHES][][];
        for (int i = 0; i < BATCHES; i++) {
            batches[i] = vectors(random, BATCH, 10);
        }
        int cores = Runtime.getRuntime().availableProcessors();
        ExecutorService threads = Executors.newFixedThreadPool(cores);
        double best = 0;
        for (int round = 0; round < ROUNDS; round++) {
            best = Math.max(best, rate(labeller, batches, cores, threads));
        }
        threads.shutdown();
        System.out.printf(Locale.ROOT, "%.0f%n", best);
    }

    private static double rate(EmbeddingLabeller labeller, float[][][] batches, int cores, ExecutorService threads)
            throws Exception {
        List<Callable<Long>> tasks = new ArrayList<>();
        for (int core = 0; core < cores; core++) {
            tasks.add(() -> {
                long said = 0;
                for (float[][] batch : batches) {
                    for (EmbeddingLabeller.Result result : labeller.label(batch)) {
                        said += result.label().summary().length();
                    }
                }
                return said;
            });
        }
        long begin = System.nanoTime();
        for (Future<Long> done : threads.invokeAll(tasks)) {
            if (done.get() == 0) {
                throw new IllegalStateException("nothing was said");
            }
        }
        return (double) cores * BATCHES * BATCH / ((System.nanoTime() - begin) / 1e9);
    }

    private static float[][] vectors(Random random, int count, double length) {
        float[][] vectors = new float[count][WIDTH];
        for (float[] vector : vectors) {
            double squares = 0;
            for (int i = 0; i < WIDTH; i++) {
                vector[i] = (float) random.nextGaussian();
                squares += vector[i] * vector[i];
            }
            for (int i = 0; i < WIDTH; i++) {
                vector[i] *= (float) (length / Math.sqrt(squares));
            }
        }
        return vectors;
    }
}
