package dev.aeon.slabs.broker;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** A number that one thread changes and any thread reads. */
final class Counter {
  private static final VarHandle VALUE;

  static {
    try {
      VALUE = MethodHandles.lookup().findVarHandle(Counter.class, "value", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private long value;

  void add(long count) {
    VALUE.setOpaque(this, value + count);
  }

  void set(long next) {
    VALUE.setOpaque(this, next);
  }

  void atLeast(long candidate) {
    if (candidate > value) {
      set(candidate);
    }
  }

  long get() {
    return (long) VALUE.getOpaque(this);
  }
}
