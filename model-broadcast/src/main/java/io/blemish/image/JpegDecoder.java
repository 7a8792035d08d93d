package io.blemish.image;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A decoder for undamaged JPEGs of 8 bits, sequential or progressive, Huffman-coded, grey or of three components, at
 * full size or at 1/2, 1/4 or 1/8 of it.
 *
 * <p>The runtime's decoder knows no reduced size, and draws a progressive picture anew for each of its scans. At full
 * size the pixels are libjpeg's to the bit; reduced ones are those of its scaled transforms (Pillow's {@code draft}).
 * Whatever is irregular is refused with an {@link IrregularJpegException}, and is the runtime's business.
 */
final class JpegDecoder {
    private static final int UNSMOOTHED = 10;

    private final JpegHeader header;
    private final int smallest;
    private final Deadline deadline;
    private final Bytes bytes;
    private final JpegBits bits;
    private final InverseDct transform = new InverseDct();
    private final int[][] quantisation = new int[4][];
    private final HuffmanTable[] direct = new HuffmanTable[4];
    private final HuffmanTable[] alternating = new HuffmanTable[4];
    private JpegFrame frame;
    private boolean progressive;
    private boolean held;
    private boolean complete;
    private int restartInterval;

    private JpegDecoder(byte[] content, JpegHeader header, int reduction, Deadline deadline) {
        this.header = header;
        this.deadline = deadline;
        smallest = 8 / reduction;
        bytes = Bytes.bigEndian(content);
        bits = new JpegBits(content);
    }

    /**
     * Decodes a picture.
     *
     * @param header of the content, already held against the limits: a frame of another size is irregular
     * @param reduction 1, 2, 4 or 8: width and height are divided by it, and rounded up
     * @param colour what the three components are, which is not looked for here
     */
    static RgbImage decode(byte[] content, JpegHeader header, int reduction, JpegColour colour, Deadline deadline)
            throws IrregularJpegException, IOException {
        JpegDecoder decoder = new JpegDecoder(content, header, reduction, deadline);
        try {
            decoder.readSegments();
        } catch (ImageRejectedException | IndexOutOfBoundsException damaged) {
            throw new IrregularJpegException("the file ends too early");
        }
        int width = (decoder.frame.width() + reduction - 1) / reduction;
        int height = (decoder.frame.height() + reduction - 1) / reduction;
        return colour.compose(decoder.frame.components(), width, height, decoder.smallest > 1);
    }

    private void readSegments() throws ImageRejectedException, IrregularJpegException, IOException {
        int at = 2;
        while (true) {
            require(bytes.u8(at) == 0xff, "there are bytes between its segments");
            int marker = bytes.u8(at + 1L);
            if (marker == 0xd9) {
                finish();
                return;
            }
            int length = bytes.u16(at + 2L);
            boolean ownsSegment = marker >= 0xc0 && marker <= 0xfe && (marker < 0xd0 || marker > 0xd7);
            require(ownsSegment && length >= 2, "a marker is out of place");
            Bytes segment = bytes.part(at + 4, at + 2 + length);
            at += 2 + length;
            switch (marker) {
                case 0xc0, 0xc1, 0xc2 -> readFrame(segment, marker == 0xc2);
                case 0xc4 -> readHuffmanTables(segment);
                case 0xda -> at = readScan(segment, at);
                case 0xdb -> readQuantisation(segment);
                case 0xdd -> restartInterval = segment.u16(0);
                default -> require(marker >= 0xe0, "a segment is of a rare kind");
            }
        }
    }

