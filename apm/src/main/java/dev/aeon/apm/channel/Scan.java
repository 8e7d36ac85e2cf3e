package dev.aeon.apm.channel;

/**
 * Reads channels for somebody who only looks: it takes no message, settles nothing, and may run
 * beside senders and receivers, who notice nothing. Works in its caller's thread, to which it is
 * confined.
 */
public interface Scan extends AutoCloseable {
  /**
   * Delivers to the listener what is new and wanted, each channel's messages in their order.
   *
   * @return whether anything was, so that there may be more
   * @throws ChannelException where it cannot be read
   */
  boolean advance();

  /** Waits until something may have changed, or for a moment. */
  void await() throws InterruptedException;

  /** Frees everything. Again closing does nothing. */
  @Override
  void close();
}
