package io.blemish.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class TestCaptions {
    /** What says that a defect is there. */
    private static final Map<Defect, Pattern> NAMES = new EnumMap<>(Map.of(
            Defect.GREEN_MOULD, Pattern.compile("green mou?ld"),
            Defect.BLUE_MOULD, Pattern.compile("blue(-grey)? mou?ld"),
            Defect.WHITE_MOULD, Pattern.compile("white (mou?ld|fungal)"),
            Defect.SOFT_ROT, Pattern.compile("rot\\b|rotten"),
            Defect.DARK_SPOTS, Pattern.compile("(dark|black)[ -]spot"),
            Defect.BRUISE, Pattern.compile("bruis"),
            Defect.CUT, Pattern.compile("\\bcut\\b|gash"),
            Defect.WRINKLED_SKIN, Pattern.compile("wrinkl"),
            Defect.SCAB, Pattern.compile("scab"),
            Defect.DISCOLOURATION, Pattern.compile("discolou?r|bleached")));

    @Test
    void eachNamesEveryDefectAndNoOther() {
        Dice dice = new Dice(4, 0);
        for (int round = 0; round < 3_000; round++) {
            Defect first = Defect.values()[round % 10];
            Defect second = Defect.values()[dice.below(10)];
            List<Captions.Seen> seen = second == first || dice.chance(0.5)
                    ? List.of(seen(first, dice))
                    : List.of(seen(first, dice), seen(second, dice));
            List<Defect> defects = seen.stream().map(Captions.Seen::defect).toList();
            for (String caption : Captions.of(Variety.of(dice), seen, dice)) {
                NAMES.forEach((defect, name) -> assertThat(name.matcher(caption).find())
                        .as("%s in '%s'", defect, caption)
                        .isEqualTo(defects.contains(defect)));
            }
        }
    }

    @Test
    void soundFruitHasNoDefect() {
        Dice dice = new Dice(5, 0);
        for (int round = 0; round < 500; round++) {
            for (String caption : Captions.of(Variety.of(dice), List.of(), dice)) {
                NAMES.forEach((defect, name) ->
                        assertThat(name.matcher(caption).find()).as(caption).isFalse());
            }
        }
    }

    @Test
    void placesAndSizesAreTrue() {
        Dice dice = new Dice(6, 0);
        for (int round = 0; round < 3_000; round++) {
            Captions.Seen seen = seen(Defect.values()[round % 10], dice);
            String all = Captions.of(Variety.of(dice), List.of(seen), dice).toString();
            assertThat(seen.nearStem() || !all.contains("near the stem"))
                    .as("%s: %s", seen, all)
                    .isTrue();
            assertThat(seen.x() < 0 || !all.contains("on the left"))
                    .as("%s: %s", seen, all)
                    .isTrue();
            assertThat(seen.x() > 0 || !all.contains("on the right"))
                    .as("%s: %s", seen, all)
                    .isTrue();
            assertThat(seen.size() > 0.5 || !all.contains("large"))
                    .as("%s: %s", seen, all)
                    .isTrue();
            boolean smallSpots = seen.defect() == Defect.DARK_SPOTS;
            assertThat(seen.size() < 0.5 || smallSpots || !all.contains("small"))
                    .as("%s: %s", seen, all)
                    .isTrue();
        }
    }

    @Test
    void theyReadWell() {
        Dice dice = new Dice(7, 0);
        for (int round = 0; round < 3_000; round++) {
            Variety variety = Variety.of(dice);
            List<Captions.Seen> seen = round % 3 == 0
                    ? List.of()
                    : List.of(seen(Defect.values()[round % 10], dice), seen(Defect.values()[(round + 3) % 10], dice));
            List<String> captions = Captions.of(variety, seen, dice);
            assertThat(captions).hasSizeGreaterThanOrEqualTo(4).doesNotHaveDuplicates();
            assertThat(captions.get(0)).contains(variety.spoken());
            assertThat(captions)
                    .allSatisfy(caption -> assertThat(caption)
                            .doesNotContainPattern("  |\\ba (an?|[aeio])|\\ban [^aeiou]|\\b(\\w+) \\1\\b|^ | $")
                            .doesNotContainPattern("\\ba un"));
        }
    }

    private static Captions.Seen seen(Defect defect, Dice dice) {
        return new Captions.Seen(
                defect, dice.unit(), dice.between(-0.8f, 0.8f), dice.between(-0.8f, 0.8f), dice.chance(0.2));
    }
}
