package io.blemish.broadcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.engine.EngineException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TestOutOfMemoryHalving {
    /** A device whose memory holds so many images. */
    private static final class FakeDevice {
        private final int capacity;
        private final List<String> calls = new ArrayList<>();

        FakeDevice(int capacity) {
            this.capacity = capacity;
        }

        List<Integer> forward(int from, int to) {
            calls.add(from + "-" + to);
            if (to - from > capacity) {
                throw new EngineException(
                        "CUDA out of memory. Tried to allocate 2.00 GiB. GPU 0 has a total capacity of");
            }

            List<Integer> images = new ArrayList<>();
            for (int image = from; image < to; image++) {
                images.add(image);
            }

            return images;
        }

        void emptyCache() {
            calls.add("empty");
        }
    }

    @Test
    void batchThatFitsRunsOnce() throws Exception {
        FakeDevice device = new FakeDevice(64);
        OutOfMemoryHalving halving = new OutOfMemoryHalving(device::emptyCache);
        assertThat(halving.run(64, device::forward)).hasSize(1);
        assertThat(halving.run(0, device::forward)).isEmpty();
        assertThat(device.calls).containsExactly("0-64");
        assertThat(halving.halvings()).isZero();
        assertThat(halving.smallestPart()).isZero();
    }

    @Test
    void cacheIsEmptiedAndTheBatchHalvedUntilItFits() throws Exception {
        FakeDevice device = new FakeDevice(3);
        OutOfMemoryHalving halving = new OutOfMemoryHalving(device::emptyCache);
        assertThat(halving.run(8, device::forward))
                .containsExactly(List.of(0, 1), List.of(2, 3), List.of(4, 5), List.of(6, 7));
        assertThat(device.calls).containsExactly("0-8", "empty", "0-4", "empty", "0-2", "2-4", "4-6", "6-8");
        assertThat(halving.halvings()).isEqualTo(2);
        assertThat(halving.smallestPart()).isEqualTo(2);
    }

    @Test
    void laterBatchesStartWithTheSizeThatFitted() throws Exception {
        FakeDevice device = new FakeDevice(4);
        OutOfMemoryHalving halving = new OutOfMemoryHalving(device::emptyCache);
        halving.run(8, device::forward);
        device.calls.clear();
        halving.run(9, device::forward);
        assertThat(device.calls).containsExactly("0-4", "4-8", "8-9");
        assertThat(halving.halvings()).isEqualTo(1);
        assertThat(halving.smallestPart()).isEqualTo(4);
    }

    /** Law: whatever the memory, the parts are the images of the batch in order, each once. */
    @ParameterizedTest
    @CsvSource({"1,1", "7,1", "7,2", "7,3", "16,5", "33,16", "100,7"})
    void everyImageIsAnsweredOnceInOrder(int size, int capacity) throws Exception {
        FakeDevice device = new FakeDevice(capacity);
        List<Integer> all = new ArrayList<>();
        new OutOfMemoryHalving(device::emptyCache).run(size, device::forward).forEach(all::addAll);
        assertThat(all).isEqualTo(new FakeDevice(size).forward(0, size));
    }

    @Test
    void singleImageThatDoesNotFitFails() {
        FakeDevice device = new FakeDevice(0);
        OutOfMemoryHalving halving = new OutOfMemoryHalving(device::emptyCache);
        assertThatThrownBy(() -> halving.run(2, device::forward))
                .isInstanceOf(EngineException.class)
                .hasMessageStartingWith("CUDA out of memory");
        assertThat(device.calls).containsExactly("0-2", "empty", "0-1");
        assertThat(halving.halvings()).isEqualTo(1);
        assertThat(halving.smallestPart()).isZero();
    }

    @Test
    void otherFailuresPassAtOnce() {
        FakeDevice device = new FakeDevice(0);
        EngineException failure = new EngineException("The size of tensor a (3) must match the size of tensor b (4)");
        assertThatThrownBy(() -> new OutOfMemoryHalving(device::emptyCache).run(8, (from, to) -> {
                    throw failure;
                }))
                .isSameAs(failure);
        assertThat(device.calls).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CUDA out of memory. Tried to allocate 20.00 MiB",
                "CUDA error: out of memory\nCUDA kernel errors might be asynchronously reported",
                "CUDA error: CUBLAS_STATUS_ALLOC_FAILED when calling `cublasCreate(handle)`",
                "cuDNN error: CUDNN_STATUS_ALLOC_FAILED",
            })
    void allocationFailuresOfCudaAreRecognised(String message) {
        EngineException failure = new EngineException(message);
        assertThat(OutOfMemoryHalving.isOutOfMemory(failure)).isTrue();
        assertThat(OutOfMemoryHalving.isOutOfMemory(new IllegalStateException("forward failed", failure)))
                .isTrue();
        assertThat(OutOfMemoryHalving.isOutOfMemory(new IllegalStateException(message)))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[enforce fail at alloc_cpu.cpp:118] DefaultCPUAllocator: can't allocate memory: you tried",
                "CUDA error: an illegal memory access was encountered",
                "out of memory",
            })
    void otherMessagesAreNot(String message) {
        assertThat(OutOfMemoryHalving.isOutOfMemory(new EngineException(message)))
                .isFalse();
    }
}
