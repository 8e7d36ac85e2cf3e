package dev.aeon.apm;

import dev.aeon.apm.message.AgentId;
import dev.aeon.apm.message.Message;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What messages share that must be handled in their order: a correlation, a task, and the channel
 * where that is strict.
 */
final class DispatchKeys {
  private final Predicate<AgentId> isStrict;

  /**
   * For one agent.
   *
   * @param isStrict whether everything from a sender is handled in its order, priority aside
   */
  DispatchKeys(Predicate<AgentId> isStrict) {
    this.isStrict = isStrict;
  }

  Set<String> of(Message message) {
    Set<String> keys = new HashSet<>();
    keys.add("correlation " + message.correlation());
    message.payload().fields().findString("taskId").ifPresent(taskId -> keys.add("task " + taskId));
    AgentId sender = message.sender().agentId();
    if (isStrict.test(sender)) {
      keys.add("channel " + sender);
    }
    return keys;
  }
}
