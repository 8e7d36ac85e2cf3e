package dev.aeon.spoke.model;

/** How outside text is shown in messages: bounded, on one line. */
final class Texts {
  private static final int MAX_SHOWN = 120;

  private Texts() {}

  static String quote(String text) {
    String shown = text.length() > MAX_SHOWN ? text.substring(0, MAX_SHOWN) + "…" : text;
    return "'" + shown.replaceAll("\\p{Cntrl}", "?") + "'";
  }
}
