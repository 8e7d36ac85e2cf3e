package dev.aeon.slabs.transport;

import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;

/** The transports that are there, by scheme. */
public final class Transports {
  private static final Map<String, Transport> BY_SCHEME = load();

  private Transports() {}

  /**
   * Binds a URL.
   *
   * @throws TransportException where no transport has its scheme, or the transport refuses
   */
  public static Acceptor bind(String url, ConnectionOptions options) {
    Acceptor acceptor = of(url).bind(addressOf(url), options);
    ChannelKey key = options.key();
    return key == null ? acceptor : new SealedAcceptor(acceptor, key, options.recordsPerEpoch());
  }

  /**
   * Connects to a URL.
   *
   * @throws TransportException where no transport has its scheme, or the transport refuses
   */
  public static Connection connect(String url, ConnectionOptions options) {
    Connection connection = of(url).connect(addressOf(url), options);
    ChannelKey key = options.key();
    return key == null
        ? connection
        : new SealedConnection(connection, key, options.recordsPerEpoch());
  }

  private static Transport of(String url) {
    int separator = url.indexOf("://");
    Transport transport = separator < 0 ? null : BY_SCHEME.get(url.substring(0, separator));
    if (transport == null) {
      throw new TransportException(
          "URL is of no known scheme: url=%s schemes=%s".formatted(url, BY_SCHEME.keySet()));
    }
    return transport;
  }

  private static String addressOf(String url) {
    return url.substring(url.indexOf("://") + 3);
  }

  private static Map<String, Transport> load() {
    Map<String, Transport> byScheme = new TreeMap<>();
    ServiceLoader.load(Transport.class, Transports.class.getClassLoader()).stream()
        .map(ServiceLoader.Provider::get)
        .forEach(transport -> byScheme.put(transport.scheme(), transport));
    return byScheme;
  }
}
