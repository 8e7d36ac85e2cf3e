package dev.aeon.apm.channel;

/**
 * Takes what an inbox receives. Called on the inbox's own thread, one call at a time; while it runs
 * nothing else is delivered, so that a listener which waits holds its senders back. What it throws
 * is logged and ends nothing.
 */
public interface InboxListener {
  /** A line arrived, not empty and not longer than a message may be; to be settled once handled. */
  void onLine(Delivery delivery);

  /** Something arrived that is no line; it was skipped, and counts as settled on return. */
  void onMalformed(BadInput input);

  /**
   * The line that comes next is not the one that the channel's numbers promised. Nothing is to be
   * done about the line itself; what is missing will not come. Does nothing by itself.
   */
  default void onGap(SequenceGap gap) {}
}
