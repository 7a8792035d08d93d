package io.blemish.broadcast;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Bounds the forwards that run at once on each device of this JVM: on the CPU one a task slot, on a GPU two, so that
 * one batch is copied while another computes. Tasks that wait for a permit hold a decoded batch; tasks without one
 * decode the next.
 */
public final class DevicePermits {
    /** Forwards at once on a GPU. */
    public static final int GPU_FORWARDS = 2;

    private final int cpuForwards;
    private final int gpuForwards;
    private final Map<Device, Semaphore> permits = new ConcurrentHashMap<>();

    /** The right to run one forward; closing it twice does nothing. */
    public interface Permit extends AutoCloseable {
        @Override
        void close();
    }

    private static final class Shared {
        private static final DevicePermits PERMITS =
                new DevicePermits(TaskSlots.ofJvm().slots(), GPU_FORWARDS);
    }

    /** Permits with these bounds for the CPU and for each GPU. */
    public DevicePermits(int cpuForwards, int gpuForwards) {
        if (cpuForwards < 1 || gpuForwards < 1) {
            throw new IllegalArgumentException("A device needs a permit: cpu " + cpuForwards + ", gpu " + gpuForwards);
        }

        this.cpuForwards = cpuForwards;
        this.gpuForwards = gpuForwards;
    }

    /** The permits that all tasks of this JVM share. Their number is fixed by the first Spark application that asks. */
    public static DevicePermits ofJvm() {
        return Shared.PERMITS;
    }

    /** Waits, in the order of asking, for the right to run one forward on the device. */
    public Permit acquire(Device device) throws InterruptedException {
        Semaphore semaphore = permits.computeIfAbsent(
                device, absent -> new Semaphore(device.isCuda() ? gpuForwards : cpuForwards, true));
        semaphore.acquire();
        AtomicBoolean held = new AtomicBoolean(true);
        return () -> {
            if (held.compareAndSet(true, false)) {
                semaphore.release();
            }
        };
    }
}
