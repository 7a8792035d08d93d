package io.blemish.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class TestDecodeBudget {
    @Test
    void givesBackWhatIsClosedOnce() {
        DecodeBudget budget = new DecodeBudget(1 << 20);
        DecodeBudget.Share share = budget.acquire(1 << 19);
        assertThat(budget.freeBytes()).isEqualTo(1 << 19);
        share.close();
        share.close();
        assertThat(budget.freeBytes()).isEqualTo(1 << 20);
    }

    @Test
    void lendsAllOfItselfToAnImageLargerThanItself() {
        DecodeBudget budget = new DecodeBudget(1 << 20);
        DecodeBudget.Share share = budget.acquire(Long.MAX_VALUE / 2);
        assertThat(budget.freeBytes()).isZero();
        share.close();
        assertThat(budget.freeBytes()).isEqualTo(1 << 20);
    }

    @Test
    void letsTheNextOneInWhenTheFirstIsDone() throws InterruptedException, ExecutionException {
        DecodeBudget budget = new DecodeBudget(1 << 20);
        DecodeBudget.Share first = budget.acquire(1 << 20);
        CountDownLatch started = new CountDownLatch(1);
        CompletableFuture<Long> second = CompletableFuture.supplyAsync(() -> {
            started.countDown();
            DecodeBudget.Share share = budget.acquire(1 << 18);
            long free = budget.freeBytes();
            share.close();
            return free;
        });
        started.await();
        assertThat(second).isNotDone();
        first.close();
        assertThat(second.get()).isEqualTo((1 << 20) - (1 << 18));
    }

    @Test
    void isGivenBackWhenAnImageIsRejected() {
        DecodeBudget budget = new DecodeBudget(1 << 20);
        byte[] content = Pictures.content("jpeg-baseline");
        byte[] half = java.util.Arrays.copyOf(content, content.length - 100);
        ImageDecoder decoder = new ImageDecoder(DecodeOptions.defaults(), budget);
        assertThatThrownBy(() -> decoder.decode(half, 224)).isInstanceOf(ImageRejectedException.class);
        assertThat(budget.freeBytes()).isEqualTo(1 << 20);
    }

    @Test
    void isHeldWhileThePixelsAreUsed() throws ImageRejectedException {
        DecodeBudget budget = new DecodeBudget(1 << 20);
        ImageDecoder decoder = new ImageDecoder(DecodeOptions.defaults(), budget);
        long free = decoder.decode(Pictures.content("png-rgb"), 224, image -> budget.freeBytes());
        assertThat(free).isLessThan(1 << 20);
    }
}
