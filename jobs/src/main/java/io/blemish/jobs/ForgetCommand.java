package io.blemish.jobs;

import io.blemish.error.UserException;
import io.blemish.tables.Warehouse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code blemish forget}. */
@Command(
        name = "forget",
        description =
                "Removes images from every table: photograph, inspections, tiles, words, truths, and what is known of their"
                        + " files.",
        footer = {
            "",
            "The photographs themselves stay where they lie, and ingest would take them in again: delete or move them first.",
            "Older versions of the tables hold the images until maintain deletes their files, after 30 days; --purge deletes them at once.",
            "",
            "  bin/blemish forget --image-id 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08 --warehouse W --dry-run"
        })
public final class ForgetCommand extends WarehouseCommand {
    @Option(names = "--image-id", paramLabel = "ID", description = "An image; may be repeated")
    private List<String> imageIds = new ArrayList<>();

    @Option(names = "--image-ids", paramLabel = "FILE", description = "Images, one a line")
    private Path list;

    @Option(
            names = "--purge",
            description =
                    "Also delete the files of every older version of these tables, at once; who reads one loses it")
    private boolean purge;

    @Override
    protected JobRun.Ended execute(JobContext context, Warehouse warehouse) throws Exception {
        ForgetOptions options = options(context);
        return JobRun.execute(context, warehouse, "forget", "Forgetting images of " + warehouse, run -> {
            ForgetResult result = new Forget(warehouse, options).run(run);
            result.report(run);
            Summary summary = result.summary("Forgot images of " + warehouse);
            return purge ? summary : summary.next("bin/blemish maintain --warehouse " + warehouse + ", in 30 days");
        });
    }

    @Override
    protected Plan plan(JobContext context, Warehouse warehouse) {
        ForgetResult known = new Forget(warehouse, options(context)).plan();
        return new Plan("forget", known.summary("Would forget images of " + warehouse));
    }

    private ForgetOptions options(JobContext context) {
        Set<String> ids = new HashSet<>(imageIds);
        if (list != null) {
            try (var lines = Files.lines(list)) {
                lines.map(String::strip).filter(line -> !line.isEmpty()).forEach(ids::add);
            } catch (IOException e) {
                throw UserException.cannot(
                        "read the list of images " + list,
                        e.toString(),
                        "Name a text file with one image_id a line",
                        e);
            }
        }
        return new ForgetOptions(
                ids,
                purge ? ForgetOptions.Purge.NOW : ForgetOptions.Purge.LATER,
                context.configuration().value(Keys.RUNS_STALE_AFTER));
    }
}
