package io.blemish.udfs;

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
    private transient EmbeddingLabeller labeller;

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
                : labeller().label(FloatColumn.of(embedding)).probabilityDefective();
    }

    private synchronized EmbeddingLabeller labeller() {
        if (labeller == null) {
            labeller = new EmbeddingLabeller(labelling.value());
        }
        return labeller;
    }
}
