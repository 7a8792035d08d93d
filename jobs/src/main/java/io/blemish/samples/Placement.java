package io.blemish.samples;

import java.util.ArrayList;
import java.util.List;

/** Finds places for the defects: where they can be seen, whole, apart from each other, and inside the centre square. */
final class Placement {
    private static final int ATTEMPTS = 400;

    private final Surface surface;
    private final Canvas canvas;
    private final Variety variety;
    private final Dice dice;
    private final float area;
    private final List<Placed> placed = new ArrayList<>();

    private Placement(Surface surface, Canvas canvas, int fruitPixels, Variety variety, Dice dice) {
        this.surface = surface;
        this.canvas = canvas;
        this.variety = variety;
        this.dice = dice;
        float radius = surface.pose().radius();
        this.area = fruitPixels / (radius * radius);
    }

    static List<Placed> place(
            Surface surface, Canvas canvas, int fruitPixels, Variety variety, List<Defect> defects, Dice dice) {
        Placement placement = new Placement(surface, canvas, fruitPixels, variety, dice);
        defects.forEach(placement::add);
        return placement.placed;
    }

    /**
     * A defect and its place.
     *
     * @param seen as captions tell of it
     * @param reach how far it extends, in radii
     */
    record Placed(Defect defect, Patch patch, Captions.Seen seen, float reach) {
        void paint(Surface surface, Variety variety, Dice dice) {
            switch (defect) {
                case GREEN_MOULD -> Moulds.green(surface, patch, dice);
                case BLUE_MOULD -> Moulds.blue(surface, patch, dice);
                case WHITE_MOULD -> Moulds.white(surface, patch, dice);
                case SOFT_ROT -> Decays.softRot(surface, patch, dice);
                case DARK_SPOTS -> Wounds.spots(surface, patch, dice);
                case BRUISE -> Decays.bruise(surface, patch, dice);
                case CUT -> Wounds.cut(surface, patch, dice, variety.flesh());
                case WRINKLED_SKIN -> Decays.wrinkles(surface, patch, dice);
                case SCAB -> Wounds.scab(surface, patch, dice);
                case DISCOLOURATION -> Decays.discolouration(surface, patch, dice);
            }
        }
    }

    private void add(Defect defect) {
        float size = (float) Math.pow(dice.unit(), 1.4);
        float flat = (float) Math.sqrt(area * defect.area(size) / Math.PI);
        int best = -1;
        float bestCost = Float.MAX_VALUE;
        for (int attempt = 0; attempt < ATTEMPTS && bestCost > 0; attempt++) {
            int i = dice.below(surface.width() * surface.height());
            if (surface.alpha[i] < 1) {
                continue;
            }
            float cost = cost(i, reach(defect, flat / (float) Math.sqrt(surface.nz[i]), size));
            if (cost < bestCost) {
                bestCost = cost;
                best = i;
            }
        }
        float radius = flat / (float) Math.sqrt(surface.nz[best]);
        Patch patch = new Patch(surface.u[best], surface.v[best], radius, size, (byte) (placed.size() + 1));
        placed.add(new Placed(defect, patch, seen(defect, patch, best), reach(defect, radius, size)));
    }

    private static float reach(Defect defect, float radius, float size) {
        return switch (defect) {
            case CUT -> Wounds.halfLength(size);
            case DARK_SPOTS -> radius * 2;
            case SCAB -> radius * 1.6f;
            default -> radius * 1.25f;
        };
    }

    /** 0 where the defect may be, more the worse the place is. */
    private float cost(int i, float reach) {
        Pose pose = surface.pose();
        float x = surface.left() + i % surface.width();
        float y = surface.top() + i / surface.width();
        float square = 0.5f * Math.min(canvas.width(), canvas.height());
        float room = square - reach * pose.radius() * 0.9f;
        float outside = Math.max(0, Math.abs(x - 0.5f * canvas.width()) - room)
                + Math.max(0, Math.abs(y - 0.5f * canvas.height()) - room);
        // The rim would hide a part of what reaches beyond it.
        float turned = Math.max(0, 0.6f + 0.22f * reach - surface.nz[i]);
        float stem = Math.max(0, 0.28f + 0.8f * reach - toStem(i));
        float crowded = 0;
        for (Placed other : placed) {
            float apart = (float) Math.hypot(
                    surface.u[i] - other.patch().u(),
                    surface.v[i] - other.patch().v());
            crowded += Math.max(0, reach + other.reach() - apart);
        }
        return outside / pose.radius() + 2 * turned + 0.7f * stem + 2 * crowded;
    }

    private float toStem(int i) {
        return (float) Math.hypot(surface.u[i], surface.v[i] + variety.stem() * 1.15f);
    }

    private Captions.Seen seen(Defect defect, Patch patch, int i) {
        Pose pose = surface.pose();
        float x = (surface.left() + i % surface.width() - pose.x()) / pose.radius();
        float y = (surface.top() + i / surface.width() - pose.y()) / pose.radius();
        return new Captions.Seen(defect, patch.size(), x, y, toStem(i) < 0.75f);
    }
}
