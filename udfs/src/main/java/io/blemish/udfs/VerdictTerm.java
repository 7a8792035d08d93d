package io.blemish.udfs;

import static org.apache.spark.sql.functions.lit;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.NullType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.TimestampType;

/** A part of a verdict condition that has been checked: its column and what kind of value it has. */
record VerdictTerm(Column column, Kind kind) {
    /**
     * What distinguishes values in a condition. Every number is computed as a double: doubles overflow to infinity,
     * never throw.
     */
    enum Kind {
        BOOLEAN("a condition"),
        NUMBER("a number"),
        TEXT("text"),
        DATE("a date"),
        TIMESTAMP("a time"),
        NULL("null"),
        /** A list, a map, bytes: all that a condition can ask of them is whether they are null. */
        OPAQUE("a list, a structure or bytes");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }

        /** The type that values of this kind are compared in. */
        DataType type() {
            return switch (this) {
                case BOOLEAN -> DataTypes.BooleanType;
                case NUMBER -> DataTypes.DoubleType;
                case TEXT -> DataTypes.StringType;
                case DATE -> DataTypes.DateType;
                case TIMESTAMP -> DataTypes.TimestampType;
                case NULL -> DataTypes.NullType;
                case OPAQUE -> DataTypes.BinaryType;
            };
        }

        static Kind of(DataType type) {
            if (type instanceof BooleanType) {
                return BOOLEAN;
            }
            if (type instanceof NumericType) {
                return NUMBER;
            }
            if (type instanceof StringType) {
                return TEXT;
            }
            if (type instanceof DateType) {
                return DATE;
            }
            if (type instanceof TimestampType) {
                return TIMESTAMP;
            }
            return type instanceof NullType ? NULL : OPAQUE;
        }

        private boolean isTime() {
            return this == DATE || this == TIMESTAMP;
        }

        /** The kind in which two values can be compared; OPAQUE when they cannot. */
        Kind comparedWith(Kind other) {
            if (this == NULL || this == other) {
                return other;
            }
            if (other == NULL) {
                return this;
            }
            if (isTime() && other.isTime()) {
                return TIMESTAMP;
            }
            if (this == TEXT && other.isTime()) {
                return other;
            }
            return other == TEXT && isTime() ? this : OPAQUE;
        }
    }

    /** The column as a value of a kind that it can be compared in; text that is no date or time becomes null. */
    Column as(Kind wanted) {
        if (kind == Kind.NULL) {
            return lit(null).cast(wanted.type());
        }
        if (wanted == Kind.NUMBER) {
            return column.cast(DataTypes.DoubleType);
        }
        return wanted == kind ? column : column.try_cast(wanted.type());
    }
}
