package io.blemish.image;

import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import io.blemish.error.InternalException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.function.Consumer;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;

/**
 * The readers behind the formats. They are looked up once and made anew for each image: ImageIO's own look-up takes a
 * lock that all threads share, asks every reader whether it knows the content, and prefers whatever a class path
 * happens to hold.
 */
final class Codecs {
    static final ImageReaderSpi JPEG = builtIn("JPEG");
    static final ImageReaderSpi PNG = builtIn("PNG");
    static final ImageReaderSpi GIF = builtIn("GIF");
    static final ImageReaderSpi BMP = builtIn("BMP");
    static final ImageReaderSpi TIFF = builtIn("TIFF");
    static final ImageReaderSpi WEBP = new WebPImageReaderSpi();

    private Codecs() {}

    /** What is done with a reader that has its input. */
    interface Use<T> {
        T with(ImageReader reader) throws IOException;
    }

    /** Opens a reader on the input, ignoring metadata, and closes both whatever happens. */
    static <T> T read(ImageReaderSpi codec, ContentInput input, Consumer<String> warnings, Use<T> use)
            throws IOException {
        ImageReader reader = codec.createReaderInstance();
        try (input) {
            reader.addIIOReadWarningListener((source, warning) -> warnings.accept(warning));
            reader.setInput(input, true, true);
            return use.with(reader);
        } finally {
            reader.dispose();
        }
    }

    private static ImageReaderSpi builtIn(String format) {
        Iterator<ImageReaderSpi> providers =
                IIORegistry.getDefaultInstance().getServiceProviders(ImageReaderSpi.class, false);
        while (providers.hasNext()) {
            ImageReaderSpi provider = providers.next();
            boolean fromTheJdk = provider.getClass().getName().startsWith("com.sun.imageio.plugins.");
            if (fromTheJdk && Arrays.asList(provider.getFormatNames()).contains(format)) {
                return provider;
            }
        }

        throw new InternalException("This Java runtime has no " + format + " reader (module java.desktop).");
    }
}
