package dev.aeon.spoke.api;

import dev.aeon.spoke.model.Change;
import java.util.List;

/**
 * The answer of {@code GET /changes}, oldest first.
 *
 * @param next what to ask for {@code after}
 */
public record ChangeList(List<Entry> changes, long next) {
  /** A publication. */
  public record Entry(
      long sequence, String module, String version, String digest, String createdAt) {
    /** A publication as it is told of. */
    public static Entry of(Change change) {
      return new Entry(
          change.sequence(),
          change.module().value(),
          change.version().toString(),
          change.digest().value(),
          change.createdAt().toString());
    }
  }
}
