package dev.aeon.sp.transport.ws;

import dev.aeon.sp.transport.stream.StreamException;

/** HTTP heads from any bytes, as requests and as responses. */
public final class HttpHeadFuzz {
  private HttpHeadFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) {
    try {
      UpgradeRules.has(HttpCodec.request(input), UpgradeRules.CONNECTION, UpgradeRules.UPGRADE);
    } catch (StreamException e) {
      check(e);
    }
    try {
      UpgradeRules.has(HttpCodec.response(input), UpgradeRules.CONNECTION, UpgradeRules.UPGRADE);
    } catch (StreamException e) {
      check(e);
    }
  }

  private static void check(StreamException e) {
    if (!e.reason().isPeerFault()) {
      throw new AssertionError("a malformed head is the peer's fault", e);
    }
  }
}
