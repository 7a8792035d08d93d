package io.blemish.jobs.trends;

import io.blemish.jobs.release.Promotion;
import io.blemish.jobs.release.Release;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** When a promotion put another encoder or knowledge base in the place of the ones before. */
final class Changes {
    private Changes() {}

    /**
     * What each promotion of the release's encoder and knowledge base changed: {@code encoder}, {@code knowledge_base} or
     * {@code encoder,knowledge_base}, by its day in the time zone as days since 1970-01-01. Captioners are no change: labels do not
     * depend on them.
     *
     * @param promotions the newest first
     */
    static Map<Long, String> of(List<Promotion> promotions, Release release, ZoneId zone) {
        List<Promotion> oldestFirst = new ArrayList<>(promotions);
        Collections.reverse(oldestFirst);
        Map<Long, String> changes = new TreeMap<>();
        for (int i = 1; i < oldestFirst.size(); i++) {
            Release before = oldestFirst.get(i - 1).release();
            Release after = oldestFirst.get(i).release();
            String change = change(before, after);
            boolean ours = after.encoderId().equals(release.encoderId())
                    && after.kbId().equals(release.kbId());
            if (ours && !change.isEmpty()) {
                changes.put(oldestFirst.get(i).at().atZone(zone).toLocalDate().toEpochDay(), change);
            }
        }
        return changes;
    }

    private static String change(Release before, Release after) {
        List<String> changed = new ArrayList<>();
        if (!before.encoderId().equals(after.encoderId())) {
            changed.add("encoder");
        }
        if (!before.kbId().equals(after.kbId())) {
            changed.add("knowledge_base");
        }
        return String.join(",", changed);
    }
}
