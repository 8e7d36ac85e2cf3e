package dev.aeon.sp.protocol;

import dev.aeon.sp.wire.Packet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** Prefixes of bodies that are wanted; the empty one is all of them. */
final class Subscriptions {
  private final List<byte[]> prefixes = new ArrayList<>(1);

  /** Adds {@code prefix}; false if it is there already. */
  boolean add(byte[] prefix) {
    return indexOf(prefix) < 0 && prefixes.add(prefix.clone());
  }

  /** Removes {@code prefix}; false if it is not there. */
  boolean remove(byte[] prefix) {
    int index = indexOf(prefix);
    if (index >= 0) {
      prefixes.remove(index);
    }
    return index >= 0;
  }

  boolean contains(byte[] prefix) {
    return indexOf(prefix) >= 0;
  }

  int count() {
    return prefixes.size();
  }

  void forEach(Consumer<byte[]> action) {
    prefixes.forEach(action);
  }

  private int indexOf(byte[] prefix) {
    for (int index = 0; index < prefixes.size(); index++) {
      if (Arrays.equals(prefixes.get(index), prefix)) {
        return index;
      }
    }
    return -1;
  }

  boolean match(Packet packet) {
    for (int index = 0; index < prefixes.size(); index++) {
      if (packet.bodyStartsWith(prefixes.get(index))) {
        return true;
      }
    }
    return false;
  }
}
