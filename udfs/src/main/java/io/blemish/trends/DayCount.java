package io.blemish.trends;

/**
 * One day of a series.
 *
 * @param day days since 1970-01-01
 * @param inspected images that got a label
 * @param count of these, images with the defect
 */
public record DayCount(long day, long inspected, long count) {
    public DayCount {
        if (count < 0 || count > inspected) {
            throw new IllegalArgumentException(count + " of " + inspected + " images on day " + day);
        }
    }
}
