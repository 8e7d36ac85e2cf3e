package dev.aeon.apm.schema;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Collects what is wrong with one message, and knows where in it the check is. Confined to one
 * thread.
 */
public final class Violations {
  private static final int LIMIT = 100;
  private static final int USUAL_DEPTH = 8;

  /** The names on the way here; null for an element of an array. */
  private @Nullable String[] names = new @Nullable String[USUAL_DEPTH];

  private int[] elements = new int[USUAL_DEPTH];
  private final boolean newerMinor;
  private List<Violation> found = List.of();
  private int depth;

  /**
   * Starts empty, at the whole message.
   *
   * @param newerMinor whether the message speaks a newer minor version, whose additions are
   *     accepted unread (section 5.2)
   */
  public Violations(boolean newerMinor) {
    this.newerMinor = newerMinor;
  }

  public boolean isNewerMinor() {
    return newerMinor;
  }

  /** Goes to the field {@code name} of where the check is. */
  public void enter(String name) {
    ensureRoom();
    names[depth] = name;
    depth++;
  }

  /** Goes to an element of the array where the check is. */
  public void enter(int element) {
    ensureRoom();
    names[depth] = null;
    elements[depth] = element;
    depth++;
  }

  private void ensureRoom() {
    if (depth == elements.length) {
      names = Arrays.copyOf(names, 2 * depth);
      elements = Arrays.copyOf(elements, 2 * depth);
    }
  }

  /** Goes back to where the check was before the last {@code enter}. */
  public void leave() {
    depth--;
  }

  /** Notes a violation here; past the hundredth they are dropped, so that none makes us hoard. */
  public void add(ErrorCode code, String detail) {
    if (found.size() < LIMIT) {
      found = found.isEmpty() ? new ArrayList<>() : found;
      found.add(new Violation(path(), code, detail));
    }
  }

  /** Notes a violation in the field {@code name} of where the check is. */
  public void add(ErrorCode code, String name, String detail) {
    enter(name);
    add(code, detail);
    leave();
  }

  private String path() {
    StringBuilder path = new StringBuilder();
    for (int level = 0; level < depth; level++) {
      String name = names[level];
      if (name == null) {
        path.append('[').append(elements[level]).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(name);
      }
    }
    return path.toString();
  }

  public boolean isEmpty() {
    return found.isEmpty();
  }

  /** What was found, in the catalog's reporting order. */
  public List<Violation> ordered() {
    return found.isEmpty()
        ? List.of()
        : found.stream().sorted(Comparator.comparing(Violation::code)).toList();
  }

  /**
   * Ends the check.
   *
   * @throws InvalidMessageException where anything was found
   */
  public void throwIfAny() {
    if (!found.isEmpty()) {
      throw new InvalidMessageException(ordered());
    }
  }
}
