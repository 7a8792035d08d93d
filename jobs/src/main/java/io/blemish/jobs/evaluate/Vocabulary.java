package io.blemish.jobs.evaluate;

import io.blemish.error.UserException;
import io.blemish.knowledge.Description;
import io.blemish.knowledge.KnowledgeBase;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.api.java.UDF1;

/**
 * What the words of truths mean in a knowledge base, whatever their case: the name of a defect is that defect; the name
 * of a sound state, or {@code sound}, is sound; {@code defective} and {@code rotten} say that something is wrong, not
 * what; words that the user maps mean what they are mapped to.
 *
 * <p>As a function it gives {@link #SOUND}, {@link #DEFECTIVE}, {@link #DEFECT} and the defect's name in one, or null
 * for a word that means nothing.
 */
public final class Vocabulary implements UDF1<String, String> {
    /** The meaning of a word that says that nothing is wrong. */
    public static final String SOUND = "sound";

    /** The meaning of a word that says that something is wrong, not what. */
    public static final String DEFECTIVE = "defective";

    /** Begins the meaning of a word that names a defect. */
    public static final String DEFECT = "defect:";

    private static final List<String> SOMEHOW_DEFECTIVE = List.of(DEFECTIVE, "rotten");
    private static final long serialVersionUID = 1L;

    private final HashMap<String, String> meanings = new HashMap<>();

    /**
     * The words of a knowledge base, and others.
     *
     * @param mapped further words, each with a word that is known without them
     * @throws UserException when a word is mapped to one that is not
     */
    public Vocabulary(KnowledgeBase base, Map<String, String> mapped) {
        SOMEHOW_DEFECTIVE.forEach(word -> meanings.put(word, DEFECTIVE));
        meanings.put(SOUND, SOUND);
        for (Description description : base.descriptions()) {
            String name = description.name();
            meanings.put(key(name), description.isDefect() ? DEFECT + name : SOUND);
        }
        Map<String, String> added = new HashMap<>();
        mapped.forEach((word, known) -> added.put(key(word), meaningOf(word, known, base)));
        meanings.putAll(added);
    }

    private String meaningOf(String word, String known, KnowledgeBase base) {
        String meaning = meanings.get(key(known));
        if (meaning == null) {
            String names = base.descriptions().stream().map(Description::name).collect(Collectors.joining(", "));
            throw UserException.cannot(
                    "map the truth " + word + " to " + known,
                    "the knowledge base " + base.name() + " has no such description",
                    "Use sound, defective or one of " + names);
        }
        return meaning;
    }

    /** What the words mean, by the words in lower case. */
    Map<String, String> meanings() {
        return Map.copyOf(meanings);
    }

    @Override
    public String call(String word) {
        return word == null ? null : meanings.get(key(word));
    }

    private static String key(String word) {
        return word.strip().toLowerCase(Locale.ROOT);
    }
}
