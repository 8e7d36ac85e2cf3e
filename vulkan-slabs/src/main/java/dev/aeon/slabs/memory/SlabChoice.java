package dev.aeon.slabs.memory;

/**
 * Which kind of slab a device gives where none is named, and why.
 *
 * @param kind the kind
 * @param reason one clause for people
 */
public record SlabChoice(SlabKind kind, String reason) {
  @Override
  public String toString() {
    return kind + ": " + reason;
  }
}
