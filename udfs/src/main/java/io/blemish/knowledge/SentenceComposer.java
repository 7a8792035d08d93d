package io.blemish.knowledge;

import io.blemish.knowledge.Outcome.Finding;
import io.blemish.knowledge.SeverityBand.Wording;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * One English sentence, the most severe first, defects of one band together: <em>The orange shows severe green mould
 * and moderate bruises, and possibly soft rot.</em>
 */
final class SentenceComposer implements SummaryComposer {
    private final KnowledgeBase base;

    /** Phrases that were split before: there are as many as descriptions, and splitting costs more than all else here. */
    private final Map<String, NounPhrase> split = new ConcurrentHashMap<>();

    SentenceComposer(KnowledgeBase base) {
        this.base = base;
    }

    @Override
    public String compose(Outcome outcome) {
        return switch (outcome.decision()) {
            case SOUND ->
                "The " + base.subject() + " " + is(outcome.soundState().orElseThrow()) + ".";
            case DEFECTIVE -> "The " + base.subject() + " " + shows(outcome) + ".";
            case UNCERTAIN -> unclear(outcome);
        };
    }

    private String is(Description soundState) {
        return base.number().be() + " " + soundState.phrase();
    }

    private String unclear(Outcome outcome) {
        String defect = base.number().show() + " "
                + outcome.findings().get(0).description().phrase();
        String alternatives =
                outcome.soundState().map(sound -> is(sound) + " or " + defect).orElse(defect);
        return "It is unclear whether the " + base.subject() + " " + alternatives + ".";
    }

    private String shows(Outcome outcome) {
        Collection<List<Finding>> groups = SummaryComposer.worthTelling(outcome, base.bands()).stream()
                .collect(Collectors.groupingBy(Finding::band, TreeMap::new, Collectors.toList()))
                .values();
        String adverb = "";
        List<String> parts = new ArrayList<>();
        List<String> certain = new ArrayList<>();
        List<String> clauses = new ArrayList<>();
        for (List<Finding> group : groups) {
            SeverityBand band = base.bands().bands().get(group.get(0).band());
            if (band.wording() == Wording.ADJECTIVE) {
                certain.add(qualified(band.words(), group));
                parts.add(qualified(band.words(), group));
                continue;
            }
            if (parts.isEmpty()) {
                adverb = band.words() + " ";
            }
            String words = parts.isEmpty() ? "" : band.words();
            parts.add(NounPhrase.before(words, qualified("", group)));
            flush(certain, clauses);
            clauses.add(parts.get(parts.size() - 1));
        }
        flush(certain, clauses);
        boolean heavy = clauses.stream().anyMatch(clause -> clause.contains(";"));
        return adverb + base.number().show() + " " + (heavy ? EnglishList.join(parts) : EnglishList.joinApart(clauses));
    }

    /** Bands with adjectives that follow one another make one clause. */
    private static void flush(List<String> certain, List<String> clauses) {
        if (!certain.isEmpty()) {
            clauses.add(EnglishList.join(certain));
            certain.clear();
        }
    }

    /** An adjective is said once for several bare nouns, but for each noun once one of them has an article. */
    private String qualified(String adjective, List<Finding> group) {
        List<NounPhrase> said = group.stream()
                .map(finding -> split.computeIfAbsent(finding.description().phrase(), NounPhrase::of))
                .toList();
        if (said.stream().allMatch(NounPhrase::isBare)) {
            String nouns = EnglishList.join(said.stream().map(NounPhrase::noun).toList());
            return NounPhrase.before(adjective, nouns);
        }
        return EnglishList.join(
                said.stream().map(phrase -> phrase.qualified(adjective)).toList());
    }
}
