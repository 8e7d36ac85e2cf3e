package dev.aeon.sp.transport.rawip;

import org.jspecify.annotations.Nullable;

/** Something for each of some ports; looking one up allocates nothing. Not thread-safe. */
final class PortTable<T> {
  private static final int PAGE_BITS = 8;
  private static final int PAGE_SIZE = 1 << PAGE_BITS;

  private final @Nullable Object[][] pages = new Object[PAGE_SIZE][];

  @SuppressWarnings("unchecked") // only set() writes
  @Nullable T get(int port) {
    @Nullable Object[] page = pages[port >>> PAGE_BITS];
    return page == null ? null : (T) page[port & (PAGE_SIZE - 1)];
  }

  void set(int port, @Nullable T value) {
    int number = port >>> PAGE_BITS;
    if (pages[number] == null) {
      pages[number] = new Object[PAGE_SIZE];
    }
    pages[number][port & (PAGE_SIZE - 1)] = value;
  }
}
