package io.blemish.samples;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;

/**
 * Draws photographs of fruit, sound or with defects, and says what is on them.
 *
 * <p>A fruit is a body seen along one axis, with a normal at each point; its skin, its defects and their relief are painted
 * along the surface and then lit together, so that a defect is foreshortened and shaded as the skin around it is. Not for use
 * by several threads: each has its own.
 */
public final class Studio {
    private static final long REGIONS = 0x5DEECE66DL;
    private static final long OUTBREAK = 0x2545F4914F6CDD1DL;

    private final SampleOptions options;
    private final Canvas canvas = new Canvas();
    private final Canvas half = new Canvas();
    private final Surface surface = new Surface();

    /** Draws the photographs of the options' seed. */
    public Studio(SampleOptions options) {
        this.options = options;
    }

    /** Draws the photograph of a number, from 0; the same for the same seed. */
    public Photograph photograph(int index) {
        Dice dice = new Dice(options.seed(), index);
        Provenance provenance = Provenance.of(dice, options.lastDay());
        List<Defect> defects = Choice.of(dice, options.mix(), provenance);
        Variety variety = Variety.of(dice);
        size(dice);
        Scene scene = scene(variety, dice);
        setTheTable(scene, dice);
        surface.lay(scene.shape(), scene.pose(), canvas.width(), canvas.height());
        Skin.paint(surface, variety, dice);
        int fruitPixels = surface.pixels(canvas.width(), canvas.height());
        List<Placement.Placed> placed = Placement.place(surface, canvas, fruitPixels, variety, defects, dice);
        placed.forEach(each -> each.paint(surface, variety, dice));
        shade(variety, scene);
        Garnish.add(surface, canvas, variety, scene.light(), dice);
        BufferedImage image = Camera.develop(canvas, dice);
        List<String> captions =
                Captions.of(variety, placed.stream().map(Placement.Placed::seen).toList(), dice);
        float jpegQuality = dice.between(0.6f, 0.95f);
        List<byte[]> masks = new ArrayList<>();
        List<Truth.Mark> marks = new ArrayList<>();
        for (Placement.Placed each : placed) {
            byte[] mask = new byte[canvas.width() * canvas.height()];
            int pixels = Masks.fill(mask, surface, canvas, each.patch().owner());
            masks.add(mask);
            marks.add(new Truth.Mark(each.defect(), Severity.of(each.patch().size()), pixels));
        }
        // Streams of their own: the photographs do not depend on when an outbreak comes, and how they are cut up.
        Provenance dated = provenance.withOutbreak(
                marks.stream().map(Truth.Mark::defect).toList(),
                new Dice(options.seed() ^ OUTBREAK, index),
                options.lastDay());
        List<Region> regions =
                Regions.of(canvas, scene.pose(), variety, placed, masks, new Dice(options.seed() ^ REGIONS, index));
        Truth truth = new Truth(index, variety.product(), dated, fruitPixels, marks, captions, regions);
        return new Photograph(image, jpegQuality, masks, truth);
    }

    private void size(Dice dice) {
        double span = Math.log((double) options.longest() / options.shortest());
        int longer = (int) Math.round(options.shortest() * Math.exp(span * dice.unit()));
        int shorter = Math.round(longer / dice.between(1f, 1.6f));
        boolean landscape = dice.chance(0.6);
        canvas.resize(landscape ? longer : shorter, landscape ? shorter : longer);
        half.resize((canvas.width() + 1) / 2, (canvas.height() + 1) / 2);
    }

    /** What is in front of the camera, apart from the defects. */
    private record Scene(Shape shape, Pose pose, Light light, Shadow.View view) {}

    private Scene scene(Variety variety, Dice dice) {
        Shape shape = variety.shape(dice);
        float shorter = Math.min(canvas.width(), canvas.height());
        // A slim fruit may be longer than the picture has room for a round one.
        float slim = Math.min(shape.halfWidth(), shape.halfHeight()) / Math.max(shape.halfWidth(), shape.halfHeight());
        float share = dice.between(0.6f, 0.85f) * (1.25f - 0.25f * slim);
        float radius = 0.5f * share * shorter / Math.max(shape.halfWidth(), shape.halfHeight());
        Shadow.View view = dice.chance(0.55) ? Shadow.View.FROM_THE_SIDE : Shadow.View.FROM_ABOVE;
        float turn = view == Shadow.View.FROM_THE_SIDE ? 0.16f * dice.normal() : dice.between(-3.14f, 3.14f);
        float room = (0.5f - 0.5f * share + 0.04f) * shorter;
        float aside = Math.min(room * 1.3f, 0.2f * shorter);
        boolean landscape = canvas.width() >= canvas.height();
        float x = 0.5f * canvas.width() + dice.between(-1f, 1f) * (landscape ? aside : room);
        float y = 0.5f * canvas.height() + dice.between(-1f, 1f) * (landscape ? room : aside);
        return new Scene(shape, new Pose(x, y, radius, turn), Light.of(dice), view);
    }

    /** The ground, the shadow, and sometimes another fruit behind, partly in the picture. */
    private void setTheTable(Scene scene, Dice dice) {
        Backdrop.paint(half, dice);
        boolean company = dice.chance(0.2);
        Variety other = Variety.of(dice);
        Shape shape = other.shape(dice);
        Pose pose = beside(scene.pose(), dice);
        if (company) {
            Shadow.cast(half, shape, pose, scene.light(), scene.view());
        }
        Shadow.cast(half, scene.shape(), scene.pose(), scene.light(), scene.view());
        canvas.enlarge(half);
        if (company) {
            surface.lay(shape, pose, canvas.width(), canvas.height());
            Skin.paint(surface, other, dice);
            shade(other, scene);
            Garnish.add(surface, canvas, other, scene.light(), dice);
        }
    }

    /** Further away than the fruit is wide, to the side where there is more room. */
    private Pose beside(Pose pose, Dice dice) {
        double angle = dice.between(-0.6f, 0.6f) + (pose.x() > 0.5f * canvas.width() ? Math.PI : 0);
        if (canvas.height() > canvas.width()) {
            angle = dice.between(-0.6f, 0.6f) - Math.PI / 2;
        }
        float far = pose.radius() * dice.between(1.7f, 2.1f);
        return new Pose(
                pose.x() + far * (float) Math.cos(angle),
                pose.y() + far * (float) Math.sin(angle),
                pose.radius() * dice.between(0.85f, 1.1f),
                dice.between(-0.5f, 0.5f));
    }

    private void shade(Variety variety, Scene scene) {
        Colour ground = half.mean().scaled(0.35f * scene.light().sky().luminance() + 0.15f);
        new Shading(scene.light(), ground, variety.gloss(), variety.polish()).lay(surface, canvas);
    }
}
