package io.blemish.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TestProvenance {
    private static final LocalDate LAST = LocalDate.of(2026, 6, 30);
    private static final SampleOptions.Mix MIX = SampleOptions.of(1).mix();

    /** A fruit's papers and defects, without its picture. */
    private record Case(Provenance from, List<Defect> defects) {
        static Case of(int index) {
            Dice dice = new Dice(17, index);
            Provenance from = Provenance.of(dice, LAST);
            return new Case(from, Choice.of(dice, MIX, from));
        }

        Case withOutbreak(Dice dice) {
            return new Case(from.withOutbreak(defects, dice, LAST), defects);
        }
    }

    private static final List<Case> CASES =
            IntStream.range(0, 40_000).mapToObj(Case::of).toList();

    @Test
    void greenMouldRisesInTheNorth() {
        assertThat(share("north", Defect.GREEN_MOULD, 2) / share("north", Defect.GREEN_MOULD, 0))
                .isGreaterThan(2);
        assertThat(share("south", Defect.GREEN_MOULD, 2) / share("south", Defect.GREEN_MOULD, 0))
                .isBetween(0.75, 1.35);
    }

    @Test
    void bruisesFallInTheSouth() {
        assertThat(share("south", Defect.BRUISE, 2) / share("south", Defect.BRUISE, 0))
                .isLessThan(0.5);
        assertThat(share("harbour", Defect.BRUISE, 2) / share("harbour", Defect.BRUISE, 0))
                .isBetween(0.75, 1.35);
    }

    @Test
    void restHasNoTrend() {
        assertThat(share("harbour", Defect.SCAB, 2) / share("harbour", Defect.SCAB, 0))
                .isBetween(0.75, 1.35);
        double sound = CASES.stream().filter(each -> each.defects().isEmpty()).count() / (double) CASES.size();
        assertThat(sound).isBetween(0.39, 0.41);
    }

    /** How many of a site's fruit have a defect in one third of the time. */
    private static double share(String site, Defect defect, int third) {
        List<Case> there = CASES.stream()
                .filter(each ->
                        each.from().site().equals(site) && (int) (each.from().progress() * 3) == third)
                .toList();
        return there.stream().filter(each -> each.defects().contains(defect)).count() / (double) there.size();
    }

    @Test
    void greenMouldBreaksOutOnALine() {
        Instant outbreak =
                LAST.plusDays(1L - Provenance.OUTBREAK_DAYS).atStartOfDay().toInstant(ZoneOffset.UTC);
        List<Case> dated = IntStream.range(0, CASES.size())
                .mapToObj(i -> CASES.get(i).withOutbreak(new Dice(5, i)))
                .toList();
        for (int i = 0; i < dated.size(); i++) {
            Provenance before = CASES.get(i).from();
            Provenance from = dated.get(i).from();
            if (!from.equals(before)) {
                assertThat(dated.get(i).defects()).contains(Defect.GREEN_MOULD);
                assertThat(from.capturedAt()).isAfterOrEqualTo(outbreak);
                assertThat(Duration.between(before.capturedAt(), from.capturedAt())
                                        .toSeconds()
                                % 86_400)
                        .isZero();
                assertThat(from.line()).isEqualTo("north-1");
                assertThat(from.lot()).startsWith("N1-");
            }
        }
        List<Case> mouldy = dated.stream()
                .filter(each -> each.defects().contains(Defect.GREEN_MOULD))
                .toList();
        double late = mouldy.stream()
                        .filter(each -> each.from().line().equals("north-1")
                                && !each.from().capturedAt().isBefore(outbreak))
                        .count()
                / (double) mouldy.size();
        assertThat(late).isBetween(0.6, 0.7);
    }

    @Test
    void papersAgree() {
        Set<String> sites = new TreeSet<>();
        Set<String> lines = new TreeSet<>();
        Instant earliest = Instant.MAX;
        Instant latest = Instant.MIN;
        for (Case each : CASES) {
            Provenance from = each.from();
            sites.add(from.site());
            lines.add(from.line());
            earliest = from.capturedAt().isBefore(earliest) ? from.capturedAt() : earliest;
            latest = from.capturedAt().isAfter(latest) ? from.capturedAt() : latest;
        }
        assertThat(CASES.subList(0, 500)).extracting(Case::from).allSatisfy(from -> {
            assertThat(from.line()).startsWith(from.site() + "-");
            assertThat(from.lot()).matches("[NSH][12]-\\d{4}-[AB]");
        });
        assertThat(sites).hasSize(3);
        assertThat(lines).hasSize(6);
        assertThat(latest).isBefore(Instant.parse("2026-07-01T00:00:00Z"));
        assertThat(Duration.between(earliest, latest).toDays()).isEqualTo(Provenance.DAYS - 1L);
    }
}
