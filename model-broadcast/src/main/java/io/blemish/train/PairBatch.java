package io.blemish.train;

/**
 * Pictures and captions as the towers take them.
 *
 * @param pixels one picture after the other, planes by rows, 0 to 255
 * @param ids of the captions' tokens, padded to one length with what follows their end
 * @param length of each caption's row
 * @param ends where each caption's end-of-text token stands
 * @param groups equal numbers for equal captions
 */
record PairBatch(byte[] pixels, long[] ids, int length, long[] ends, long[] groups) {
    int pairs() {
        return ends.length;
    }
}
