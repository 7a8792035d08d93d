package io.blemish.samples;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Words for a photograph, as people would caption it; all true. */
final class Captions {
    private static final int EACH = 5;

    private final Variety variety;
    private final List<Seen> seen;
    private final Dice dice;

    /**
     * A defect as the captions tell of it.
     *
     * @param size 0, as small as its kind gets, to 1
     * @param x where on the fruit, -1 at its left edge to 1 at its right
     * @param y where on the fruit, -1 at its upper edge to 1 at its lower
     * @param nearStem whether a visible stem is near
     */
    record Seen(Defect defect, float size, float x, float y, boolean nearStem) {
        /** The same at a place that has no name. */
        Seen anywhere() {
            return new Seen(defect, size, 0.25f, 0.25f, false);
        }
    }

    private Captions(Variety variety, List<Seen> seen, Dice dice) {
        this.variety = variety;
        this.seen = seen;
        this.dice = dice;
    }

    static List<String> of(Variety variety, List<Seen> seen, Dice dice) {
        Captions captions = new Captions(variety, seen, dice);
        List<String> all = new ArrayList<>();
        all.add(captions.plain(variety.spoken()));
        for (int attempt = 0; all.size() < EACH && attempt < 40; attempt++) {
            String caption = seen.isEmpty() ? captions.sound() : captions.defective();
            if (!all.contains(caption)) {
                all.add(caption);
            }
        }
        String plainest = captions.plain("fruit");
        if (!all.contains(plainest)) {
            all.add(1, plainest);
        }
        return all;
    }

    /** With the defects' own names: what every photograph is called, once as its kind and once as a fruit. */
    private String plain(String fruit) {
        if (seen.isEmpty()) {
            return article("sound " + fruit);
        }
        List<String> names = seen.stream()
                .map(each -> counted(each.defect())
                        ? article(each.defect().label())
                        : each.defect().label())
                .toList();
        return article(fruit) + " with " + joined(names);
    }

    private static boolean counted(Defect defect) {
        return defect == Defect.BRUISE || defect == Defect.CUT;
    }

    private String sound() {
        String fruit = noun();
        return dice.pick(List.of(
                "a photo of " + article("sound " + fruit),
                "a photo of " + article(fruit) + " without any blemish",
                article("sound " + fruit) + " without any blemish",
                article("fresh, healthy " + fruit),
                article(fruit) + " in perfect condition",
                article(fruit) + " with clean, healthy skin",
                "close-up of " + article("sound " + fruit),
                "a close-up photo of " + article("healthy " + fruit),
                article("flawless " + fruit),
                article("fresh " + fruit) + ", no defects",
                "a product photo of " + article("perfect " + fruit),
                "this " + fruit + " is sound",
                article("undamaged " + fruit),
                "a good, clean " + fruit));
    }

    private String defective() {
        String fruit = noun();
        if (seen.size() == 1 && dice.chance(0.15)) {
            return dice.pick(List.of("", "a photo of ", "close-up of "))
                    + article(adjective(seen.get(0).defect()) + " " + fruit);
        }
        String defects = joined(seen.stream().map(this::phrase).toList());
        String place = seen.size() == 1 && dice.chance(0.25) ? place(seen.get(0)) : "";
        String on = article(fruit);
        return switch (dice.below(9)) {
            case 0 -> "a photo of " + on + " with " + defects + place;
            case 1 -> "close-up of " + on + " with " + defects + place;
            case 2 -> "a close-up photo of " + on + " with " + defects + place;
            case 3 -> defects + " on " + on;
            case 4 -> "this " + fruit + " has " + defects + place;
            case 5 -> "a photo of " + defects + " on " + on;
            case 6 -> "a product photo of " + on + " with " + defects + place;
            case 7 -> "a damaged " + fruit + ": " + defects + place;
            default -> on + " with " + defects + place;
        };
    }

    private String noun() {
        float choice = dice.unit();
        if (choice < 0.3f) {
            return "fruit";
        }
        return choice < 0.6f ? variety.product() : variety.spoken();
    }

