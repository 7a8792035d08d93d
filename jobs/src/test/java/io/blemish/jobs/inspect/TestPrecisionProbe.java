package io.blemish.jobs.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import io.blemish.checkpoint.Precision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestPrecisionProbe {
    @ParameterizedTest
    @CsvSource({
        "avx512f avx512_bf16 amx_tile, BF16",
        "amx_bf16, BF16",
        "avx2 avx512f, FP32",
        "avx512_bf16x, FP32",
    })
    void processorsAreToldByTheirFlags(String flags, Precision best) {
        String cpuinfo = "processor\t: 0\nmodel name\t: amx_bf16\nflags\t\t: fpu " + flags + "\n";

        assertThat(PrecisionProbe.ofProcessor(cpuinfo)).isEqualTo(best);
    }

    @Test
    void unknownProcessorComputesInSinglePrecision() {
        assertThat(PrecisionProbe.ofProcessor("")).isEqualTo(Precision.FP32);
    }

    @ParameterizedTest
    @CsvSource({"70, FP16", "75, FP16", "80, BF16", "90, BF16", "120, BF16"})
    void gpusAreToldByTheirCapability(String capability, Precision best) {
        assertThat(PrecisionProbe.ofCapability(capability)).isEqualTo(best);
    }
}
