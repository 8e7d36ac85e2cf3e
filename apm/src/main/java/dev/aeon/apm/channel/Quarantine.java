package dev.aeon.apm.channel;

/** Keeps input that is no message of the protocol, so that none is lost unseen. Thread-safe. */
@FunctionalInterface
public interface Quarantine {
  /**
   * Keeps {@code input}; may block for as long as writing takes.
   *
   * @throws ChannelException E_SYSTEM_002 or E_SYSTEM_001 where it cannot be kept now, as on a full
   *     disk: nobody takes the input for settled then, or away from where it lies
   */
  void keep(BadInput input);
}
