package io.blemish.tables;

import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MapType;

/** Column types that several tables share. */
final class Types {
    /** Names and their values, both text. */
    static final MapType STRINGS = DataTypes.createMapType(DataTypes.StringType, DataTypes.StringType, false);

    /** Names and how often each occurred. */
    static final MapType COUNTS = DataTypes.createMapType(DataTypes.StringType, DataTypes.LongType, false);

    /** Names and a measure of each, such as seconds. */
    static final MapType MEASURES = DataTypes.createMapType(DataTypes.StringType, DataTypes.DoubleType, false);

    private Types() {}
}
