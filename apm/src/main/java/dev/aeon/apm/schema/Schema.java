package dev.aeon.apm.schema;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The fields that an object must and may have. Fields it does not name are legal and left alone.
 * Immutable; checks in one pass over the object, whatever its size, allocating nothing while
 * nothing is wrong.
 */
public final class Schema implements FieldRule {
  private static final int MAX_FIELDS = Long.SIZE;

  private record Field(String name, boolean required, FieldRule rule) {}

  private final Field[] fields;

  /** Indexes of {@link #fields} by the hashes of their names, open addressing, -1 where free. */
  private final int[] slots;

  private Schema(List<Field> fields) {
    if (fields.size() > MAX_FIELDS) {
      throw new IllegalArgumentException("too many fields: limit=" + MAX_FIELDS);
    }
    this.fields = fields.toArray(Field[]::new);
    this.slots = slots(fields);
  }

  public static Schema empty() {
    return new Schema(List.of());
  }

  /** This schema and a field that must be there. */
  public Schema required(String name, FieldRule rule) {
    return with(new Field(name, true, rule));
  }

  /** This schema and a field that may be absent or null. */
  public Schema optional(String name, FieldRule rule) {
    return with(new Field(name, false, rule));
  }

  private Schema with(Field field) {
    List<Field> wider = new ArrayList<>(List.of(fields));
    wider.add(field);
    return new Schema(wider);
  }

  private static int[] slots(List<Field> fields) {
    int[] slots = new int[Integer.highestOneBit(fields.size() + 1) * 4];
    Arrays.fill(slots, -1);
    for (int index = 0; index < fields.size(); index++) {
      int slot = JsonIndex.hash(fields.get(index).name()) & (slots.length - 1);
      while (slots[slot] >= 0) {
        slot = (slot + 1) & (slots.length - 1);
      }
      slots[slot] = index;
    }
    return slots;
  }

  /** Checks the fields of an object; of any other value nothing. */
  @Override
  public void check(JsonIndex json, int object, Violations violations) {
    if (!json.isObject(object)) {
      return;
    }
    long seen = 0;
    int end = json.next(object);
    for (int name = object + 1; name < end; name = json.next(name + 1)) {
      int index = indexOf(json, name);
      if (index >= 0) {
        seen |= 1L << index;
        checkField(fields[index], json, name + 1, violations);
      }
    }
    addMissing(seen, violations);
  }

  private int indexOf(JsonIndex json, int name) {
    int slot = json.hash(name) & (slots.length - 1);
    while (slots[slot] >= 0) {
      if (json.textEquals(name, fields[slots[slot]].name)) {
        return slots[slot];
      }
      slot = (slot + 1) & (slots.length - 1);
    }
    return -1;
  }

  private static void checkField(Field field, JsonIndex json, int value, Violations violations) {
    if (field.required || !json.isNull(value)) {
      violations.enter(field.name);
      field.rule.check(json, value, violations);
      violations.leave();
    }
  }

  private void addMissing(long seen, Violations violations) {
    for (int index = 0; index < fields.length; index++) {
      if (fields[index].required && (seen & (1L << index)) == 0) {
        violations.enter(fields[index].name);
        violations.add(ErrorCode.E_VALIDATION_001, "missing");
        violations.leave();
      }
    }
  }
}
