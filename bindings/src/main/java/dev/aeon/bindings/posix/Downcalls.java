package dev.aeon.bindings.posix;

/** What the calls of method handles have in common. */
final class Downcalls {
  private Downcalls() {}

  /** What a handle threw, to be thrown on: never checked. */
  static RuntimeException rethrow(Throwable thrown) {
    if (thrown instanceof RuntimeException e) {
      return e;
    }
    if (thrown instanceof Error e) {
      throw e;
    }
    return new IllegalStateException("a downcall throws nothing checked", thrown);
  }
}
