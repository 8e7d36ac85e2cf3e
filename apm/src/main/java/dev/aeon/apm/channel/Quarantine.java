package dev.aeon.apm.channel;

/** Keeps input that is no message of the protocol, so that none is lost unseen. Thread-safe. */
@FunctionalInterface
public interface Quarantine {
  /** Keeps {@code input}; must not throw, and may block for as long as writing takes. */
  void keep(BadInput input);
}
