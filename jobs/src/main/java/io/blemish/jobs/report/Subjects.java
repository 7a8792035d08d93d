package io.blemish.jobs.report;

import io.blemish.error.UserException;
import io.blemish.jobs.inspect.EncoderCard;
import io.blemish.jobs.release.Release;
import io.blemish.jobs.release.Releases;
import io.blemish.jobs.release.Wanted;
import io.blemish.knowledge.KnowledgeBase;
import io.blemish.tables.BundlesTable;
import io.blemish.tables.KnowledgeBasesTable;
import io.blemish.tables.Warehouse;
import java.util.Optional;

/** The choice of whose inspections a report shows. */
public final class Subjects {
    private Subjects() {}

    /**
     * The one pair of encoder and knowledge base that is meant; where none is named, the release that counts.
     *
     * @param encoder name of the checkpoint's folder, or the beginning of an encoder_id; empty where there is only one
     * @param knowledge name of the knowledge base, or the beginning of a kb_id; empty where there is only one
     * @throws UserException when nothing is inspected yet, and when none or several are meant, with a list of those that
     *     there are
     */
    public static Subject choose(Warehouse warehouse, Optional<String> encoder, Optional<String> knowledge) {
        Release release = new Releases(warehouse, "report on").choose(new Wanted(encoder, knowledge, Optional.empty()));
        String id = release.encoderId();
        return new Subject(
                id,
                warehouse.only(BundlesTable.DEFINITION, "bundle_id", id, "name"),
                EncoderCard.parse(warehouse.only(BundlesTable.DEFINITION, "bundle_id", id, "card")),
                release.captionerId(),
                KnowledgeBase.parse(
                        warehouse.only(KnowledgeBasesTable.DEFINITION, "kb_id", release.kbId(), "content")));
    }
}
