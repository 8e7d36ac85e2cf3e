package dev.aeon.sp.transport;

import dev.aeon.bindings.posix.PeerCredentials;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the other end of a pipe and of the way to it; fixed from when it opens.
 *
 * @param localAddress this end, as a URL
 * @param remoteAddress the other end, as a URL; ipc, abstract and inproc have one name for both
 * @param credentials the process at the other end as the kernel saw it when it connected; null
 *     where the transport cannot know
 * @param tls what was negotiated and shown; null where the connection is not ciphered
 */
public record PeerProperties(
    String localAddress,
    String remoteAddress,
    @Nullable PeerCredentials credentials,
    @Nullable TlsProperties tls) {

  /** The same, of a connection that TLS ciphers; null where none does. */
  public PeerProperties withTls(@Nullable TlsProperties negotiated) {
    return new PeerProperties(localAddress, remoteAddress, credentials, negotiated);
  }

  /** Of a pipe of which only the addresses are known. */
  public static PeerProperties ofAddresses(String localAddress, String remoteAddress) {
    return new PeerProperties(localAddress, remoteAddress, null, null);
  }
}
