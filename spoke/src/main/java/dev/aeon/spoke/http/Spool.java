package dev.aeon.spoke.http;

import dev.aeon.spoke.model.Blob;
import dev.aeon.spoke.model.SchemaDigest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;

/** A body that is made once on the disk and sent from there; closing removes it. */
final class Spool implements Blob, AutoCloseable {
  private static final int TAG_BYTES = 16;

  private final Path file;
  private final String tag;
  private final long byteSize;

  private Spool(Path file, String tag, long byteSize) {
    this.file = file;
    this.tag = tag;
    this.byteSize = byteSize;
  }

  /** Writes a body. */
  interface Writer {
    void writeTo(OutputStream out) throws IOException;
  }

  /** Makes a body, which the caller closes. */
  static Spool of(Writer writer) {
    try {
      Path file = Files.createTempFile("spoke-answer", null);
      try {
        return fill(file, writer);
      } catch (IOException | RuntimeException e) {
        Files.delete(file);
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make an answer on the disk", e);
    }
  }

  private static Spool fill(Path file, Writer writer) throws IOException {
    MessageDigest sha256 = SchemaDigest.newSha256();
    try (OutputStream out = new DigestOutputStream(Files.newOutputStream(file), sha256)) {
      writer.writeTo(out);
    }
    String tag = HexFormat.of().formatHex(sha256.digest(), 0, TAG_BYTES);
    return new Spool(file, tag, Files.size(file));
  }

  /** Of the digest of its bytes. */
  String tag() {
    return tag;
  }

  @Override
  public long byteSize() {
    return byteSize;
  }

  @Override
  public InputStream open(long byteOffset) throws IOException {
    return Blob.of(file).open(byteOffset);
  }

  @Override
  public void close() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove a spooled answer", e);
    }
  }
}
