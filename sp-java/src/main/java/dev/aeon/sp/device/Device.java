package dev.aeon.sp.device;

import dev.aeon.sp.Message;
import dev.aeon.sp.RawSocket;
import dev.aeon.sp.SpClosedException;
import dev.aeon.sp.SpException;
import dev.aeon.sp.SpProtocol;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Moves messages between two raw sockets, both ways where the pattern goes both ways, or sends what
 * arrives at one back out of it. Requests keep the way that their replies have to go; a message
 * that has come over more hops than {@link dev.aeon.sp.SpOptions#MAX_HOPS} allows is dropped, so
 * that devices in a ring come to rest.
 *
 * <p>The device owns its sockets: closing it closes them, and when either is closed it ends.
 * Thread-safe. Source: sp-wire A4.
 */
public final class Device implements AutoCloseable {
  private static final Set<SpProtocol> CANNOT_SEND = EnumSet.of(SpProtocol.SUB, SpProtocol.PULL);
  private static final Set<SpProtocol> CANNOT_RECEIVE = EnumSet.of(SpProtocol.PUB, SpProtocol.PUSH);

  private final RawSocket first;
  private final RawSocket second;
  private final List<Thread> movers = new ArrayList<>(2);
  private final LongAdder forwarded = new LongAdder();

  private Device(RawSocket first, RawSocket second) {
    this.first = first;
    this.second = second;
  }

  /**
   * Begins to forward between two sockets.
   *
   * @throws IllegalArgumentException if the one is not the other's counterpart
   */
  public static Device between(RawSocket first, RawSocket second) {
    if (first.protocol().peer() != second.protocol()) {
      throw new IllegalArgumentException(
          "sockets are not counterparts: first=%s second=%s"
              .formatted(first.protocol(), second.protocol()));
    }
    Device device = new Device(first, second);
    device.startMover(first, second);
    if (first != second) {
      device.startMover(second, first);
    }
    return device;
  }

  /**
   * Begins to send back what arrives: to the peer it came from, or, on a bus, to all others.
   *
   * @throws IllegalArgumentException if the socket's protocol does not talk with itself
   */
  public static Device reflector(RawSocket socket) {
    return between(socket, socket);
  }

  private void startMover(RawSocket from, RawSocket to) {
    if (CANNOT_RECEIVE.contains(from.protocol()) || CANNOT_SEND.contains(to.protocol())) {
      return;
    }
    String name = "aeon-sp-device-" + from.protocol() + "-" + to.protocol();
    movers.add(Thread.ofVirtual().name(name).start(() -> move(from, to)));
  }

  private void move(RawSocket from, RawSocket to) {
    boolean open = true;
    while (open) {
      open = moveOne(from, to);
    }
    from.close();
    to.close();
  }

  private boolean moveOne(RawSocket from, RawSocket to) {
    Message message = null;
    try {
      message = from.receive();
      to.send(message);
      forwarded.increment();
      return true;
    } catch (SpClosedException ended) {
      discard(message);
      return false;
    } catch (SpException | IllegalStateException refused) {
      // One message that cannot go on, such as one without a header, is no reason to stop.
      discard(message);
      return true;
    }
  }

  private static void discard(@Nullable Message message) {
    if (message != null) {
      message.close();
    }
  }

  /** Messages moved so far, both ways together. */
  public long forwardedCount() {
    return forwarded.sum();
  }

  /**
   * Waits until the device has ended.
   *
   * @throws InterruptedException if the waiting thread is interrupted
   */
  public void join() throws InterruptedException {
    for (Thread each : movers) {
      each.join();
    }
  }

  /** Closes both sockets. Idempotent. */
  @Override
  public void close() {
    first.close();
    second.close();
  }
}
