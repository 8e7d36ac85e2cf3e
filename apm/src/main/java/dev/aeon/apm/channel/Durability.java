package dev.aeon.apm.channel;

import dev.aeon.apm.message.Message;
import dev.aeon.apm.message.Priority;

/** When a channel that keeps its messages says that it has one. */
public enum Durability {
  /** Once storage has confirmed it: survives a loss of power. */
  DURABLE,
  /** Once the operating system has it: survives the end of the process, not of the machine. */
  FLUSH,
  /** Once it is queued in memory, storage following behind: for what can be done without. */
  FAST;

  /** What holds for {@code message}: one of high priority is always {@link #DURABLE}. */
  public Durability of(Message message) {
    return message.envelope().priority() == Priority.HIGH ? DURABLE : this;
  }
}
