package dev.aeon.slabs.transport;

/** What every end of a connection is made of, whatever keeps the two together. */
public abstract class ConnectionEnd implements Connection {
  private final Outbox outbox;
  private final Inbox inbox;
  private final boolean connector;
  private final String peer;

  protected ConnectionEnd(Outbox outbox, Inbox inbox, boolean connector, String peer) {
    this.outbox = outbox;
    this.inbox = inbox;
    this.connector = connector;
    this.peer = peer;
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
  public final boolean isConnector() {
    return connector;
  }

  @Override
  public final String peer() {
    return peer;
  }
}
