package io.blemish.samples;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts details out of a photograph: squares of about a third of its shorter side that show defects whole, or sound skin
 * and nothing else.
 *
 * <p>On a whole photograph a defect covers one point in fifty, and a model that starts from random weights does not find
 * it. In a detail it covers one in six: what it looks like is learned there, at the scale at which the whole photograph
 * shows it later.
 */
final class Regions {
    private static final int DEFECTIVE = 3;
    private static final int SOUND = 2;
    private static final int ATTEMPTS = 25;

    /** A defect of which more than the least and less than the most is in the region is neither there nor absent. */
    private static final double LEAST = 0.05;

    private static final double MOST = 0.75;

    private final Canvas canvas;
    private final Pose pose;
    private final Variety variety;
    private final List<Placement.Placed> placed;
    private final List<byte[]> masks;
    private final Dice dice;
    private final List<Region> regions = new ArrayList<>();

    private Regions(
            Canvas canvas, Pose pose, Variety variety, List<Placement.Placed> placed, List<byte[]> masks, Dice dice) {
        this.canvas = canvas;
        this.pose = pose;
        this.variety = variety;
        this.placed = placed;
        this.masks = masks;
        this.dice = dice;
    }

    /**
     * Regions of a photograph; fewer, or none, where none of the places tried will do.
     *
     * @param masks of each defect, as in {@link Photograph}
     */
    static List<Region> of(
            Canvas canvas, Pose pose, Variety variety, List<Placement.Placed> placed, List<byte[]> masks, Dice dice) {
        Regions regions = new Regions(canvas, pose, variety, placed, masks, dice);
        for (int i = 0; i < DEFECTIVE && !placed.isEmpty(); i++) {
            regions.addAround(Box.of(masks.get(i % placed.size()), canvas.width()));
        }
        for (int i = 0; i < (placed.isEmpty() ? SOUND : 1); i++) {
            regions.addSound();
        }
        return regions.regions;
    }

    /** The smallest rectangle around a mask: first and last column, first and last row. */
    private record Box(int left, int right, int top, int bottom) {
        static Box of(byte[] mask, int width) {
            int left = width;
            int right = -1;
            int top = Integer.MAX_VALUE;
            int bottom = -1;
            for (int i = 0; i < mask.length; i++) {
                if (mask[i] != 0) {
                    left = Math.min(left, i % width);
                    right = Math.max(right, i % width);
                    top = Math.min(top, i / width);
                    bottom = Math.max(bottom, i / width);
                }
            }
            return new Box(left, right, top, bottom);
        }
    }

    private void addAround(Box box) {
        for (int attempt = 0; attempt < ATTEMPTS && box.right >= 0; attempt++) {
            int side = side();
            int left = begin(box.left, box.right, side, canvas.width());
            int top = begin(box.top, box.bottom, side, canvas.height());
            if (add(left, top, side, Wanted.DEFECTS)) {
                return;
            }
        }
    }

    private void addSound() {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int side = side();
            int left = Math.round(pose.x() + dice.between(-0.6f, 0.6f) * pose.radius()) - side / 2;
            int top = Math.round(pose.y() + dice.between(-0.6f, 0.6f) * pose.radius()) - side / 2;
            if (add(inside(left, side, canvas.width()), inside(top, side, canvas.height()), side, Wanted.SOUND_SKIN)) {
                return;
            }
        }
    }

    private int side() {
        int shorter = Math.min(canvas.width(), canvas.height());
        return Math.max(16, Math.round(dice.between(0.29f, 0.38f) * shorter));
    }

    /** Where a region begins that holds first to last, or as much of them as it has room for. */
    private int begin(int first, int last, int side, int length) {
        int margin = side / 12;
        int lowest = last + margin - side;
        int highest = first - margin;
        return inside(dice.between(Math.min(lowest, highest), Math.max(lowest, highest)), side, length);
    }

    private static int inside(int begin, int side, int length) {
        return Math.max(0, Math.min(begin, length - side));
    }

    private enum Wanted {
        DEFECTS,
        SOUND_SKIN
    }

    private boolean add(int left, int top, int side, Wanted wanted) {
        List<Captions.Seen> seen = new ArrayList<>();
        for (int i = 0; i < placed.size(); i++) {
            double share = share(masks.get(i), left, top, side);
            if (share > MOST) {
                seen.add(placed.get(i).seen().anywhere());
            } else if (share > LEAST) {
                return false;
            }
        }
        if (seen.isEmpty() == (wanted == Wanted.DEFECTS)) {
            return false;
        }
        regions.add(new Region(left, top, side, Captions.of(variety, seen, dice)));
        return true;
    }

    /** The share of the mask that lies in the region. */
    private double share(byte[] mask, int left, int top, int side) {
        int inside = 0;
        int all = 0;
        for (int i = 0; i < mask.length; i++) {
            if (mask[i] != 0) {
                int x = i % canvas.width() - left;
                int y = i / canvas.width() - top;
                all++;
                inside += x >= 0 && x < side && y >= 0 && y < side ? 1 : 0;
            }
        }
        return all == 0 ? 0 : (double) inside / all;
    }
}
