package io.blemish.image;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The child process of {@link DecoderProcess}: decodes what comes on standard input, answers on standard output. */
final class DecoderMain {
    private DecoderMain() {}

    /** Serves until standard input ends, which it does when the parent closes it or dies. */
    public static void main(String[] arguments) throws IOException {
        // Standard output carries answers alone: what a codec prints goes to standard error.
        System.setOut(new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8));
        serve(
                new DataInputStream(new FileInputStream(FileDescriptor.in)),
                new DataOutputStream(new BufferedOutputStream(new FileOutputStream(FileDescriptor.out))));
    }

    /**
     * Reads requests in this thread while another decodes, so that the end of the input is seen, and ends the process,
     * also in the middle of an image that never ends.
     */
    private static void serve(DataInputStream requests, DataOutputStream answers) throws IOException {
        ImageDecoder decoder = new ImageDecoder(DecoderMessages.readOptions(requests));
        DecoderMessages.writeReady(answers);
        ExecutorService worker = Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, "decoder");
            thread.setDaemon(true);
            return thread;
        });
        Optional<DecoderMessages.Request> request = DecoderMessages.readRequest(requests);
        while (request.isPresent()) {
            DecoderMessages.Request next = request.get();
            worker.execute(() -> answer(decoder, next, answers));
            request = DecoderMessages.readRequest(requests);
        }
    }

    private static void answer(ImageDecoder decoder, DecoderMessages.Request request, DataOutputStream answers) {
        try {
            DecodedImage image;
            try {
                image = decoder.decode(request.content(), request.targetSide());
            } catch (ImageRejectedException e) {
                DecoderMessages.writeRejected(answers, e);
                return;
            } catch (RuntimeException | LinkageError | StackOverflowError e) {
                DecoderMessages.writeFault(answers, e);
                return;
            }

            DecoderMessages.writeDecoded(answers, image);
        } catch (IOException e) {
            throw new UncheckedIOException("The answer could not be sent to the parent process", e);
        }
    }
}
