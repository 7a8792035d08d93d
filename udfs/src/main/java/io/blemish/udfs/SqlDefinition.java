package io.blemish.udfs;

import io.blemish.error.UserException;
import java.util.List;
import java.util.function.Function;
import org.apache.spark.sql.catalyst.FunctionIdentifier;
import org.apache.spark.sql.catalyst.analysis.FunctionRegistry;
import org.apache.spark.sql.catalyst.expressions.ApplyFunctionExpression;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.ExpressionInfo;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.AbstractFunction1;

/** A name in SQL, what it means, and what a call of it is in a plan. */
final class SqlDefinition extends AbstractFunction1<Seq<Expression>, Expression> {
    private final String name;
    private final String parameters;
    private final String purpose;
    private final String example;
    private final List<Integer> counts;
    private final Function<List<Expression>, Expression> call;

    private SqlDefinition(
            String name,
            String parameters,
            String purpose,
            String example,
            List<Integer> counts,
            Function<List<Expression>, Expression> call) {
        this.name = name;
        this.parameters = parameters;
        this.purpose = purpose;
        this.example = example;
        this.counts = counts;
        this.call = call;
    }

    static Begun of(String name, String parameters) {
        return new Begun(name, parameters, "", "");
    }

    /** A definition that lacks what a call of it is. */
    record Begun(String name, String parameters, String purpose, String example) {
        Begun purpose(String sentence) {
            return new Begun(name, parameters, sentence, example);
        }

        Begun example(String arguments) {
            return new Begun(name, parameters, purpose, arguments);
        }

        SqlDefinition taking(int arguments, Function<List<Expression>, Expression> call) {
            return new SqlDefinition(name, parameters, purpose, example, List.of(arguments), call);
        }

        SqlDefinition taking(int few, int all, Function<List<Expression>, Expression> call) {
            return new SqlDefinition(name, parameters, purpose, example, List.of(few, all), call);
        }
    }

    /** The function, applied to arguments; in a plan and as a column it has its own name. */
    static Expression applied(SqlFunction<?> function, List<Expression> arguments) {
        return named(
                function.name(),
                new ApplyFunctionExpression(
                        function, CollectionConverters.asScala(arguments).toSeq()));
    }

    String name() {
        return name;
    }

    FunctionIdentifier identifier() {
        return new FunctionIdentifier(name);
    }

    /** What {@code DESCRIBE FUNCTION} tells. */
    ExpressionInfo info() {
        String usage = "_FUNC_(" + parameters + ") - " + purpose + ".";
        String examples = "\n    Examples:\n      > SELECT _FUNC_(" + example + ");\n";
        return new ExpressionInfo(
                SqlFunctions.class.getName(), null, name, usage, "", examples, "", "", "", "", "scala_udf");
    }

    @Override
    public Expression apply(Seq<Expression> arguments) {
        if (!counts.contains(arguments.size())) {
            throw UserException.cannot(
                    "call " + name + " with " + arguments.size() + " arguments",
                    "it takes (" + parameters + ")",
                    "DESCRIBE FUNCTION EXTENDED " + name + " has an example");
        }
        return named(name, call.apply(CollectionConverters.asJava(arguments)));
    }

    private static Expression named(String name, Expression call) {
        call.setTagValue(FunctionRegistry.FUNC_ALIAS(), name);
        return call;
    }
}
