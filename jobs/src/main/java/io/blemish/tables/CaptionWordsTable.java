package io.blemish.tables;

import io.blemish.udfs.InspectionSchema;
import org.apache.spark.sql.types.DataTypes;

/**
 * {@code caption_words}: where on the photograph the words of captions rest. One row for each image, encoder, captioner and word of the
 * best caption. Append-only; written on request, by {@code words} alone.
 */
public final class CaptionWordsTable {
    public static final String NAME = "caption_words";

    public static final TableDefinition DEFINITION = TableDefinition.named(
                    NAME, "One row for each word of a caption, with what it rests on")
            .required("image_id", DataTypes.StringType, "SHA-256 of the image's bytes in hexadecimal")
            .required("encoder_id", DataTypes.StringType, "The encoder, as in inspections")
            .required("captioner_id", DataTypes.StringType, "The captioner, as in inspections")
            .required("word_index", DataTypes.IntegerType, "The word's place in the caption, from 0")
            .required("word", DataTypes.StringType, "The word as it is written, without punctuation")
            .required(
                    "logprob",
                    DataTypes.DoubleType,
                    "Natural logarithm of its probability, given the image and the words before it")
            .required("run_id", DataTypes.StringType, "The run that told it, as in runs")
            .wide("map_rows", DataTypes.IntegerType, "Rows of patches in the grid")
            .wide("map_cols", DataTypes.IntegerType, "Columns of patches in the grid")
            .wide(
                    "grid",
                    InspectionSchema.EMBEDDING,
                    "Relevance of each patch for the word, by rows; it covers the region of the inspection")
            .key("image_id", "encoder_id", "captioner_id", "word_index")
            .clusteredBy("image_id")
            .build();

    private CaptionWordsTable() {}
}
