package io.blemish.jobs;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.not;

import io.blemish.clip.Clip;
import io.blemish.error.UserException;
import io.blemish.jobs.inspect.CaptionerBundle;
import io.blemish.jobs.inspect.ChunkRows;
import io.blemish.jobs.inspect.Encoder;
import io.blemish.jobs.inspect.PublishedCaptioner;
import io.blemish.jobs.inspect.Registers;
import io.blemish.jobs.relabel.Changes;
import io.blemish.jobs.relabel.StoredEmbeddings;
import io.blemish.jobs.relabel.StoredEmbeddings.Source;
import io.blemish.knowledge.KnowledgeBase;
import io.blemish.tables.BundlesTable;
import io.blemish.tables.InspectionsTable;
import io.blemish.tables.KnowledgeBasesTable;
import io.blemish.tables.Warehouse;
import io.blemish.udfs.InspectorMeasures;
import io.blemish.udfs.InspectorMeasures.Count;
import io.blemish.udfs.InspectorSettings;
import io.blemish.udfs.Relabeller;
import io.blemish.udfs.VerdictRules;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Labels every image that was inspected with an encoder anew, with another knowledge base, from its stored embedding, and appends the rows
 * to {@code inspections}. No photograph is opened, and the image tower is not loaded.
 *
 * <p>A row of a failed image is copied. Captions are kept, under the captioner that wrote them, or written anew where one is named. As in
 * an inspection, a {@link Claim} fences the work, it is cut into {@link Chunks}, each is one atomic append, and a run that is killed is
 * finished by the next.
 */
public final class Relabel {
    private final Warehouse warehouse;
    private final RelabelOptions options;
    private final InspectOptions inspection;

    /** A relabelling of the warehouse's images. */
    public Relabel(Warehouse warehouse, RelabelOptions options) {
        this.warehouse = warehouse;
        this.options = options;
        this.inspection = options.inspection();
    }

    /**
     * Relabels what is left, as the run.
     *
     * @param owners what is known of other runs
     * @throws UserException for a checkpoint that nothing was inspected with, a knowledge base or options that cannot be used
     * @throws ClaimLostException when another driver took over meanwhile
     */
    public RelabelResult run(JobRun run, Claim.Owners owners) {
        return opened(subject -> new Work(subject, run, owners).run());
    }

    /** Tells what {@link #run} would do, and writes nothing. */
    Plan plan() {
        return opened(subject -> {
            subject.against();
            new Registers(warehouse, "").holds(subject.base());
            subject.requireSameLabels();
            Dataset<Row> before = subject.atHand();
            Dataset<Row> staying = options.redoes() ? before.where(not(RelabelSubject.relabelled())) : before;
            long left = subject.left(staying).stream()
                    .mapToLong(RelabelSubject.Left::images)
                    .sum();
            Summary summary = Summary.titled("Would relabel " + left + " images of " + warehouse + options.window())
                    .with("to relabel", left, "with " + subject.base().name())
                    .with("relabelled before", staying.count(), "");
            return new Plan("relabel", summary);
        });
    }

    private <T> T opened(Function<RelabelSubject, T> work) {
        KnowledgeBase base = KnowledgeBase.read(inspection.knowledge());
        VerdictRules.column(base, InspectionsTable.DEFINITION.schema());
        warehouse.require("Run blemish inspect first", InspectionsTable.DEFINITION, KnowledgeBasesTable.DEFINITION);
        try (Clip clip = Clip.open(inspection.clip())) {
            Encoder encoder =
                    Encoder.choose(clip, inspection.precision(), inspection.device(), inspection.decode(), warehouse);
            Optional<CaptionerBundle> captioner =
                    inspection.captions().map(asked -> CaptionerBundle.open(asked, clip, encoder.precision()));
            long version = warehouse.version(InspectionsTable.DEFINITION);
            StoredEmbeddings stored = StoredEmbeddings.of(warehouse, version, encoder.id(), options.window());
            if (stored.isEmpty()) {
                throw UserException.cannot(
                        "relabel the images of " + warehouse,
                        "none was inspected with " + inspection.clip() + " in "
                                + encoder.precision().label(),
                        "Name the checkpoint that was used, with the same --precision, image.* and decode.* settings, or run"
                                + " blemish inspect first");
            }
            return work.apply(new RelabelSubject(warehouse, options, base, encoder, captioner, version, stored));
        }
    }

