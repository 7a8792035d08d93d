package io.blemish.jobs.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.blemish.jobs.sql.CsvLine.Cell;
import io.blemish.jobs.sql.CsvLine.Kind;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TestCsvLine {
    private static String line(String... texts) {
        return CsvLine.of(
                Arrays.stream(texts).map(text -> new Cell(text, Kind.TEXT)).toList());
    }

    @Test
    void isQuotedAsRfc4180Says() {
        assertThat(line("plain", "a, b", "say \"no\"", "two\nlines", "é, €"))
                .isEqualTo("plain,\"a, b\",\"say \"\"no\"\"\",\"two\nlines\",\"é, €\"");
    }

    @Test
    void nothingIsNoEmptyText() {
        assertThat(line(null, "", null)).isEqualTo(",\"\",");
        assertThat(line((String) null)).isEqualTo("\"\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "=HYPERLINK(\"http://x\",\"y\")"})
    void textIsNoFormula(String formula) {
        assertThat(line(formula))
                .matches(cell -> cell.startsWith("'") || cell.startsWith("\"'"), "an apostrophe first");
    }

    @Test
    void numbersStayNumbers() {
        assertThat(CsvLine.of(List.of(new Cell("-1.5", Kind.NUMBER), new Cell("1e-3", Kind.NUMBER))))
                .isEqualTo("-1.5,1e-3");
        assertThat(line("1-2", "a=b", "x@y")).isEqualTo("1-2,a=b,x@y");
    }
}
