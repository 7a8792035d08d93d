package io.blemish.broadcast;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TestPieceStream {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 9, 10, 11, 20, 95})
    void piecesJoinedAreWhatWasWritten(int length) throws IOException {
        byte[] written = new byte[length];
        new Random(7).nextBytes(written);
        List<byte[]> pieces = new ArrayList<>();

        PieceStream stream = new PieceStream(10, pieces::add);
        try (stream) {
            int half = length / 2;
            stream.write(written, 0, half);
            stream.write(written, half, length - half);
        }

        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (byte[] piece : pieces) {
            joined.write(piece);
        }

        assertThat(joined.toByteArray()).isEqualTo(written);
        assertThat(stream.length()).isEqualTo(length);
        assertThat(pieces).hasSize((length + 9) / 10).allMatch(piece -> piece.length <= 10 && piece.length > 0);
    }

    @Test
    void piecesDoNotShareTheirArrays() throws IOException {
        List<byte[]> pieces = new ArrayList<>();
        try (PieceStream stream = new PieceStream(2, pieces::add)) {
            for (int value = 0; value < 4; value++) {
                stream.write(value);
            }
        }

        assertThat(pieces).containsExactly(new byte[] {0, 1}, new byte[] {2, 3});
    }
}