    /** A defect with its article, a synonym and perhaps its size. */
    private String phrase(Seen each) {
        String mould = dice.chance(0.5) ? "mould" : "mold";
        String patch = patch(each.size());
        String sized = sized(each.size());
        return switch (each.defect()) {
            case GREEN_MOULD ->
                dice.pick(List.of(
                        "green " + mould,
                        "powdery green " + mould,
                        patch + " of green " + mould,
                        patch + " of powdery green " + mould,
                        "green " + mould + " with a white margin"));
            case BLUE_MOULD ->
                dice.pick(List.of(
                        "blue " + mould,
                        patch + " of blue " + mould,
                        "tufts of blue " + mould,
                        "blue-grey " + mould,
                        patch + " of blue " + mould + " with a white rim"));
            case WHITE_MOULD ->
                dice.pick(List.of(
                        "white " + mould,
                        "fluffy white " + mould,
                        patch + " of cottony white " + mould,
                        patch + " of white " + mould,
                        "white fungal threads"));
            case SOFT_ROT ->
                dice.pick(List.of(
                        "soft rot",
                        patch + " of soft rot",
                        article(sized + "wet, brown rotten patch"),
                        "wet, brown soft rot",
                        article(sized + "soft, rotten area")));
            case DARK_SPOTS ->
                dice.pick(List.of(
                        "dark spots",
                        "small dark spots",
                        "several dark spots",
                        "round black spots",
                        "sunken dark spots on its skin"));
            case BRUISE ->
                dice.pick(List.of(
                        article(sized + "bruise"),
                        article(sized + "brown bruise"),
                        "bruising",
                        "bruised skin",
                        article(sized + "dull brown bruise")));
            case CUT ->
                dice.pick(List.of(
                        "a cut",
                        "a cut in its skin",
                        article((each.size() > 0.65f ? "long " : "") + "cut"),
                        "a gash",
                        "a knife cut"));
            case WRINKLED_SKIN ->
                dice.pick(List.of(
                        "wrinkled skin",
                        "wrinkles",
                        patch + " of wrinkled skin",
                        "shrivelled, wrinkled skin",
                        "wrinkly skin"));
            case SCAB ->
                dice.pick(List.of(
                        "scab", "rough, corky scab", patch + " of scab", "a scab lesion", "cracked, corky scab"));
            case DISCOLOURATION ->
                dice.pick(List.of(
                        "discolouration",
                        "discoloration",
                        article(sized + "pale, discoloured patch"),
                        article(sized + "bleached patch"),
                        "discoloured skin"));
        };
    }

    private static String adjective(Defect defect) {
        return switch (defect) {
            case GREEN_MOULD -> "green mouldy";
            case BLUE_MOULD -> "blue mouldy";
            case WHITE_MOULD -> "white mouldy";
            case SOFT_ROT -> "soft rotten";
            case DARK_SPOTS -> "dark-spotted";
            case BRUISE -> "bruised";
            case CUT -> "gashed";
            case WRINKLED_SKIN -> "wrinkled";
            case SCAB -> "scabby";
            case DISCOLOURATION -> "discoloured";
        };
    }

    private String sized(float size) {
        if (dice.chance(0.5)) {
            return "";
        }
        if (size < 0.3f) {
            return "small ";
        }
        return size > 0.65f ? "large " : "";
    }

    private String patch(float size) {
        return "a " + sized(size) + "patch";
    }

    private String place(Seen each) {
        List<String> places = new ArrayList<>();
        if (each.nearStem()) {
            places.add(" near the stem");
        }
        if (each.x() < -0.35f) {
            places.add(" on the left side");
        }
        if (each.x() > 0.35f) {
            places.add(" on the right side");
        }
        if (Math.abs(each.x()) < 0.15f && Math.abs(each.y()) < 0.15f) {
            places.add(" in the middle");
        }
        return places.isEmpty() ? "" : dice.pick(places);
    }

    private static String joined(List<String> phrases) {
        if (phrases.size() == 1) {
            return phrases.get(0);
        }
        return String.join(", ", phrases.subList(0, phrases.size() - 1)) + " and " + phrases.get(phrases.size() - 1);
    }

    private static String article(String noun) {
        return ("aeio".indexOf(noun.toLowerCase(Locale.ROOT).charAt(0)) >= 0 || noun.startsWith("un") ? "an " : "a ")
                + noun;
    }
}
