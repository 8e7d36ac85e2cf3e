package dev.aeon.slabs.transport;

/** What every end of a connection is made of, whatever keeps the two together. */
public abstract class ConnectionEnd implements Connection {
  private final Outbox outbox;
  private final Inbox inbox;
  private final boolean connector;
  private final String peer;
  private final Sleepers sleepers;
  private final WaitSet.Member member = this::announceSleep;

  /**
   * @param sleepers who is woken by the other end, to be filled here
   */
  protected ConnectionEnd(
      Outbox outbox, Inbox inbox, boolean connector, String peer, Sleepers sleepers) {
    this.outbox = outbox;
    this.inbox = inbox;
    this.connector = connector;
    this.peer = peer;
    this.sleepers = sleepers;
  }

  @Override
  public final Outbox outbox() {
    return outbox;
  }

  @Override
  public final Inbox inbox() {
    return inbox;
  }

  @Override
  public void wakes(WaitSet waits) {
    sleepers.add(waits, member);
  }

  private void announceSleep() {
    inbox.announceSleep();
    outbox.announceSleep();
  }

  /** Nobody waits for this end any more; to be called before its rings go. */
  protected final void wakesNobody() {
    sleepers.removeAll(member);
  }

  @Override
  public final boolean isConnector() {
    return connector;
  }

  @Override
  public final String peer() {
    return peer;
  }
}
