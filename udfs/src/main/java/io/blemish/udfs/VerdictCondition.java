package io.blemish.udfs;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

import io.blemish.error.UserException;
import io.blemish.knowledge.VerdictRule;
import io.blemish.udfs.VerdictTerm.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BinaryOperator;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.analysis.UnresolvedAttribute;
import org.apache.spark.sql.catalyst.analysis.UnresolvedFunction;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.In;
import org.apache.spark.sql.catalyst.expressions.IsNotNull;
import org.apache.spark.sql.catalyst.expressions.IsNull;
import org.apache.spark.sql.catalyst.expressions.Like;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.Not;
import org.apache.spark.sql.catalyst.expressions.Or;
import org.apache.spark.sql.catalyst.expressions.UnaryMinus;
import org.apache.spark.sql.catalyst.expressions.UnaryPositive;
import org.apache.spark.sql.catalyst.parser.CatalystSqlParser$;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.sql.functions;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Checks one verdict condition and rebuilds it as a Spark column.
 *
 * <p>Allowed are columns, literals (booleans, numbers, strings, dates, timestamps, null), {@code = <> < <= > >= <=>},
 * {@code + - * / %}, AND, OR, NOT, IS [NOT] NULL/TRUE/FALSE, [NOT] LIKE a literal, [NOT] IN a list, [NOT] BETWEEN,
 * COALESCE and CAST. What is not recognised is refused, so that nothing passes by being forgotten. Kinds are checked
 * here, because under ANSI rules Spark would cast text to a number and throw at the first row that holds none.
 */
final class VerdictCondition {
    private static final int MAX_DEPTH = 64;

    private final VerdictRule rule;
    private final VerdictColumns columns;
    private int depth;

    private VerdictCondition(VerdictRule rule, VerdictColumns columns) {
        this.rule = rule;
        this.columns = columns;
    }

    static Column of(VerdictRule rule, VerdictColumns columns) {
        VerdictCondition condition = new VerdictCondition(rule, columns);
        return condition.operand(condition.parse(), Kind.BOOLEAN, "the rule");
    }

    private Expression parse() {
        try {
            return CatalystSqlParser$.MODULE$.parseExpression(rule.when());
        } catch (StackOverflowError tooDeep) {
            throw mistake("it nests too deeply", "Remove parentheses or split the rule", tooDeep);
        } catch (Exception refused) {
            // Scala does not declare the checked ParseException, so Java cannot catch it by name.
            if (refused instanceof ParseException syntax) {
                String reason = syntax.getMessage().lines().findFirst().orElse("syntax error");
                throw mistake("it is not SQL (" + reason.strip() + ")", "Correct the expression", syntax);
            }
            throw mistake("it is not SQL (" + refused.getMessage() + ")", "Correct the expression", refused);
        }
    }

    private VerdictTerm term(Expression expression) {
        if (++depth > MAX_DEPTH) {
            throw mistake("it nests deeper than " + MAX_DEPTH + " levels", "Split the rule", null);
        }
        VerdictTerm term = unchecked(expression);
        depth--;
        return term;
    }

    private VerdictTerm unchecked(Expression expression) {
        if (expression instanceof UnresolvedAttribute attribute) {
            return attribute(attribute);
        }
        if (expression instanceof Literal literal) {
            return VerdictLiteral.of(literal).orElseThrow(() -> refused("the literal " + literal.sql()));
        }
        if (expression instanceof UnresolvedFunction function) {
            return function(function);
        }
        if (expression instanceof Cast cast) {
            return cast(cast);
        }
        if (expression instanceof Like like) {
            return pattern(like);
        }
        if (expression instanceof In in) {
            return in(in);
        }
        List<Expression> parts = parts(expression);
        return switch (parts.size()) {
            case 1 -> unary(expression, parts.get(0));
            case 2 -> binary(expression, parts.get(0), parts.get(1));
            default -> throw refused(expression);
        };
    }

    private VerdictTerm attribute(UnresolvedAttribute attribute) {
        List<String> parts = CollectionConverters.asJava(attribute.nameParts());
        if (parts.size() > 1) {
            throw refused("the field " + attribute.sql());
        }
        return columns.find(parts.get(0))
                .orElseThrow(() -> mistake(
                        "there is no column '" + parts.get(0) + "'", "The columns are " + columns.names(), null));
    }

    private VerdictTerm unary(Expression expression, Expression part) {
        if (expression instanceof Not) {
            return condition(not(operand(part, Kind.BOOLEAN, "NOT")));
        }
        if (expression instanceof IsNull) {
            return condition(term(part).column().isNull());
        }
        if (expression instanceof IsNotNull) {
            return condition(term(part).column().isNotNull());
        }
        if (expression instanceof UnaryMinus) {
            return number(lit(0.0).minus(operand(part, Kind.NUMBER, "-")));
        }
        if (expression instanceof UnaryPositive) {
            return number(operand(part, Kind.NUMBER, "+"));
        }
        throw refused(expression);
    }

