package io.blemish.broadcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blemish.error.UserException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class TestNativeGuard {
    @Test
    void secondClassLoaderIsToldTheCure() throws Exception {
        NativeGuard.claim();
        NativeGuard.claim();

        URL[] classes = {
            NativeGuard.class.getProtectionDomain().getCodeSource().getLocation(),
            UserException.class.getProtectionDomain().getCodeSource().getLocation()
        };
        try (URLClassLoader second = new URLClassLoader(classes, ClassLoader.getPlatformClassLoader())) {
            Method claim = second.loadClass(NativeGuard.class.getName()).getDeclaredMethod("claim");
            claim.setAccessible(true);
            assertThatThrownBy(() -> claim.invoke(null))
                    .isInstanceOf(InvocationTargetException.class)
                    .cause()
                    .hasMessageStartingWith("Cannot load a model in this JVM: Blemish was loaded a second time, by"
                            + " java.net.URLClassLoader@")
                    .hasMessageContaining("and the natives belong to " + System.getProperty(NativeGuard.OWNER))
                    .hasMessageContainingAll("--jars at submit", "spark.executor.extraClassPath");
        }
    }

    @Test
    void firstClassLoaderOwnsTheNatives() {
        Properties system = new Properties();
        ClassLoader first = getClass().getClassLoader();
        NativeGuard.claim(first, system);
        String owner = system.getProperty(NativeGuard.OWNER);
        assertThatThrownBy(() -> NativeGuard.claim(ClassLoader.getPlatformClassLoader(), system))
                .isInstanceOf(UserException.class)
                .hasMessageContaining(owner);
        assertThat(system).containsEntry(NativeGuard.OWNER, owner);
    }
}
