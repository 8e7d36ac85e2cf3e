package dev.aeon.sp;

import dev.aeon.sp.core.SocketCore;
import dev.aeon.sp.protocol.Sub0Machine;

/**
 * SUB: receives the messages whose body begins with a subscribed prefix. Without a subscription it
 * receives nothing.
 */
public final class SubSocket extends SpSocket implements Receiver {
  private final Subscriber subscriber;

  private SubSocket(SocketCore core) {
    super(core);
    addReceiveOptions();
    Sub0Machine machine = core.machine(Sub0Machine.class);
    option(SpOptions.FILTER_AT_PUBLISHER, machine::setFiltersAtPublisher);
    Sub0Machine.Context own = core.machine(Sub0Machine.class).own();
    this.subscriber = new Subscriber(core, own);
    option(SpOptions.RECEIVE_QUEUE, count -> own.setQueueCount(Math.max(count, 1)));
    option(SpOptions.PREFER_NEW, own::setPrefersNew);
  }

  public static SubSocket open() {
    return new SubSocket(
        new SocketCore(
            effects -> new Sub0Machine(effects, SpOptions.RECEIVE_QUEUE.defaultValue())));
  }

  /** Opens one more conversation, with subscriptions and a queue of its own. */
  public SubContext openContext() {
    return new SubContext(this);
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
