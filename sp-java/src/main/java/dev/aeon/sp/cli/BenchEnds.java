package dev.aeon.sp.cli;

import static java.util.Objects.requireNonNull;

import dev.aeon.sp.SpException;
import dev.aeon.sp.SpOptions;
import dev.aeon.sp.SubSocket;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The ends of a conversation that are in this process, connected. */
final class BenchEnds implements AutoCloseable {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(30);

  private final @Nullable Port server;
  private final @Nullable Port client;
  private String url;

  private BenchEnds(@Nullable Port server, @Nullable Port client, String url) {
    this.server = server;
    this.client = client;
    this.url = url;
  }

  static BenchEnds open(BenchOptions options) {
    BenchEnds ends =
        new BenchEnds(
            options.hasServer() ? Port.open(options.pattern.server) : null,
            options.hasClient() ? Port.open(options.pattern.client) : null,
            options.url);
    try {
      ends.connect();
      return ends;
    } catch (SpException e) {
      ends.close();
      throw new FatalException(String.valueOf(e.getMessage()));
    }
  }

  private void connect() {
    if (server != null) {
      prepare(server);
      url = server.socket().listen(url).url();
    }
    if (client != null) {
      prepare(client);
      client.socket().dialer(url).connect(CONNECT_TIMEOUT);
    }
    if (server != null && client != null) {
      awaitPipe(server);
    }
  }

  private static void prepare(Port port) {
    port.socket().set(SpOptions.MAX_RECEIVE_SIZE, 0L);
    if (port.socket() instanceof SubSocket socket) {
      socket.subscribe(new byte[0]);
    }
  }

  /** The dialer may be connected before the listener's side knows of it. */
  private static void awaitPipe(Port port) {
    while (port.socket().pipes().isEmpty()) {
      Thread.onSpinWait();
    }
  }

  Port server() {
    return requireNonNull(server, "the server is elsewhere");
  }

  Port client() {
    return requireNonNull(client, "the client is elsewhere");
  }

  /** As bound, where the server is here. */
  String url() {
    return url;
  }

  @Override
  public void close() {
    if (client != null) {
      client.close();
    }
    if (server != null) {
      server.close();
    }
  }
}
