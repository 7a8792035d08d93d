package io.blemish.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TestTextLines {
    private final GlyphSheet font = GlyphSheet.regular(14);

    @Test
    void controlAndFormatCharactersAreStripped() {
        assertThat(TextLines.printable(" a\u0000\u0007b\r\n\tc\u202Ed\u200Be\u00A0f\u2028g \u001B[31m"))
                .isEqualTo("a b cde f g [31m");
    }

    @Test
    void accentsAreComposed() {
        assertThat(TextLines.printable("Fa\u0308ule")).isEqualTo("Fäule");
    }

    @Test
    void shortTextIsOneLine() {
        assertThat(TextLines.wrapped("bruise", font, 200, 3)).containsExactly("bruise");
    }

    @Test
    void emptyTextIsOneEmptyLine() {
        assertThat(TextLines.wrapped("\n\u0000", font, 200, 3)).containsExactly("");
    }

    @Test
    void textBreaksAtSpaces() {
        assertThat(TextLines.wrapped("black rot on an apple", font, font.width("black rot on"), 3))
                .containsExactly("black rot on", "an apple");
    }

    @Test
    void whatDoesNotFitEndsInAnEllipsis() {
        List<String> lines = TextLines.wrapped("one two three four five six seven", font, font.width("one two"), 2);

        assertThat(lines).hasSize(2).first().isEqualTo("one two");
        assertThat(lines.get(1)).startsWith("three").endsWith("…");
    }

    /**
     * Lines fit and are at most as many as allowed, whatever the text; a line of one character may be wider than the
     * width.
     */
    @Test
    void anyTextFits() {
        long seed = 7;
        Random random = new Random(seed);
        for (int round = 0; round < 2000; round++) {
            int length = random.nextInt(60);
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < length; i++) {
                text.append(random.nextInt(5) == 0 ? ' ' : (char) random.nextInt(0x10000));
            }
            int width = 1 + random.nextInt(150);
            int most = 1 + random.nextInt(4);

            List<String> lines = TextLines.wrapped(text.toString(), font, width, most);

            assertThat(lines).as("seed %d, round %d", seed, round).hasSizeBetween(1, most);
            for (String line : lines) {
                boolean smallest = line.replace("…", "")
                                .codePointCount(0, line.replace("…", "").length())
                        <= 1;
                assertThat(font.width(line) <= width || smallest)
                        .as("seed %d, round %d, width %d: %s", seed, round, width, line)
                        .isTrue();
            }
        }
    }

    @Test
    void everySheetHasLettersAndABoxForTheRest() {
        for (int size : GlyphSheet.SIZES) {
            for (GlyphSheet sheet : List.of(GlyphSheet.regular(size), GlyphSheet.bold(size))) {
                assertThat(sheet.width("mold")).isGreaterThan(sheet.width("mil"));
                assertThat(sheet.width("褐🍎")).isEqualTo(2 * sheet.width("□"));
                assertThat(ink(sheet, "Ä")).isGreaterThan(ink(sheet, "A"));
                assertThat(ink(sheet, "褐")).isEqualTo(ink(sheet, "□")).isPositive();
                assertThat(ink(sheet, " ")).isZero();
            }
        }
    }

    private static long ink(GlyphSheet sheet, String text) {
        Canvas canvas = new Canvas(80, 80, 0);
        sheet.draw(canvas, text, 10, 50, 0xFFFFFF);
        long sum = 0;
        for (byte sample : canvas.image().rgb()) {
            sum += sample & 255;
        }
        return sum;
    }
}
