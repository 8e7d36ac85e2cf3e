package dev.aeon.spoke.access;

/** What a caller may do; each role may do all that those before it may. */
public enum Role {
  /** Whoever asks: health, metrics, the documentation of the interface. */
  NONE,
  READ,
  /** Publish versions and have them compiled. */
  PUSH,
  /** Change settings of modules. */
  ADMIN;

  /** Whether this role may do what needs {@code needed}. */
  public boolean includes(Role needed) {
    return compareTo(needed) >= 0;
  }
}
