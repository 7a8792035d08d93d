package io.blemish.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blemish.error.UserException;
import io.blemish.tables.TableDefinition;
import io.blemish.tables.Warehouse;
import java.io.IOException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TestNumberedAppends extends CommandLineTest {
    private static final TableDefinition FIRST = TableDefinition.named("first", "Numbers")
            .required("n", DataTypes.LongType, "A number")
            .build();
    private static final TableDefinition SECOND = TableDefinition.named("second", "Numbers")
            .required("n", DataTypes.LongType, "A number")
            .build();

    private Warehouse warehouse;

    @BeforeEach
    void create() {
        warehouse = Warehouse.at(spark, warehouse());
        warehouse.create(FIRST, SECOND);
    }

    private NumberedAppends draw(String runId) {
        return NumberedAppends.next(warehouse, "test", runId, FIRST, SECOND);
    }

    private static Dataset<Row> numbers() {
        return spark.range(3).toDF("n");
    }

    @Test
    void numbersGrowWithEitherTable() {
        NumberedAppends one = draw("run-1");
        assertThat(one.number()).isEqualTo(1);
        assertThat(one.append(SECOND, numbers()).version()).isEqualTo(1);
        NumberedAppends two = draw("run-2");
        assertThat(two.number()).isEqualTo(2);
        assertThat(two.append(FIRST, numbers()).rows()).hasValue(3);
        assertThat(two.append(SECOND, numbers()).version()).isEqualTo(2);
    }

    @Test
    void ofTwoDriversWithOneNumberOneGetsItsRowsIn() {
        NumberedAppends one = draw("run-1");
        NumberedAppends two = draw("run-2");
        assertThat(two.number()).isEqualTo(one.number());
        one.append(FIRST, numbers());
        assertThatThrownBy(() -> two.append(FIRST, numbers()))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("run run-1 did so at the same time");
        assertThat(rows(FIRST).count()).isEqualTo(3);
    }

    @Test
    void appendThatWasCommittedInSpiteOfAnErrorCounts() {
        FaultyLogStore.during(() -> {
            Warehouse faulty = faulty();
            NumberedAppends appends = NumberedAppends.next(faulty, "test", "run-1", FIRST);

            FaultyLogStore.afterNextCommit(FaultyLogStore.broken());

            assertThat(appends.append(FIRST, numbers()).runId()).contains("run-1");
            assertThat(faulty.read(FIRST).count()).isEqualTo(3);
        });
    }

    @Test
    void appendThatWasNotCommittedFails() {
        FaultyLogStore.during(() -> {
            Warehouse faulty = faulty();
            NumberedAppends appends = NumberedAppends.next(faulty, "test", "run-1", FIRST);

            FaultyLogStore.beforeNextCommit(FaultyLogStore.broken());

            assertThatThrownBy(() -> appends.append(FIRST, numbers())).hasRootCauseInstanceOf(IOException.class);
            assertThat(faulty.read(FIRST).count()).isZero();
        });
    }

    /** A warehouse whose tables are opened by the faulty log store. */
    private Warehouse faulty() {
        Warehouse faulty = Warehouse.at(spark, folder.resolve("faulty").toString());
        faulty.create(FIRST);
        return faulty;
    }
}
