package dev.aeon.spoke.compile;

import dev.aeon.spoke.model.Blob;
import dev.aeon.spoke.model.Language;
import dev.aeon.spoke.model.ModuleName;
import dev.aeon.spoke.model.Version;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** Generated code with the files that make it a package of its language's package manager. */
public final class LanguagePackage {
  private static final String MAVEN_SOURCES = "src/main/java/";

  private LanguagePackage() {}

  /**
   * The package's files by path: the code, where the package manager looks for it, and manifests.
   */
  public static SortedMap<String, byte[]> of(
      ModuleName module, Version version, Language language, SortedMap<String, byte[]> generated) {
    return arranged(module, version, language, generated, Function.identity());
  }

  /** The same of files that are not in memory. */
  public static SortedMap<String, Blob> ofBlobs(
      ModuleName module, Version version, Language language, SortedMap<String, Blob> generated) {
    return arranged(module, version, language, generated, Blob::of);
  }

  private static <T> SortedMap<String, T> arranged(
      ModuleName module,
      Version version,
      Language language,
      SortedMap<String, T> generated,
      Function<byte[], T> written) {
    SortedMap<String, T> files = new TreeMap<>();
    String root = sourceRoot(language);
    generated.forEach((path, bytes) -> files.put(root + path, bytes));
    ManifestTemplate template =
        new ManifestTemplate(new PackageIdentity(module, version), generated.keySet());
    for (String manifest : manifests(language)) {
      // A schema may compile to a file of that name; then the schema's file is the one to keep.
      files.putIfAbsent(manifest, written.apply(template.fill(language, manifest)));
    }
    return files;
  }

  private static String sourceRoot(Language language) {
    return language == Language.JAVA || language == Language.KOTLIN ? MAVEN_SOURCES : "";
  }

  private static List<String> manifests(Language language) {
    return switch (language) {
      case CPP -> List.of("CMakeLists.txt");
      case CSHARP -> List.of("schema.csproj");
      case DESCRIPTORS -> List.of();
      case GO -> List.of("go.mod");
      case JAVA -> List.of("pom.xml");
      case JAVASCRIPT -> List.of("package.json");
      case KOTLIN -> List.of("build.gradle.kts", "settings.gradle.kts");
      case OBJC -> List.of("schema.podspec");
      case PHP -> List.of("composer.json");
      case PYTHON -> List.of("pyproject.toml");
      case RUBY -> List.of("schema.gemspec");
      case RUST -> List.of("Cargo.toml");
      case TYPESCRIPT -> List.of("package.json", "tsconfig.json");
    };
  }
}
