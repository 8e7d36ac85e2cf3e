package dev.aeon.sp.transport.ws;

import dev.aeon.sp.transport.CloseReason;
import dev.aeon.sp.transport.stream.ByteStream;
import dev.aeon.sp.transport.stream.MessageStream.Progress;
import dev.aeon.sp.transport.stream.StreamException;
import java.util.Base64;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;
import org.jspecify.annotations.Nullable;

/** Judges the wish for an upgrade and answers it. */
final class ServerOpening extends Opening {
  private static final int KEY_BYTE_SIZE = 16;

  private final WebSocketAddress address;
  private final String subprotocol;
  private boolean answered;
  private @Nullable StreamException refusal;

  ServerOpening(ByteStream connection, WebSocketAddress address, String subprotocol) {
    super(connection);
    this.address = address;
    this.subprotocol = subprotocol;
  }

  @Override
  Progress advance() throws StreamException {
    if (!answered) {
      Progress received = receiveHead();
      if (received != Progress.COMPLETE) {
        return received;
      }
      answer();
    }
    Progress sent = send();
    if (sent == Progress.COMPLETE && refusal != null) {
      throw refusal;
    }
    return sent;
  }

  private void answer() {
    answered = true;
    try {
      ClassicHttpRequest request = HttpCodec.request(peerHead());
      if (isUpgrade(request)) {
        accept(request);
      }
    } catch (StreamException e) {
      refuse(HttpStatus.SC_BAD_REQUEST, e);
    }
  }

  /** Whether all is as it should be; if not, the refusal was said. */
  private boolean isUpgrade(ClassicHttpRequest request) {
    if (!request.getMethod().equals("GET")) {
      return refuse(HttpStatus.SC_METHOD_NOT_ALLOWED, "method is not GET");
    }
    if (!request.getRequestUri().equals(address.path())) {
      return refuse(HttpStatus.SC_NOT_FOUND, "path is another");
    }
    if (!UpgradeRules.has(request, UpgradeRules.UPGRADE, UpgradeRules.WEBSOCKET)
        || !UpgradeRules.has(request, UpgradeRules.CONNECTION, UpgradeRules.UPGRADE)
        || !UpgradeRules.has(request, UpgradeRules.VERSION, UpgradeRules.VERSION_13)) {
      return refuse(HttpStatus.SC_UPGRADE_REQUIRED, "request is for no upgrade to websocket 13");
    }
    if (!isKey(keyOf(request)) || request.getFirstHeader(HttpHeaders.HOST) == null) {
      return refuse(HttpStatus.SC_BAD_REQUEST, "request lacks its key or host");
    }
    return UpgradeRules.has(request, UpgradeRules.PROTOCOL, subprotocol)
        || refuse(
            HttpStatus.SC_BAD_REQUEST,
            new StreamException(
                CloseReason.WRONG_PROTOCOL, "client does not ask for " + subprotocol));
  }

  private static String keyOf(ClassicHttpRequest request) {
    var key = request.getFirstHeader(UpgradeRules.KEY);
    return key == null ? "" : key.getValue().strip();
  }

  private static boolean isKey(String key) {
    try {
      return Base64.getDecoder().decode(key).length == KEY_BYTE_SIZE;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private void accept(ClassicHttpRequest request) {
    BasicClassicHttpResponse response =
        new BasicClassicHttpResponse(HttpStatus.SC_SWITCHING_PROTOCOLS, "Switching Protocols");
    response.addHeader(UpgradeRules.UPGRADE, UpgradeRules.WEBSOCKET);
    response.addHeader(UpgradeRules.CONNECTION, UpgradeRules.UPGRADE);
    response.addHeader(UpgradeRules.ACCEPT, UpgradeRules.accept(keyOf(request)));
    response.addHeader(UpgradeRules.PROTOCOL, subprotocol);
    say(HttpCodec.bytes(response));
  }

  private boolean refuse(int status, String detail) {
    return refuse(status, new StreamException(CloseReason.MALFORMED_GREETING, detail));
  }

  private boolean refuse(int status, StreamException cause) {
    refusal = cause;
    BasicClassicHttpResponse response = new BasicClassicHttpResponse(status);
    response.addHeader(HttpHeaders.CONTENT_LENGTH, 0);
    response.addHeader(UpgradeRules.CONNECTION, "close");
    if (status == HttpStatus.SC_UPGRADE_REQUIRED) {
      response.addHeader(UpgradeRules.UPGRADE, UpgradeRules.WEBSOCKET);
      response.addHeader(UpgradeRules.VERSION, UpgradeRules.VERSION_13);
    }
    say(HttpCodec.bytes(response));
    return false;
  }
}
