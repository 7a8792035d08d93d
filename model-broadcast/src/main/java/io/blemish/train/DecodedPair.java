package io.blemish.train;

import java.util.Optional;

/**
 * A pair whose picture was decoded.
 *
 * @param planes red, green and blue plane of the square picture, each by rows; none when it cannot be decoded
 * @param content SHA-256 of the file, hexadecimal, and which part of it the picture is
 * @param reason why there are no planes
 */
record DecodedPair(TrainingPair pair, Optional<byte[]> planes, String content, String reason) {}
