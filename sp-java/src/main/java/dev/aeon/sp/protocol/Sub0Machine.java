package dev.aeon.sp.protocol;

import dev.aeon.sp.wire.Packet;
import dev.aeon.sp.wire.ProtocolNumber;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/**
 * SUB: keeps messages whose body begins with a subscribed prefix. Up to {@code queueCount} wait to
 * be received; then the oldest gives way.
 */
public final class Sub0Machine extends MachineBase {
  private final List<Prefix> subscriptions = new ArrayList<>();
  private final ArrayDeque<Packet> queue = new ArrayDeque<>();
  private final ArrayDeque<Operation> waiting = new ArrayDeque<>();
  private int queueCount;

  public Sub0Machine(Effects effects, int queueCount) {
    super(effects);
    this.queueCount = queueCount;
  }

  /** Messages that wait to be received, at least 1; counts from the next arrival on. */
  public void setQueueCount(int count) {
    queueCount = count;
  }

  @Override
  public ProtocolNumber number() {
    return ProtocolNumber.SUB0;
  }

  /** Subscribes to bodies that begin with {@code prefix}; the empty prefix is all of them. */
  public void subscribe(byte[] prefix) {
    if (indexOf(prefix) < 0) {
      subscriptions.add(new Prefix(prefix));
    }
  }

  /** Ends a subscription and drops what waits for it alone; false if there is none. */
  public boolean unsubscribe(byte[] prefix) {
    int index = indexOf(prefix);
    if (index < 0) {
      return false;
    }
    subscriptions.remove(index);
    purge();
    return true;
  }

  private int indexOf(byte[] prefix) {
    for (int index = 0; index < subscriptions.size(); index++) {
      if (subscriptions.get(index).isOf(prefix)) {
        return index;
      }
    }
    return -1;
  }

  private void purge() {
    for (Iterator<Packet> each = queue.iterator(); each.hasNext(); ) {
      Packet packet = each.next();
      if (!matches(packet)) {
        each.remove();
        packet.release();
      }
    }
  }

  private boolean matches(Packet packet) {
    for (int index = 0; index < subscriptions.size(); index++) {
      if (subscriptions.get(index).matches(packet)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void attach(PipeHandle pipe, long nowNanos) {
    effects.receiveNext(pipe);
  }

  @Override
  public void detach(PipeHandle pipe, long nowNanos) {}

  @Override
  public void received(PipeHandle pipe, Packet packet, long nowNanos) {
    if (matches(packet)) {
      accept(packet);
    } else {
      packet.release();
    }
    effects.receiveNext(pipe);
  }

  private void accept(Packet packet) {
    Operation receiver = waiting.poll();
    if (receiver == null) {
      enqueue(packet);
    } else {
      deliver(receiver, packet);
    }
  }

  private void enqueue(Packet packet) {
    while (queue.size() >= queueCount) {
      queue.remove().release();
      effects.dropped();
    }
    queue.add(packet);
  }

  @Override
  public void receive(Operation operation, long nowNanos) {
    if (queue.isEmpty()) {
      waiting.add(operation);
    } else {
      deliver(operation, queue.remove());
    }
  }

  @Override
  public boolean withdraw(Operation operation) {
    return waiting.remove(operation);
  }

  @Override
  public void close() {
    failAll(waiting, Failure.CLOSED);
    queue.forEach(Packet::release);
    queue.clear();
  }

  private static final class Prefix {
    private final byte[] bytes;

    Prefix(byte[] bytes) {
      this.bytes = bytes.clone();
    }

    boolean isOf(byte[] other) {
      return Arrays.equals(bytes, other);
    }

    boolean matches(Packet packet) {
      return packet.bodyStartsWith(bytes);
    }
  }
}
