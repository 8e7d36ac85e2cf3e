package dev.aeon.slabs.rpc;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/** The text of a frame that stands for an answer that cannot be given. */
final class Failures {
  private static final int MAX_BYTES = 1024;

  private Failures() {}

  static Body body(Throwable cause) {
    return body(cause.getClass().getSimpleName() + ": " + cause.getMessage());
  }

  static Body body(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    return Body.of(MemorySegment.ofArray(Arrays.copyOf(bytes, Math.min(bytes.length, MAX_BYTES))));
  }

  static RemoteFailureException read(Payload payload) {
    byte[] bytes = payload.toByteArray();
    return new RemoteFailureException(
        new String(bytes, 0, Math.min(bytes.length, MAX_BYTES), UTF_8));
  }
}
