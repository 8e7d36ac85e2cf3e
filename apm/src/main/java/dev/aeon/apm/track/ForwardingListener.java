package dev.aeon.apm.track;

import dev.aeon.apm.message.AgentIdentity;
import dev.aeon.apm.message.Message;

/** Passes everything on to another listener, for those that see to some of it themselves. */
public abstract class ForwardingListener implements TrackerListener {
  private final TrackerListener next;

  /**
   * @param next who is told everything
   */
  protected ForwardingListener(TrackerListener next) {
    this.next = next;
  }

  @Override
  public void onFailure(Failure failure) {
    next.onFailure(failure);
  }

  @Override
  public void onState(DeliveryKey key, MessageState from, MessageState to) {
    next.onState(key, from, to);
  }

  @Override
  public void onParked(DeliveryKey key) {
    next.onParked(key);
  }

  @Override
  public void onRetry(DeliveryKey key, int retry) {
    next.onRetry(key, retry);
  }

  @Override
  public void onUnconfirmed(DeliveryKey key) {
    next.onUnconfirmed(key);
  }

  @Override
  public void onCorrelationExpired(Message message, AgentIdentity receiver) {
    next.onCorrelationExpired(message, receiver);
  }
}
