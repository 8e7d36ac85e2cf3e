package dev.aeon.spoke.registry;

import dev.aeon.spoke.model.ModuleContent;
import dev.aeon.spoke.model.ProtoPath;
import dev.aeon.spoke.validate.Imports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Schemas in a folder, as modules; a schema that several have is the first one's. */
final class SchemaCorpus {
  /** These import each other. */
  private static final Set<String> COMMON =
      Set.of("google-api", "google-logging", "google-longrunning");

  /** Folders of products, not products themselves; each version of a large one is a product. */
  private static final List<String> FAMILIES =
      List.of("google/ads/googleads/", "google/ads/", "google/cloud/");

  /** The compiler brings these with it. */
  private static final String WELL_KNOWN = "google/protobuf/";

  private final Map<String, Map<String, byte[]>> modules = new TreeMap<>();
  private final Map<String, String> moduleOfFile = new HashMap<>();

  /** A tree of Google's published interfaces: each product is a module. */
  static SchemaCorpus ofProducts(Path folder) throws IOException {
    SchemaCorpus corpus = new SchemaCorpus();
    for (String path : schemasIn(folder)) {
      corpus.add(productOf(path), path, Files.readAllBytes(folder.resolve(path)));
    }
    return corpus;
  }

  /**
   * A folder of folders, each with what a jar has: each is a module, the first one all may import.
   */
  static SchemaCorpus ofJars(Path folder, String first) throws IOException {
    SchemaCorpus corpus = new SchemaCorpus();
    List<Path> jars;
    try (Stream<Path> folders = Files.list(folder)) {
      jars =
          folders
              .sorted(
                  Comparator.comparing((Path jar) -> !jar.endsWith(first))
                      .thenComparing(Path::toString))
              .toList();
    }
    for (Path jar : jars) {
      for (String path : schemasIn(jar)) {
        corpus.add(jar.getFileName().toString(), path, Files.readAllBytes(jar.resolve(path)));
      }
    }
    return corpus;
  }

  private void add(String module, String path, byte[] text) {
    if (!path.startsWith(WELL_KNOWN) && moduleOfFile.putIfAbsent(path, module) == null) {
      modules.computeIfAbsent(module, name -> new TreeMap<>()).put(path, text);
    }
  }

  private static String productOf(String path) {
    List<String> folders = List.of(path.split("/"));
    long depth =
        FAMILIES.stream()
            .filter(path::startsWith)
            .findFirst()
            .map(family -> family.chars().filter(letter -> letter == '/').count() + 1)
            .orElse(2L);
    int length = Math.min((int) depth, folders.size() - 1);
    String product = String.join("-", folders.subList(0, length));
    return COMMON.contains(product) ? "google-common" : product;
  }

  private static List<String> schemasIn(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".proto"))
          .map(file -> folder.relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  int fileCount() {
    return moduleOfFile.size();
  }

  Map<String, byte[]> content(String module) {
    return modules.getOrDefault(module, Map.of());
  }

  /** Writes all of them into one folder, where each finds what it imports. */
  void write(Path folder) throws IOException {
    for (Map<String, byte[]> files : modules.values()) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        Path target = folder.resolve(file.getKey());
        Files.createDirectories(target.getParent());
        Files.write(target, file.getValue());
      }
    }
  }

  /** The modules, each after those that it imports from. */
  Set<String> inOrder() {
    Set<String> ordered = new LinkedHashSet<>();
    modules.keySet().forEach(module -> visit(module, ordered));
    return ordered;
  }

  private void visit(String module, Set<String> ordered) {
    if (!ordered.contains(module)) {
      imported(module).forEach(other -> visit(other, ordered));
      ordered.add(module);
    }
  }

  Set<String> imported(String module) {
    Map<ProtoPath, byte[]> content = new TreeMap<>();
    content(module).forEach((path, bytes) -> content.put(new ProtoPath(path), bytes));
    Set<String> others = new LinkedHashSet<>();
    for (String path : Imports.ofOthers(ModuleContent.of(content))) {
      String other = moduleOfFile.get(path);
      if (other != null && !other.equals(module)) {
        others.add(other);
      }
    }
    return others;
  }
}
