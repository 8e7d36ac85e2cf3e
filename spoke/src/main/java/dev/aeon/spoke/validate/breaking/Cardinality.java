package dev.aeon.spoke.validate.breaking;

import dev.aeon.spoke.validate.image.FieldElement;

/** How often a field may be there, and whether its absence shows. */
enum Cardinality {
  EXPLICIT("optional with explicit presence"),
  IMPLICIT("optional with implicit presence"),
  REQUIRED("required"),
  REPEATED("repeated"),
  MAP("map");

  /** What counts as the same cardinality. */
  enum Group {
    /** Nothing but itself. */
    SAME,
    /** What JSON and the wire both read. */
    WIRE_JSON,
    /** What the wire reads. */
    WIRE;

    Cardinality of(Cardinality cardinality) {
      return switch (cardinality) {
        case IMPLICIT -> this == SAME ? IMPLICIT : EXPLICIT;
        case MAP -> this == WIRE ? REPEATED : MAP;
        default -> cardinality;
      };
    }
  }

  private final String text;

  Cardinality(String text) {
    this.text = text;
  }

  static Cardinality of(FieldElement field) {
    if (field.isList()) {
      return REPEATED;
    }
    if (field.isMap()) {
      return MAP;
    }
    if (field.isRequired()) {
      return REQUIRED;
    }
    return field.hasPresence() ? EXPLICIT : IMPLICIT;
  }

  @Override
  public String toString() {
    return text;
  }
}
