package io.blemish.udfs;

import io.blemish.clip.UnitVectors;
import io.blemish.knowledge.KnowledgeBase;
import io.blemish.knowledge.Label;
import io.blemish.knowledge.Labeller;

/** Labels images by their stored embeddings, as {@link Labeller} does while they are inspected. */
final class EmbeddingLabeller {
    private final float[][] descriptions;
    private final Labeller labeller;

    EmbeddingLabeller(InspectorSettings.Labelling labelling) {
        this.descriptions = labelling.embeddings();
        this.labeller = new Labeller(
                KnowledgeBase.parse(labelling.knowledgeBase()), labelling.logitScale(), labelling.options());
    }

    /**
     * The label of an image.
     *
     * @param embedding as the image tower gave it, not normalised
     */
    Label label(float[] embedding) {
        float[] unit = UnitVectors.unit(embedding);
        float[] similarities = new float[descriptions.length];
        for (int j = 0; j < similarities.length; j++) {
            double sum = 0;
            for (int i = 0; i < unit.length; i++) {
                sum += (double) unit[i] * descriptions[j][i];
            }
            similarities[j] = (float) sum;
        }
        return labeller.label(similarities);
    }
}
