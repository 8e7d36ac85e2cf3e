package dev.aeon.spoke.validate.lint;

import dev.aeon.spoke.validate.image.Image;
import dev.aeon.spoke.validate.image.ImageFile;
import dev.aeon.spoke.validate.image.ImportElement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The rule that packages do not import each other in a circle. An import is reported with the
 * shortest circle that it is part of.
 */
final class ImportCycles {
  /**
   * By importing package, then imported package: the statements. Nameless packages are left out.
   */
  private final Map<String, Map<String, List<ImportElement>>> imports = new TreeMap<>();

  private ImportCycles(Image image) {
    for (ImageFile file : image.files()) {
      for (ImportElement each : file.imports()) {
        ImageFile imported = image.file(each.path());
        if (imported != null) {
          add(file.packageName(), imported.packageName(), each);
        }
      }
    }
  }

  private void add(String from, String to, ImportElement each) {
    if (!from.isEmpty() && !to.isEmpty() && !from.equals(to)) {
      imports
          .computeIfAbsent(from, key -> new TreeMap<>())
          .computeIfAbsent(to, key -> new ArrayList<>())
          .add(each);
    }
  }

  static void check(Image image, Report report) {
    ImportCycles cycles = new ImportCycles(image);
    cycles.imports.forEach((from, targets) ->
        targets.forEach((to, statements) -> cycles.check(from, to, statements, report)));
  }

  private void check(String from, String to, List<ImportElement> statements, Report report) {
    List<String> way = shortestWay(to, from);
    if (!way.isEmpty()) {
      String message = "Package import cycle: " + from + " -> " + String.join(" -> ", way);
      for (ImportElement each : statements) {
        if (!each.file().isImport()) {
          report.add(each.place(), each.file(), message);
        }
      }
    }
  }

  /** The packages from one to another, both named; empty where there is no way. */
  private List<String> shortestWay(String from, String to) {
    Map<String, String> reachedFrom = new HashMap<>();
    Set<String> seen = new HashSet<>(Set.of(from));
    Deque<String> waiting = new ArrayDeque<>(List.of(from));
    while (!waiting.isEmpty()) {
      String current = waiting.remove();
      if (current.equals(to)) {
        return wayBack(reachedFrom, to);
      }
      for (String next : imports.getOrDefault(current, Map.of()).keySet()) {
        if (seen.add(next)) {
          reachedFrom.put(next, current);
          waiting.add(next);
        }
      }
    }
    return List.of();
  }

  private static List<String> wayBack(Map<String, String> reachedFrom, String end) {
    Deque<String> way = new ArrayDeque<>();
    for (String step = end; step != null; step = reachedFrom.get(step)) {
      way.addFirst(step);
    }
    return List.copyOf(way);
  }
}
