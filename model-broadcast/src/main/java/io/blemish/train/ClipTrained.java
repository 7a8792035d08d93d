package io.blemish.train;

import io.blemish.clip.ClipConfig;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which of CLIP's tensors are trained, and which of those shrink by weight decay. The last norms, the projections and
 * the scale are always trained.
 *
 * @param visionBlocks how many of the last blocks are trained; with all of them the embeddings are too
 * @param textBlocks the same of the text tower
 */
record ClipTrained(ClipConfig config, int visionBlocks, int textBlocks) {
    private static final Pattern BLOCK = Pattern.compile("(vision|text)_model\\.encoder\\.layers\\.([0-9]+)\\..*");

    boolean trained(String name) {
        Matcher block = BLOCK.matcher(name);
        if (block.matches()) {
            boolean vision = block.group(1).equals("vision");
            return Integer.parseInt(block.group(2)) >= frozen(vision ? "vision_model" : "text_model");
        }
        if (name.contains(".embeddings.") || name.contains("pre_layrnorm")) {
            return frozen(name.substring(0, name.indexOf('.'))) == 0;
        }
        return true;
    }

    /** Not biases, norms, class and position embeddings, nor the scale. */
    static boolean decayed(String name) {
        return name.endsWith(".weight") && !name.contains("norm") && !name.contains("position_embedding");
    }

    private int frozen(String tower) {
        return tower.equals("vision_model")
                ? Math.max(0, config.vision().tower().layers() - visionBlocks)
                : Math.max(0, config.text().tower().layers() - textBlocks);
    }
}
