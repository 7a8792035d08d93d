package io.blemish.udfs;

import io.blemish.knowledge.Cosines;
import io.blemish.knowledge.KnowledgeBase;
import io.blemish.knowledge.Label;
import io.blemish.knowledge.Labeller;
import java.util.ArrayList;
import java.util.List;

/** Labels images by their stored embeddings, as {@link Labeller} does while they are inspected. Safe for several threads. */
public final class EmbeddingLabeller {
    private final Cosines cosines;
    private final Labeller labeller;

    /** A labeller by the descriptions of a knowledge base. */
    public EmbeddingLabeller(InspectorSettings.Labelling labelling) {
        this.cosines = new Cosines(labelling.embeddings());
        this.labeller = new Labeller(
                KnowledgeBase.parse(labelling.knowledgeBase()), labelling.logitScale(), labelling.options());
    }

    /** What can be said of an image: its label, or why it has none. */
    public record Result(Label label, String error) {
        /** Whether there is a label. */
        public boolean isLabelled() {
            return label != null;
        }
    }

    /**
     * The labels of a batch of images, in order; an error, as an inspection would have it, where cosines are not finite.
     *
     * @param embeddings as the image tower gave them, not normalised
     */
    public List<Result> label(float[][] embeddings) {
        List<Result> results = new ArrayList<>(embeddings.length);
        for (float[] similarities : cosines.of(embeddings)) {
            String error = InspectionRows.error(similarities);
            results.add(new Result(error == null ? labeller.label(similarities) : null, error));
        }
        return results;
    }

    /**
     * The label of an image.
     *
     * @param embedding as the image tower gave it, not normalised
     * @throws IllegalArgumentException if its cosines are not finite
     */
    Label label(float[] embedding) {
        return labeller.label(cosines.of(new float[][] {embedding})[0]);
    }
}
