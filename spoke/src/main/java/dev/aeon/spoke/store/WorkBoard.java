package dev.aeon.spoke.store;

import java.util.Optional;
import java.util.SortedMap;

/**
 * What workers on one store tell each other: which work is claimed, and notes. Workers may be
 * threads, processes or, where the store is one that machines share, machines. Thread-safe.
 */
public interface WorkBoard {
  /** Work that nobody else does until this is closed, or its process has died. */
  interface Claim extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Claims work.
   *
   * @param key letters, digits and {@code .-_@%}
   * @return empty where another has it; or, of some boards, other work that shares its lock
   */
  Optional<Claim> claim(String key);

  /** Whether somebody has a claim on work. */
  boolean isClaimed(String key);

  /**
   * Keeps a note, and replaces an earlier one.
   *
   * @param topic letters
   * @param key as of a claim
   */
  void write(String topic, String key, byte[] note);

  /** Forgets a note; nothing happens where there is none. */
  void erase(String topic, String key);

  /** All notes of a topic by key. */
  SortedMap<String, byte[]> notes(String topic);
}
