package dev.aeon.sp.transport;

/** The one lock of a socket: everything of it and of its pipes happens with this held. */
public interface Strand {
  void lock();

  void unlock();

  /**
   * Has {@code task} run by this thread once it holds no strand; the way to reach another socket.
   * Called with the strand held.
   */
  void afterUnlock(Runnable task);

  /** No lock at all, for tasks that take one themselves when they need it. */
  Strand NONE =
      new Strand() {
        @Override
        public void lock() {}

        @Override
        public void unlock() {}

        @Override
        public void afterUnlock(Runnable task) {
          throw new UnsupportedOperationException("nothing is locked");
        }
      };
}
