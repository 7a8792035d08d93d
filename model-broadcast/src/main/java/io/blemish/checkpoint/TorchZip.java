package io.blemish.checkpoint;

import static io.blemish.checkpoint.MalformedFileException.require;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.zip.ZipEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/**
 * The zip that {@code torch.save} writes: stored entries below one folder, read where they lie in the mapped file.
 *
 * <p>Nothing is decompressed or extracted. An archive with compressed, encrypted, doubled or overlapping entries, or
 * with a name that leaves the folder, was not written by PyTorch and is refused as a whole.
 */
final class TorchZip {
    private record Extent(long offset, long length) {}

    private static final int MAX_ENTRIES = 200_000;

    private final MappedFile file;
    private final Map<String, Extent> extents = new HashMap<>();
    private String folder;
    private long total;

    private TorchZip(MappedFile file) {
        this.file = file;
    }

    static TorchZip open(Path path, MappedFile file) throws MalformedFileException {
        TorchZip archive = new TorchZip(file);
        try (ZipFile zip = ZipFile.builder().setPath(path).get()) {
            Iterator<ZipArchiveEntry> entries = zip.getEntries().asIterator();
            while (entries.hasNext()) {
                archive.add(entries.next());
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new MalformedFileException("it is not a whole zip archive: " + e.getMessage());
        }

        return archive;
    }

    /** Whether there is an entry of that name below the folder. */
    boolean contains(String name) {
        return extents.containsKey(name);
    }

    long length(String name) throws MalformedFileException {
        return extent(name).length;
    }

    /** A part of an entry, which must lie within it and take less than 2 GiB. */
    ByteBuffer window(String name, long from, long length) throws MalformedFileException {
        return file.window(extent(name).offset + from, length);
    }

    private Extent extent(String name) throws MalformedFileException {
        Extent extent = extents.get(name);
        require(extent != null, "it has no entry " + name);
        return extent;
    }

    private void add(ZipArchiveEntry entry) throws MalformedFileException {
        String name = entry.getName();
        int slash = name.indexOf('/');
        require(
                slash > 0 && !name.contains("..") && !name.contains("\\") && !name.contains("//"),
                "its entry " + name + " does not lie below one folder");
        require(
                !name.startsWith("code/", slash + 1),
                "it is a TorchScript program, and programs of others are never run");
        requireStored(entry);
        String root = name.substring(0, slash);
        folder = folder == null ? root : folder;
        require(folder.equals(root), "its entries lie below two folders, " + folder + " and " + root);

        long offset = entry.getDataOffset();
        long length = entry.getSize();
        total += length;
        require(
                offset >= 0 && length >= 0 && length <= file.size() - offset && total <= file.size(),
                "its entry " + name + " is longer than the file allows");
        Extent other = extents.put(name.substring(slash + 1), new Extent(offset, length));
        require(other == null, "it has the entry " + name + " twice");
        require(extents.size() <= MAX_ENTRIES, "it has more than " + MAX_ENTRIES + " entries");
    }

    private static void requireStored(ZipArchiveEntry entry) throws MalformedFileException {
        require(!entry.getGeneralPurposeBit().usesEncryption(), "its entry " + entry.getName() + " is encrypted");
        require(
                entry.getMethod() == ZipEntry.STORED && entry.getSize() == entry.getCompressedSize(),
                "its entry " + entry.getName() + " is compressed, as PyTorch never does");
    }
}
