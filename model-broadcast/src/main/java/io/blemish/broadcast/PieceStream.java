package io.blemish.broadcast;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Consumer;

/** Cuts what is written into arrays of one size, the last one shorter, and hands on each as soon as it is full. */
final class PieceStream extends OutputStream {
    private final int pieceBytes;
    private final Consumer<byte[]> pieces;
    private byte[] piece;
    private int filled;
    private long length;

    PieceStream(int pieceBytes, Consumer<byte[]> pieces) {
        this.pieceBytes = pieceBytes;
        this.pieces = pieces;
    }

    /** Bytes written so far. */
    long length() {
        return length;
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] source, int offset, int count) throws IOException {
        Objects.checkFromIndexSize(offset, count, source.length);
        int done = 0;
        while (done < count) {
            if (piece == null) {
                // A fresh array each time: in local mode Spark keeps the array itself as the broadcast value.
                piece = new byte[pieceBytes];
            }

            int part = Math.min(count - done, pieceBytes - filled);
            System.arraycopy(source, offset + done, piece, filled, part);
            filled += part;
            done += part;
            if (filled == pieceBytes) {
                handOn();
            }
        }

        length += count;
    }

    @Override
    public void close() {
        if (filled > 0) {
            handOn();
        }
    }

    private void handOn() {
        pieces.accept(filled == pieceBytes ? piece : Arrays.copyOf(piece, filled));
        piece = null;
        filled = 0;
    }
}
