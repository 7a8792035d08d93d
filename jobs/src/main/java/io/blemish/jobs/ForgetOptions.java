package io.blemish.jobs;

import static java.util.Objects.requireNonNull;

import io.blemish.error.UserException;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Which images to forget, and how thoroughly.
 *
 * @param imageIds the images
 * @param purge what becomes of the versions that still have them
 * @param staleAfter a run that was silent for longer is dead
 */
public record ForgetOptions(Set<String> imageIds, Purge purge, Duration staleAfter) {
    private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

    /** Each is part of a condition that Delta evaluates on every row. */
    private static final int MOST = 10_000;

    public ForgetOptions {
        requireNonNull(purge, "purge is null");
        requireNonNull(staleAfter, "staleAfter is null");
        imageIds = new TreeSet<>(imageIds);
        for (String id : imageIds) {
            if (!SHA_256.matcher(id).matches()) {
                throw UserException.cannot(
                        "forget the image " + Printable.text(id),
                        "an image_id is 64 hexadecimal digits in small letters",
                        "Take it from the column image_id of images or inspections");
            }
        }
        if (imageIds.isEmpty() || imageIds.size() > MOST) {
            throw UserException.cannot(
                    "forget images",
                    imageIds.isEmpty() ? "none is named" : imageIds.size() + " are named at once",
                    "Name 1 to " + MOST + " with --image-id or --image-ids");
        }
        imageIds = Set.copyOf(imageIds);
    }

    /** What becomes of older versions of the tables, which still hold the images. */
    public enum Purge {
        /** Their files stay until maintenance deletes them. */
        LATER,
        /** Their files are deleted at once, and with them every older version of the tables. */
        NOW
    }
}
