package dev.aeon.sp.transport.ws;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.stream.Stream;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.MessageHeaders;

/** What both sides of an upgrade (RFC 6455, section 4) write and look for. */
final class UpgradeRules {
  static final String UPGRADE = "Upgrade";
  static final String CONNECTION = "Connection";
  static final String KEY = "Sec-WebSocket-Key";
  static final String ACCEPT = "Sec-WebSocket-Accept";
  static final String PROTOCOL = "Sec-WebSocket-Protocol";
  static final String VERSION = "Sec-WebSocket-Version";
  static final String WEBSOCKET = "websocket";
  static final String VERSION_13 = "13";

  private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  private UpgradeRules() {}

  /** Proves that the key was read. */
  static String accept(String key) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-1");
      byte[] hash = digest.digest((key + GUID).getBytes(StandardCharsets.US_ASCII));
      return Base64.getEncoder().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every platform has SHA-1", e);
    }
  }

  /** Whether a header's list has a token, in any case of letters. */
  static boolean has(MessageHeaders message, String header, String token) {
    return Arrays.stream(message.getHeaders(header))
        .map(Header::getValue)
        .flatMap(value -> Stream.of(value.split(",", -1)))
        .anyMatch(each -> each.strip().equalsIgnoreCase(token));
  }
}
