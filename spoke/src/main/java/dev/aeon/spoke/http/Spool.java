package dev.aeon.spoke.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A body that is made once on the disk and sent from there; closing removes it. */
final class Spool implements AutoCloseable {
  private static final int TAG_BYTES = 16;

  private final Path file;
  private final String tag;
  private final int byteSize;

  private Spool(Path file, String tag, int byteSize) {
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
    MessageDigest sha256 = sha256();
    try (OutputStream out = new DigestOutputStream(Files.newOutputStream(file), sha256)) {
      writer.writeTo(out);
    }
    String tag = HexFormat.of().formatHex(sha256.digest(), 0, TAG_BYTES);
    return new Spool(file, tag, Math.toIntExact(Files.size(file)));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** Of the digest of its bytes. */
  String tag() {
    return tag;
  }

  int byteSize() {
    return byteSize;
  }

  /** Copies a part of it. */
  void copyTo(OutputStream out, ByteRange part) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      in.skipNBytes(part.from());
      byte[] buffer = new byte[1 << 16];
      int left = part.to() - part.from();
      while (left > 0) {
        int read = in.read(buffer, 0, Math.min(left, buffer.length));
        if (read < 0) {
          throw new IOException("a spooled answer was cut short");
        }
        out.write(buffer, 0, read);
        left -= read;
      }
    }
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
