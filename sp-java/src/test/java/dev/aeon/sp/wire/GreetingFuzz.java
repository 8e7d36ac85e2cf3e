package dev.aeon.sp.wire;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/** Greetings from any bytes: one that is taken is the one that would be sent. */
public final class GreetingFuzz {
  private GreetingFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) {
    byte[] bytes = Arrays.copyOf(input, Greeting.BYTE_SIZE);
    byte[] again = new byte[Greeting.BYTE_SIZE];
    try {
      int protocol = Greeting.decode(MemorySegment.ofArray(bytes), 0);
      Greeting.encode(MemorySegment.ofArray(again), 0, protocol);
    } catch (MalformedException e) {
      return;
    }
    if (!Arrays.equals(bytes, again)) {
      throw new AssertionError("greeting was taken that nobody sends");
    }
  }
}
