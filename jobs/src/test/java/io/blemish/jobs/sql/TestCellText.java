package io.blemish.jobs.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.expressions.GenericRowWithSchema;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import scala.jdk.javaapi.CollectionConverters;

class TestCellText {
    @ParameterizedTest
    @CsvSource({
        "0.1, 0.1",
        "0.28349273, 0.283493",
        "-0.5, -0.5",
        "1234567.891, 1234568",
        "1000000, 1000000",
        "0.00012345678, 0.000123457",
        "0.000012345678, 0.0000123457",
        "0.0000000012345, 1.2345E-9",
        "1e300, 1E+300",
        "-0.0, 0",
        "NaN, NaN",
        "-Infinity, -Infinity"
    })
    void fractionsHaveSixDigits(double value, String text) {
        assertThat(CellText.of(value)).isEqualTo(text);
    }

    @Test
    void othersAreShownWhole() {
        assertThat(CellText.of(null)).isEmpty();
        assertThat(CellText.of(12345678901L)).isEqualTo("12345678901");
        assertThat(CellText.of(new BigDecimal("1E+3"))).isEqualTo("1000");
        assertThat(CellText.of(true)).isEqualTo("true");
        assertThat(CellText.of(LocalDate.of(2026, 2, 3))).isEqualTo("2026-02-03");
        Instant time = Instant.parse("2026-02-03T04:05:06.7Z");
        assertThat(CellText.of(time)).isEqualTo("2026-02-03 04:05:06.7");
        assertThat(CellText.of(Timestamp.from(time))).isEqualTo("2026-02-03 04:05:06.7");
        assertThat(CellText.of(Instant.parse("2026-02-03T04:05:06Z"))).isEqualTo("2026-02-03 04:05:06");
    }

    @Test
    void nestedValuesAreShortened() {
        assertThat(CellText.of(seq(0.5f, 1f))).isEqualTo("[0.5, 1]");
        assertThat(CellText.of(seq(1, 2, 3, 4))).isEqualTo("[1, 2, 3, 4]");
        assertThat(CellText.of(seq(1, 2, 3, 4, 5))).isEqualTo("[1, 2, 3, … 5 values]");
        StructType point = new StructType().add("x", DataTypes.DoubleType).add("y", DataTypes.DoubleType);
        assertThat(CellText.of(new GenericRowWithSchema(new Object[] {1.5, null}, point)))
                .isEqualTo("{x: 1.5, y: }");
        assertThat(CellText.of(CollectionConverters.asScala(Map.of("a", 1)))).isEqualTo("{a: 1}");
    }

    private static Object seq(Object... values) {
        return CollectionConverters.asScala(List.of(values));
    }

    @Test
    void bytesSayWhatTheyAre() {
        byte[] png = "\u0089PNG\r\n\u001a\n".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(CellText.bytes(12_345, png)).isEqualTo("‹PNG, 12 kB›");
        assertThat(CellText.bytes(1_234_567, new byte[32])).isEqualTo("‹1.2 MB›");
        assertThat(CellText.of(new byte[7])).isEqualTo("‹7 bytes›");
        assertThat(CellText.of(new byte[0])).isEqualTo("‹0 bytes›");
    }
}
