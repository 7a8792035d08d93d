package io.blemish.broadcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blemish.error.InternalException;
import io.blemish.error.UserException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Random;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TestModelBroadcast {
    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {LocalSpark.JAVA_SERIALIZER, LocalSpark.KRYO_SERIALIZER})
    void tasksReadWhatTheDriverPublished(String serializer) throws IOException {
        byte[] model = random(ModelBroadcast.PIECE_BYTES + 1000);
        Path file = Files.write(directory.resolve("model.pt"), model);
        String folder = directory.toString();
        try (LocalSpark spark = LocalSpark.start(serializer);
                ModelBroadcast broadcast = ModelBroadcast.publish(spark.session(), "abc", file)) {
            assertThat(broadcast.pieces()).isEqualTo(2);
            assertThat(broadcast.length()).isEqualTo(model.length);

            List<String> files = JavaSparkContext.fromSparkContext(
                            spark.session().sparkContext())
                    .parallelize(List.of(1, 2), 2)
                    .map(item -> broadcast.materialise(Path.of(folder)).toString())
                    .collect();

            assertThat(files).hasSize(2).doesNotHaveDuplicates();
            for (String written : files) {
                assertThat(Files.readAllBytes(Path.of(written))).isEqualTo(model);
                assertThat(Files.getPosixFilePermissions(Path.of(written)))
                        .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
            }
        }
    }

    @Test
    void handleIsSmallAndSurvivesJavaSerialisation() throws Exception {
        try (LocalSpark spark = LocalSpark.start();
                ModelBroadcast broadcast = publish(spark.session(), random(5_000_000))) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (ObjectOutputStream target = new ObjectOutputStream(bytes)) {
                target.writeObject(broadcast);
            }

            assertThat(bytes.size()).isLessThan(5000);
            try (ObjectInputStream source = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
                ModelBroadcast copy = (ModelBroadcast) source.readObject();
                assertThat(copy.materialise(directory)).hasSize(5_000_000);
                assertThatThrownBy(copy::close)
                        .isInstanceOf(InternalException.class)
                        .hasMessageContaining("only the driver that published it");
            }
        }
    }

    @Test
    void handleSurvivesKryo() {
        try (LocalSpark spark = LocalSpark.start();
                ModelBroadcast broadcast = publish(spark.session(), random(5000))) {
            org.apache.spark.serializer.SerializerInstance kryo = new org.apache.spark.serializer.KryoSerializer(
                            spark.session()
                                    .sparkContext()
                                    .conf()
                                    .clone()
                                    .set("spark.kryo.registrationRequired", "false"))
                    .newInstance();
            scala.reflect.ClassTag<ModelBroadcast> tag = scala.reflect.ClassTag$.MODULE$.apply(ModelBroadcast.class);
            ByteBuffer bytes = kryo.serialize(broadcast, tag);
            ModelBroadcast copy = kryo.deserialize(bytes, tag);
            assertThat(copy.materialise(directory)).hasSize(5000);
            assertThatThrownBy(copy::close).isInstanceOf(InternalException.class);
        }
    }

    @Test
    void piecesAreReadAgainAfterUnpersist() {
        try (LocalSpark spark = LocalSpark.start()) {
            ModelBroadcast broadcast = publish(spark.session(), random(3000));
            broadcast.close();
            broadcast.close();
            assertThat(broadcast.materialise(directory)).hasSize(3000);
        }
    }

    @Test
    void damageIsFoundAndTheFileRemoved() throws IOException {
        try (LocalSpark spark = LocalSpark.start()) {
            Broadcast<byte[]> piece = JavaSparkContext.fromSparkContext(
                            spark.session().sparkContext())
                    .broadcast(new byte[] {1, 2, 3});
            ModelBroadcast broadcast = new ModelBroadcast("abc", "0".repeat(64), 3, List.of(piece));
            assertThatThrownBy(() -> broadcast.materialise(directory))
                    .isInstanceOf(InternalException.class)
                    .hasMessage("The model abc arrived damaged: its file has SHA-256"
                            + " 039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81 (3 bytes) where the"
                            + " driver sent " + "0".repeat(64) + " (3 bytes)");
            try (var files = Files.list(directory)) {
                assertThat(files).isEmpty();
            }
        }
    }

    @Test
    void fileThatCannotBeReadOrWrittenIsNamed() {
        try (LocalSpark spark = LocalSpark.start()) {
            Path absent = directory.resolve("absent.pt");
            assertThatThrownBy(() -> ModelBroadcast.publish(spark.session(), "abc", absent))
                    .isInstanceOf(UserException.class)
                    .hasMessage("Cannot publish a model: its file cannot be read (" + absent + "). Check the path.");

            ModelBroadcast broadcast = publish(spark.session(), random(10));
            assertThatThrownBy(() -> broadcast.materialise(directory.resolve("absent")))
                    .isInstanceOf(InternalException.class)
                    .hasMessageContaining("could not be written to " + directory.resolve("absent"));
        }
    }

    @Test
    void failureOfTheWriterIsReported() {
        try (LocalSpark spark = LocalSpark.start()) {
            assertThatThrownBy(() -> ModelBroadcast.publish(
                            spark.session(),
                            "abc",
                            target -> {
                                target.write(random(2000));
                                throw new IOException("no more");
                            },
                            1000))
                    .isInstanceOf(InternalException.class)
                    .hasMessageContaining("could not be packed")
                    .hasRootCauseMessage("no more");
        }
    }

    private static ModelBroadcast publish(SparkSession spark, byte[] model) {
        return ModelBroadcast.publish(spark, "abc", target -> target.write(model), 1 << 20);
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(1).nextBytes(bytes);
        return bytes;
    }
}
