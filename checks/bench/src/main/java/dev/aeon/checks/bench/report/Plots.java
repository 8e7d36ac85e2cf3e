package dev.aeon.checks.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Measurements as pictures: one for each benchmark, each of its parameters that are numbers, and
 * each choice of the others; the other numbers at their least.
 */
public final class Plots {
  private static final Predicate<String> IS_NUMBER = text -> text.matches("\\d+");

  private final List<Measurement> measurements;

  public Plots(List<Measurement> measurements) {
    this.measurements = measurements.stream().filter(each -> !each.isSecondary()).toList();
  }

  /**
   * Writes SVG files in place of those of an earlier run.
   *
   * @return their paths, relative to {@code directory}
   */
  public List<Path> write(Path directory, String name) throws IOException {
    Path folder = Path.of(name);
    Files.createDirectories(directory.resolve(folder));
    deleteEarlier(directory.resolve(folder));
    List<Path> written = new ArrayList<>();
    for (Plot plot : plots()) {
      Path file = folder.resolve(fileName(plot.title()));
      plot.write(directory.resolve(file));
      written.add(file);
    }
    return written;
  }

  private static void deleteEarlier(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path each : files.filter(file -> file.toString().endsWith(".svg")).toList()) {
        Files.delete(each);
      }
    }
  }

  private static String fileName(String title) {
    return title.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.]+", "-") + ".svg";
  }

  List<Plot> plots() {
    Map<String, List<Measurement>> groups =
        measurements.stream()
            .collect(Collectors.groupingBy(Plots::group, LinkedHashMap::new, Collectors.toList()));
    List<Plot> plots = new ArrayList<>();
    groups.forEach((title, group) -> plots.addAll(plotsOf(title, group)));
    return plots;
  }

  private static String group(Measurement measurement) {
    return measurement.parameters().values().stream()
        .filter(IS_NUMBER.negate())
        .reduce(measurement.benchmark(), (left, right) -> left + " " + right);
  }

  private static List<Plot> plotsOf(String title, List<Measurement> group) {
    Map<String, List<Integer>> numbers = numbers(group);
    List<String> axes =
        numbers.keySet().stream().filter(axis -> numbers.get(axis).size() > 1).toList();
    if (axes.isEmpty()) {
      return List.of(new Plot(title, "", group));
    }
    return axes.stream()
        .map(axis -> new Plot(title + " by " + axis, axis, along(axis, numbers, group)))
        .toList();
  }

  /** The values that each parameter of numbers has, the least first. */
  private static Map<String, List<Integer>> numbers(List<Measurement> group) {
    Map<String, List<Integer>> numbers = new TreeMap<>();
    group
        .getFirst()
        .parameters()
        .forEach((axis, value) -> {
          if (IS_NUMBER.test(value)) {
            numbers.put(
                axis, group.stream().map(each -> each.number(axis)).distinct().sorted().toList());
          }
        });
    return numbers;
  }

  private static List<Measurement> along(
      String axis, Map<String, List<Integer>> numbers, List<Measurement> group) {
    return group.stream()
        .filter(each ->
            numbers.keySet().stream()
                .filter(other -> !other.equals(axis))
                .allMatch(other -> each.number(other) == numbers.get(other).getFirst()))
        .toList();
  }
}
