package io.blemish.udfs;

import static org.apache.spark.sql.functions.try_divide;
import static org.apache.spark.sql.functions.try_mod;

import java.util.function.BinaryOperator;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.expressions.Add;
import org.apache.spark.sql.catalyst.expressions.Divide;
import org.apache.spark.sql.catalyst.expressions.EqualNullSafe;
import org.apache.spark.sql.catalyst.expressions.EqualTo;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GreaterThan;
import org.apache.spark.sql.catalyst.expressions.GreaterThanOrEqual;
import org.apache.spark.sql.catalyst.expressions.LessThan;
import org.apache.spark.sql.catalyst.expressions.LessThanOrEqual;
import org.apache.spark.sql.catalyst.expressions.Multiply;
import org.apache.spark.sql.catalyst.expressions.Remainder;
import org.apache.spark.sql.catalyst.expressions.Subtract;

/** The binary operators that a verdict condition may use. Division by zero gives null, as does the remainder of it. */
final class VerdictOperators {
    private VerdictOperators() {}

    /** The arithmetic of an expression, on doubles; null if it is none. */
    static BinaryOperator<Column> arithmetic(Expression expression) {
        if (expression instanceof Add) {
            return Column::plus;
        }
        if (expression instanceof Subtract) {
            return Column::minus;
        }
        if (expression instanceof Multiply) {
            return Column::multiply;
        }
        if (expression instanceof Divide) {
            return (dividend, divisor) -> try_divide(dividend, divisor);
        }
        return expression instanceof Remainder ? (dividend, divisor) -> try_mod(dividend, divisor) : null;
    }

    /** The comparison of an expression, on values of one kind; null if it is none. */
    static BinaryOperator<Column> comparison(Expression expression) {
        if (expression instanceof EqualTo) {
            return Column::equalTo;
        }
        if (expression instanceof EqualNullSafe) {
            return Column::eqNullSafe;
        }
        if (expression instanceof LessThan) {
            return Column::lt;
        }
        if (expression instanceof LessThanOrEqual) {
            return Column::leq;
        }
        if (expression instanceof GreaterThan) {
            return Column::gt;
        }
        return expression instanceof GreaterThanOrEqual ? Column::geq : null;
    }
}
