package dev.aeon.sp.wire;

import java.util.Arrays;

/** WebSocket frames from any bytes; the first says whose, the second in what pieces. */
public final class WebSocketFuzz implements WebSocketDecoder.Control {
  private static final long LIMIT = 1 << 16;

  private WebSocketFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) {
    if (input.length < 2) {
      return;
    }
    boolean masked = (input[0] & 1) == 0;
    try (WebSocketDecoder decoder = new WebSocketDecoder(masked, LIMIT, new WebSocketFuzz())) {
      FrameFuzz.feed(decoder, Arrays.copyOfRange(input, 2, input.length), 1 + (input[1] & 0xff));
    }
  }

  @Override
  public void ping(byte[] payload) {
    check(payload);
  }

  @Override
  public void closed(byte[] payload) {
    check(payload);
  }

  private static void check(byte[] payload) {
    if (payload.length > WebSocketHeader.MAX_CONTROL_BYTE_SIZE) {
      throw new AssertionError("control frame is too long: " + payload.length);
    }
  }
}
