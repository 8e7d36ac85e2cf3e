package dev.aeon.sp.cli;

import dev.aeon.sp.SpException;
import dev.aeon.sp.SpOptions;
import dev.aeon.sp.SubSocket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code sp cat}: opens a socket, connects it, and sends or prints messages. */
@Command(name = "cat", description = "Sends a message, or prints those that come, as nngcat does.")
final class CatCommand implements Callable<Integer> {
  /** As large as a message may be in nng, where nothing else is said. */
  private static final long MAX_RECEIVE_BYTES = 1L << 30;

  @Mixin private final CatOptions options;
  private final Console console;

  CatCommand(Console console) {
    this.console = console;
    this.options = new CatOptions(console);
  }

  @Override
  public Integer call() {
    Protocol protocol = CatRules.check(options);
    try (SocketPort port = protocol.open()) {
      configure(port);
      options.addresses.forEach(address -> attach(port, address));
      new CatLoops(port, options, console.out()).run(protocol.role);
    }
    return 0;
  }

  private void configure(SocketPort port) {
    if (port.socket() instanceof SubSocket socket) {
      subscribe(socket);
    }
    port.socket()
        .set(
            SpOptions.MAX_RECEIVE_SIZE,
            options.maxReceiveSize == null ? MAX_RECEIVE_BYTES : options.maxReceiveSize);
    if (options.sendTimeout != null && port.sends()) {
      port.socket().set(SpOptions.SEND_TIMEOUT, options.sendTimeout);
    }
    if (options.receiveTimeout != null && port.receives()) {
      port.socket().set(SpOptions.RECEIVE_TIMEOUT, options.receiveTimeout);
    }
  }

  private void subscribe(SubSocket socket) {
    if (options.topics.isEmpty()) {
      socket.subscribe(new byte[0]);
    }
    options.topics.forEach(topic -> socket.subscribe(topic.getBytes(StandardCharsets.UTF_8)));
  }

  private void attach(SocketPort port, CatAddress address) {
    try {
      if (address.listens()) {
        port.socket().listen(address.url());
      } else {
        port.socket().dial(address.url());
      }
    } catch (SpException e) {
      throw new FatalException(
          "Unable to %s on %s: %s"
              .formatted(address.listens() ? "listen" : "dial", address.url(), NngTexts.of(e)));
    }
    if (options.verbose) {
      console
          .text()
          .println((address.listens() ? "Listening at: " : "Connected to: ") + address.url());
    }
  }
}
