package io.blemish.knowledge;

import java.util.List;

/**
 * One thing that a photograph may show: a sound state or a defect. Its prompts are averaged into one embedding.
 *
 * @param index position in {@link KnowledgeBase#descriptions()}, sound states first; the index of its similarity
 * @param name what tables and verdict rules call it, unique in the knowledge base
 * @param group the family it belongs to, for example {@code fungal}; {@code sound} or {@code other} when the file
 *     gives none
 * @param state sound or defect
 * @param phrase its words in a summary: after <em>shows</em> for a defect, after <em>is</em> for a sound state
 * @param prompts what CLIP compares with the photograph, before templates; at least one
 */
public record Description(int index, String name, String group, State state, String phrase, List<String> prompts) {
    /** Keeps an unchangeable copy of the prompts. */
    public Description {
        prompts = List.copyOf(prompts);
    }

    /** Whether this describes a defect. */
    public boolean isDefect() {
        return state == State.DEFECT;
    }
}
