package io.blemish.jobs.report;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * One defect: its series, and photographs that show it.
 *
 * @param defect as in {@code defect_trends}: {@code *} for any
 * @param slug name of its page, without an ending
 * @param charts series that are drawn, the clearest signal first
 * @param standings series that are listed, the clearest signal first
 * @param notListed series that are left out
 * @param evidence photographs with the defect, of its rising series where there are any, the newest first
 */
record DefectTrends(
        String defect,
        String slug,
        List<TrendSeries> charts,
        List<Standing> standings,
        long notListed,
        List<Exhibit> evidence) {
    /** Where the pages of defects lie in the report's folder. */
    static final String FOLDER = "defects";

    DefectTrends {
        requireNonNull(defect, "defect is null");
        requireNonNull(slug, "slug is null");
        charts = List.copyOf(charts);
        standings = List.copyOf(standings);
        evidence = List.copyOf(evidence);
    }

    /** The same defect with photographs. */
    DefectTrends with(List<Exhibit> photographs) {
        return new DefectTrends(defect, slug, charts, standings, notListed, photographs);
    }

    /** Address of its page, from the report's folder. */
    String page() {
        return FOLDER + "/" + slug + ".html";
    }
}
