package io.blemish.image;

import java.io.IOException;
import java.util.List;

/**
 * One scan of a JPEG: some coefficients, or some bits of them, of some components (ITU-T T.81, annexes F and G).
 *
 * <p>Sequential scans carry all coefficients at once. Progressive ones carry a band of them, {@code first} to {@code
 * last}, down to bit {@code low}; a later scan of the same band refines it by one bit.
 */
final class JpegScan {
    private final JpegFrame frame;
    private final List<JpegComponent> components;
    private final JpegBits bits;
    private final int restartInterval;
    private final BlockReader reader;
    private int position;
    private int untilRestart;
    private int nextRestart;
    private int endOfBandRun;

    /** Reads one block of a component. */
    private interface BlockReader {
        void read(JpegComponent component, int block) throws IrregularJpegException;
    }

    /** What is done with a row of units as soon as it is complete. */
    interface RowDone {
        void row(int unitRow);
    }

    /** Progressive parameters of a scan; 0, 63, 0, 0 in a sequential one. */
    record Band(int first, int last, int high, int low) {}

    JpegScan(
            JpegFrame frame,
            List<JpegComponent> components,
            Band band,
            JpegBits bits,
            int restartInterval,
            boolean wholeBlocks) {
        this.frame = frame;
        this.components = components;
        this.bits = bits;
        this.restartInterval = restartInterval;
        reader = wholeBlocks ? this::whole : progressive(band);
    }

    /**
     * Reads the scan.
     *
     * @param at where its bits start
     * @param rowsHeld how many rows of units the components hold; row {@code n} goes where row {@code n} modulo that
     *     was
     * @return the position of the marker behind it
     */
    int read(int at, int rowsHeld, Deadline deadline, RowDone done) throws IrregularJpegException, IOException {
        position = at;
        begin();
        boolean alone = components.size() == 1;
        JpegComponent only = components.get(0);
        int rows = alone ? only.rows() : frame.unitsDown();
        for (int row = 0; row < rows; row++) {
            deadline.check();
            for (int column = 0; column < (alone ? only.columns() : frame.unitsAcross()); column++) {
                restartIfDue();
                if (alone) {
                    reader.read(only, only.block(column, row % (rowsHeld * only.vertical)));
                } else {
                    readUnit(column, row % rowsHeld);
                }
            }
            if (!alone || (row + 1) % only.vertical == 0 || row + 1 == rows) {
                done.row(alone ? row / only.vertical : row);
            }
        }

        return bits.end();
    }

    private void readUnit(int column, int row) throws IrregularJpegException {
        for (JpegComponent component : components) {
            for (int y = 0; y < component.vertical; y++) {
                for (int x = 0; x < component.horizontal; x++) {
                    int across = column * component.horizontal + x;
                    reader.read(component, component.block(across, row * component.vertical + y));
                }
            }
        }
    }

    private void begin() {
        bits.start(position);
        untilRestart = restartInterval;
        endOfBandRun = 0;
        for (JpegComponent component : components) {
            component.predictor = 0;
        }
    }

    private void restartIfDue() throws IrregularJpegException {
        if (restartInterval == 0) {
            return;
        }
        if (untilRestart == 0) {
            int marker = bits.end();
            if (!bits.markerIs(marker, 0xd0 + nextRestart)) {
                throw new IrregularJpegException("a restart marker is missing");
            }
            nextRestart = (nextRestart + 1) % 8;
            position = marker + 2;
            begin();
        }
        untilRestart--;
    }

    private BlockReader progressive(Band band) {
        if (band.first == 0) {
            return band.high == 0
                    ? (component, block) -> directFirst(component, block, band.low)
                    : (component, block) -> directAgain(component, block, band.low);
        }

        return band.high == 0
                ? (component, block) -> bandFirst(component, block, band)
                : (component, block) -> bandAgain(component, block, band);
    }

    private void whole(JpegComponent component, int block) throws IrregularJpegException {
        directFirst(component, block, 0);
        bits.alternating(component.alternating, component.coefficients(), block);
    }

    private void directFirst(JpegComponent component, int block, int low) throws IrregularJpegException {
        int size = bits.symbol(component.direct);
        if (size > 15) {
            throw new IrregularJpegException("a coefficient has more than 15 bits");
        }
        component.predictor += bits.signed(size);
        component.coefficients()[block] = (short) (component.predictor << low);
    }

    private void directAgain(JpegComponent component, int block, int low) {
        component.coefficients()[block] |= (short) (bits.bits(1) << low);
    }

    private void bandFirst(JpegComponent component, int block, Band band) throws IrregularJpegException {
        if (endOfBandRun > 0) {
            endOfBandRun--;
            return;
        }
        for (int at = band.first; at <= band.last; at++) {
            int symbol = bits.symbol(component.alternating);
            int run = symbol >> 4;
            int size = symbol & 15;
            if (size == 0 && run < 15) {
                endOfBandRun = (1 << run) + bits.bits(run) - 1;
                return;
            }
            at += run;
            if (size > 0) {
                requireInside(at, band);
                component.coefficients()[block + ZigZag.natural(at)] = (short) (bits.signed(size) << band.low);
            }
        }
    }

    private void bandAgain(JpegComponent component, int block, Band band) throws IrregularJpegException {
        short[] coefficients = component.coefficients();
        int at = band.first;
        for (; endOfBandRun == 0 && at <= band.last; at++) {
            int symbol = bits.symbol(component.alternating);
            int run = symbol >> 4;
            int size = symbol & 15;
            if (size > 1) {
                throw new IrregularJpegException("a refinement has more than one bit");
            }
            if (size == 0 && run < 15) {
                endOfBandRun = (1 << run) + bits.bits(run);
                break;
            }

            int value = size == 0 ? 0 : bits.bits(1) == 1 ? 1 << band.low : -1 << band.low;
            at = refine(coefficients, block, at, run, band);
            if (value != 0) {
                requireInside(at, band);
                coefficients[block + ZigZag.natural(at)] = (short) value;
            }
        }
        if (endOfBandRun > 0) {
            refine(coefficients, block, at, Integer.MAX_VALUE, band);
            endOfBandRun--;
        }
    }

    /**
     * Refines the coefficients that have a value already, and returns the place behind {@code zeros} ones that have
     * none.
     */
    private int refine(short[] coefficients, int block, int from, int zeros, Band band) {
        int bit = 1 << band.low;
        int left = zeros;
        int at = from;
        for (; at <= band.last; at++) {
            int place = block + ZigZag.natural(at);
            int value = coefficients[place];
            if (value == 0) {
                if (left-- == 0) {
                    break;
                }
            } else if (bits.bits(1) == 1 && (value & bit) == 0) {
                coefficients[place] = (short) (value > 0 ? value + bit : value - bit);
            }
        }

        return at;
    }

    private static void requireInside(int at, Band band) throws IrregularJpegException {
        if (at > band.last) {
            throw new IrregularJpegException("a coefficient lies outside its band");
        }
    }
}