    private VerdictTerm binary(Expression expression, Expression left, Expression right) {
        if (expression instanceof And) {
            return condition(operand(left, Kind.BOOLEAN, "AND").and(operand(right, Kind.BOOLEAN, "AND")));
        }
        if (expression instanceof Or) {
            return condition(operand(left, Kind.BOOLEAN, "OR").or(operand(right, Kind.BOOLEAN, "OR")));
        }
        BinaryOperator<Column> arithmetic = VerdictOperators.arithmetic(expression);
        if (arithmetic != null) {
            return number(arithmetic.apply(
                    operand(left, Kind.NUMBER, "arithmetic"), operand(right, Kind.NUMBER, "arithmetic")));
        }
        BinaryOperator<Column> comparison = VerdictOperators.comparison(expression);
        if (comparison == null) {
            throw refused(expression);
        }
        List<Column> same = comparable(expression, List.of(left, right));
        return condition(comparison.apply(same.get(0), same.get(1)));
    }

    private VerdictTerm function(UnresolvedFunction function) {
        List<Expression> arguments = CollectionConverters.asJava(function.arguments());
        String name = String.join(".", CollectionConverters.asJava(function.nameParts()))
                .toLowerCase(Locale.ROOT);
        boolean plain = !function.isDistinct() && function.filter().isEmpty() && !function.ignoreNulls();
        if (plain && name.equals("between") && arguments.size() == 3) {
            List<Column> same = comparable(function, arguments);
            return condition(same.get(0).geq(same.get(1)).and(same.get(0).leq(same.get(2))));
        }
        if (plain && name.equals("coalesce") && !arguments.isEmpty()) {
            List<VerdictTerm> terms = arguments.stream().map(this::term).toList();
            Kind kind = common(function, terms);
            return new VerdictTerm(
                    coalesce(terms.stream().map(term -> term.as(kind)).toArray(Column[]::new)), kind);
        }
        throw refused("the function " + name);
    }

    private VerdictTerm cast(Cast cast) {
        VerdictTerm from = term(cast.child());
        Kind to = Kind.of(cast.dataType());
        boolean plain = from.kind() != Kind.OPAQUE && to != Kind.OPAQUE && to != Kind.NULL;
        if (!plain || !Cast.canTryCast(from.kind().type(), cast.dataType())) {
            throw refused("a CAST of " + from.kind().words() + " to "
                    + cast.dataType().sql());
        }
        return new VerdictTerm(from.column().try_cast(cast.dataType()), to);
    }

    private VerdictTerm pattern(Like like) {
        Column text = operand(like.left(), Kind.TEXT, "LIKE");
        String pattern = VerdictLiteral.text(like.right()).orElseThrow(() -> refused("LIKE without a literal pattern"));
        if (!VerdictLiteral.isLikePattern(pattern, like.escapeChar())) {
            throw mistake(
                    "the LIKE pattern '" + pattern + "' escapes something other than _, % and the escape itself",
                    "Correct the pattern",
                    null);
        }
        return condition(functions.like(text, lit(pattern), lit(String.valueOf(like.escapeChar()))));
    }

    private VerdictTerm in(In in) {
        List<Expression> all = new ArrayList<>(List.of(in.value()));
        all.addAll(CollectionConverters.asJava(in.list()));
        List<Column> same = comparable(in, all);
        return condition(same.get(0).isin(same.subList(1, same.size()).toArray()));
    }

    /** The parts' columns in the one kind in which they can be compared. */
    private List<Column> comparable(Expression whole, List<Expression> parts) {
        List<VerdictTerm> terms = parts.stream().map(this::term).toList();
        Kind kind = common(whole, terms);
        return terms.stream().map(term -> term.as(kind)).toList();
    }

    private Kind common(Expression whole, List<VerdictTerm> terms) {
        Kind kind = Kind.NULL;
        for (VerdictTerm term : terms) {
            Kind both = kind.comparedWith(term.kind());
            if (both == Kind.OPAQUE) {
                String cause = whole.sql() + " compares " + (kind == Kind.NULL ? term.kind() : kind).words() + " with "
                        + term.kind().words();
                throw mistake(cause, "Compare like with like, or CAST one of them", null);
            }
            kind = both;
        }
        return kind == Kind.NULL ? Kind.TEXT : kind;
    }

    private Column operand(Expression expression, Kind wanted, String operator) {
        VerdictTerm term = term(expression);
        if (term.kind() != wanted && term.kind() != Kind.NULL) {
            throw mistake(
                    operator + " needs " + wanted.words() + ", but " + expression.sql() + " is "
                            + term.kind().words(),
                    "Correct the expression",
                    null);
        }
        return term.as(wanted);
    }

    private static VerdictTerm condition(Column column) {
        return new VerdictTerm(column, Kind.BOOLEAN);
    }

    private static VerdictTerm number(Column column) {
        return new VerdictTerm(column, Kind.NUMBER);
    }

    private static List<Expression> parts(Expression expression) {
        return CollectionConverters.asJava(expression.children());
    }

    private UserException refused(Expression expression) {
        return refused(expression.prettyName() + " in " + expression.sql());
    }

    private UserException refused(String what) {
        return mistake(
                what + " is not accepted",
                "A rule may use columns, literals, comparison, arithmetic, AND, OR, NOT, LIKE, IN, BETWEEN, IS NULL,"
                        + " COALESCE and CAST",
                null);
    }

    private UserException mistake(String cause, String cure, Throwable revealedBy) {
        return UserException.cannot("use the condition of " + rule.origin(), cause, cure, revealedBy);
    }
}
