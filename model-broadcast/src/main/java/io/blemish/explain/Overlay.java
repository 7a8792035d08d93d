package io.blemish.explain;

import static java.util.Objects.requireNonNull;

import io.blemish.image.CropGeometry;
import io.blemish.image.RgbImage;
import java.util.ArrayList;
import java.util.List;

/**
 * Draws heat maps over the photograph that they explain.
 *
 * <p>A tile shows the whole photograph. Heat lies only over the square that the model saw, each patch over exactly its
 * own part of the photograph; the rest is pale and hatched. Below the photograph stand rank, probability, description
 * and method. Pictures are the same on every machine: nothing depends on installed fonts.
 *
 * <p>Immutable: one overlay draws all tiles of one photograph, from several threads if need be.
 */
public final class Overlay {
    private static final int PAPER = 0xFFFFFF;
    private static final int RULE = 0xC8C8C8;
    /** Of the longer side: a tall photograph gets paper at its sides, so that the words find room. */
    private static final double NARROWEST = 0.625;
    /** Of the opacity: a winner's colour covers all of its region alike, where a heat map fades. */
    private static final double WASH = 0.75;

    private final TileStyle style;
    private final View view;
    private final Placement placement;
    private final RgbImage backdrop;
    private final int line;

    private Overlay(TileStyle style, View view, Placement placement, RgbImage backdrop, int line) {
        this.style = style;
        this.view = view;
        this.placement = placement;
        this.backdrop = backdrop;
        this.line = line;
    }

    /**
     * Scales a photograph to the size of its tiles.
     *
     * @param photograph upright; it may have been decoded at a smaller size than the geometry's
     * @param geometry of the crop that the heat maps belong to
     */
    public static Overlay of(RgbImage photograph, CropGeometry geometry, TileStyle style) {
        return of(photograph, View.of(geometry), style);
    }

    /** The same, where the crop is known as a rectangle of the photograph. */
    public static Overlay of(RgbImage photograph, View view, TileStyle style) {
        requireSameShape(photograph, view);
        requireNonNull(style, "style is null");
        int line = Math.max(1, (int) Math.round(style.size() / 512.0));
        Placement placement = Placement.of(view, style.size());
        return new Overlay(style, view, placement, Backdrop.of(photograph, placement, line), line);
    }

    /** The tile of one description. {@link Png#encode} makes a file of it. */
    public RgbImage tile(Evidence evidence) {
        HeatMap map = evidence.map();
        boolean clipCapXai = map.method() == Method.CLIPCAP_XAI;
        Strip strip = new Strip(tileWidth(), style.size());
        strip.entry(evidence.rank(), PAPER, evidence.probability(), map.description());
        List<Strip.Item> notes = new ArrayList<>();
        notes.add(strip.note(map.method().label()));
        notes.add(strip.bar(clipCapXai ? ColourMap.JET : style.colours()));
        if (map.peak(view.seen()).isEmpty()) {
            notes.add(strip.note("flat: no place stands out"));
        }
        Canvas canvas = canvas(strip, notes);
        HeatLayer heat = new HeatLayer(canvas, offset(), placement, map);
        if (clipCapXai) {
            heat.paintClipCapXai();
        } else {
            heat.paint(style, line);
            heat.mark(view, line);
        }
        return canvas.image();
    }

    /** The photograph with one heat map over it and no words, of the photograph's shape. */
    public RgbImage picture(HeatMap map) {
        Canvas canvas = new Canvas(placement.width(), placement.height(), PAPER);
        canvas.draw(backdrop, 0, 0);
        HeatLayer heat = new HeatLayer(canvas, 0, placement, map);
        heat.paint(style, line);
        heat.mark(view, line);
        return canvas.image();
    }

    /**
     * The tile that shows which description wins where: each pixel takes the colour of the description whose normalised
     * map is largest there and above the style's threshold, the better ranked one of equals.
     *
     * @param evidence by rank, at least one, all of the same method
     */
    public RgbImage combined(List<Evidence> evidence) {
        Method method = requireOneMethod(evidence);
        boolean clipCapXai = method == Method.CLIPCAP_XAI;
        int[] colours = clipCapXai ? Palette.clipCapXai(evidence.size()) : Palette.distinct(evidence.size());
        int[] ranks = evidence.stream().mapToInt(Evidence::rank).toArray();
        Strip strip = new Strip(tileWidth(), style.size());
        for (int i = 0; i < colours.length; i++) {
            Evidence each = evidence.get(i);
            strip.entry(each.rank(), colours[i], each.probability(), each.map().description());
        }
        List<Strip.Item> notes = new ArrayList<>();
        notes.add(strip.note(method.label()));
        notes.add(strip.note("colour: the strongest above " + Math.round(100 * style.threshold()) + " % of its peak"));
        Canvas canvas = canvas(strip, notes);
        List<HeatMap> maps = evidence.stream().map(Evidence::map).toList();
        WinnerLayer winners = new WinnerLayer(placement, maps, style.threshold());
        winners.paint(canvas, offset(), colours, clipCapXai ? style.opacity() : WASH * style.opacity());
        if (!clipCapXai) {
            winners.outline(canvas, offset(), colours, 2 * line);
            winners.number(canvas, offset(), colours, ranks, strip.badgeFont());
        }
        return canvas.image();
    }

    /** Where the photograph lies on a tile: from {@link #offset()} to the right, from the top down. */
    Placement placement() {
        return placement;
    }

    /** Columns of paper to the left of the photograph. */
    int offset() {
        return (tileWidth() - placement.width()) / 2;
    }

    private int tileWidth() {
        return Math.max(placement.width(), (int) Math.round(NARROWEST * style.size()));
    }

    private Canvas canvas(Strip strip, List<Strip.Item> notes) {
        if (!placement.seesAll()) {
            notes.add(strip.unseen(line));
        }
        strip.flow(notes);
        Canvas canvas = new Canvas(tileWidth(), placement.height() + strip.height(), PAPER);
        canvas.draw(backdrop, offset(), 0);
        canvas.fill(0, placement.height(), tileWidth(), line, RULE);
        strip.draw(canvas, placement.height());
        return canvas;
    }

    private static Method requireOneMethod(List<Evidence> evidence) {
        List<Method> methods =
                evidence.stream().map(each -> each.map().method()).distinct().toList();
        if (methods.size() != 1) {
            throw new IllegalArgumentException("a combined tile needs maps of one method, not of " + methods);
        }

        return methods.get(0);
    }

    /** Decoding at a smaller size rounds each side by less than a pixel. */
    private static void requireSameShape(RgbImage photograph, View view) {
        long difference = (long) photograph.width() * view.height() - (long) photograph.height() * view.width();
        if (Math.abs(difference) > (long) view.width() + view.height()) {
            throw new IllegalArgumentException("a picture of " + photograph.width() + " x " + photograph.height()
                    + " is no photograph of " + view.width() + " x " + view.height());
        }
    }
}
