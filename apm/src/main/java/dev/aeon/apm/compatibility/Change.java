package dev.aeon.apm.compatibility;

/** By how much a version must grow (section 5.1), least first. */
public enum Change {
  /** No message is judged differently. */
  PATCH,
  /** There is something new that an older agent leaves alone. */
  MINOR,
  /** Messages that were right are wrong, or the other way about. */
  MAJOR
}
