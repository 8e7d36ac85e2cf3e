package dev.aeon.spoke.validate.diff;

import dev.aeon.spoke.validate.diff.Inventory.Item;
import dev.aeon.spoke.validate.diff.SchemaChange.Kind;
import dev.aeon.spoke.validate.image.Image;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What differs between two images.
 *
 * @param changes in the order of the text; of what is new or gone as a whole, not its parts
 * @param notes what of it breaks whom, the worst first
 */
public record SchemaDiff(List<SchemaChange> changes, List<MigrationNote> notes) {

  /** The next version's place that semantic versioning asks to raise. */
  public enum Bump {
    NONE,
    PATCH,
    MINOR,
    MAJOR
  }

  /** Compares the files that are no mere imports. Fields are the same by number. */
  public static SchemaDiff between(Image previous, Image current) {
    return new SchemaDiff(
        changes(Inventory.of(previous), Inventory.of(current)),
        MigrationNote.between(previous, current));
  }

  /** What breaks asks for a major version, what is there to be used for a minor one. */
  public Bump bump() {
    if (!notes.isEmpty()) {
      return Bump.MAJOR;
    }
    if (changes.isEmpty()) {
      return Bump.NONE;
    }
    boolean isGrown = changes.stream().anyMatch(change -> change.kind() == Kind.ADDED);
    return isGrown ? Bump.MINOR : Bump.PATCH;
  }

  /** How many changes are of a kind. */
  public long count(Kind kind) {
    return changes.stream().filter(change -> change.kind() == kind).count();
  }

  private static List<SchemaChange> changes(Map<String, Item> before, Map<String, Item> now) {
    List<SchemaChange> changes = new ArrayList<>();
    now.forEach((key, item) -> {
      Item old = before.get(key);
      if (old != null) {
        addDifference(old, item, changes);
      } else if (before.containsKey(item.around()) || item.around().isEmpty()) {
        changes.add(change(Kind.ADDED, item, "", item.signature()));
      }
    });
    before.forEach((key, item) -> {
      boolean isPartOfLoss = !item.around().isEmpty() && !now.containsKey(item.around());
      if (!now.containsKey(key) && !isPartOfLoss) {
        changes.add(change(Kind.REMOVED, item, item.signature(), ""));
      }
    });
    return changes.stream().sorted().toList();
  }

  private static void addDifference(Item old, Item item, List<SchemaChange> changes) {
    if (!old.file().equals(item.file()) && old.around().startsWith("file ")) {
      changes.add(change(Kind.CHANGED, item, "in " + old.file(), "in " + item.file()));
    }
    if (!old.signature().equals(item.signature())) {
      changes.add(change(Kind.CHANGED, item, old.signature(), item.signature()));
    }
  }

  private static SchemaChange change(Kind kind, Item item, String before, String after) {
    return new SchemaChange(
        kind, item.element(), item.name(), item.file(), item.line(), before, after);
  }
}
