package dev.aeon.sp;

/** Something that goes on until it is closed. */
@FunctionalInterface
public interface Registration extends AutoCloseable {
  /** Ends it. Idempotent. */
  @Override
  void close();
}
