package io.blemish.cluster;

import java.util.List;
import java.util.stream.Stream;

/** What Spark needs opened on Java 17 when it runs on a plain class path. */
final class SparkOpens {
    static final List<String> ARGUMENTS = Stream.of(
                    "java.lang",
                    "java.lang.invoke",
                    "java.lang.reflect",
                    "java.io",
                    "java.net",
                    "java.nio",
                    "java.util",
                    "java.util.concurrent",
                    "java.util.concurrent.atomic",
                    "jdk.internal.ref",
                    "sun.nio.ch",
                    "sun.nio.cs",
                    "sun.security.action",
                    "sun.util.calendar")
            .map(name -> "--add-opens=java.base/" + name + "=ALL-UNNAMED")
            .toList();

    private SparkOpens() {}
}
