package io.blemish.samples;

import java.util.ArrayList;
import java.util.List;

/** Which defects a fruit has. */
final class Choice {
    private Choice() {}

    /** None, one, two or three different ones, as the mix and the planted trends have it. */
    static List<Defect> of(Dice dice, SampleOptions.Mix mix, Provenance provenance) {
        int count = count(dice.unit(), mix);
        List<Defect> left = new ArrayList<>(List.of(Defect.values()));
        List<Defect> chosen = new ArrayList<>();
        while (chosen.size() < count) {
            double sum = left.stream().mapToDouble(provenance::frequency).sum();
            double point = sum * dice.unit();
            int i = 0;
            while (i < left.size() - 1 && point >= provenance.frequency(left.get(i))) {
                point -= provenance.frequency(left.get(i));
                i++;
            }
            chosen.add(left.remove(i));
        }
        return chosen;
    }

    private static int count(float point, SampleOptions.Mix mix) {
        if (point < mix.sound()) {
            return 0;
        }
        if (point < mix.sound() + mix.two()) {
            return 2;
        }
        return point < mix.sound() + mix.two() + mix.three() ? 3 : 1;
    }
}
