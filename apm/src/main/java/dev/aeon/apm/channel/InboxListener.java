package dev.aeon.apm.channel;

/**
 * Takes what an inbox receives. Called on the inbox's own thread, one call at a time; while it runs
 * nothing else is delivered. What it throws is logged and ends nothing.
 */
public interface InboxListener {
  /**
   * A line arrived, not empty and not longer than a message may be.
   *
   * @param source where it was read
   * @param line the bytes without their newline, now the listener's own
   */
  void onLine(Source source, byte[] line);

  /** Something arrived that is no line; it was skipped. */
  void onMalformed(BadInput input);
}
