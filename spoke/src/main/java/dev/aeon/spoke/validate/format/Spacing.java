package dev.aeon.spoke.validate.format;

/** Whether two words on the same line stand apart. */
final class Spacing {
  private static final String NEVER_BEFORE = ";,)]:";
  private static final String NEVER_AFTER = "([-/";

  private Spacing() {}

  /**
   * Whether a space stands between two words.
   *
   * @param frame what both stand in; for a closing bracket, what it ends
   * @param isName whether the first is the name of a call, which its types follow at once
   */
  static boolean isBetween(Token first, Token second, Frame frame, boolean isName) {
    if (isOneOf(first, NEVER_AFTER) || isOneOf(second, NEVER_BEFORE) || second.is("/")) {
      return false;
    }
    if (frame == Frame.TYPES && (first.is("<") || second.is(">"))) {
      return false;
    }
    if (second.is("<") && !frame.isValue() && frame != Frame.LIST) {
      return false;
    }
    if (second.is("(") && (isName || first.is("."))) {
      return false;
    }
    if (first.is(".")) {
      return false;
    }
    if (second.text().startsWith(".") && second.kind() != Token.Kind.STRING) {
      return first.is(",") || first.is("=") || first.is(":") || second.isApart();
    }
    return !(first.is("{") && second.is("}"));
  }

  private static boolean isOneOf(Token token, String symbols) {
    return token.kind() == Token.Kind.SYMBOL && symbols.contains(token.text());
  }
}
