package dev.aeon.spoke.store.distributed;

import dev.aeon.spoke.model.Blob;
import dev.aeon.spoke.model.SchemaDigest;
import dev.aeon.spoke.store.Artifact;
import dev.aeon.spoke.store.StoreFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Many files as one object, a zip archive in a temporary file; the same files give the same bytes.
 */
record PackedFiles(Path file, SchemaDigest digest) implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PackedFiles.class);
  private static final String PREFIX = "spoke-artifact";

  /** Packs files; the caller closes the result, which removes the archive. */
  static PackedFiles pack(SortedMap<String, Blob> files) {
    try {
      Path file = Files.createTempFile(PREFIX, null);
      try {
        return new PackedFiles(file, write(files, file));
      } catch (IOException | RuntimeException e) {
        Files.delete(file);
        throw e;
      }
    } catch (IOException e) {
      throw StoreFailure.of("cannot pack files", e);
    }
  }

  private static SchemaDigest write(SortedMap<String, Blob> files, Path file) throws IOException {
    MessageDigest sha256 = SchemaDigest.newSha256();
    OutputStream digested = new DigestOutputStream(Files.newOutputStream(file), sha256);
    try (ZipOutputStream zip = new ZipOutputStream(digested)) {
      for (Map.Entry<String, Blob> each : files.entrySet()) {
        ZipEntry entry = new ZipEntry(each.getKey());
        entry.setTime(0);
        zip.putNextEntry(entry);
        try (InputStream in = each.getValue().open(0)) {
          in.transferTo(zip);
        }
      }
    }
    return SchemaDigest.ofFinished(sha256);
  }

  /** The files of an archive, which goes by a temporary file until they are closed. */
  static Artifact open(Blob packed) {
    try {
      Path file = Files.createTempFile(PREFIX, null);
      try (InputStream in = packed.open(0)) {
        Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
        return filesOf(new ZipFile(file.toFile()), file);
      } catch (IOException | RuntimeException e) {
        Files.delete(file);
        throw e;
      }
    } catch (IOException e) {
      throw StoreFailure.of("cannot unpack files", e);
    }
  }

  private static Artifact filesOf(ZipFile zip, Path file) {
    SortedMap<String, Blob> files = new TreeMap<>();
    zip.stream().forEach(entry -> files.put(entry.getName(), new PackedFile(zip, entry)));
    return new Artifact(files, () -> remove(zip, file));
  }

  private static void remove(ZipFile zip, Path file) {
    try (zip) {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      LOG.warn("cannot remove {}: {}", file, e.getMessage());
    }
  }

  /** One of the files. */
  private record PackedFile(ZipFile zip, ZipEntry entry) implements Blob {
    @Override
    public long byteSize() {
      return entry.getSize();
    }

    @Override
    public InputStream open(long byteOffset) throws IOException {
      InputStream in = zip.getInputStream(entry);
      in.skipNBytes(byteOffset);
      return in;
    }
  }

  @Override
  public void close() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      LOG.warn("cannot remove {}: {}", file, e.getMessage());
    }
  }
}
