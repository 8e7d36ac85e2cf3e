package dev.aeon.sp;

import dev.aeon.sp.protocol.Sub0Machine;

/** One set of subscriptions on a {@link SubSocket}, with a queue of its own. */
public final class SubContext extends SpContext implements Receiver {
  private final Sub0Machine.Context machine;
  private final Subscriber subscriber;
  private final int queueCount;
  private final boolean prefersNew;

  SubContext(SubSocket socket) {
    super(socket);
    this.machine = context.machine(Sub0Machine.Context.class);
    this.subscriber = new Subscriber(core, machine);
    this.queueCount = socket.get(SpOptions.RECEIVE_QUEUE);
    this.prefersNew = socket.get(SpOptions.PREFER_NEW);
  }

  @Override
  void addOptions(OptionTable table) {
    addReceiveOptions(table);
    table.add(
        SpOptions.RECEIVE_QUEUE, queueCount, count -> machine.setQueueCount(Math.max(count, 1)));
    table.add(SpOptions.PREFER_NEW, prefersNew, machine::setPrefersNew);
  }

  /** Subscribes to bodies that begin with {@code prefix}, all if it is empty. Idempotent. */
  public void subscribe(byte[] prefix) {
    subscriber.subscribe(prefix);
  }

  /**
   * Ends a subscription and drops the messages that wait for it alone.
   *
   * @throws SpStateException if there is no such subscription
   */
  public void unsubscribe(byte[] prefix) {
    subscriber.unsubscribe(prefix);
  }
}
