package io.blemish.broadcast;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * The processor of this machine, as far as the choice of a precision asks.
 *
 * @param model the name that the operating system gives it
 * @param features its instruction sets, by the names of Linux's {@code /proc/cpuinfo}
 */
public record Processor(String model, Set<String> features) {
    private static final Path CPUINFO = Path.of("/proc/cpuinfo");

    /** Copies the set. */
    public Processor {
        features = Set.copyOf(features);
    }

    /** The processor of this host; one without known features where there is no {@code /proc/cpuinfo}. */
    public static Processor ofHost() {
        try {
            return of(Files.readAllLines(CPUINFO));
        } catch (IOException e) {
            return new Processor(System.getProperty("os.arch"), Set.of());
        }
    }

    static Processor of(List<String> cpuinfo) {
        return new Processor(
                value(cpuinfo, "model name"),
                Set.copyOf(Arrays.asList(value(cpuinfo, "flags").split("\\s+"))));
    }

    /** Whether it multiplies matrices of bfloat16 in hardware, so that bf16 is faster than fp32 and not slower. */
    public boolean computesBfloat16() {
        return features.contains("avx512_bf16") || features.contains("amx_bf16");
    }

    private static String value(List<String> cpuinfo, String key) {
        return cpuinfo.stream()
                .filter(line -> line.startsWith(key))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("");
    }
}
