package io.blemish.jobs.report;

import static io.blemish.jobs.report.Html.element;

import io.blemish.explain.HeatMap;
import io.blemish.explain.Spotlight;
import io.blemish.jobs.report.Exhibit.Picture;
import io.blemish.jobs.report.Exhibit.Word;
import io.blemish.jobs.report.Html.Element;
import java.util.Base64;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The words of a caption, each below the square that the model saw, lit where the word rests. The page holds the photograph once for all
 * of them; a square box that it covers, centred, shows just the crop.
 */
final class WordsStrip {
    private final Exhibit exhibit;

    WordsStrip(Exhibit exhibit) {
        this.exhibit = exhibit;
    }

    /** The strip; empty where nothing is known of the words, or the photograph cannot be had any more. */
    Optional<Html> html() {
        return exhibit.words().isEmpty() ? Optional.empty() : exhibit.small().map(this::strip);
    }

    private Html strip(Picture photograph) {
        Element list = element("ol", "rests").with("style", "--small:url(" + photograph.address() + ")");
        for (Word word : exhibit.words()) {
            list = list.add(item(word));
        }
        return element("div", "resting", element("p", "note", "What each word of the caption rests on"), list);
    }

    private static Html item(Word word) {
        String mask = Base64.getEncoder().encodeToString(Spotlight.png(word.map()));
        Element square = element("span", "lit")
                .with("style", "--mask:url(data:image/png;base64," + mask + ")")
                .with("role", "img")
                .with("aria-label", place(word.map()));
        return element("li", square, element("span", "word", word.text()))
                .with(
                        "title",
                        word.text() + ": " + Numbers.percent(word.probability()) + " likely there, "
                                + place(word.map()));
    }

    /** Where the strongest patch is, for those who cannot see it. */
    private static String place(HeatMap map) {
        OptionalInt strongest = map.strongest();
        if (strongest.isEmpty()) {
            return "rests on no place";
        }
        int best = strongest.getAsInt();
        String row = third(best / map.cols(), map.rows(), "top", "middle", "bottom");
        String column = third(best % map.cols(), map.cols(), "left", "centre", "right");
        return "rests most on the " + row + " " + column;
    }

    private static String third(int place, int of, String first, String second, String last) {
        int third = 3 * place / of;
        return third == 0 ? first : third == 1 ? second : last;
    }
}
