package io.blemish.lm;

import io.blemish.error.UserException;
import java.io.Serializable;

/**
 * How a language model writes: what it chooses of all that it holds possible.
 *
 * <p>At a temperature of 0 it is a beam search, exactly that of transformers' {@code generate} with {@code early_stopping=False}: texts
 * are ranked by log-probability / tokens ^ length penalty. With a single beam that is greedy: always the likeliest token. At a higher
 * temperature each token is drawn by lot, and beams do not matter.
 *
 * @param beams texts that a search pursues at once, 1 to 64
 * @param lengthPenalty above 0 favours long texts, below 0 short ones
 * @param temperature what logits are divided by before a draw; 0 to search
 * @param topK a draw is among so many of the likeliest tokens; 0 for all
 * @param topP of these, among the likeliest that together reach this share of probability, above 0 to 1 (Holtzman et al., The Curious
 *     Case of Neural Text Degeneration, 2019, arXiv 1904.09751)
 * @param seed of all draws
 * @param best how many texts are told for each prefix: at most the beams of a search
 * @param least tokens before a text may end, at least 0
 * @param most tokens of a text, the one that ends it included, at least 1
 */
public record Decoding(
        int beams,
        double lengthPenalty,
        double temperature,
        int topK,
        double topP,
        long seed,
        int best,
        int least,
        int most)
        implements Serializable {
    /** The beams of a search where nothing else is asked for. */
    public static final int BEAMS = 5;

    /** The most tokens where nothing else is asked for. */
    public static final int TOKENS = 40;

    private static final int MOST_BEAMS = 64;
    private static final String ACT = "write texts";

    /** Refuses what no search and no draw can be. */
    public Decoding {
        require(beams >= 1 && beams <= MOST_BEAMS, "beams are " + beams, "Choose 1 to " + MOST_BEAMS);
        require(Double.isFinite(lengthPenalty), "the length penalty is " + lengthPenalty, "Choose a number");
        require(
                temperature >= 0 && Double.isFinite(temperature),
                "the temperature is " + temperature,
                "Choose 0 to search, or a number above it to draw");
        require(topK >= 0, "top k is " + topK, "Choose 0 for all tokens, or at least 1");
        require(topP > 0 && topP <= 1, "top p is " + topP, "Choose a number above 0, and 1 for all tokens");
        require(
                best >= 1 && best <= (temperature > 0 ? MOST_BEAMS : beams),
                best + " texts are asked for of " + (temperature > 0 ? MOST_BEAMS + " draws" : beams + " beams"),
                "Ask for fewer, or search with more beams");
        require(least >= 0 && least <= most, "texts have " + least + " to " + most + " tokens", "Order them");
        require(most >= 1, "texts have at most " + most + " tokens", "Allow at least 1");
    }

    /** Always the likeliest token. */
    public static Decoding greedy() {
        return beamSearch().withBeams(1);
    }

    /** A search with {@link #BEAMS} beams, neutral to length. */
    public static Decoding beamSearch() {
        return new Decoding(BEAMS, 1, 0, 0, 1, 0, 1, 0, TOKENS);
    }

    /** Draws from all tokens as the model's probabilities are. */
    public static Decoding sampling(long seed) {
        return beamSearch().withTemperature(1).withSeed(seed);
    }

    /** The same with another number of beams. */
    public Decoding withBeams(int number) {
        return new Decoding(number, lengthPenalty, temperature, topK, topP, seed, best, least, most);
    }

    /** The same with another favour for long texts. */
    public Decoding withLengthPenalty(double exponent) {
        return new Decoding(beams, exponent, temperature, topK, topP, seed, best, least, most);
    }

    /** The same at another temperature. */
    public Decoding withTemperature(double divisor) {
        return new Decoding(beams, lengthPenalty, divisor, topK, topP, seed, best, least, most);
    }

    /** The same with draws among other tokens: the likeliest few, and of these the likeliest that reach a share. */
    public Decoding withTop(int tokens, double share) {
        return new Decoding(beams, lengthPenalty, temperature, tokens, share, seed, best, least, most);
    }

    /** The same with other draws. */
    public Decoding withSeed(long value) {
        return new Decoding(beams, lengthPenalty, temperature, topK, topP, value, best, least, most);
    }

    /** The same with another number of texts told. */
    public Decoding withBest(int texts) {
        return new Decoding(beams, lengthPenalty, temperature, topK, topP, seed, texts, least, most);
    }

    /** The same with other lengths. */
    public Decoding withTokens(int fewest, int atMost) {
        return new Decoding(beams, lengthPenalty, temperature, topK, topP, seed, best, fewest, atMost);
    }

    /** Whether tokens are drawn, and not searched. */
    public boolean samples() {
        return temperature > 0;
    }

    /** How many texts are written for each prefix at once. */
    public int texts() {
        return samples() ? best : beams;
    }

    private static void require(boolean condition, String otherwise, String cure) {
        if (!condition) {
            throw UserException.cannot(ACT, otherwise, cure);
        }
    }
}
