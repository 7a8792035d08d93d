package io.blemish.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The right-hand sides are what PTBTokenizer 3.4.1 of Stanford CoreNLP printed with -preserveLines -lowerCase. */
class TestCaptionTokenizer {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "A dog's colour is grey; it's \"nice\" (really) - isn't it? | a dog 's colour is grey ; it 's `` nice '' -lrb- really -rrb- - is n't it ?",
                "The t-shirt, U.S. flag, Mr. Smith's 3.5 cm x 1/2 inch, $5.00 | the t-shirt , u.s. flag , mr. smith 's 3.5 cm x 1/2 inch , $ 5.00",
                "can't gonna wanna cannot they'll | ca n't gon na wan na can not they 'll",
                "black/white and/or close-up [x] {y} 50% a&b AT&T e.g. etc. end. | black/white and/or close-up -lsb- x -rsb- -lcb- y -rcb- 50 % a & b at&t e.g. etc. end .",
                "dogs' bones it’s “quoted” -- hyphen — em dash … ellipsis... #tag | dogs ' bones it 's `` quoted '' -- hyphen -- em dash ... ellipsis ... #tag",
                "a.m. No.1 rock'n'roll o'clock 10:30 1,000 i.e. *star* 5-year-old | a.m. no. 1 rock 'n' roll o'clock 10:30 1,000 i.e. * star * 5-year-old",
                "half-eaten apple's/pear . ,comma,no,space <tag> café 'tis y'all ma'am '90s 90's | half-eaten apple 's / pear . , comma , no , space <tag> café 't is y' all ma'am '90s 90 's",
                "50-50 20,000.5 -5 +7 .5 5. 1/2-inch 12\" tv 6' tall 5'8\" man | 50-50 20,000.5 -5 +7 .5 5 . 1/2-inch 12 '' tv 6 ' tall 5 ' 8 '' man",
                "hello.There ab.cd.ef dog!a cat? wow!! huh?!? 4x4 | hello.there ab.cd.ef dog!a cat ? wow !! huh ?!? 4x4",
                "jeans-and-t-shirt man's-best-friend isn't-it un-, pre- and post-war | jeans-and-t-shirt man 's - best-friend is n't - it un - , pre - and post-war",
                "someone 's hand frisbee.  frisbee . .frisbee ,frisbee | someone 's hand frisbee . frisbee . . frisbee , frisbee",
                "(hello) [1] {2} <3 --- – — .. .... _a_ a_b ~5 a=b a+b 1+1 | -lrb- hello -rrb- -lsb- 1 -rsb- -lcb- 2 -rcb- < 3 -- -- -- . . ... _ a _ a_b ~ 5 a = b a + b 1 +1",
            })
    void splitsAsStanfordDoes(String caption, String tokens) {
        assertThat(String.join(" ", CaptionTokenizer.tokens(caption))).isEqualTo(tokens);
    }

    @Test
    void punctuationIsDroppedAndBracketsAreNot() {
        assertThat(CaptionTokenizer.tokenize("\"A fruit,\" (they say) - with: green mould!! ..."))
                .containsExactly("a", "fruit", "-lrb-", "they", "say", "-rrb-", "with", "green", "mould", "!!");
        assertThat(CaptionTokenizer.tokenize(" . ")).isEmpty();
        assertThat(CaptionTokenizer.tokenize("")).isEmpty();
    }

    @Test
    void tokenizingTokensChangesNothing() {
        for (String caption : CaptionGoldens.CLIPSCORE_GOOD) {
            assertThat(CaptionTokenizer.tokenize(String.join(" ", CaptionTokenizer.tokenize(caption))))
                    .isEqualTo(CaptionTokenizer.tokenize(caption));
        }
    }
}
