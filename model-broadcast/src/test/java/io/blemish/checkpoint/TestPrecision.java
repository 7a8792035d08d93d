package io.blemish.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blemish.error.UserException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TestPrecision {
    @ParameterizedTest
    @EnumSource(Precision.class)
    void parsesItsLabel(Precision precision) {
        assertThat(Precision.parse(precision.label())).contains(precision);
    }

    @Test
    void autoIsForTheCallerToResolve() {
        assertThat(Precision.parse("auto")).isEmpty();
    }

    @Test
    void knowsNoOthers() {
        assertThatThrownBy(() -> Precision.parse("int8"))
                .isInstanceOf(UserException.class)
                .hasMessage("Cannot use the precision int8: it is not known. Choose one of auto, fp32, bf16, fp16.");
    }
}
