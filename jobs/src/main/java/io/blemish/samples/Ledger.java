package io.blemish.samples;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes what is known of the photographs: {@code manifest.csv}, {@code truths.csv}, {@code captions.csv}, {@code regions.csv}. */
final class Ledger {
    private static final String SOURCE = "generator";
    private static final String AUTHOR = "blemish samples";

    private final Path folder;

    Ledger(Path folder) {
        this.folder = folder;
    }

    void write(List<Truth> truths) throws IOException {
        try (BufferedWriter manifest = open("manifest.csv", "uri,product,site,line,lot,captured_at");
                BufferedWriter statements = open("truths.csv", "image,kind,value,mask_uri,source,author,stated_at");
                BufferedWriter captions = open("captions.csv", "image,caption");
                BufferedWriter regions = open("regions.csv", "image,caption,left,top,width,height")) {
            for (Truth truth : truths) {
                String image = Printer.photograph(truth.index());
                Provenance from = truth.provenance();
                row(
                        manifest,
                        image,
                        truth.product(),
                        from.site(),
                        from.line(),
                        from.lot(),
                        from.capturedAt().toString());
                state(statements, truth, image);
                for (String caption : truth.captions()) {
                    row(captions, image, caption);
                }
                for (Region region : truth.regions()) {
                    tell(regions, image, region);
                }
            }
        }
    }

    private static void tell(BufferedWriter out, String image, Region region) throws IOException {
        String side = Integer.toString(region.side());
        for (String caption : region.captions()) {
            row(out, image, caption, Integer.toString(region.left()), Integer.toString(region.top()), side, side);
        }
    }

    private BufferedWriter open(String name, String header) throws IOException {
        BufferedWriter writer = Files.newBufferedWriter(folder.resolve(name));
        writer.write(header);
        writer.write('\n');
        return writer;
    }

    private static void state(BufferedWriter out, Truth truth, String image) throws IOException {
        if (truth.sound()) {
            statement(out, truth, image, "label", "sound", "");
        }
        for (Truth.Mark mark : truth.marks()) {
            statement(out, truth, image, "label", mark.defect().label(), "");
        }
        if (!truth.sound()) {
            statement(
                    out,
                    truth,
                    image,
                    "severity",
                    truth.severity().orElseThrow().label(),
                    "");
        }
        for (String caption : truth.captions()) {
            statement(out, truth, image, "caption", caption, "");
        }
        for (Truth.Mark mark : truth.marks()) {
            statement(out, truth, image, "mask", mark.defect().label(), Printer.mask(truth.index(), mark.defect()));
        }
    }

    private static void statement(BufferedWriter out, Truth truth, String image, String kind, String value, String mask)
            throws IOException {
        row(
                out,
                image,
                kind,
                value,
                mask,
                SOURCE,
                AUTHOR,
                truth.provenance().capturedAt().toString());
    }

    private static void row(BufferedWriter out, String... cells) throws IOException {
        for (int i = 0; i < cells.length; i++) {
            if (i > 0) {
                out.write(',');
            }
            out.write(quoted(cells[i]));
        }
        out.write('\n');
    }

    /** As RFC 4180 has it. */
    private static String quoted(String cell) {
        boolean plain = cell.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
    }
}
