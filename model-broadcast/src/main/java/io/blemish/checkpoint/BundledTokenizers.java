package io.blemish.checkpoint;

/** The native library of Hugging Face's tokenizers that comes with DJL. */
final class BundledTokenizers {
    private BundledTokenizers() {}

    /** Keeps DJL from looking for a CUDA build of the library, which it would download, and from reporting its use. */
    static void use() {
        setIfAbsent("RUST_FLAVOR", "cpu");
        setIfAbsent("OPT_OUT_TRACKING", "true");
    }

    private static void setIfAbsent(String key, String value) {
        if (System.getenv(key) == null && System.getProperty(key) == null) {
            System.setProperty(key, value);
        }
    }
}
