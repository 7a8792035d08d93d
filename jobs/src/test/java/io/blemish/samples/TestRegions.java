package io.blemish.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Details that are cut out of generated photographs. */
class TestRegions {
    private static final SampleOptions OPTIONS =
            new SampleOptions(7, 300, 400, new SampleOptions.Mix(0.3, 0.2, 0.1), LocalDate.of(2026, 6, 30));

    private final List<Photograph> photographs =
            IntStream.range(0, 60).mapToObj(new Studio(OPTIONS)::photograph).toList();

    @Test
    void nearlyEveryPhotographHasSome() {
        long without = photographs.stream()
                .filter(photograph -> photograph.truth().regions().isEmpty())
                .count();
        assertThat(without).isLessThanOrEqualTo(1);
    }

    @Test
    void lieInTheirPhotograph() {
        for (Photograph photograph : photographs) {
            int width = photograph.image().getWidth();
            int height = photograph.image().getHeight();
            for (Region region : photograph.truth().regions()) {
                assertThat(region.left()).isBetween(0, width - region.side());
                assertThat(region.top()).isBetween(0, height - region.side());
                assertThat((double) region.side() / Math.min(width, height)).isBetween(0.28, 0.39);
            }
        }
    }

    @Test
    void captionsNameWhatIsInsideAndNothingElse() {
        for (Photograph photograph : photographs) {
            for (Region region : photograph.truth().regions()) {
                String plain = region.captions().get(0);
                assertThat(plain.contains("sound"))
                        .isEqualTo(shown(photograph, region, 0).isEmpty());
                for (Defect defect : Defect.values()) {
                    boolean named = plain.contains(defect.label());
                    assertThat(named)
                            .as("%s of %s", defect, plain)
                            .isEqualTo(shown(photograph, region, 0.75).contains(defect));
                }
            }
        }
    }

    @Test
    void captionsSayNothingOfThePlaceOnTheFruit() {
        assertThat(photographs.stream()
                        .flatMap(photograph -> photograph.truth().regions().stream())
                        .flatMap(region -> region.captions().stream()))
                .isNotEmpty()
                .noneMatch(caption -> caption.matches(".*(left|right|middle|near the stem).*"));
    }

    /** Defects of which more than that share of the mask, but at least some of it, is inside. */
    private static List<Defect> shown(Photograph photograph, Region region, double share) {
        return IntStream.range(0, photograph.masks().size())
                .filter(i -> inside(photograph, i, region) > Math.max(share, 0.05))
                .mapToObj(i -> photograph.truth().marks().get(i).defect())
                .toList();
    }

    private static double inside(Photograph photograph, int mark, Region region) {
        byte[] mask = photograph.masks().get(mark);
        int width = photograph.image().getWidth();
        long inside = IntStream.range(0, mask.length)
                .filter(i -> mask[i] != 0)
                .filter(i -> i % width >= region.left() && i % width < region.left() + region.side())
                .filter(i -> i / width >= region.top() && i / width < region.top() + region.side())
                .count();
        return (double) inside / photograph.truth().marks().get(mark).pixels();
    }
}
