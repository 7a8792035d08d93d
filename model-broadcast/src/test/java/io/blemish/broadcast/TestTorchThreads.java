package io.blemish.broadcast;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Properties;
import org.junit.jupiter.api.Test;

class TestTorchThreads {
    private static final class FakeEngine implements TorchThreads.LoadedEngine {
        private int threads;

        FakeEngine(int threads) {
            this.threads = threads;
        }

        @Override
        public int threads() {
            return threads;
        }

        @Override
        public void useThreads(int number) {
            threads = number;
        }
    }

    @Test
    void propertiesAreSetBeforeTheEngineLoads() {
        Properties system = new Properties();
        assertThat(TorchThreads.configure(3, system, () -> {
                    assertThat(system)
                            .containsEntry("ai.djl.pytorch.num_threads", "3")
                            .containsEntry("ai.djl.pytorch.num_interop_threads", "1");
                    return new FakeEngine(3);
                }))
                .isTrue();
    }

    @Test
    void numberOfTheUserIsKept() {
        Properties system = new Properties();
        system.setProperty(TorchThreads.THREADS, "5");
        system.setProperty(TorchThreads.INTEROP_THREADS, "2");
        FakeEngine engine = new FakeEngine(5);
        assertThat(TorchThreads.configure(3, system, () -> engine)).isTrue();
        assertThat(engine.threads()).isEqualTo(5);
        assertThat(system).containsEntry(TorchThreads.INTEROP_THREADS, "2");
    }

    @Test
    void engineLoadedBeforeIsCorrectedAsFarAsPossible() {
        FakeEngine engine = new FakeEngine(8);
        assertThat(TorchThreads.configure(3, new Properties(), () -> engine)).isFalse();
        assertThat(engine.threads()).isEqualTo(3);
    }
}
