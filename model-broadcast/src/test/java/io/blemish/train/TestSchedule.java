package io.blemish.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class TestSchedule {
    @Test
    void risesInAStraightLineAndFallsAlongHalfACosine() {
        Schedule schedule = Schedule.of(0.01, 0.1, 100);

        assertThat(schedule.warmUp()).isEqualTo(10);
        assertThat(schedule.rate(1)).isCloseTo(0.001, within(1e-12));
        assertThat(schedule.rate(5)).isCloseTo(0.005, within(1e-12));
        assertThat(schedule.rate(10)).isCloseTo(0.01, within(1e-12));
        assertThat(schedule.rate(40)).isCloseTo(0.0075, within(1e-12));
        assertThat(schedule.rate(55)).isCloseTo(0.005, within(1e-12));
        assertThat(schedule.rate(100)).isCloseTo(0, within(1e-12));
    }

    @Test
    void neverLeavesItsRangeNorTurnsBack() {
        Schedule schedule = Schedule.of(1, 0.25, 40);

        for (long step = 1; step < 40; step++) {
            assertThat(schedule.rate(step)).isBetween(0.0, 1.0);
            assertThat(Double.compare(schedule.rate(step + 1), schedule.rate(step)))
                    .isEqualTo(step < 10 ? 1 : -1);
        }
    }

    @Test
    void withoutWarmUpBeginsNearThePeak() {
        assertThat(Schedule.of(1, 0, 1000).rate(1)).isCloseTo(1, within(1e-5));
    }

    @Test
    void refusesImpossibleNumbers() {
        assertThatThrownBy(() -> new Schedule(0, 0, 10)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Schedule(1, 11, 10)).isInstanceOf(IllegalArgumentException.class);
    }
}
