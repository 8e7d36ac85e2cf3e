package dev.aeon.sp.transport.ws;

import dev.aeon.sp.transport.CloseReason;
import dev.aeon.sp.transport.stream.ByteStream;
import dev.aeon.sp.transport.stream.MessageStream.Progress;
import dev.aeon.sp.transport.stream.StreamException;
import java.security.SecureRandom;
import java.util.Base64;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;

/** Asks for the upgrade and judges the answer. */
final class ClientOpening extends Opening {
  private static final int KEY_BYTE_SIZE = 16;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final String subprotocol;
  private final String key;

  ClientOpening(ByteStream connection, WebSocketAddress address, String subprotocol) {
    super(connection);
    this.subprotocol = subprotocol;
    byte[] random = new byte[KEY_BYTE_SIZE];
    RANDOM.nextBytes(random);
    this.key = Base64.getEncoder().encodeToString(random);
    say(HttpCodec.bytes(request(address)));
  }

  private BasicClassicHttpRequest request(WebSocketAddress address) {
    BasicClassicHttpRequest request = new BasicClassicHttpRequest("GET", address.path());
    request.addHeader(HttpHeaders.HOST, address.authority());
    request.addHeader(UpgradeRules.UPGRADE, UpgradeRules.WEBSOCKET);
    request.addHeader(UpgradeRules.CONNECTION, UpgradeRules.UPGRADE);
    request.addHeader(UpgradeRules.KEY, key);
    request.addHeader(UpgradeRules.PROTOCOL, subprotocol);
    request.addHeader(UpgradeRules.VERSION, UpgradeRules.VERSION_13);
    return request;
  }

  @Override
  Progress advance() throws StreamException {
    Progress sent = send();
    if (sent != Progress.COMPLETE) {
      return sent;
    }
    Progress received = receiveHead();
    if (received == Progress.COMPLETE) {
      check(HttpCodec.response(peerHead()));
    }
    return received;
  }

  private void check(ClassicHttpResponse response) throws StreamException {
    int status = response.getCode();
    if (status == HttpStatus.SC_BAD_REQUEST) {
      throw refused(CloseReason.WRONG_PROTOCOL, "server does not speak " + subprotocol);
    }
    if (status != HttpStatus.SC_SWITCHING_PROTOCOLS) {
      throw refused(CloseReason.MALFORMED_GREETING, "server refused the upgrade: status=" + status);
    }
    boolean upgraded =
        UpgradeRules.has(response, UpgradeRules.UPGRADE, UpgradeRules.WEBSOCKET)
            && UpgradeRules.has(response, UpgradeRules.CONNECTION, UpgradeRules.UPGRADE)
            && isAccepted(response);
    if (!upgraded) {
      throw refused(CloseReason.MALFORMED_GREETING, "server's upgrade is malformed");
    }
    if (!UpgradeRules.has(response, UpgradeRules.PROTOCOL, subprotocol)) {
      throw refused(CloseReason.WRONG_PROTOCOL, "server did not confirm " + subprotocol);
    }
  }

  private boolean isAccepted(ClassicHttpResponse response) {
    var accept = response.getFirstHeader(UpgradeRules.ACCEPT);
    return accept != null && accept.getValue().strip().equals(UpgradeRules.accept(key));
  }

  private static StreamException refused(CloseReason reason, String detail) {
    return new StreamException(reason, detail);
  }
}
