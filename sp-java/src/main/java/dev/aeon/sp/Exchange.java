package dev.aeon.sp;

import dev.aeon.sp.core.BlockingOperation;
import dev.aeon.sp.core.CoreContext;
import dev.aeon.sp.core.SocketCore;
import dev.aeon.sp.core.SpinBudget;
import dev.aeon.sp.wire.Packet;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The operations of one conversation: a socket's own, or a context's. Thread-safe. */
final class Exchange {
  private final SocketCore core;
  private final @Nullable CoreContext context;
  private final boolean keepsHeaders;
  private volatile long sendTimeoutNanos = Long.MAX_VALUE;
  private volatile long receiveTimeoutNanos = Long.MAX_VALUE;
  private final SpinBudget spin = new SpinBudget();

  /**
   * @param context whose conversation; null for the socket's own
   * @param keepsHeaders whether messages go out with the header that they carry
   */
  Exchange(SocketCore core, @Nullable CoreContext context, boolean keepsHeaders) {
    this.core = core;
    this.context = context;
    this.keepsHeaders = keepsHeaders;
    setSpinTime(SpOptions.SPIN_TIME.defaultValue());
  }

  static Exchange of(Object conversing) {
    return switch (conversing) {
      case SpSocket socket -> socket.exchange();
      case SpContext context -> context.exchange();
      default -> throw new IllegalArgumentException("neither socket nor context");
    };
  }

  /** A conversation in {@code opened} with the same limits. */
  Exchange in(CoreContext opened) {
    Exchange exchange = new Exchange(core, opened, keepsHeaders);
    exchange.sendTimeoutNanos = sendTimeoutNanos;
    exchange.receiveTimeoutNanos = receiveTimeoutNanos;
    exchange.spin.setLimit(spin.limitNanos());
    return exchange;
  }

  Duration sendTimeout() {
    return Durations.ofNanos(sendTimeoutNanos);
  }

  void setSendTimeout(Duration timeout) {
    sendTimeoutNanos = Durations.toNanos(timeout);
  }

  Duration receiveTimeout() {
    return Durations.ofNanos(receiveTimeoutNanos);
  }

  void setReceiveTimeout(Duration timeout) {
    receiveTimeoutNanos = Durations.toNanos(timeout);
  }

  void setSpinTime(Duration limit) {
    spin.setLimit(Durations.toNanos(limit));
  }

  void send(Message message) {
    BlockingOperation operation = core.send(message.take(keepsHeaders), context, spin);
    if (operation == null) {
      spin.noteReady();
      return;
    }
    core.await(operation, sendTimeoutNanos);
    SpException failure = Failures.of(operation, "send");
    if (failure != null) {
      message.giveBack(operation.takePacket());
      throw failure;
    }
    operation.recycle();
  }

  void send(byte[] body) {
    try (Message message = Message.copyOf(body)) {
      send(message);
    }
  }

  CompletableFuture<Void> sendAsync(Message message) {
    SendOperation operation = new SendOperation(core, context, message, keepsHeaders);
    core.send(operation);
    return operation.future(sendTimeoutNanos);
  }

  Message receive() {
    return new Message(receiveWithin(receiveTimeoutNanos));
  }

  void receive(Message into) {
    into.requireEmpty();
    into.fill(receiveWithin(receiveTimeoutNanos));
  }

  Message receive(Duration timeout) {
    return new Message(receiveWithin(Durations.toNanos(timeout)));
  }

  private Packet receiveWithin(long timeoutNanos) {
    Packet ready = context == null ? core.tryReceive() : null;
    if (ready != null) {
      spin.noteReady();
      return ready;
    }
    int turn = core.turn();
    Packet arrived = context == null ? core.lookAndReceive(spin, timeoutNanos, turn) : null;
    return arrived != null ? arrived : receiveByOperation(timeoutNanos, turn);
  }

  private Packet receiveByOperation(long timeoutNanos, int turn) {
    long leftNanos = spin.leftOf(timeoutNanos);
    BlockingOperation operation = BlockingOperation.begin(core, null, context, spin);
    core.receive(operation, turn);
    core.await(operation, leftNanos);
    SpException failure = Failures.of(operation, "receive");
    if (failure != null) {
      throw failure;
    }
    Packet received = operation.takePacket();
    operation.recycle();
    return received;
  }

  CompletableFuture<Message> receiveAsync() {
    ReceiveOperation operation = new ReceiveOperation(core, context);
    core.receive(operation);
    return operation.future(receiveTimeoutNanos);
  }
}
