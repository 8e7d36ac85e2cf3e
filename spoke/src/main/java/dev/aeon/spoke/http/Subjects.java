package dev.aeon.spoke.http;

import dev.aeon.spoke.model.Change;
import dev.aeon.spoke.model.Dependency;
import dev.aeon.spoke.model.ModuleContent;
import dev.aeon.spoke.model.ModuleName;
import dev.aeon.spoke.model.ProtoPath;
import dev.aeon.spoke.model.Requirement;
import dev.aeon.spoke.model.SpokeException;
import dev.aeon.spoke.model.Version;
import dev.aeon.spoke.model.VersionManifest;
import dev.aeon.spoke.registry.SchemaRegistry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Modules as Confluent's registry sees them: a subject is a module, its n-th version the n-th
 * release {@code vn.0.0}, a schema's id the sequence of its publication. A reference's schema is
 * kept with the one that refers to it as a dependency, imported by the reference's name.
 */
final class Subjects {
  private static final int MAX_CHANGES = 1_000_000;
  private static final String SUFFIX = ".proto";

  private final SchemaRegistry registry;

  Subjects(SchemaRegistry registry) {
    this.registry = registry;
  }

  /** A schema as Confluent's clients know it. */
  record Schema(long id, int number, VersionManifest version, String text) {}

  /** A schema that another one imports. */
  record Reference(String name, ModuleName subject, int version) {}

  /** All subjects, in order. */
  List<ModuleName> all() {
    return registry.modules();
  }

  /** The versions of a subject, counted from 1; empty where there is none. */
  List<Version> versions(ModuleName subject) {
    return registry.modules().contains(subject) ? registry.versions(subject) : List.of();
  }

  /** The schema of a version, which is a number from 1 or {@code latest}. */
  Optional<Schema> find(ModuleName subject, String version) {
    List<Version> versions = versions(subject);
    int number = version.equals("latest") ? versions.size() : number(version);
    return number >= 1 && number <= versions.size()
        ? Optional.of(schema(subject, number, versions.get(number - 1)))
        : Optional.empty();
  }

  private static int number(String text) {
    return text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : -1;
  }

  private Schema schema(ModuleName subject, int number, Version version) {
    VersionManifest manifest = registry.manifest(subject, version.toString());
    return new Schema(idOf(manifest), number, manifest, text(manifest));
  }

  private long idOf(VersionManifest version) {
    return changes().stream()
        .filter(change -> change.module().equals(version.module()))
        .filter(change -> change.version().equals(version.version()))
        .mapToLong(Change::sequence)
        .findFirst()
        .orElseThrow();
  }

  private List<Change> changes() {
    return registry.changes().after(0, MAX_CHANGES, java.time.Duration.ZERO);
  }

  private String text(VersionManifest version) {
    ProtoPath main = version.files().getFirst().path();
    return new String(registry.file(version, main), StandardCharsets.UTF_8);
  }

  /** The schema of an id; empty where there is none. */
  Optional<Schema> byId(long id) {
    return registry.changes().after(id - 1, 1, java.time.Duration.ZERO).stream()
        .filter(change -> change.sequence() == id)
        .findFirst()
        .map(change -> {
          int number = versions(change.module()).indexOf(change.version()) + 1;
          return schema(change.module(), number, change.version());
        });
  }

  /** The schema of a subject that has a text already; empty where there is none. */
  Optional<Schema> same(ModuleName subject, String text) {
    List<Version> versions = versions(subject);
    for (int number = versions.size(); number >= 1; number--) {
      Schema schema = schema(subject, number, versions.get(number - 1));
      if (schema.text().strip().equals(text.strip())) {
        return Optional.of(schema);
      }
    }
    return Optional.empty();
  }

  /** Registers a schema; one that is there already stays as it is. */
  synchronized Schema register(ModuleName subject, String text, List<Reference> references) {
    Optional<Schema> known = same(subject, text);
    if (known.isPresent()) {
      return known.get();
    }
    Version version = next(subject);
    registry.push(subject, version, "", content(subject, text), requirements(references));
    return find(subject, "latest").orElseThrow();
  }

  Version next(ModuleName subject) {
    return versions(subject).stream()
        .filter(Version::isRelease)
        .reduce((first, second) -> second)
        .map(last -> Version.parse("v" + last.major().add(java.math.BigInteger.ONE) + ".0.0"))
        .orElse(Version.parse("v1.0.0"));
  }

  /**
   * How others import a subject's schema. Confluent's serializers name the subject of what is
   * imported after the import, {@code .proto} and all.
   */
  static String fileOf(ModuleName subject) {
    return subject.value().endsWith(SUFFIX) ? subject.value() : subject.value() + SUFFIX;
  }

  /** A subject's schema is one file, named after the subject. */
  static ModuleContent content(ModuleName subject, String text) {
    ProtoPath path = new ProtoPath(fileOf(subject));
    Map<ProtoPath, byte[]> files = new TreeMap<>();
    files.put(path, text.getBytes(StandardCharsets.UTF_8));
    return ModuleContent.of(files);
  }

  List<Requirement> requirements(List<Reference> references) {
    List<Requirement> requirements = new ArrayList<>();
    for (Reference reference : references) {
      Schema schema =
          find(reference.subject(), Integer.toString(reference.version()))
              .orElseThrow(() ->
                  new SpokeException(
                      SpokeException.Code.INVALID_SCHEMA,
                      "no such schema is referred to, subject=" + reference.subject()));
      requirements.add(Requirement.of(asDependency(schema)));
    }
    return requirements;
  }

  private static Dependency asDependency(Schema schema) {
    return schema.version().asDependency();
  }
}
