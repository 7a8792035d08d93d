package io.blemish.jobs.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.blemish.error.UserException;
import io.blemish.jobs.SparkTest;
import io.blemish.jobs.evaluate.CaptionCorpus.Speaker;
import io.blemish.metrics.CaptionTally;
import io.blemish.metrics.CaptionTokenizer;
import io.blemish.metrics.CiderD;
import io.blemish.metrics.DocumentFrequencies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestCaptionCorpus extends SparkTest {
    private static final List<String> CAPTIONS = List.of("a fruit with severe green mold", "an orange with white mold");

    private static final List<List<String>> REFERENCES = List.of(
            List.of("a fruit with green mold", "an orange covered in severe green mold"),
            List.of("an orange with white and blue mold", "a moldy orange"));

    @TempDir
    private Path folder;

    private static Dataset<Row> images() {
        StructType schema = StructType.fromDDL("image_id STRING, references ARRAY<STRING>, "
                + "candidates ARRAY<STRUCT<captioner: STRING, method: STRING, text: STRING>>");
        return spark.createDataFrame(List.of(row(0), row(1)), schema);
    }

    private static Row row(int image) {
        return RowFactory.create("image " + image, REFERENCES.get(image).toArray(), new Row[] {
            RowFactory.create("captioner", null, CAPTIONS.get(image))
        });
    }

    private static List<List<String>> words(List<String> texts) {
        return texts.stream().map(CaptionTokenizer::tokenize).toList();
    }

    private static double mean(DocumentFrequencies frequencies) {
        CiderD cider = new CiderD(frequencies);
        double sum = 0;
        for (int image = 0; image < CAPTIONS.size(); image++) {
            sum += cider.of(CaptionTokenizer.tokenize(CAPTIONS.get(image)), words(REFERENCES.get(image)));
        }
        return sum / CAPTIONS.size();
    }

    private static double ciderD(Optional<FrequencyFile> fixed) {
        Map<Speaker, CaptionTally> tallies = CaptionCorpus.tally(images(), fixed);
        assertThat(tallies).containsOnlyKeys(new Speaker("captioner", null));
        return tallies.get(new Speaker("captioner", null)).ciderD().value();
    }

    @Test
    void frequenciesOfTheReferencesOrOfAFile() throws IOException {
        DocumentFrequencies here = DocumentFrequencies.of(
                REFERENCES.stream().map(TestCaptionCorpus::words).toList());
        assertThat(ciderD(Optional.empty())).isCloseTo(mean(here), within(1e-12));

        // Ten times as often in ten times as many images: only words that no reference has weigh more.
        Map<String, Long> counts = new HashMap<>();
        here.counts().forEach((run, images) -> counts.put(run, 10 * images));
        DocumentFrequencies tenfold = new DocumentFrequencies(20, counts);
        Path file = Files.writeString(
                folder.resolve("frequencies.tsv"),
                counts.entrySet().stream()
                        .map(entry -> entry.getKey() + "\t" + entry.getValue())
                        .collect(Collectors.joining("\n", "\t20\n", "\n")));
        assertThat(ciderD(Optional.of(FrequencyFile.read(spark, file))))
                .isCloseTo(mean(tenfold), within(1e-12))
                .isLessThan(mean(here));
    }

    @Test
    void otherFilesAreRefused() throws IOException {
        Path file = folder.resolve("frequencies.tsv");
        refused(file, "there is no such file");
        refused(Files.writeString(file, "green mould 3\n"), "not a run of words, a tab and a number");
        refused(Files.writeString(file, "green mould\t3\n"), "no line of it says of how many images it is");
    }

    private static void refused(Path file, String cause) {
        assertThatThrownBy(() -> FrequencyFile.read(spark, file))
                .isInstanceOf(UserException.class)
                .hasMessageContaining(cause);
    }
}
