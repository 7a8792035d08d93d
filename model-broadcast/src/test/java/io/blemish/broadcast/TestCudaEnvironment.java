package io.blemish.broadcast;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestCudaEnvironment {
    @TempDir
    private Path folder;

    @Test
    void numberedDeviceFilesAreGpus() throws IOException {
        for (String name :
                List.of("nvidia0", "nvidia3", "nvidia10", "nvidiactl", "nvidia-uvm", "nvidia-caps", "null")) {
            Files.createFile(folder.resolve(name));
        }
        assertThat(CudaEnvironment.deviceFiles(folder)).isEqualTo(3);
    }

    @Test
    void withoutAFolderOfDevicesTheirNumberIsUnknown() {
        assertThat(CudaEnvironment.deviceFiles(folder.resolve("absent"))).isZero();
    }
}
