package io.blemish.jobs;

import static java.util.Objects.requireNonNull;

import io.blemish.error.UserException;
import io.blemish.jobs.release.Releases;
import io.blemish.tables.CurrentViews;
import io.blemish.tables.Views;
import io.blemish.tables.Warehouse;
import io.blemish.udfs.SqlFunctions;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.sql.catalyst.plans.logical.Command;
import org.apache.spark.sql.catalyst.plans.logical.DescribeColumn;
import org.apache.spark.sql.catalyst.plans.logical.DescribeFunction;
import org.apache.spark.sql.catalyst.plans.logical.DescribeRelation;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.ParsedStatement;
import org.apache.spark.sql.catalyst.plans.logical.ScriptTransformation;
import org.apache.spark.sql.catalyst.plans.logical.ShowColumns;
import org.apache.spark.sql.catalyst.plans.logical.ShowFunctions;
import org.apache.spark.sql.catalyst.plans.logical.ShowTables;
import org.apache.spark.sql.catalyst.plans.logical.View;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.AbstractPartialFunction;

/**
 * Answers questions in SQL about a warehouse, and changes nothing: a query, {@code DESCRIBE}, {@code SHOW TABLES},
 * {@code SHOW COLUMNS} and {@code SHOW FUNCTIONS} are let through.
 */
public final class Sql {
    /** Begins the SQL states of errors in data, such as a division by zero. */
    private static final String DATA_EXCEPTION = "22";

    /** The SQL state of what a view, or the statement itself, raises on purpose. */
    private static final String RAISED = "P0001";

    private static final String CURE = "Correct the statement; SHOW TABLES lists what there is";

    /** Those who look at what counts, in whatever view. */
    private static final AbstractPartialFunction<LogicalPlan, LogicalPlan> RELEASE_VIEW =
            new AbstractPartialFunction<>() {
                @Override
                public boolean isDefinedAt(LogicalPlan node) {
                    return node instanceof View view
                            && view.desc().identifier().table().equals(CurrentViews.RELEASE.name());
                }

                @Override
                public LogicalPlan apply(LogicalPlan node) {
                    return node;
                }
            };

    private final SparkSession spark;
    private final Warehouse warehouse;

    private Sql(Warehouse warehouse) {
        this.spark = warehouse.spark();
        this.warehouse = warehouse;
    }

    /** SQL over the tables of the warehouse, with Blemish's functions, in a session of its own. */
    public static Sql over(SparkSession spark, String location) {
        Warehouse warehouse = Warehouse.at(spark.newSession(), location);
        Views.register(warehouse);
        SqlFunctions.register(warehouse.spark());
        return new Sql(warehouse);
    }

    /**
     * Lets statements embed texts.
     *
     * @return what the user should know before similarities are trusted
     * @throws UserException when no image of the warehouse was embedded by this CLIP
     */
    Optional<String> embedTextsBy(SqlClip clip) {
        return clip.use(warehouse);
    }

    /**
     * The rows of the statement's answer.
     *
     * @throws UserException when the statement is wrong, or is no question
     */
    public Dataset<Row> query(String statement) {
        requireNonNull(statement, "statement is null");
        return explained(statement, () -> {
            requireQuestion(statement);
            Dataset<Row> answer = spark.sql(statement);
            requireOneRelease(answer);
            return answer;
        });
    }

    /** The view refuses too, but in a task, which Spark tells at length. */
    private void requireOneRelease(Dataset<Row> answer) {
        LogicalPlan plan = ((org.apache.spark.sql.classic.Dataset<Row>) answer)
                .queryExecution()
                .analyzed();
        if (!CollectionConverters.asJava(plan.collectWithSubqueries(RELEASE_VIEW))
                .isEmpty()) {
            new Releases(warehouse, "tell which inspections count in").requireOne();
        }
    }

    /** Runs something that evaluates the statement; the user's mistakes that this reveals come out as such. */
    static <T> T explained(String statement, Supplier<T> evaluation) {
        try {
            return evaluation.get();
        } catch (Exception e) {
            Optional<String> mistake = mistake(e);
            if (mistake.isPresent()) {
                throw refusal(statement, mistake.get(), CURE, e);
            }
            throw e;
        }
    }

    private void requireQuestion(String statement) {
        LogicalPlan plan = parsed(statement);
        boolean harmless = plan instanceof ShowTables
                || plan instanceof ShowColumns
                || plan instanceof ShowFunctions
                || plan instanceof DescribeFunction
                || plan instanceof DescribeRelation
                || plan instanceof DescribeColumn;
        if (!harmless && plan.exists(Sql::acts)) {
            throw refusal(statement, "it would do more than read", "Give a SELECT", null);
        }
    }

    private LogicalPlan parsed(String statement) {
        try {
            return spark.sessionState().sqlParser().parsePlan(statement);
        } catch (ParseException e) {
            throw refusal(statement, firstLine(e), CURE, e);
        }
    }

    private static boolean acts(LogicalPlan node) {
        return node instanceof Command || node instanceof ParsedStatement || node instanceof ScriptTransformation;
    }

    private static Optional<String> mistake(Exception failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            boolean inData = cause instanceof SparkThrowable known
                    && known.getSqlState() != null
                    && (known.getSqlState().startsWith(DATA_EXCEPTION)
                            || known.getSqlState().equals(RAISED));
            if (inData || cause instanceof AnalysisException) {
                return Optional.of(firstLine(cause));
            }
        }
        return Optional.empty();
    }

    private static String firstLine(Throwable failure) {
        return String.valueOf(failure.getMessage())
                .lines()
                .filter(line -> !line.isBlank())
                .findFirst()
                .orElse(failure.toString());
    }

    private static UserException refusal(String statement, String cause, String cure, Throwable revealedBy) {
        return UserException.cannot("run '" + statement.strip() + "'", withoutStop(cause), cure, revealedBy);
    }

    private static String withoutStop(String sentence) {
        return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
    }
}
