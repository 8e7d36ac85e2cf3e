package dev.aeon.spoke.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aeon.spoke.model.ModuleContent;
import dev.aeon.spoke.model.ProtoPath;
import dev.aeon.spoke.protoc.Protoc;
import dev.aeon.spoke.store.FileSystemStore;
import dev.aeon.spoke.validate.Imports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Thousands of schemas, those of Google's published interfaces, that {@code scripts/corpus} fetches
 * into the folder of the property. Each product is a module, pushed after those that it imports
 * from, and what the registry keeps of it is what the compiler says, byte for byte.
 */
@EnabledIfSystemProperty(named = "aeon.corpus", matches = ".+")
class CorpusTest {
  /** These import each other. */
  private static final Set<String> COMMON =
      Set.of("google-api", "google-logging", "google-longrunning");

  /** Folders of products, not products themselves. */
  private static final Set<String> FAMILIES = Set.of("google/cloud", "google/ads");

  /** The compiler brings these with it. */
  private static final String WELL_KNOWN = "google/protobuf/";

  private final Map<String, Map<String, byte[]>> modules = new TreeMap<>();
  private final Map<String, String> moduleOfFile = new HashMap<>();

  @TempDir Path folder;

  @Test
  void corpus_pushed_isStoredAsTheCompilerDescribesIt() throws IOException {
    Path sources = folder.resolve("sources");
    read(Path.of(System.getProperty("aeon.corpus")), sources);
    try (SchemaRegistry registry =
            new SchemaRegistry(
                new FileSystemStore(folder.resolve("store")), InstantSource.fixed(Instant.EPOCH));
        Protoc protoc = Protoc.open()) {
      PublishedSchemas schemas = new PublishedSchemas(registry, protoc, folder);
      for (String module : inOrder()) {
        List<String> wanted = imported(module).stream().map(other -> other + "@v1.0.0").toList();
        Map<String, byte[]> content = modules.get(module);
        assertThat(registry.descriptors(schemas.push(module, content, wanted)))
            .as(module)
            .isEqualTo(schemas.described(List.of(sources), List.copyOf(content.keySet())));
      }
    }
    System.out.printf("corpus: modules=%d files=%d%n", modules.size(), moduleOfFile.size());
    assertThat(moduleOfFile).hasSizeGreaterThan(5_000);
  }

  private void read(Path corpus, Path sources) throws IOException {
    for (Path file : schemasIn(corpus)) {
      String path = corpus.relativize(file).toString();
      if (!path.startsWith(WELL_KNOWN)) {
        byte[] bytes = Files.readAllBytes(file);
        Path copy = sources.resolve(path);
        Files.createDirectories(copy.getParent());
        Files.write(copy, bytes);
        String module = moduleOf(path);
        moduleOfFile.put(path, module);
        modules.computeIfAbsent(module, name -> new TreeMap<>()).put(path, bytes);
      }
    }
  }

  private static String moduleOf(String path) {
    List<String> folders = List.of(path.split("/"));
    int depth = FAMILIES.stream().anyMatch(family -> path.startsWith(family + "/")) ? 3 : 2;
    int length = Math.min(depth, folders.size() - 1);
    String product = String.join("-", folders.subList(0, length));
    return COMMON.contains(product) ? "google-common" : product;
  }

  private static List<Path> schemasIn(Path corpus) throws IOException {
    try (Stream<Path> files = Files.walk(corpus)) {
      return files.filter(file -> file.toString().endsWith(".proto")).sorted().toList();
    }
  }

  private Set<String> inOrder() {
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

  private Set<String> imported(String module) {
    Map<ProtoPath, byte[]> content = new TreeMap<>();
    modules.get(module).forEach((path, bytes) -> content.put(new ProtoPath(path), bytes));
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
