package dev.aeon.spoke.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aeon.spoke.model.Language;
import dev.aeon.spoke.model.ModuleName;
import dev.aeon.spoke.model.SpokeException;
import dev.aeon.spoke.protoc.Protoc;
import dev.aeon.spoke.store.Artifact;
import dev.aeon.spoke.store.FileSystemStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Thousands of schemas that others publish, which {@code scripts/corpus} fetches into the folders
 * of the properties. Each module is pushed after those that it imports from, and what the registry
 * keeps of it is what the compiler says, byte for byte.
 */
class CorpusTest {
  private static final String PRODUCTS = "aeon.corpus";
  private static final String JARS = "aeon.corpus.jars";

  /** Whether every so many modules are compiled to every language as well; none where 0. */
  private static final int LANGUAGE_STEP = Integer.getInteger("aeon.corpus.languages", 0);

  @TempDir Path folder;

  @Test
  @EnabledIfSystemProperty(named = PRODUCTS, matches = ".+")
  void products_pushed_areStoredAsTheCompilerDescribesThem() throws IOException {
    SchemaCorpus corpus = SchemaCorpus.ofProducts(Path.of(System.getProperty(PRODUCTS)));
    assertThat(corpus.fileCount()).isGreaterThan(5_000);
    push("npm", corpus);
  }

  @Test
  @EnabledIfSystemProperty(named = JARS, matches = ".+")
  void jars_pushed_areStoredAsTheCompilerDescribesThem() throws IOException {
    Path jars = Path.of(System.getProperty(JARS));
    SchemaCorpus corpus = SchemaCorpus.ofJars(jars, System.getProperty(JARS + ".first"));
    assertThat(corpus.fileCount()).isGreaterThan(1_500);
    push("maven", corpus);
  }

  private void push(String name, SchemaCorpus corpus) throws IOException {
    Path sources = folder.resolve("sources");
    corpus.write(sources);
    try (SchemaRegistry registry =
            new SchemaRegistry(
                new FileSystemStore(folder.resolve("store")), InstantSource.fixed(Instant.EPOCH));
        Protoc protoc = Protoc.open()) {
      PublishedSchemas schemas = new PublishedSchemas(registry, protoc, folder);
      for (String module : corpus.inOrder()) {
        List<String> wanted =
            corpus.imported(module).stream().map(other -> other + "@v1.0.0").toList();
        Map<String, byte[]> content = corpus.content(module);
        assertThat(registry.descriptors(schemas.push(module, content, wanted)))
            .as(module)
            .isEqualTo(schemas.described(List.of(sources), List.copyOf(content.keySet())));
      }
      compile(name, registry, List.copyOf(corpus.inOrder()));
    }
    System.out.printf(
        "corpus: from=%s modules=%d files=%d%n", name, corpus.inOrder().size(), corpus.fileCount());
  }

  /** PHP has no groups; everything else compiles to everything. */
  private static void compile(String name, SchemaRegistry registry, List<String> modules) {
    int packages = 0;
    for (int i = 0; LANGUAGE_STEP > 0 && i < modules.size(); i += LANGUAGE_STEP) {
      var version = registry.manifest(new ModuleName(modules.get(i)), "v1.0.0");
      for (Language language : Language.values()) {
        try (Artifact artifact = registry.compile(version, language)) {
          assertThat(artifact.files()).as(modules.get(i)).isNotEmpty();
          packages++;
        } catch (SpokeException e) {
          assertThat(e)
              .as("%s %s", modules.get(i), language)
              .hasMessageContaining("PHP code for group");
        }
      }
    }
    System.out.printf("corpus: from=%s packages=%d%n", name, packages);
  }
}
