package io.blemish.tables;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The scripts in conf/views are what the code says. */
class TestViewScript {
    @ParameterizedTest
    @EnumSource(names = "SPARK", mode = EnumSource.Mode.EXCLUDE)
    void fileIsWhatTheCodeSays(View.Dialect dialect) throws IOException {
        Path file = Path.of(System.getProperty("blemish.home"), "conf", "views")
                .resolve(dialect.name().toLowerCase(Locale.ROOT) + ".sql");
        assertThat(Files.readString(file)).isEqualTo(ViewScript.of(dialect)).doesNotContain("{", "`");
    }
}
