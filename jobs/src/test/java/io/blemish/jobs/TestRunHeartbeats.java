package io.blemish.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestRunHeartbeats extends SparkTest {
    @TempDir
    Path folder;

    @Test
    void runIsAliveFromItsStartToItsEnd() throws Exception {
        InspectFixture fixture = new InspectFixture(spark, folder);
        RunHeartbeats heartbeats = new RunHeartbeats(fixture.warehouse());
        AtomicReference<String> id = new AtomicReference<>();

        Instant before = Instant.now();
        JobRun.execute(fixture.context(), fixture.warehouse(), "inspect", "Inspecting", run -> {
            id.set(run.id());
            Optional<Instant> last = heartbeats.last(run.id());
            assertThat(last).isPresent();
            assertThat(last.get()).isBetween(before.minusMillis(1), Instant.now());
            return Summary.titled("Done");
        });

        assertThat(heartbeats.last(id.get())).isEmpty();
        assertThat(heartbeats.last("never heard of")).isEmpty();
    }
}
