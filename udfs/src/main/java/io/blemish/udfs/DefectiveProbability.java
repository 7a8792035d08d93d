package io.blemish.udfs;

import io.blemish.clip.UnitVectors;
import io.blemish.knowledge.KnowledgeBase;
import io.blemish.knowledge.LabelOptions;
import io.blemish.knowledge.Labeller;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.api.java.UDF1;
import scala.collection.Seq;

/**
 * P(defective) of an image from its stored embedding: the defects' share of the softmax over all descriptions, as
 * {@link Labeller} computes it while an image is inspected. Null without an embedding.
 */
public final class DefectiveProbability implements UDF1<Seq<Float>, Double> {
    private static final long serialVersionUID = 1L;

    private final Broadcast<InspectorSettings.Labelling> labelling;
    private transient Labeller labeller;

    /**
     * By the descriptions of a knowledge base.
     *
     * @param labelling the descriptions and their embeddings
     */
    public DefectiveProbability(Broadcast<InspectorSettings.Labelling> labelling) {
        this.labelling = labelling;
    }

    @Override
    public Double call(Seq<Float> embedding) {
        return embedding == null
                ? null
                : labeller().label(similarities(embedding)).probabilityDefective();
    }

    private float[] similarities(Seq<Float> embedding) {
        float[] unit = UnitVectors.unit(FloatColumn.of(embedding));
        float[][] descriptions = labelling.value().embeddings();
        float[] similarities = new float[descriptions.length];
        for (int j = 0; j < similarities.length; j++) {
            double sum = 0;
            for (int i = 0; i < unit.length; i++) {
                sum += (double) unit[i] * descriptions[j][i];
            }
            similarities[j] = (float) sum;
        }
        return similarities;
    }

    private synchronized Labeller labeller() {
        if (labeller == null) {
            InspectorSettings.Labelling values = labelling.value();
            labeller = new Labeller(
                    KnowledgeBase.parse(values.knowledgeBase()), values.logitScale(), LabelOptions.DEFAULT);
        }
        return labeller;
    }
}
