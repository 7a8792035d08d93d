package io.blemish.udfs;

import static org.apache.spark.sql.functions.lit;

import io.blemish.udfs.VerdictTerm.Kind;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.types.Decimal;

/** Literals of a verdict condition, from the parser's values to those that Spark's public functions take. */
final class VerdictLiteral {
    private VerdictLiteral() {}

    /** The literal as a term; empty when literals of its type are not accepted. */
    static Optional<VerdictTerm> of(Literal literal) {
        Kind kind = Kind.of(literal.dataType());
        Object value = literal.value();
        if (value == null) {
            return Optional.of(new VerdictTerm(lit(null), Kind.NULL));
        }
        return switch (kind) {
            case BOOLEAN -> Optional.of(new VerdictTerm(lit(value), kind));
            case NUMBER ->
                Optional.of(new VerdictTerm(
                        lit(value instanceof Decimal decimal ? decimal.toJavaBigDecimal() : value), kind));
            case TEXT -> Optional.of(new VerdictTerm(lit(value.toString()), kind));
            case DATE -> Optional.of(new VerdictTerm(lit(LocalDate.ofEpochDay((Integer) value)), kind));
            case TIMESTAMP ->
                Optional.of(new VerdictTerm(lit(Instant.EPOCH.plus((Long) value, ChronoUnit.MICROS)), kind));
            case NULL, OPAQUE -> Optional.empty();
        };
    }

    /** The characters of a string literal. */
    static Optional<String> text(Expression expression) {
        boolean isText = expression instanceof Literal literal
                && literal.value() != null
                && Kind.of(literal.dataType()) == Kind.TEXT;
        return isText ? Optional.of(((Literal) expression).value().toString()) : Optional.empty();
    }

    /** Whether every escape of a LIKE pattern escapes a wildcard or itself; Spark throws at the first row otherwise. */
    static boolean isLikePattern(String pattern, char escape) {
        for (int i = 0; i < pattern.length(); i++) {
            if (pattern.charAt(i) == escape) {
                i++;
                boolean escapable = i < pattern.length() && ("_%" + escape).indexOf(pattern.charAt(i)) >= 0;
                if (!escapable) {
                    return false;
                }
            }
        }
        return true;
    }
}
