package io.blemish.knowledge;

import io.blemish.knowledge.Outcome.Decision;
import io.blemish.knowledge.Outcome.Finding;

/** Quotes the phrases, which may be anything: {@code The image matches “a fruit with green mold” (severe).} */
final class PromptsComposer implements SummaryComposer {
    private final KnowledgeBase base;

    PromptsComposer(KnowledgeBase base) {
        this.base = base;
    }

    @Override
    public String compose(Outcome outcome) {
        String subject = base.subject() + " " + base.number().match() + " ";
        if (outcome.decision() == Decision.DEFECTIVE || outcome.soundState().isEmpty()) {
            return "The " + subject + findings(outcome) + ".";
        }
        String sound = quoted(outcome.soundState().orElseThrow());
        if (outcome.decision() == Decision.SOUND) {
            return "The " + subject + sound + ".";
        }
        String defect = quoted(outcome.findings().get(0).description());
        return "It is unclear whether the " + subject + sound + " or " + defect + ".";
    }

    private String findings(Outcome outcome) {
        return EnglishList.join(SummaryComposer.worthTelling(outcome, base.bands()).stream()
                .map(this::quoted)
                .toList());
    }

    private String quoted(Finding finding) {
        String band = base.bands().bands().get(finding.band()).name();
        return quoted(finding.description()) + " (" + band + ")";
    }

    private static String quoted(Description description) {
        return "“" + description.phrase() + "”";
    }
}
