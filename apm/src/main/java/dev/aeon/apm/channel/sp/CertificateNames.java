package dev.aeon.apm.channel.sp;

import dev.aeon.sp.PeerTls;
import dev.aeon.sp.Pipe;
import dev.aeon.sp.PipeListener;
import dev.aeon.sp.PullSocket;
import dev.aeon.sp.Registration;
import dev.aeon.sp.SpOptions;
import dev.aeon.sp.TlsConfig;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which agent each connection of a socket may speak for: the common name of its certificate, where
 * that is vouched for. Noted before a connection carries anything. Thread-safe.
 */
final class CertificateNames implements PipeListener {
  private static final int MAX_PIPES = 10_000;
  private static final String NOBODY = "";

  private final Map<Integer, String> names =
      Collections.synchronizedMap(
          new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Integer, String> eldest) {
              return size() > MAX_PIPES;
            }
          });

  private CertificateNames() {}

  /** Before the socket listens. */
  static CertificateNames watch(PullSocket socket, TlsConfig config) {
    CertificateNames names = new CertificateNames();
    socket.set(SpOptions.TLS, config);
    Registration _ = socket.onPipe(names);
    return names;
  }

  @Override
  public boolean admits(Pipe pipe) {
    String name =
        pipe.tls().filter(PeerTls::isVerified).flatMap(PeerTls::commonName).orElse(NOBODY);
    names.put(pipe.id(), name);
    return true;
  }

  /** The agent that a connection may speak for; no legal name where it may for none. */
  String of(int pipeId) {
    return names.getOrDefault(pipeId, NOBODY);
  }
}
