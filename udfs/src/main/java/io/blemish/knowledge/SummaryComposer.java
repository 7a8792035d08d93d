package io.blemish.knowledge;

import io.blemish.knowledge.Outcome.Finding;
import java.util.ArrayList;
import java.util.List;

/** Puts an outcome into words. */
interface SummaryComposer {
    /**
     * Of the most probable defect's probability. Bands compare each defect with the sound states alone, so that where an
     * image is surely not sound every defect is in the highest one, however much less probable than another it may be.
     */
    double WORTH_TELLING = 0.1;

    String compose(Outcome outcome);

    /** The composer of a knowledge base's style. */
    static SummaryComposer of(KnowledgeBase base) {
        return switch (base.composition()) {
            case SENTENCE -> new SentenceComposer(base);
            case PROMPTS -> new PromptsComposer(base);
            case CLIPCAP_XAI -> new ClipCapXaiComposer(base.bands());
        };
    }

    /**
     * The findings that are worth telling: above the lowest band, and not by far less probable than the most probable
     * one; the first one in any case.
     */
    static List<Finding> worthTelling(Outcome outcome, SeverityBands bands) {
        List<Finding> told = new ArrayList<>(outcome.findings().size());
        for (Finding finding : outcome.findings()) {
            if (told.isEmpty() || (finding.band() < bands.lowest() && finding.relative() >= WORTH_TELLING)) {
                told.add(finding);
            }
        }
        return told;
    }
}
