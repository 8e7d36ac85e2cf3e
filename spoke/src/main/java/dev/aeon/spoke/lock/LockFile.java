package dev.aeon.spoke.lock;

import dev.aeon.spoke.api.ApiJson;
import dev.aeon.spoke.model.ModuleName;
import dev.aeon.spoke.model.SpokeException;
import dev.aeon.spoke.model.Version;
import dev.aeon.spoke.model.VersionRange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What {@code spoke.lock} holds: the version of each module that a project uses, those that its
 * dependencies depend on among them, and the digest of each.
 *
 * @param digests by module; a file written by hand may leave them out
 */
public record LockFile(
    SortedMap<ModuleName, Version> dependencies, SortedMap<ModuleName, String> digests) {
  /** What the file is called. */
  public static final String NAME = "spoke.lock";

  private static final long SIZE_LIMIT = 16L << 20;

  /** The file in JSON. */
  private record Json(
      @Nullable Map<String, String> dependencies, @Nullable Map<String, String> digests) {}

  /**
   * Reads a lock; empty where there is none.
   *
   * @throws SpokeException {@code INVALID_REQUEST} where it is damaged
   */
  public static Optional<LockFile> read(Path file) {
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      if (Files.size(file) > SIZE_LIMIT) {
        throw new SpokeException(
            SpokeException.Code.LIMIT_EXCEEDED, "a lock is too large, file=" + file);
      }
      return Optional.of(parse(Files.readAllBytes(file), file));
    } catch (IOException e) {
      throw new SpokeException(
          SpokeException.Code.INVALID_REQUEST, "cannot read the lock, file=" + file, e);
    }
  }

  private static LockFile parse(byte[] bytes, Path file) {
    try {
      return parse(ApiJson.read(bytes, Json.class, SpokeException.Code.INVALID_REQUEST));
    } catch (SpokeException e) {
      throw new SpokeException(
          e.code(), "not a lock, file=" + file + " cause=" + e.getMessage(), e);
    }
  }

  private static LockFile parse(Json json) {
    SortedMap<ModuleName, Version> dependencies = new TreeMap<>();
    SortedMap<ModuleName, String> digests = new TreeMap<>();
    orEmpty(json.dependencies)
        .forEach((module, version) ->
            dependencies.put(new ModuleName(module), Version.parse(required(module, version))));
    orEmpty(json.digests)
        .forEach((module, digest) -> digests.put(new ModuleName(module), required(module, digest)));
    return new LockFile(dependencies, digests);
  }

  private static String required(String module, @Nullable String value) {
    if (value == null) {
      throw new SpokeException(
          SpokeException.Code.INVALID_REQUEST, "a lock has no value for a module=" + module);
    }
    return value;
  }

  private static Map<String, String> orEmpty(@Nullable Map<String, String> values) {
    return values == null ? Map.of() : values;
  }

  /** Writes the lock, whole or not at all. */
  public void write(Path file) {
    try {
      Path target = file.toAbsolutePath();
      Path prepared = Files.createTempFile(target.getParent(), NAME, ".tmp");
      Files.writeString(prepared, text());
      Files.move(prepared, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new SpokeException(
          SpokeException.Code.INTERNAL, "cannot write the lock, file=" + file, e);
    }
  }

  /** The file's text: a line for each module, so that changes read well. */
  String text() {
    return new String(ApiJson.writeIndented(toJson()), StandardCharsets.UTF_8) + "\n";
  }

  private Json toJson() {
    Map<String, String> versions = new TreeMap<>();
    Map<String, String> sums = new TreeMap<>();
    dependencies.forEach((module, version) -> versions.put(module.value(), version.toString()));
    digests.forEach((module, digest) -> sums.put(module.value(), digest));
    return new Json(versions, sums);
  }

  /** Whether it has a version in range of each module that a project asks for. */
  public boolean covers(Map<ModuleName, VersionRange> wanted) {
    return wanted.entrySet().stream()
        .allMatch(wish -> {
          Version version = dependencies.get(wish.getKey());
          return version != null && wish.getValue().contains(version);
        });
  }
}
