package io.blemish.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.blemish.checkpoint.Tokenizer;
import io.blemish.lm.NormPlace;
import io.blemish.lm.OptConfig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TestTextData {
    private static final OptConfig CONFIG =
            new OptConfig(8, 1, 1, 8, NormPlace.BEFORE, 8, 300, 64, OptConfig.SpecialTokens.OF_OPT);

    /** Each letter is a token. */
    private static final Tokenizer LETTERS = new Tokenizer() {
        @Override
        public long[] encode(String text) {
            return IntStream.concat(IntStream.of(2), text.chars())
                    .asLongStream()
                    .toArray();
        }

        @Override
        public void close() {}
    };

    @Test
    void textsAreBegunAndEnded() {
        TextData data = TextData.encode(List.of("ab"), LETTERS, CONFIG, 10, 0.001);

        assertThat(data.training()).hasSize(1);
        assertThat(data.training().get(0).tokens()).containsExactly(2, 'a', 'b', 2);
        assertThat(data.trainingTokens()).isEqualTo(3);
        assertThat(data.highestToken()).isEqualTo('b');
    }

    /** Each token but the first is told once, whatever the windows. */
    @Test
    void longTextsAreCutIntoWindows() {
        for (int context = 2; context < 9; context++) {
            TextData data = TextData.encode(List.of("abcdef"), LETTERS, CONFIG, context, 0.001);
            List<Integer> told = new ArrayList<>();
            for (TextData.Window window : data.training()) {
                assertThat(window.targets()).isBetween(1, context);
                for (int i = 1; i < window.tokens().length; i++) {
                    told.add(window.tokens()[i]);
                }
            }
            assertThat(told).containsExactly((int) 'a', (int) 'b', (int) 'c', (int) 'd', (int) 'e', (int) 'f', 2);
        }
    }

    @Test
    void equalTextsAreOnOneSideAndTheirOrderDoesNotMatter() {
        List<String> texts = new ArrayList<>(Stream.concat(
                        IntStream.range(0, 1000).mapToObj(i -> "text " + i),
                        IntStream.range(0, 1000).mapToObj(i -> "text " + i))
                .toList());
        TextData data = TextData.encode(texts, LETTERS, CONFIG, 20, 0.1);
        Collections.reverse(texts);
        TextData reversed = TextData.encode(texts, LETTERS, CONFIG, 20, 0.1);

        assertThat(data.validationTexts()).isBetween(140L, 260L);
        assertThat(data.trainingTexts() + data.validationTexts()).isEqualTo(2000);
        assertThat(contents(data.training())).doesNotContainAnyElementsOf(contents(data.validation()));
        assertThat(reversed.fingerprint()).isEqualTo(data.fingerprint());
        assertThat(contents(reversed.validation())).isEqualTo(contents(data.validation()));
        texts.remove(7);
        assertThat(TextData.encode(texts, LETTERS, CONFIG, 20, 0.1).fingerprint())
                .isNotEqualTo(data.fingerprint());
    }

    @Test
    void anEpochHoldsEachTextOnceInAnOrderOfItsOwn() {
        List<String> texts = IntStream.range(0, 500)
                .mapToObj(i -> "t" + "x".repeat(i % 17) + i)
                .toList();
        TextData data = TextData.encode(texts, LETTERS, CONFIG, 40, 0.1);
        TextBatches batches = new TextBatches(data.training(), 8, 3, 1);

        List<String> first = epoch(batches, 1);
        assertThat(first).hasSameSizeAs(data.training()).doesNotHaveDuplicates();
        assertThat(epoch(batches, 2)).isNotEqualTo(first).containsExactlyInAnyOrderElementsOf(first);
        assertThat(epoch(new TextBatches(data.training(), 8, 3, 1), 1)).isEqualTo(first);
        assertThat(epoch(new TextBatches(data.training(), 8, 4, 1), 1)).isNotEqualTo(first);
        assertThat(batches.plain().stream().mapToLong(TextBatches.Batch::told).sum())
                .isEqualTo(data.trainingTokens());
    }

    /** Texts of similar length lie side by side: little of a batch is padding. */
    @Test
    void batchesAreNearlyFull() {
        List<String> texts = IntStream.range(0, 2000)
                .mapToObj(i -> "x".repeat(1 + i % 31) + i)
                .toList();
        TextBatches batches =
                new TextBatches(TextData.encode(texts, LETTERS, CONFIG, 40, 0.1).training(), 16, 3, 1);
        long cells = 0;
        long told = 0;
        for (int i = 0; i < batches.batches(); i++) {
            TextBatches.Batch batch = batches.random(1, i);
            cells += batch.ids().length;
            told += batch.told();
            assertThat(Arrays.stream(batch.targets())
                            .filter(target -> target != TextBatches.NONE)
                            .count())
                    .isEqualTo(batch.told());
        }
        assertThat((double) told / cells).isGreaterThan(0.9);
    }

    private static List<String> epoch(TextBatches batches, int epoch) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < batches.batches(); i++) {
            TextBatches.Batch batch = batches.random(epoch, i);
            for (int text = 0; text < batch.texts(); text++) {
                texts.add(Arrays.toString(
                        Arrays.copyOfRange(batch.ids(), text * batch.length(), (text + 1) * batch.length())));
            }
        }
        return texts.stream().map(text -> text.replaceAll("(, 1)+]", "]")).toList();
    }

    private static Set<String> contents(List<TextData.Window> windows) {
        Set<String> contents = new HashSet<>();
        windows.forEach(window -> contents.add(Arrays.toString(window.tokens())));
        return contents;
    }
}
