package dev.aeon.sp.cli;

import dev.aeon.sp.SpOptions;
import dev.aeon.sp.SpProtocol;
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
    SpProtocol protocol = CatRules.check(options);
    try (Port port = Port.open(protocol)) {
      configure(port, Role.of(protocol));
      new CatAttachment(port.socket(), options, console).attachAll();
      new CatLoops(port, options, console.out()).run(Role.of(protocol));
    }
    return 0;
  }

  private void configure(Port port, Role role) {
    if (port.socket() instanceof SubSocket socket) {
      subscribe(socket);
    }
    port.socket()
        .set(
            SpOptions.MAX_RECEIVE_SIZE,
            options.maxReceiveSize == null ? MAX_RECEIVE_BYTES : options.maxReceiveSize);
    options.tls.configure(port.socket());
    if (options.sendTimeout != null && role.canSend()) {
      port.socket().set(SpOptions.SEND_TIMEOUT, options.sendTimeout);
    }
    if (options.receiveTimeout != null && role.canReceive()) {
      port.socket().set(SpOptions.RECEIVE_TIMEOUT, options.receiveTimeout);
    }
  }

  private void subscribe(SubSocket socket) {
    if (options.topics.isEmpty()) {
      socket.subscribe(new byte[0]);
    }
    options.topics.forEach(topic -> socket.subscribe(topic.getBytes(StandardCharsets.UTF_8)));
  }
}