    private void readFrame(Bytes segment, boolean inScans) throws ImageRejectedException, IrregularJpegException {
        int count = segment.u8(5);
        require(frame == null && segment.u8(0) == 8 && (count == 1 || count == 3), "the frame is of a rare kind");
        require(segment.u16(3) == header.width() && segment.u16(1) == header.height(), "it states two sizes");
        List<JpegComponent> components = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int factors = segment.u8(7 + 3 * i);
            int table = segment.u8(8 + 3 * i);
            // A single component is stored block by block whatever its factors say
            int horizontal = count == 1 ? 1 : factors >> 4;
            int vertical = count == 1 ? 1 : factors & 15;
            require(horizontal > 0 && vertical > 0 && table < 4, "a component is of a rare kind");
            components.add(new JpegComponent(segment.u8(6 + 3 * i), horizontal, vertical, table));
        }
        progressive = inScans;
        frame = JpegFrame.of(segment.u16(3), segment.u16(1), components);
        for (JpegComponent component : components) {
            boolean simple = frame.horizontal() <= 2 * component.horizontal
                    && frame.vertical() <= 2 * component.vertical
                    && frame.horizontal() <= 2
                    && frame.vertical() <= 2;
            require(simple, "the components are sampled in a rare way");
        }
    }

    private int readScan(Bytes segment, int at) throws ImageRejectedException, IrregularJpegException, IOException {
        require(frame != null && !complete, "a scan is out of place");
        List<JpegComponent> components = new ArrayList<>();
        int count = segment.u8(0);
        for (int i = 0; i < count; i++) {
            components.add(component(segment.u8(1 + 2 * i), segment.u8(2 + 2 * i)));
        }
        int precision = segment.u8(3 + 2 * count);
        JpegScan.Band band =
                new JpegScan.Band(segment.u8(1 + 2 * count), segment.u8(2 + 2 * count), precision >> 4, precision & 15);
        if (!held) {
            allocate(progressive || count < frame.components().size());
        }
        requireOrder(components, band);
        JpegScan scan = new JpegScan(frame, components, band, bits, restartInterval, !progressive);
        int rowsHeld = held && !complete ? frame.unitsDown() : 1;
        return scan.read(at, rowsHeld, deadline, complete ? row -> transform(row, 0) : row -> {});
    }

    private JpegComponent component(int name, int tables) throws IrregularJpegException {
        for (JpegComponent component : frame.components()) {
            if (component.name == name) {
                component.direct = direct[tables >> 4 & 3];
                component.alternating = alternating[tables & 3];
                component.quantisation =
                        component.quantisation == null ? quantisation[component.table] : component.quantisation;
                require(component.quantisation != null, "a quantisation table is missing");
                return component;
            }
        }

        throw new IrregularJpegException("a scan names a component that is not in the frame");
    }

    /**
     * In one scan of everything, a row of units is transformed as soon as it is there; otherwise all of them at the
     * end.
     */
    private void allocate(boolean severalScans) {
        held = true;
        complete = !severalScans;
        for (JpegComponent component : frame.components()) {
            component.allocate(frame, smallest, severalScans ? frame.unitsDown() : 1);
        }
    }

    /** Refuses scans that repeat, skip or overlap what earlier ones said: decoders differ about them. */
    private void requireOrder(List<JpegComponent> components, JpegScan.Band band) throws IrregularJpegException {
        require(band.last() < 64 && band.first() <= band.last(), "a scan has an impossible band");
        require(!progressive || band.first() == 0 == (band.last() == 0), "a scan mixes kinds of coefficients");
        require(band.first() == 0 || components.size() == 1, "a band is of several components");
        require(band.high() == 0 || band.high() == band.low() + 1, "a scan refines by more than a bit");
        for (JpegComponent component : components) {
            boolean coded = (band.first() > 0 || band.high() > 0 || component.direct != null)
                    && ((progressive && band.first() == 0) || component.alternating != null);
            require(coded, "a Huffman table is missing");
            require(component.pending[0] >= 0 || band.first() == 0, "a band comes before its block's mean");
            for (int i = band.first(); i <= band.last(); i++) {
                require(component.pending[i] == (band.high() == 0 ? -1 : band.high()), "the scans are out of order");
                component.pending[i] = band.low();
            }
        }
    }

    /** Low frequencies that never came would be smoothed by libjpeg. */
    private void finish() throws IrregularJpegException {
        require(held, "there is no picture");
        for (JpegComponent component : frame.components()) {
            boolean known = Arrays.stream(component.pending, 0, UNSMOOTHED).allMatch(low -> low == 0);
            require(known, "some coefficients never came");
        }
        for (int row = 0; !complete && row < frame.unitsDown(); row++) {
            transform(row, row);
        }
        frame.components().forEach(JpegComponent::release);
    }

    private void transform(int unitRow, int heldRow) {
        for (JpegComponent component : frame.components()) {
            component.transform(unitRow, heldRow, transform);
        }
    }

    private void readQuantisation(Bytes segment) throws ImageRejectedException {
        for (int at = 0; at < segment.length(); ) {
            int kind = segment.u8(at++);
            boolean wide = kind >> 4 != 0;
            int[] factors = new int[64];
            for (int i = 0; i < 64; i++, at += wide ? 2 : 1) {
                factors[ZigZag.natural(i)] = wide ? segment.u16(at) : segment.u8(at);
            }
            quantisation[kind & 3] = factors;
        }
    }

    private void readHuffmanTables(Bytes segment) throws ImageRejectedException, IrregularJpegException {
        for (int at = 0; at < segment.length(); ) {
            int kind = segment.u8(at++);
            int[] counts = new int[HuffmanTable.LONGEST];
            for (int i = 0; i < counts.length; i++) {
                counts[i] = segment.u8(at++);
            }
            byte[] symbols = new byte[Arrays.stream(counts).sum()];
            for (int i = 0; i < symbols.length; i++) {
                symbols[i] = (byte) segment.u8(at++);
            }
            (kind >> 4 == 0 ? direct : alternating)[kind & 3] = new HuffmanTable(counts, symbols);
        }
    }

    private static void require(boolean regular, String otherwise) throws IrregularJpegException {
        if (!regular) {
            throw new IrregularJpegException(otherwise);
        }
    }
}
