package dev.aeon.sp.core;

/**
 * What a thread that spins does between two looks. Mostly nothing; now and then it lets others run,
 * since what it waits for may be waiting for the very processor that it spins on.
 */
final class SpinPause {
  private static final int LOOKS_PER_YIELD = 64;

  private SpinPause() {}

  /** Between looks that cost next to nothing; {@code looks} is how many there were. */
  static void afterLook(int looks) {
    if (looks % LOOKS_PER_YIELD == 0) {
      letOthersRun();
    } else {
      Thread.onSpinWait();
    }
  }

  /** Between looks that are system calls themselves. */
  @SuppressWarnings("ThreadPriorityCheck") // nothing relies on who runs next
  static void letOthersRun() {
    Thread.yield();
  }
}
