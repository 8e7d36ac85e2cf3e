package dev.aeon.apm.channel;

/** The receiving end of one agent. */
public interface Inbox extends AutoCloseable {
  /**
   * Ends delivery and frees everything; the listener is not called once this returns, unless it is
   * the listener that closes. Again closing does nothing.
   */
  @Override
  void close();
}
