package dev.aeon.apm.security;

import dev.aeon.apm.message.AgentIdentity;
import dev.aeon.apm.message.Receiver;

/** Who may send what to whom. Asked by sender and receiver, on several threads; must be quick. */
@FunctionalInterface
public interface AccessPolicy {
  /** Everybody may send everything to everybody. */
  AccessPolicy ALL = (_, _, _) -> true;

  /**
   * Whether {@code sender} may send a message of a type to {@code receiver}; never asked about ACK
   * and NACK.
   *
   * @param typeName as the envelope names it
   */
  boolean maySend(AgentIdentity sender, Receiver receiver, String typeName);
}
