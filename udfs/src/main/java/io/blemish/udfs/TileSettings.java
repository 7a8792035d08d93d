package io.blemish.udfs;

import io.blemish.explain.ColourMap;
import io.blemish.explain.TileStyle;
import java.io.Serializable;

/**
 * How tiles are drawn, in serializable values.
 *
 * @param preparation how the photographs became the crops that the maps cover
 * @param size pixels of the photograph's longer side on the tile
 * @param opacity of the colour where relevance is 1
 */
public record TileSettings(InspectorSettings.Preparation preparation, int size, double opacity)
        implements Serializable {
    TileStyle style() {
        TileStyle defaults = TileStyle.defaults();
        ColourMap colours = defaults.colours();
        return new TileStyle(size, opacity, colours, defaults.contour(), defaults.threshold());
    }
}
