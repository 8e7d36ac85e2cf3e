package dev.aeon.apm.cli;

import dev.aeon.apm.message.AgentIdentity;
import dev.aeon.apm.registry.AgentRecord;
import dev.aeon.apm.registry.Registry;
import dev.aeon.apm.schema.ErrorCode;

/** Makes agents known that are not running yet, so that messages may wait for them. */
final class Registration {
  private Registration() {}

  /** Adds an agent; nothing happens where it is known. */
  static void add(Registry registry, AgentIdentity agent) {
    if (registry.find(agent.agentId()).filter(agent::equals).isPresent()) {
      return;
    }
    if (!registry.register(AgentRecord.of(agent))) {
      throw CliException.refused(
          ErrorCode.E_VALIDATION_008, "agent id is taken: agentId=" + agent.agentId());
    }
  }
}
