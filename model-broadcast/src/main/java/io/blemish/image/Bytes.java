package io.blemish.image;

/** Reads numbers out of a part of a file, in either byte order, and rejects the file where it ends too early. */
final class Bytes {
    private final byte[] content;
    private final int start;
    private final int end;
    private final Order order;

    enum Order {
        BIG_ENDIAN,
        LITTLE_ENDIAN
    }

    private Bytes(byte[] content, int start, int end, Order order) {
        this.content = content;
        this.start = start;
        this.end = end;
        this.order = order;
    }

    static Bytes bigEndian(byte[] content) {
        return new Bytes(content, 0, content.length, Order.BIG_ENDIAN);
    }

    static Bytes littleEndian(byte[] content) {
        return new Bytes(content, 0, content.length, Order.LITTLE_ENDIAN);
    }

    /** The bytes from {@code from} to {@code to} as numbers of their own, positions counting from 0 again. */
    Bytes part(int from, int to) throws ImageRejectedException {
        require(from, to - (long) from);
        return new Bytes(content, start + from, start + to, order);
    }

    Bytes in(Order other) {
        return new Bytes(content, start, end, other);
    }

    int length() {
        return end - start;
    }

    int u8(long at) throws ImageRejectedException {
        require(at, 1);
        return content[start + (int) at] & 0xff;
    }

    int u16(long at) throws ImageRejectedException {
        int first = u8(at);
        int second = u8(at + 1);
        return order == Order.BIG_ENDIAN ? first << 8 | second : second << 8 | first;
    }

    int u24(long at) throws ImageRejectedException {
        return order == Order.BIG_ENDIAN ? u16(at) << 8 | u8(at + 2) : u8(at + 2) << 16 | u16(at);
    }

    long u32(long at) throws ImageRejectedException {
        long first = u16(at);
        long second = u16(at + 2);
        return order == Order.BIG_ENDIAN ? first << 16 | second : second << 16 | first;
    }

    /** Whether these bytes, as characters, stand at the position. */
    boolean has(int at, String characters) {
        return matches(content, start + at, end, characters);
    }

    static boolean matches(byte[] content, int at, int end, String characters) {
        if (at < 0 || at + characters.length() > end) {
            return false;
        }
        for (int i = 0; i < characters.length(); i++) {
            if ((content[at + i] & 0xff) != characters.charAt(i)) {
                return false;
            }
        }

        return true;
    }

    private void require(long at, long count) throws ImageRejectedException {
        if (at < 0 || count < 0 || at + count > length()) {
            throw new ImageRejectedException(RejectCode.TRUNCATED, "the file ends inside its header");
        }
    }
}
