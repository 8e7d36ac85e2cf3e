package dev.aeon.spoke.registry;

import dev.aeon.spoke.model.ModuleContent;
import dev.aeon.spoke.model.ProtoPath;
import dev.aeon.spoke.model.SpokeException;
import dev.aeon.spoke.model.Violation;
import dev.aeon.spoke.protoc.WellKnownTypes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Refuses content that the compiler would take and that readers would stumble over. */
final class ContentCheck {
  private static final String WELL_KNOWN = "google/protobuf/";

  private ContentCheck() {}

  /**
   * Checks all files.
   *
   * @throws SpokeException {@code INVALID_SCHEMA} with a violation for each file that is no text,
   *     or that pretends to be one of the well-known types
   */
  static void check(ModuleContent content) {
    List<Violation> violations = new ArrayList<>();
    content
        .files()
        .forEach((path, bytes) -> {
          notText(path, bytes).ifPresent(violations::add);
          decoy(path, bytes).ifPresent(violations::add);
        });
    if (!violations.isEmpty()) {
      throw new SpokeException(
          SpokeException.Code.INVALID_SCHEMA,
          "files that cannot be taken, violations=" + violations.size(),
          violations);
    }
  }

  private static Optional<Violation> notText(ProtoPath path, byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    CoderResult result = decoder.decode(buffer, CharBuffer.allocate(bytes.length), true);
    int end = result.isError() ? buffer.position() : indexOfNul(bytes);
    return end < 0
        ? Optional.empty()
        : Optional.of(new Violation(path.value(), lineOf(bytes, end), 1, "TEXT", "not UTF-8 text"));
  }

  private static int indexOfNul(byte[] bytes) {
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == 0) {
        return i;
      }
    }
    return -1;
  }

  private static int lineOf(byte[] bytes, int end) {
    int line = 1;
    for (int i = 0; i < end; i++) {
      line += bytes[i] == '\n' ? 1 : 0;
    }
    return line;
  }

  /**
   * A well-known type's file is taken only where it is the very one that comes with the compiler.
   */
  private static Optional<Violation> decoy(ProtoPath path, byte[] bytes) {
    if (!path.value().startsWith(WELL_KNOWN) || Arrays.equals(bytes, bundled(path.value()))) {
      return Optional.empty();
    }
    return Optional.of(
        new Violation(path.value(), 0, 0, "WELL_KNOWN", "the well-known types cannot be replaced"));
  }

  private static byte[] bundled(String path) {
    try {
      return WellKnownTypes.text(path).orElse(new byte[0]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
