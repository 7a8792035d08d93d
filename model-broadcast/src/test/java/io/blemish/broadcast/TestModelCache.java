package io.blemish.broadcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blemish.error.InternalException;
import io.blemish.error.UserException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class TestModelCache {
    private static final int THREADS = 16;

    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private final ModelCache cache = new ModelCache(1);

    private static final class Model implements AutoCloseable {
        private int closed;

        @Override
        public void close() {
            closed++;
        }
    }

    @AfterEach
    void stopThreads() {
        threads.shutdownNow();
    }

    @Test
    void sixteenThreadsShareOneLoad() throws Exception {
        AtomicInteger loads = new AtomicInteger();
        CountDownLatch allAsked = new CountDownLatch(THREADS);
        List<Future<Lease<AutoCloseable>>> leases = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            leases.add(threads.submit(() -> {
                allAsked.countDown();
                return cache.lease(key("a"), () -> {
                    allAsked.await();
                    loads.incrementAndGet();
                    return new Model();
                });
            }));
        }

        AutoCloseable model = leases.get(0).get().model();
        for (Future<Lease<AutoCloseable>> lease : leases) {
            assertThat(lease.get().model()).isSameAs(model);
        }

        assertThat(loads).hasValue(1);
    }

    @Test
    void failureReachesEveryWaiterAndIsNotKept() throws Exception {
        List<Future<Lease<AutoCloseable>>> leases = leaseWhileLoading(() -> {
            throw new IllegalStateException("broken weights");
        });

        for (Future<Lease<AutoCloseable>> lease : leases) {
            assertThatThrownBy(lease::get)
                    .isInstanceOf(ExecutionException.class)
                    .cause()
                    .isInstanceOf(InternalException.class)
                    .hasMessage("The model a could not be loaded on cpu:"
                            + " java.lang.IllegalStateException: broken weights");
        }

        assertThat(cache.lease(key("a"), Model::new).model()).isInstanceOf(Model.class);
    }

    @Test
    void userMistakeStaysOne() {
        assertThatThrownBy(() -> cache.lease(key("a"), () -> {
                    throw UserException.cannot("load", "no CUDA", "Use the CPU");
                }))
                .isInstanceOf(UserException.class)
                .hasMessage("Cannot load: no CUDA. Use the CPU.");
    }

    @Test
    void waiterTakesOverWhenTheLoadingThreadIsInterrupted() throws Exception {
        List<Future<Lease<AutoCloseable>>> leases = leaseWhileLoading(() -> {
            throw new InterruptedException("killed");
        });

        assertThatThrownBy(leases.get(0)::get).hasCauseInstanceOf(InterruptedException.class);
        assertThat(leases.get(1).get().model()).isInstanceOf(Model.class);
    }

    @Test
    void interruptedWaiterLeavesTheLoadAlone() throws Exception {
        CountDownLatch loading = new CountDownLatch(1);
        CountDownLatch finish = new CountDownLatch(1);
        Future<Lease<AutoCloseable>> first = threads.submit(() -> cache.lease(key("a"), () -> {
            loading.countDown();
            finish.await();
            return new Model();
        }));
        loading.await();
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> cache.lease(key("a"), Model::new)).isInstanceOf(InterruptedException.class);
        finish.countDown();

        Lease<AutoCloseable> lease = first.get();
        Model model = (Model) lease.model();
        lease.close();
        cache.release("a");
        assertThat(model.closed).isEqualTo(1);
    }

    @Test
    void oneIdleModelStaysOnEachDevice() throws Exception {
        Lease<AutoCloseable> first = cache.lease(key("a"), Model::new);
        Lease<AutoCloseable> second = cache.lease(key("b"), Model::new);
        Lease<AutoCloseable> other = cache.lease(new ModelCache.Key(Device.cuda(0), "a"), Model::new);
        Model a = (Model) first.model();
        Model b = (Model) second.model();
        Model c = (Model) other.model();

        first.close();
        other.close();
        assertThat(a.closed + b.closed + c.closed).isZero();

        second.close();
        second.close();
        assertThat(a.closed).isEqualTo(1);
        assertThat(b.closed + c.closed).isZero();
        assertThat(cache.lease(key("b"), Model::new).model()).isSameAs(b);

        cache.closeIdle();
        assertThat(c.closed).isEqualTo(1);
        assertThat(b.closed).as("leased").isZero();
    }

    @Test
    void releasedModelIsClosedByItsLastLease() throws Exception {
        Lease<AutoCloseable> first = cache.lease(key("a"), Model::new);
        Lease<AutoCloseable> second = cache.lease(key("a"), Model::new);
        Model model = (Model) first.model();

        cache.release("a");
        first.close();
        assertThat(model.closed).isZero();
        second.close();
        assertThat(model.closed).isEqualTo(1);
        assertThat(cache.lease(key("a"), Model::new).model()).isNotSameAs(model);
    }

    @Test
    void modelThatDoesNotCloseStopsNobody() throws Exception {
        Lease<AutoCloseable> lease = cache.lease(key("a"), () -> () -> {
            throw new IllegalStateException("stuck");
        });
        lease.close();
        cache.release("a");
        assertThat(cache.lease(key("a"), Model::new).model()).isInstanceOf(Model.class);
        assertThatThrownBy(lease::model).hasMessage("The lease on this model is closed");
    }

    /** Leases of two threads, of which the second comes while the first loads. */
    private List<Future<Lease<AutoCloseable>>> leaseWhileLoading(Callable<AutoCloseable> outcome) throws Exception {
        CountDownLatch loading = new CountDownLatch(1);
        CountDownLatch finish = new CountDownLatch(1);
        Thread[] waiter = new Thread[1];
        CountDownLatch waiterKnown = new CountDownLatch(1);
        Future<Lease<AutoCloseable>> first = threads.submit(() -> cache.lease(key("a"), () -> {
            loading.countDown();
            finish.await();
            return outcome.call();
        }));
        loading.await();
        Future<Lease<AutoCloseable>> second = threads.submit(() -> {
            waiter[0] = Thread.currentThread();
            waiterKnown.countDown();
            return cache.lease(key("a"), Model::new);
        });
        waiterKnown.await();
        while (waiter[0].getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }

        finish.countDown();
        return List.of(first, second);
    }

    private static ModelCache.Key key(String fingerprint) {
        return new ModelCache.Key(Device.CPU, fingerprint);
    }
}
