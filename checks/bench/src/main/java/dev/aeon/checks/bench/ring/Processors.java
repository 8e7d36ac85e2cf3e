package dev.aeon.checks.bench.ring;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** Keeps threads on processors of their own, where there are enough. */
@SuppressWarnings("restricted") // the call takes two numbers and a mask that it only reads
final class Processors {
  private static final int CURRENT_THREAD = 0;
  private static final MethodHandle SET_AFFINITY =
      Linker.nativeLinker()
          .downcallHandle(
              Linker.nativeLinker().defaultLookup().findOrThrow("sched_setaffinity"),
              FunctionDescriptor.of(
                  ValueLayout.JAVA_INT,
                  ValueLayout.JAVA_INT,
                  ValueLayout.JAVA_LONG,
                  ValueLayout.ADDRESS));

  private Processors() {}

  /** Pins the calling thread; where that is not allowed, it stays where the kernel puts it. */
  static void pin(int processor) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment mask = arena.allocateFrom(ValueLayout.JAVA_LONG, 1L << processor);
      int _ = (int) SET_AFFINITY.invokeExact(CURRENT_THREAD, mask.byteSize(), mask);
    } catch (Throwable e) {
      throw new IllegalStateException("sched_setaffinity cannot be called", e);
    }
  }
}
