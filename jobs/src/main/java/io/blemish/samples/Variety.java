package io.blemish.samples;

import java.util.List;

/** The fruit on the photographs. */
enum Variety {
    RED_APPLE("apple", "red apple", 0xF3E3B4),
    GREEN_APPLE("apple", "green apple", 0xEFE8C4),
    ORANGE("orange", "orange", 0xF3CD86),
    LEMON("lemon", "lemon", 0xF6EDC8),
    GREEN_PEAR("pear", "green pear", 0xEFE6C0),
    YELLOW_PEAR("pear", "yellow pear", 0xF2E8C6),
    PEACH("peach", "peach", 0xF2B866),
    TOMATO("tomato", "tomato", 0xE88468);

    private static final List<List<Variety>> BY_PRODUCT = List.of(
            List.of(RED_APPLE, GREEN_APPLE, RED_APPLE),
            List.of(ORANGE),
            List.of(LEMON),
            List.of(GREEN_PEAR, YELLOW_PEAR),
            List.of(PEACH),
            List.of(TOMATO));

    private final String product;
    private final String spoken;
    private final Colour flesh;

    Variety(String product, String spoken, int flesh) {
        this.product = product;
        this.spoken = spoken;
        this.flesh = Colour.of(flesh);
    }

    static Variety of(Dice dice) {
        return dice.pick(dice.pick(BY_PRODUCT));
    }

    /** The noun, for example {@code apple}. */
    String product() {
        return product;
    }

    /** The noun with what tells the variety, for example {@code red apple}. */
    String spoken() {
        return spoken;
    }

    /** What a cut lays bare. */
    Colour flesh() {
        return flesh;
    }

    Shape shape(Dice dice) {
        return switch (this) {
            case RED_APPLE, GREEN_APPLE -> RoundShape.apple(dice);
            case ORANGE -> RoundShape.orange(dice);
            case LEMON -> TurnedShape.lemon(dice);
            case GREEN_PEAR, YELLOW_PEAR -> TurnedShape.pear(dice);
            case PEACH -> RoundShape.peach(dice);
            case TOMATO -> RoundShape.tomato(dice);
        };
    }

    /** Strength of the highlight. */
    float gloss() {
        return switch (this) {
            case RED_APPLE, GREEN_APPLE -> 0.32f;
            case ORANGE -> 0.2f;
            case LEMON -> 0.24f;
            case GREEN_PEAR, YELLOW_PEAR -> 0.16f;
            case PEACH -> 0.025f;
            case TOMATO -> 0.6f;
        };
    }

    /** How small the highlight is: the exponent of Blinn and Phong. */
    float polish() {
        return switch (this) {
            case RED_APPLE, GREEN_APPLE -> 45;
            case ORANGE -> 22;
            case LEMON -> 26;
            case GREEN_PEAR, YELLOW_PEAR -> 22;
            case PEACH -> 6;
            case TOMATO -> 170;
        };
    }

    /** Where the stem or its scar is, in units of the shape's radius above the middle. */
    float stem() {
        return switch (this) {
            case RED_APPLE, GREEN_APPLE -> 0.76f;
            case ORANGE -> 0.8f;
            case LEMON -> 0.97f;
            case GREEN_PEAR, YELLOW_PEAR -> 0.97f;
            case PEACH -> 0.82f;
            case TOMATO -> 0.62f;
        };
    }
}
