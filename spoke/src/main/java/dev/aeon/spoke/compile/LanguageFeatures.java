package dev.aeon.spoke.compile;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import dev.aeon.spoke.model.Language;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Files that define features of single languages. A runtime has that of its own language alone, so
 * that other languages' code must not import them; the features stay, as options nobody reads.
 */
final class LanguageFeatures {
  private static final Map<String, List<Language>> OWNERS =
      Map.of(
          "google/protobuf/cpp_features.proto", List.of(Language.CPP),
          "google/protobuf/go_features.proto", List.of(Language.GO),
          "google/protobuf/java_features.proto", List.of(Language.JAVA, Language.KOTLIN));

  private final Language language;

  private LanguageFeatures(Language language) {
    this.language = language;
  }

  /** The same files without those of other languages' features; empty where there are none. */
  static Optional<FileDescriptorSet> withoutOthers(FileDescriptorSet set, Language language) {
    LanguageFeatures features = new LanguageFeatures(language);
    if (set.getFileList().stream().noneMatch(file -> features.isForeign(file.getName()))) {
      return Optional.empty();
    }
    FileDescriptorSet.Builder without = FileDescriptorSet.newBuilder();
    set.getFileList().stream()
        .filter(file -> !features.isForeign(file.getName()))
        .map(features::withoutImports)
        .forEach(without::addFile);
    return Optional.of(without.build());
  }

  private boolean isForeign(String path) {
    return OWNERS.containsKey(path) && !OWNERS.get(path).contains(language);
  }

  /** Public and weak imports are named by their index among all. */
  private FileDescriptorProto withoutImports(FileDescriptorProto file) {
    FileDescriptorProto.Builder without =
        file.toBuilder()
            .clearDependency()
            .clearPublicDependency()
            .clearWeakDependency()
            .clearOptionDependency();
    for (int i = 0; i < file.getDependencyCount(); i++) {
      if (!isForeign(file.getDependency(i))) {
        if (file.getPublicDependencyList().contains(i)) {
          without.addPublicDependency(without.getDependencyCount());
        }
        without.addDependency(file.getDependency(i));
      }
    }
    file.getOptionDependencyList().stream()
        .filter(path -> !isForeign(path))
        .forEach(without::addOptionDependency);
    return without.build();
  }
}
