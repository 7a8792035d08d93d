package io.blemish.explain;

import io.blemish.error.UserException;
import java.util.Arrays;
import java.util.stream.Collectors;

/** How a heat map is made from the last blocks of the vision tower. */
public enum Method {
    /**
     * Attention times its gradient, the positive part averaged over the heads, in the row of the class token of the
     * last block (Chefer, Gur and Wolf, Generic Attention-Model Explainability, 2021), or summed over as many of the
     * last blocks as the model's configuration says.
     */
    RELEVANCE("relevance"),
    /**
     * Channels of the last block's first layer norm, weighted by their mean gradient (Selvaraju et al., Grad-CAM,
     * 2017).
     */
    GRADCAM("gradcam"),
    /** CLIPCap-XAI's map: zero in exact arithmetic, so that its pictures are rounding noise. For comparison only. */
    CLIPCAP_XAI("clipcap-xai");

    private final String label;

    Method(String label) {
        this.label = label;
    }

    /** The name on the command line, in tables and on tiles. */
    public String label() {
        return label;
    }

    /** The method of that name. */
    public static Method parse(String label) {
        for (Method method : values()) {
            if (method.label.equals(label)) {
                return method;
            }
        }
        String known = Arrays.stream(values()).map(Method::label).collect(Collectors.joining(", "));
        throw UserException.cannot(
                "explain labels", "there is no method of that name (" + label + ")", "Use one of " + known);
    }
}
