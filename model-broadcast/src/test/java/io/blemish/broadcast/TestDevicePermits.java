package io.blemish.broadcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blemish.broadcast.DevicePermits.Permit;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class TestDevicePermits {
    private final ExecutorService threads = Executors.newSingleThreadExecutor();

    @AfterEach
    void stopThreads() {
        threads.shutdownNow();
    }

    @Test
    void gpuAdmitsTwoForwards() throws Exception {
        DevicePermits permits = new DevicePermits(8, DevicePermits.GPU_FORWARDS);
        Permit first = permits.acquire(Device.cuda(0));
        Permit second = permits.acquire(Device.cuda(0));
        Future<Permit> third = waiting(permits, Device.cuda(0));
        assertThat(third).isNotDone();

        first.close();
        third.get().close();
        second.close();
    }

    @Test
    void devicesDoNotWaitForEachOther() throws Exception {
        DevicePermits permits = new DevicePermits(1, 1);
        try (Permit cpu = permits.acquire(Device.CPU);
                Permit firstGpu = permits.acquire(Device.cuda(0));
                Permit secondGpu = permits.acquire(Device.cuda(1))) {
            assertThat(cpu).isNotSameAs(firstGpu).isNotSameAs(secondGpu);
        }
    }

    @Test
    void permitIsGivenBackOnce() throws Exception {
        DevicePermits permits = new DevicePermits(1, 1);
        Permit first = permits.acquire(Device.CPU);
        first.close();
        first.close();
        try (Permit second = permits.acquire(Device.CPU)) {
            Future<Permit> third = waiting(permits, Device.CPU);
            assertThat(third).as("after %s", second).isNotDone();
        }
    }

    @Test
    void waitingTaskCanBeKilled() throws Exception {
        DevicePermits permits = new DevicePermits(1, 1);
        try (Permit held = permits.acquire(Device.CPU)) {
            assertThat(held).isNotNull();
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> permits.acquire(Device.CPU)).isInstanceOf(InterruptedException.class);
        }
    }

    @Test
    void deviceWithoutAPermitIsRefused() {
        assertThatThrownBy(() -> new DevicePermits(0, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("A device needs a permit: cpu 0, gpu 2");
    }

    @Test
    void jvmGivesTheCpuOnePermitASlot() throws Exception {
        try (LocalSpark spark = LocalSpark.start()) {
            assertThat(spark.session().sparkContext().defaultParallelism()).isEqualTo(2);
            try (Permit first = DevicePermits.ofJvm().acquire(Device.CPU);
                    Permit second = DevicePermits.ofJvm().acquire(Device.CPU)) {
                assertThat(first).isNotSameAs(second);
                Thread.currentThread().interrupt();
                assertThatThrownBy(() -> DevicePermits.ofJvm().acquire(Device.CPU))
                        .isInstanceOf(InterruptedException.class);
            }
        }
    }

    /** A thread that has been seen to wait for a permit. */
    private Future<Permit> waiting(DevicePermits permits, Device device) throws Exception {
        CompletableFuture<Thread> started = new CompletableFuture<>();
        Future<Permit> permit = threads.submit(() -> {
            started.complete(Thread.currentThread());
            return permits.acquire(device);
        });
        Thread waiter = started.get();
        while (waiter.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }

        return permit;
    }
}
