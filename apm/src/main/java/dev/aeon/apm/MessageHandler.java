package dev.aeon.apm;

import dev.aeon.apm.message.Message;
import java.util.Optional;

/** What an agent does with the messages it receives. */
@FunctionalInterface
public interface MessageHandler {
  /**
   * Handles a message that was already acknowledged as received. Called on the bus's dispatch
   * thread, one message at a time, by priority but never out of the order of a task or a
   * correlation; may block and may send. What it throws is answered with a NACK, which is that of a
   * {@link RefusalException}. A message during which the handler closes the bus counts as not
   * handled.
   *
   * @param message valid, for this agent, and neither ACK nor NACK
   * @param bus the bus it came by
   */
  void handle(Message message, AgentBus bus);

  /**
   * Decides whether to accept a message at all, before it is acknowledged and before a registration
   * takes effect. Called on the bus's receive thread: must be quick and must not block.
   *
   * @return why the message is refused with a NACK; empty to accept it
   */
  default Optional<Refusal> refuse(Message message) {
    return Optional.empty();
  }
}
