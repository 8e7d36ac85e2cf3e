package dev.aeon.sp;

import dev.aeon.sp.transport.Transport;
import java.nio.charset.StandardCharsets;

/** URLs from any text: taken, or refused with a place in it. */
public final class UrlFuzz {
  private UrlFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) {
    String text = new String(input, StandardCharsets.UTF_8);
    parse(text);
    for (String scheme : Urls.schemes()) {
      parse(scheme + "://" + text);
    }
  }

  private static void parse(String url) {
    for (Transport.Direction direction : Transport.Direction.values()) {
      try {
        Urls.parse(url, direction);
      } catch (SpAddressException e) {
        if (e.index() < 0 || e.index() > url.length()) {
          throw new AssertionError("place is outside of the URL", e);
        }
      }
    }
  }
}
