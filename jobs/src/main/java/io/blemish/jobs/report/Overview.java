package io.blemish.jobs.report;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the warehouse holds, and what became of it.
 *
 * @param images distinct photographs
 * @param inspected those that were inspected with the report's encoder and knowledge base
 * @param failed those whose inspection failed
 * @param defective inspected ones that are defective
 * @param review inspected ones that somebody should look at
 * @param captured when the first and the last inspected photograph was taken, where that is known
 * @param verdicts inspected photographs by verdict, the most frequent first
 * @param severities defective photographs by severity, the most severe first
 * @param failures failed photographs by the code of the error
 * @param files what became of every listed file
 * @param runs the newest finished run of each job that worked on images
 */
record Overview(
        long images,
        long inspected,
        long failed,
        long defective,
        long review,
        Optional<Period> captured,
        List<Count> verdicts,
        List<Count> severities,
        List<Count> failures,
        Files files,
        List<Run> runs) {
    Overview {
        requireNonNull(captured, "captured is null");
        verdicts = List.copyOf(verdicts);
        severities = List.copyOf(severities);
        failures = List.copyOf(failures);
        requireNonNull(files, "files is null");
        runs = List.copyOf(runs);
    }

    /** From the first to the last moment, both included. */
    record Period(Instant first, Instant last) {}

    /**
     * What became of the listed files.
     *
     * @param ok taken in, duplicates included
     * @param rejections rejected ones by code, the most frequent first
     */
    record Files(long ok, List<Count> rejections) {
        Files {
            rejections = List.copyOf(rejections);
        }

        long rejected() {
            return rejections.stream().mapToLong(Count::count).sum();
        }

        long listed() {
            return ok + rejected();
        }
    }

    /**
     * A run that has finished its work.
     *
     * @param job as on the command line
     * @param at when it ended
     * @param imagesPerSecond from its start to its end
     * @param machine what it ran on, in a few words
     */
    record Run(String job, Instant at, double imagesPerSecond, String machine) {
        Run {
            requireNonNull(job, "job is null");
            requireNonNull(at, "at is null");
            requireNonNull(machine, "machine is null");
        }
    }

    /** Photographs that are not inspected yet. */
    long left() {
        return Math.max(0, images - inspected - failed);
    }

    /** The share of inspected photographs that are defective; 0 when there are none. */
    double defectiveShare() {
        return inspected == 0 ? 0 : (double) defective / inspected;
    }
}
