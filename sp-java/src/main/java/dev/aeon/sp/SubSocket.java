package dev.aeon.sp;

import dev.aeon.sp.core.SocketCore;
import dev.aeon.sp.protocol.Sub0Machine;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * SUB: receives the messages whose body begins with a subscribed prefix. Without a subscription it
 * receives nothing.
 */
public final class SubSocket extends SpSocket {
  private final Sub0Machine machine;

  private SubSocket(SocketCore core) {
    super(core);
    addReceiveOptions();
    this.machine = core.machine(Sub0Machine.class);
    option(SpOptions.RECEIVE_QUEUE, machine::setQueueCount);
  }

  public static SubSocket open() {
    return new SubSocket(
        new SocketCore(
            effects -> new Sub0Machine(effects, SpOptions.RECEIVE_QUEUE.defaultValue())));
  }

  /** Takes the next message that matches, waiting for one. */
  public Message receive() {
    return receiveBlocking();
  }

  /** As {@link #receive()}, waiting at the longest {@code timeout}; zero does not wait. */
  public Message receive(Duration timeout) {
    return receiveBlocking(timeout);
  }

  /** As {@link #receive()}, without waiting. */
  public CompletableFuture<Message> receiveAsync() {
    return receiveFuture();
  }

  /** Subscribes to bodies that begin with {@code prefix}, all if it is empty. Idempotent. */
  public void subscribe(byte[] prefix) {
    core.locked(() -> {
      machine.subscribe(prefix);
      return machine;
    });
  }

  /**
   * Ends a subscription and drops the messages that wait for it alone.
   *
   * @throws SpStateException if there is no such subscription
   */
  public void unsubscribe(byte[] prefix) {
    if (!core.locked(() -> machine.unsubscribe(prefix))) {
      throw new SpStateException("prefix is not subscribed: byteSize=" + prefix.length);
    }
  }
}
