package dev.aeon.fleet.index;

/** How many bytes of slabs an agent may still take. Used by one thread. */
public final class MemoryBudget {
  private long freeBytes;

  /** A budget of this many bytes. */
  public MemoryBudget(long byteSize) {
    this.freeBytes = byteSize;
  }

  boolean tryTake(long byteSize) {
    if (byteSize > freeBytes) {
      return false;
    }
    freeBytes -= byteSize;
    return true;
  }

  void giveBack(long byteSize) {
    freeBytes += byteSize;
  }
}
