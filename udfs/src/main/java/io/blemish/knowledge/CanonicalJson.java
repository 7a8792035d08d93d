package io.blemish.knowledge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.blemish.error.InternalException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * The one spelling of a knowledge base's content: every key present that has a value, in a fixed order, no layout. It
 * is itself a valid knowledge base file, so that what the {@code knowledge_bases} table holds can be read again.
 */
final class CanonicalJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private CanonicalJson() {}

    static String write(KnowledgeBase base) {
        ObjectNode root = JSON.createObjectNode();
        root.put("name", base.name());
        root.put("subject", base.subject());
        root.put("number", base.number().label());
        base.abstain().ifPresent(abstain -> root.put("abstain", abstain));
        root.put("summary", base.composition().label());
        base.templates().forEach(root.putArray("templates")::add);
        base.bands().bands().forEach(band -> write(band, root.withArray("severity")));
        write(base.descriptions(), State.SOUND, root.putArray("sound"));
        write(base.descriptions(), State.DEFECT, root.putArray("defects"));
        ArrayNode verdicts = root.putArray("verdicts");
        base.verdicts()
                .forEach(rule ->
                        verdicts.addObject().put("verdict", rule.verdict()).put("when", rule.when()));
        try {
            return JSON.writeValueAsString(root);
        } catch (JsonProcessingException unexpected) {
            throw new InternalException("A tree of strings and numbers could not be written as JSON", unexpected);
        }
    }

    private static void write(SeverityBand band, ArrayNode bands) {
        bands.addObject()
                .put("band", band.name())
                .put("above", band.above())
                .put(band.wording().name().toLowerCase(Locale.ROOT), band.words());
    }

    private static void write(List<Description> descriptions, State state, ArrayNode target) {
        for (Description description : descriptions) {
            if (description.state() == state) {
                ObjectNode node = target.addObject();
                node.put("name", description.name());
                node.put("group", description.group());
                node.put("phrase", description.phrase());
                description.prompts().forEach(node.putArray("prompts")::add);
            }
        }
    }

    static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException unexpected) {
            throw new InternalException("This Java lacks SHA-256, which every Java must have", unexpected);
        }
    }
}
