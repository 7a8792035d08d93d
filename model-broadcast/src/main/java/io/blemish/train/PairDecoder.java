package io.blemish.train;

import io.blemish.checkpoint.Fingerprint;
import io.blemish.image.DecodeOptions;
import io.blemish.image.DecodedImage;
import io.blemish.image.ImageDecoder;
import io.blemish.image.ImageProcessor;
import io.blemish.image.ImageRejectedException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Decodes a file once for all pairs that speak of it. May be used by several threads at once. */
final class PairDecoder {
    private final ImageProcessor processor;
    private final ImageDecoder decoder = new ImageDecoder(DecodeOptions.defaults());

    /** A decoder to squares of that side. */
    PairDecoder(int side) {
        this.processor = ImageProcessor.openAi(side);
    }

    /** The pairs, which have one file, in their order. */
    List<DecodedPair> decode(List<TrainingPair> pairs) {
        try {
            byte[] content = pairs.get(0).content().read();
            String hash = Fingerprint.sha256(content);
            return decoder.decode(
                    content,
                    processor.side(),
                    image -> pairs.stream().map(pair -> cut(pair, image, hash)).toList());
        } catch (ImageRejectedException | IOException e) {
            return pairs.stream().map(pair -> refused(pair, e.getMessage())).toList();
        }
    }

    private DecodedPair cut(TrainingPair pair, DecodedImage image, String hash) {
        byte[] planes = new byte[processor.pixelBytes()];
        if (pair.part().isEmpty()) {
            processor.pixels(image, planes, 0);
            return new DecodedPair(pair, Optional.of(planes), hash, "");
        }
        TrainingPair.Part part = pair.part().get();
        try {
            processor.pixels(image.pixels().part(part.left(), part.top(), part.width(), part.height()), planes, 0);
        } catch (IllegalArgumentException e) {
            return refused(pair, e.getMessage());
        }
        return new DecodedPair(pair, Optional.of(planes), hash + " " + part, "");
    }

    private static DecodedPair refused(TrainingPair pair, String reason) {
        return new DecodedPair(pair, Optional.empty(), "", pair.name() + ": " + reason);
    }
}
