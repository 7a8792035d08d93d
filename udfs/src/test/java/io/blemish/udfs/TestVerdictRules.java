package io.blemish.udfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blemish.error.InternalException;
import io.blemish.error.UserException;
import io.blemish.knowledge.Composition;
import io.blemish.knowledge.Description;
import io.blemish.knowledge.GrammaticalNumber;
import io.blemish.knowledge.KnowledgeBase;
import io.blemish.knowledge.SeverityBands;
import io.blemish.knowledge.State;
import io.blemish.knowledge.VerdictRule;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TestVerdictRules {
    private static final StructType ROW = new StructType()
            .add("defective", DataTypes.BooleanType)
            .add("defect", DataTypes.StringType)
            .add("severity", DataTypes.StringType)
            .add("margin", DataTypes.FloatType)
            .add("verdict", DataTypes.StringType)
            .add("line", DataTypes.StringType)
            .add("part", DataTypes.LongType)
            .add("captured_at", DataTypes.TimestampType)
            .add("odd.name", DataTypes.IntegerType)
            .add("embedding", DataTypes.createArrayType(DataTypes.FloatType));

    private static final Row MOULDY = RowFactory.create(
            true,
            "green mould",
            "severe",
            2.5f,
            null,
            "7b",
            Long.MAX_VALUE,
            Timestamp.from(Instant.parse("2024-05-01T12:00:00Z")),
            3,
            null);
    private static final Row SOUND = RowFactory.create(false, null, null, -1f, null, null, 0L, null, null, null);
    private static final Row FAILED = RowFactory.create(null, null, null, null, null, "7b", 0L, null, null, null);
    private static final Row ABSTAINED =
            RowFactory.create(true, "green mould", "minor", 0.1f, "review", "7b", 0L, null, null, null);

    private static SparkSession session;

    @BeforeAll
    static void start() {
        session = SparkSession.builder()
                .master("local[1]")
                .config("spark.ui.enabled", "false")
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.sql.session.timeZone", "UTC")
                .config("spark.sql.ansi.enabled", "true")
                .config("spark.sql.shuffle.partitions", "1")
                .getOrCreate();
    }

    @AfterAll
    static void stop() {
        session.stop();
    }

    @Test
    void withoutRulesDefectiveIsRejected() {
        assertThat(verdicts(rules(), MOULDY, SOUND, FAILED, ABSTAINED))
                .containsExactly("reject", "pass", null, "review");
    }

    @Test
    void firstMatchWins() {
        KnowledgeBase base = rules("severity = 'minor'", "margin > 2", "defective", "true");
        assertThat(verdicts(base, MOULDY, SOUND, FAILED, ABSTAINED))
                .containsExactly("rule 2", "rule 4", null, "review");
    }

    @Test
    void aConditionThatIsNullIsNoMatch() {
        assertThat(verdicts(rules("severity = 'severe' OR NULL", "NULL"), MOULDY, SOUND))
                .containsExactly("rule 1", "pass");
        assertThat(verdicts(rules("NOT severity = 'severe'"), MOULDY, SOUND)).containsExactly("reject", "pass");
    }

    /** The group is that of the knowledge base, unless the row has a column of that name. */
    @Test
    void knowsTheGroupOfTheDefect() {
        assertThat(verdicts(rules("defect_group = 'fungal'"), MOULDY, SOUND)).containsExactly("rule 1", "pass");
        assertThat(verdicts(rules("defect_group = 'physical'"), MOULDY, SOUND)).containsExactly("reject", "pass");
        assertThat(verdicts(rules("defect_group IS NULL"), MOULDY, SOUND)).containsExactly("reject", "rule 1");

        StructType withGroup = ROW.add("defect_group", DataTypes.IntegerType);
        assertThatThrownBy(() -> VerdictRules.column(rules("defect_group = 'fungal'"), withGroup))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("compares a number with text");
    }

    /**
     * What each expression says of the mouldy row: margin 2.5, part Long.MAX_VALUE, line 7b, captured
     * 2024-05-01T12:00:00Z.
     */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "margin > 2 AND margin < 3 | true",
                "margin = 2.5 | true",
                "Margin >= 2.5D AND MARGIN <= 25e-1 AND margin <> 2 AND margin != 3 | true",
                "margin BETWEEN 2 AND 3 | true",
                "margin NOT BETWEEN 2 AND 3 | false",
                "margin * 2 + 1 - 1 = 5 AND -margin < +margin | true",
                "margin / 5 = 0.5 | true",
                "margin % 2 = 0.5 | true",
                "margin / 0 IS NULL AND margin % 0 IS NULL | true",
                "margin / 0 > 1 | false",
                "part + part > 0 | true",
                "part * 9223372036854775807 > 0 | true",
                "part - -9223372036854775808 > 0 | true",
                "line LIKE '7%' | true",
                "line NOT LIKE '_b' | false",
                "line LIKE '7/%' ESCAPE '/' | false",
                "line IN ('7a', '7b') | true",
                "line NOT IN ('7a') | true",
                "line IN ('7a', NULL) | false",
                "part IN (1, 2.5) | false",
                "COALESCE(severity, 'none') = 'severe' | true",
                "coalesce(embedding IS NULL, false) | true",
                "embedding IS NOT NULL | false",
                "defective IS TRUE AND defective IS NOT FALSE | true",
                "defective = true AND NOT (defect = 'scab') AND !(defect == 'scab') | true",
                "severity <=> 'severe' AND NOT severity <=> NULL | true",
                "CAST(line AS INT) = 7 | false",
                "CAST(line AS INT) IS NULL AND line::double IS NULL | true",
                "CAST(part AS INT) IS NULL | true",
                "CAST(part AS STRING) = '9223372036854775807' | true",
                "CAST('7' AS INT) = 7 AND TRY_CAST('x' AS DATE) IS NULL | true",
                "captured_at > '2024-05-01' AND captured_at < '2024-05-02' | true",
                "captured_at > 'yesterday' | false",
                "captured_at >= DATE '2024-05-01' AND captured_at = TIMESTAMP '2024-05-01 12:00:00' | true",
                "CAST(captured_at AS DATE) = '2024-05-01' | true",
                "`odd.name` = 3 | true",
                "margin < 3 -- a comment | true",
            })
    void evaluatesWhatIsAllowed(String condition, boolean expected) {
        assertThat(verdicts(rules(condition), MOULDY)).containsExactly(expected ? "rule 1" : "reject");
        assertThat(verdicts(rules(condition), SOUND))
                .as("must not throw on nulls")
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "colour = 'red' | there is no column 'colour'. The columns are captured_at, defect, defect_group,"
                        + " defective",
                "verdict = 'review' | there is no column 'verdict'",
                "current_date > captured_at | there is no column 'current_date'",
                "region.x > 1 | the field region.x is not accepted",
                "margin | the rule needs a condition, but margin is a number",
                "'true' | the rule needs a condition, but 'true' is text",
                "margin AND defective | AND needs a condition, but margin is a number",
                "NOT defect | NOT needs a condition, but defect is text",
                "defect + 1 > 2 | arithmetic needs a number, but defect is text",
                "-defect = 1 | - needs a number, but defect is text",
                "margin LIKE '2%' | LIKE needs text, but margin is a number",
                "defect = 1 | (defect = 1) compares text with a number",
                "part IN (1, 'x') | compares a number with text",
                "defective BETWEEN 1 AND 2 | compares a condition with a number",
                "captured_at = 1 | compares a time with a number",
                "embedding = embedding | compares a list, a structure or bytes with",
                "COALESCE(margin, 'x') = 'x' | compares a number with text",
                "defect LIKE severity | LIKE without a literal pattern is not accepted",
                "defect LIKE 'a\\\\b' | escapes something other than",
                "defect LIKE 'a/' ESCAPE '/' | escapes something other than",
                "upper(defect) = 'X' | the function upper is not accepted",
                "raise_error('x') IS NULL | the function raise_error is not accepted",
                "java_method('java.lang.System', 'exit', '0') = '' | the function java_method is not accepted",
                "coalesce() | the function coalesce is not accepted",
                "coalesce(DISTINCT defect) = 'x' | the function coalesce is not accepted",
                "count(*) > 1 | the function count is not accepted",
                "sum(margin) OVER () > 1 | is not accepted",
                "defect IN (SELECT defect FROM inspections) | is not accepted",
                "EXISTS (SELECT 1) | is not accepted",
                "(SELECT true) | is not accepted",
                "CASE WHEN defective THEN true END | is not accepted",
                "embedding[0] > 1 | is not accepted",
                "x -> x | is not accepted",
                "* | is not accepted",
                "defective AS d | is not accepted",
                "\"defect || 'x' = 'y'\" | is not accepted",
                "part DIV 2 = 1 | is not accepted",
                "part & 1 = 1 | is not accepted",
                "~part = 1 | is not accepted",
                "defect RLIKE '.*' | is not accepted",
                "defect ILIKE 'x' | is not accepted",
                "defect LIKE ANY ('x', 'y') | is not accepted",
                "(margin, part) IN ((1, 2)) | is not accepted",
                "captured_at = INTERVAL 1 DAY | the literal INTERVAL '1' DAY is not accepted",
                "embedding = X'00' | the literal X'00' is not accepted",
                "CAST(embedding AS STRING) = '' | a CAST of a list, a structure or bytes to STRING is not accepted",
                "CAST(defective AS DATE) IS NULL | a CAST of a condition to DATE is not accepted",
                "CAST(defect AS BINARY) IS NULL | a CAST of text to BINARY is not accepted",
                "CAST(defect AS ARRAY<INT>) IS NULL | is not accepted",
                ":p = 1 | is not accepted",
                "? = 1 | is not accepted",
                "defective; DROP TABLE inspections | it is not SQL",
                "(defective | it is not SQL",
                "CAST(defect AS nonsense) = 1 | it is not SQL",
            })
    void refusesTheRest(String condition, String message) {
        assertThatThrownBy(() -> VerdictRules.column(rules("true", condition), ROW))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith("Cannot use the condition of pool.yaml, line 12: ")
                .hasMessageContaining(message)
                .hasMessageNotContaining("\n");
    }

    @ParameterizedTest
    @ValueSource(ints = {70, 490, 990})
    void refusesDeepNesting(int depth) {
        for (String condition : List.of(
                "!".repeat(depth) + "defective",
                "(".repeat(depth) + "defective" + ")".repeat(depth) + " AND colour = 1",
                "1" + "+1".repeat(depth) + " > 1")) {
            assertThatThrownBy(() -> VerdictRules.column(rules("true", condition), ROW))
                    .isInstanceOf(UserException.class)
                    .hasMessageStartingWith("Cannot use the condition of pool.yaml, line 12: ");
        }
    }

    @Test
    void needsTheColumnsOfALabel() {
        assertThatThrownBy(() -> VerdictRules.column(rules(), new StructType().add("defect", DataTypes.StringType)))
                .isInstanceOf(InternalException.class)
                .hasMessageContaining("need the columns verdict, defective and defect");
    }

    /** The shipped rules are within the limits, for the rows that inspections are made of. */
    @ParameterizedTest
    @ValueSource(strings = {"fruit", "magnetic-tile", "clipcap-xai"})
    void acceptsTheShippedRules(String name) {
        KnowledgeBase base = KnowledgeBase.read(Path.of("../conf/knowledge", name + ".yaml"));
        List<String> verdicts = verdicts(base, MOULDY, SOUND, FAILED, ABSTAINED);
        assertThat(verdicts.get(0)).isEqualTo(name.equals("magnetic-tile") ? "review" : "reject");
        assertThat(verdicts.subList(1, 4)).containsExactly("pass", null, "review");
    }

    /** Rule n stands on line 10 + n and gives the verdict "rule n". */
    private static KnowledgeBase rules(String... conditions) {
        List<VerdictRule> rules = new ArrayList<>();
        for (String condition : conditions) {
            int number = rules.size() + 1;
            rules.add(new VerdictRule("rule " + number, condition, "pool.yaml, line " + (10 + number)));
        }
        return new KnowledgeBase(
                "pool",
                "fruit",
                GrammaticalNumber.SINGULAR,
                List.of("{}"),
                List.of(
                        new Description(0, "fresh", "sound", State.SOUND, "fresh", List.of("fresh")),
                        new Description(1, "green mould", "fungal", State.DEFECT, "mould", List.of("mould")),
                        new Description(2, "scab", "fungal", State.DEFECT, "scab", List.of("scab")),
                        new Description(3, "cut", "physical", State.DEFECT, "a cut", List.of("cut"))),
                SeverityBands.DEFAULT,
                OptionalDouble.empty(),
                Composition.SENTENCE,
                rules);
    }

    private static List<String> verdicts(KnowledgeBase base, Row... rows) {
        return session
                .createDataFrame(Arrays.asList(rows), ROW)
                .select(VerdictRules.column(base, ROW).as("verdict"))
                .collectAsList()
                .stream()
                .map(row -> row.getString(0))
                .toList();
    }
}
