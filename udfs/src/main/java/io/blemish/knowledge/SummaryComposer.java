package io.blemish.knowledge;

import io.blemish.knowledge.Outcome.Finding;
import java.util.List;
import java.util.stream.Stream;

/** Puts an outcome into words. */
interface SummaryComposer {
    String compose(Outcome outcome);

    /** The composer of a knowledge base's style. */
    static SummaryComposer of(KnowledgeBase base) {
        return switch (base.composition()) {
            case SENTENCE -> new SentenceComposer(base);
            case PROMPTS -> new PromptsComposer(base);
            case CLIPCAP_XAI -> new ClipCapXaiComposer(base.bands());
        };
    }

    /** The findings above the lowest band, which are worth telling; the first one even when it is not above. */
    static List<Finding> worthTelling(Outcome outcome, SeverityBands bands) {
        List<Finding> findings = outcome.findings();
        Stream<Finding> others = findings.stream().skip(1).filter(finding -> finding.band() < bands.lowest());
        return Stream.concat(findings.stream().limit(1), others).toList();
    }
}
