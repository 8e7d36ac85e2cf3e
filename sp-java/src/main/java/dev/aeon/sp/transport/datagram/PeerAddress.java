package dev.aeon.sp.transport.datagram;

import java.util.Arrays;

/**
 * Where a peer is.
 *
 * @param address four octets or sixteen; not to be written to
 * @param port of the carrier, 0 to 65535
 * @param scope of a link-local address; 0 for none
 */
@SuppressWarnings("ArrayRecordComponent") // equality is by content, below
public record PeerAddress(byte[] address, int port, int scope) {
  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof PeerAddress that
            && port == that.port
            && scope == that.scope
            && Arrays.equals(address, that.address));
  }

  @Override
  public int hashCode() {
    return (Arrays.hashCode(address) * 31 + port) * 31 + scope;
  }

  @Override
  public String toString() {
    return "PeerAddress[address=%s, port=%d, scope=%d]"
        .formatted(Arrays.toString(address), port, scope);
  }
}
