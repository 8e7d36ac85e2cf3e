package dev.aeon.spoke.store;

import dev.aeon.spoke.model.Change;
import dev.aeon.spoke.model.ModuleName;
import dev.aeon.spoke.model.Version;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The modules and versions that changes have told of, in memory. Thread-safe. */
public final class Catalogue {
  private final NavigableMap<ModuleName, NavigableSet<Version>> modules = new TreeMap<>();
  private long sequence;

  /** An empty catalogue. */
  public Catalogue() {}

  /** The sequence up to which changes were taken. */
  public synchronized long sequence() {
    return sequence;
  }

  /** Takes changes; those that were taken before change nothing. */
  public synchronized void add(List<Change> changes) {
    for (Change change : changes) {
      modules.computeIfAbsent(change.module(), _ -> new TreeSet<>()).add(change.version());
      sequence = Math.max(sequence, change.sequence());
    }
  }

  /** The names of all modules, in order. */
  public synchronized List<ModuleName> modules() {
    return List.copyOf(modules.keySet());
  }

  /** The versions of a module, oldest first; empty where there is no such module. */
  public synchronized List<Version> versions(ModuleName module) {
    NavigableSet<Version> versions = modules.get(module);
    return versions == null ? List.of() : List.copyOf(versions);
  }
}
