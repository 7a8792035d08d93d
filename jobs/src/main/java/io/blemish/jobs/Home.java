package io.blemish.jobs;

import io.blemish.error.UserException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The folder that Blemish lies in, with {@code conf} and the models that come with it. */
final class Home {
    /** The CLIP that comes with Blemish. */
    static final String POCKET_CLIP = "model-broadcast/pocket/clip";

    /** What {@code bin/blemish} tells the process: the folder that it lies in. */
    private static final String PROPERTY = "blemish.home";

    private Home() {}

    /**
     * A file or folder that comes with Blemish.
     *
     * @param relative its path from the folder that Blemish lies in
     * @throws UserException when it is not there
     */
    static Path resolve(String relative) {
        String home = System.getProperty(PROPERTY);
        if (home == null) {
            throw UserException.cannot(
                    "find " + relative, "nothing says where Blemish lies", "Start it with bin/blemish");
        }
        Path found = Path.of(home).resolve(relative);
        if (!Files.exists(found)) {
            throw UserException.cannot(
                    "find " + relative, "it is not in " + home, "Start Blemish with bin/blemish from a whole checkout");
        }
        return found;
    }
}
