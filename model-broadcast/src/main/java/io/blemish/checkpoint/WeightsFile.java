package io.blemish.checkpoint;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.blemish.error.UserException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HexFormat;

/** Recognises a file of weights by its first bytes, whatever its name. */
final class WeightsFile {
    private static final int LOOK = 64;
    private static final String ZIP = "PK\3\4";
    private static final String LFS_POINTER = "version https://git-lfs";
    /** Protocol 2 and the ten-byte integer 0x1950A86A20F9469CFC6C, with which torch.save began before PyTorch 1.6. */
    private static final String LEGACY_TORCH =
            new String(HexFormat.of().parseHex("80028a0a6cfc9c46f9206aa85019"), ISO_8859_1);

    private WeightsFile() {}

    static StateDict read(Path file) {
        String start = start(file);
        if (start.startsWith(ZIP)) {
            return TorchPickle.read(file);
        }
        if (start.startsWith(LEGACY_TORCH)) {
            throw UserException.cannot(
                    "read " + file,
                    "it was written by PyTorch before version 1.6, or in its old format",
                    "Load it with a current PyTorch and save it again, or find the same model as model.safetensors");
        }
        if (start.startsWith(LFS_POINTER)) {
            throw UserException.cannot(
                    "read " + file,
                    "it is a Git LFS pointer, not the weights themselves",
                    "Fetch the file with git lfs pull or download it");
        }
        if (start.length() > Long.BYTES && start.charAt(Long.BYTES) == '{') {
            return Safetensors.read(file);
        }

        throw UserException.cannot(
                "read " + file,
                "its first bytes are neither those of safetensors nor of a PyTorch archive",
                "Name a model.safetensors or a pytorch_model.bin");
    }

    private static String start(Path file) {
        try (MappedFile mapped = MappedFile.open(file)) {
            ByteBuffer window = mapped.window(0, Math.min(LOOK, mapped.size()));
            return ISO_8859_1.decode(window).toString();
        }
    }
}
