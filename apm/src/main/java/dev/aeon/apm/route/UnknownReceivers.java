package dev.aeon.apm.route;

/** What becomes of a message to an agent that the registry does not know (resolution 57). */
public enum UnknownReceivers {
  /** It fails at once with E_ROUTING_001. */
  REFUSE,
  /** It waits until the agent registers, or its time to live is over. */
  PARK
}
