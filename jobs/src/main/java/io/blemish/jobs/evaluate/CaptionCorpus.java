package io.blemish.jobs.evaluate;

import static org.apache.spark.sql.functions.array_union;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map_from_entries;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.udf;

import io.blemish.metrics.CaptionScores;
import io.blemish.metrics.CaptionTally;
import io.blemish.metrics.CaptionTokenizer;
import io.blemish.metrics.CiderD;
import io.blemish.metrics.DocumentFrequencies;
import io.blemish.metrics.NGrams;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import scala.collection.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * BLEU, ROUGE-L and CIDEr-D of candidates against the references of their images. Only sums come to the driver: an image
 * is joined with the document frequencies of its own words alone, whose table is as long as the references are varied.
 */
final class CaptionCorpus {
    private CaptionCorpus() {}

    /** Whose captions: a captioner, or what stands beside it. */
    record Speaker(String captioner, String method) implements Comparable<Speaker>, Serializable {
        @Override
        public int compareTo(Speaker other) {
            int byCaptioner = captioner.compareTo(other.captioner);
            return byCaptioner != 0 ? byCaptioner : key().compareTo(other.key());
        }

        private String key() {
            return method == null ? "" : method;
        }
    }

    /**
     * The sums by speaker.
     *
     * @param images of {@link Captions#withCandidates}, those with references
     * @param fixed document frequencies from elsewhere; else those of the references
     */
    static Map<Speaker, CaptionTally> tally(Dataset<Row> images, Optional<FrequencyFile> fixed) {
        Dataset<Row> frequencies = fixed.map(FrequencyFile::rows).orElseGet(() -> frequencies(images));
        long documents = fixed.map(FrequencyFile::images).orElseGet(images::count);
        Dataset<Row> mine = images.select(
                        col("image_id"),
                        explode(array_union(runs("references"), runs("candidates.text")))
                                .as("run"))
                .join(frequencies, "run")
                .groupBy("image_id")
                .agg(map_from_entries(collect_list(struct("run", "images"))).as("frequencies"));
        return images.join(mine, new String[] {"image_id"}, "left")
                .select("image_id", "references", "candidates", "frequencies")
                .toJavaRDD()
                .treeAggregate(
                        new TreeMap<Speaker, CaptionTally>(),
                        (tallies, row) -> add(tallies, row, documents),
                        CaptionCorpus::merge);
    }

    /** In the references of how many images each run of words occurs: {@code run, images}. */
    private static Dataset<Row> frequencies(Dataset<Row> images) {
        return images.select(explode(runs("references")).as("run"))
                .groupBy("run")
                .agg(count(lit(1)).as("images"));
    }

    /** The runs of words of a column of texts, each once. */
    private static Column runs(String texts) {
        UDF1<Seq<String>, String[]> distinct = values ->
                NGrams.distinct(words(CollectionConverters.asJava(values))).toArray(String[]::new);
        return udf(distinct, DataTypes.createArrayType(DataTypes.StringType)).apply(col(texts));
    }

    private static List<List<String>> words(List<String> texts) {
        return texts.stream().map(CaptionTokenizer::tokenize).toList();
    }

    private static TreeMap<Speaker, CaptionTally> add(TreeMap<Speaker, CaptionTally> tallies, Row row, long documents) {
        List<List<String>> references = words(row.getList(1));
        Map<String, Long> frequencies = row.isNullAt(3) ? Map.of() : row.getJavaMap(3);
        CiderD cider = new CiderD(new DocumentFrequencies(documents, frequencies));
        for (Row candidate : row.<Row>getList(2)) {
            Speaker speaker = new Speaker(candidate.getString(0), candidate.getString(1));
            List<String> caption = CaptionTokenizer.tokenize(candidate.getString(2));
            tallies.computeIfAbsent(speaker, none -> new CaptionTally())
                    .add(row.getString(0), CaptionScores.of(caption, references, cider));
        }
        return tallies;
    }

    private static TreeMap<Speaker, CaptionTally> merge(
            TreeMap<Speaker, CaptionTally> some, TreeMap<Speaker, CaptionTally> others) {
        others.forEach((speaker, tally) -> some.merge(speaker, tally, CaptionTally::plus));
        return some;
    }
}