    /** The work of a run. */
    private final class Work {
        private final RelabelSubject subject;
        private final JobRun run;
        private final Claim.Owners owners;
        private final InspectorMeasures measures;
        private final ChunkAppends appends;

        Work(RelabelSubject subject, JobRun run, Claim.Owners owners) {
            this.subject = subject;
            this.run = run;
            this.owners = owners;
            this.measures = new InspectorMeasures(warehouse.spark().sparkContext());
            this.appends = new ChunkAppends(
                    warehouse, run, List.of(measures.counter(Count.OK), measures.counter(Count.FAILED)));
        }

        RelabelResult run() {
            run.input(InspectionsTable.DEFINITION, subject.version());
            Optional<String> against = subject.against();
            identify();
            subject.requireSameLabels();
            Map<String, Claim> claims = claims();
            Dataset<Row> atHand = subject.atHand();
            long before = atHand.count();
            append(subject.left(atHand), claims);
            Changes changes = against.map(this::changes).orElse(new Changes(0, 0, List.of()));
            return RelabelResult.of(
                    subject.base().id(),
                    before,
                    appends.appended(),
                    measures,
                    against.map(id -> subject.names().getOrDefault(id, id)),
                    changes);
        }

        private void identify() {
            warehouse.create(BundlesTable.DEFINITION);
            run.identify("encoder_id", subject.encoder().id());
            run.identify("captioner_id", subject.captioners().stream().sorted().collect(Collectors.joining(",")));
            run.identify("kb_id", subject.base().id());
            Registers registers = new Registers(warehouse, run.id());
            registers.record(subject.base());
            subject.captioner()
                    .ifPresent(bundle -> registers.recordCaptioner(bundle.id(), bundle.name(), bundle.card()));
        }

        private Map<String, Claim> claims() {
            Claim.Table table = new Claim.Table(warehouse, InspectionsTable.DEFINITION);
            Map<String, Claim> claims = new HashMap<>();
            for (String captionerId : subject.captioners()) {
                Claim claim = Claim.take(table, subject.key(captionerId), run.id(), owners, inspection.takeOver());
                claims.put(captionerId, claim);
                Column mine = subject.condition(subject.base().id())
                        .and(col("captioner_id").equalTo(captionerId))
                        .and(RelabelSubject.relabelled());
                if (options.redoes()
                        && !warehouse
                                .read(InspectionsTable.DEFINITION)
                                .where(mine)
                                .isEmpty()) {
                    claim.delete(mine);
                }
            }
            return claims;
        }

        private void append(List<RelabelSubject.Left> left, Map<String, Claim> claims) {
            if (left.stream().allMatch(part -> part.chunks().isEmpty())) {
                return;
            }
            Optional<PublishedCaptioner> captioner =
                    subject.captioner().map(bundle -> bundle.publish(warehouse.spark()));
            Broadcast<InspectorSettings> settings = JavaSparkContext.fromSparkContext(
                            warehouse.spark().sparkContext())
                    .broadcast(settings());
            try {
                Relabeller relabeller =
                        new Relabeller(settings, captioner.map(PublishedCaptioner::captioning), measures);
                for (RelabelSubject.Left part : left) {
                    Source source = part.source();
                    ChunkRows rows =
                            new ChunkRows(relabeller::inspections, subject.base(), identities(source.captionerId()));
                    appends.append(
                            claims.get(source.captionerId()),
                            part.chunks(),
                            chunk -> rows.of(source.rows().where(chunk)));
                }
            } finally {
                settings.unpersist();
                captioner.ifPresent(PublishedCaptioner::close);
            }
        }

        private InspectorSettings settings() {
            try (JobRun.Stage stage = run.stage("descriptions")) {
                return inspection.settings(subject.encoder(), subject.base());
            }
        }

        private Map<String, String> identities(String captionerId) {
            return Map.of(
                    "encoder_id", subject.encoder().id(),
                    "captioner_id", captionerId,
                    "kb_id", subject.base().id(),
                    "run_id", run.id());
        }

        private Changes changes(String against) {
            try (JobRun.Stage stage = run.stage("compare")) {
                Dataset<Row> inspections =
                        options.window().of(warehouse.read(InspectionsTable.DEFINITION), "captured_at");
                return Changes.between(
                        inspections.where(subject.condition(against)),
                        inspections.where(subject.condition(subject.base().id())
                                .and(col("captioner_id").isInCollection(subject.captioners()))));
            }
        }
    }
}
