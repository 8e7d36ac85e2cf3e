package dev.aeon.spoke.model;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * SHA-256 over a module's files in path order: for each the length of its path in UTF-8, the path,
 * the length of its bytes, the bytes; lengths as 64-bit big-endian numbers.
 */
public record SchemaDigest(String value) {
  private static final String PREFIX = "sha256:";

  /** The digest of a module's content. */
  public static SchemaDigest of(ModuleContent content) {
    MessageDigest sha256 = sha256();
    content
        .files()
        .forEach((path, bytes) -> {
          update(sha256, path.value().getBytes(StandardCharsets.UTF_8));
          update(sha256, bytes);
        });
    return new SchemaDigest(PREFIX + HexFormat.of().formatHex(sha256.digest()));
  }

  /** The digest of files by path, as {@link ModuleContent} would have it. */
  public static SchemaDigest of(Map<String, byte[]> files) {
    Map<ProtoPath, byte[]> checked = new TreeMap<>();
    files.forEach((path, bytes) -> checked.put(new ProtoPath(path), bytes));
    return of(ModuleContent.of(checked));
  }

  /** The digest of one file's bytes alone. */
  public static SchemaDigest ofBytes(byte[] bytes) {
    return new SchemaDigest(PREFIX + HexFormat.of().formatHex(sha256().digest(bytes)));
  }

  /** The digest of one file's bytes, all of which a SHA-256 has been given. */
  public static SchemaDigest ofFinished(MessageDigest sha256) {
    return new SchemaDigest(PREFIX + HexFormat.of().formatHex(sha256.digest()));
  }

  /** An empty SHA-256. */
  public static MessageDigest newSha256() {
    return sha256();
  }

  private static void update(MessageDigest sha256, byte[] bytes) {
    sha256.update(ByteBuffer.allocate(Long.BYTES).putLong(bytes.length).flip());
    sha256.update(bytes);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
