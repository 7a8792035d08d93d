package io.blemish.jobs.report;

import static org.apache.spark.sql.functions.col;

import io.blemish.explain.HeatMap;
import io.blemish.explain.Method;
import io.blemish.jobs.report.Exhibit.Word;
import io.blemish.tables.CaptionWordsTable;
import io.blemish.tables.Warehouse;
import io.blemish.udfs.FloatColumn;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;

/** What the words of captions rest on, where that was asked for. */
final class WordsQuery {
    private WordsQuery() {}

    /** The words of the subject's captions of some images, in their order; none for an image whose words were not explained. */
    static Map<String, List<Word>> words(Warehouse warehouse, Subject subject, Collection<String> imageIds) {
        Map<String, List<Word>> words = new HashMap<>();
        if (!warehouse.exists(CaptionWordsTable.DEFINITION)) {
            return words;
        }
        for (Row row : warehouse
                .read(CaptionWordsTable.DEFINITION)
                .where(col("encoder_id")
                        .equalTo(subject.encoderId())
                        .and(col("captioner_id").equalTo(subject.captionerId()))
                        .and(col("image_id").isInCollection(imageIds)))
                .orderBy("image_id", "word_index")
                .select("image_id", "word", "logprob", "map_rows", "map_cols", "grid")
                .collectAsList()) {
            words.computeIfAbsent(row.getString(0), first -> new ArrayList<>()).add(word(row));
        }
        return words;
    }

    private static Word word(Row row) {
        float[] grid = FloatColumn.of(row.<Float>getList(5));
        HeatMap map = new HeatMap(row.getString(1), Method.RELEVANCE, row.getInt(3), row.getInt(4), grid);
        return new Word(row.getString(1), Math.exp(row.getDouble(2)), map);
    }
}
