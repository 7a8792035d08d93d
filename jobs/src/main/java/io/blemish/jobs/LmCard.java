package io.blemish.jobs;

import io.blemish.checkpoint.DType;
import io.blemish.lm.OptConfig;
import io.blemish.train.Epoch;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The card of a trained language model: what it is, how it came about, how good it is, what it makes up.
 *
 * @param options of the training
 * @param config the architecture
 * @param result of the training
 * @param samples texts that it made up
 */
record LmCard(AdaptLmOptions options, OptConfig config, AdaptLmResult result, List<String> samples) {
    /** The card in Markdown. */
    String markdown() {
        return String.join("\n\n", title(), recipe(), figures(), sampleTexts(), limits()) + "\n";
    }

    private String title() {
        return String.format(
                Locale.ROOT,
                """
                ---
                library_name: transformers
                pipeline_tag: text-generation
                ---

                # A causal language model trained by Blemish

                An OPT: %d blocks, %d wide, %d heads, feed-forward %d, %d tokens, %d positions. `OPTForCausalLM` and
                `AutoTokenizer` of transformers open this folder, and so does Blemish.""",
                config.layers(),
                config.width(),
                config.heads(),
                config.feedForward(),
                config.vocabulary(),
                config.positions());
    }

    private String recipe() {
        String start =
                switch (options.start().kind()) {
                    case RANDOM -> "From random weights";
                    case CHECKPOINT -> "From the checkpoint " + options.start().path();
                };
        return String.format(
                Locale.ROOT,
                """
                ## Recipe

                    %s

                %s; seed %d, weights written as %s. Threads: %d; one thread gives the same weights every time.""",
                options.command(),
                start,
                options.texts().seed(),
                options.precision() == DType.F16 ? "float16" : "float32",
                options.training().threads());
    }

    private String figures() {
        double seconds = result.epochs().stream().mapToDouble(Epoch::seconds).sum();
        return String.format(
                Locale.ROOT,
                """
                ## Figures

                | | |
                |---|---|
                | texts trained on | %d (%d tokens an epoch) |
                | texts validated with, never trained on | %d |
                | epochs | %d, the best is %d |
                | validation loss | %.4f a token |
                | validation perplexity | %.3f |
                | next token right | %.3f |
                | training time | %.0f s |

                The course of the training: `metrics.json`, `loss-curve.png`.""",
                result.trained(),
                result.tokens(),
                result.validated(),
                result.epochs().size(),
                result.best().epoch(),
                result.best().validation().loss(),
                result.perplexity(),
                result.best().validation().accuracy(),
                seconds);
    }

    private String sampleTexts() {
        return samples.stream()
                .map(sample -> "    " + Printable.text(sample))
                .collect(Collectors.joining("\n", "## What it makes up\n\nDrawn token by token, unedited:\n\n", ""));
    }

    private static String limits() {
        return """
                ## Limits

                It says what its texts say, true or not, and nothing else: it has seen no picture and no other language.
                Validation texts differ from those trained on, but come from the same source.""";
    }
}
