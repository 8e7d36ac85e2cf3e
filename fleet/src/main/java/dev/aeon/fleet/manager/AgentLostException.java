package dev.aeon.fleet.manager;

/** An agent died or fell silent; its work goes to another. */
final class AgentLostException extends RuntimeException {
  private static final long serialVersionUID = 1;

  AgentLostException(String agentId, String reason) {
    super("agent lost: agent=" + agentId + ", reason=" + reason);
  }
}
