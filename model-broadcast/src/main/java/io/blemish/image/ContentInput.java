package io.blemish.image;

import java.io.IOException;
import javax.imageio.stream.ImageInputStreamImpl;

/**
 * An image file for ImageIO's readers, straight from memory: a rewritten head, followed by the rest of the content from
 * some position on. Nothing is copied or cached, and each refill looks at the deadline.
 */
final class ContentInput extends ImageInputStreamImpl {
    /** Small, so that a file of countless tiny scans meets the deadline often. */
    private static final int LONGEST_READ = 4096;

    private static final byte[] NO_HEAD = {};

    private final byte[] head;
    private final byte[] content;
    private final int tail;
    private final Deadline deadline;

    /** The content as it is. */
    ContentInput(byte[] content, Deadline deadline) {
        this(NO_HEAD, content, 0, deadline);
    }

    /** The head in place of the first {@code tail} bytes of the content. */
    ContentInput(byte[] head, byte[] content, int tail, Deadline deadline) {
        this.head = head;
        this.content = content;
        this.tail = tail;
        this.deadline = deadline;
    }

    @Override
    public int read() throws IOException {
        checkClosed();
        bitOffset = 0;
        if (streamPos >= length()) {
            return -1;
        }

        int position = (int) streamPos++;
        return (position < head.length ? head[position] : content[tail + position - head.length]) & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        checkClosed();
        deadline.check();
        bitOffset = 0;
        long left = length() - streamPos;
        if (left <= 0) {
            return -1;
        }

        int position = (int) streamPos;
        int count = (int) Math.min(Math.min(length, LONGEST_READ), left);
        if (position < head.length) {
            count = Math.min(count, head.length - position);
            System.arraycopy(head, position, target, offset, count);
        } else {
            System.arraycopy(content, tail + position - head.length, target, offset, count);
        }
        streamPos += count;
        return count;
    }

    @Override
    public long length() {
        return (long) head.length + content.length - tail;
    }
}
