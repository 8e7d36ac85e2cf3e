package dev.aeon.spoke.cli;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.aeon.spoke.lock.LockFile;
import dev.aeon.spoke.model.ModuleName;
import dev.aeon.spoke.model.SpokeException;
import dev.aeon.spoke.model.VersionRange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * The part of a project's {@code spoke.yaml} that the commands take their defaults from. The file
 * lies in the folder they are run in; the other part says how schemas are judged.
 */
record ProjectFile(Path path, Content content) {
  static final String NAME = "spoke.yaml";
  private static final int SIZE_LIMIT = 1 << 20;

  /**
   * What the file says.
   *
   * @param release the version to publish
   * @param dependencies ranges by module
   */
  @JsonIgnoreProperties({"version", "modules", "lint", "breaking"})
  record Content(
      @Nullable String registry,
      @Nullable String module,
      @Nullable String release,
      @Nullable String dir,
      @Nullable Map<String, String> dependencies) {}

  /** The file of the current folder; an empty one where there is none. */
  static ProjectFile find() {
    return in(Path.of(System.getProperty("user.dir", "")));
  }

  /** The file of a folder; an empty one where there is none. */
  static ProjectFile in(Path folder) {
    Path file = folder.resolve(NAME);
    Content nothing = new Content(null, null, null, null, null);
    return new ProjectFile(file, Files.isRegularFile(file) ? read(file) : nothing);
  }

  private static Content read(Path file) {
    try {
      if (Files.size(file) > SIZE_LIMIT) {
        throw new SpokeException(
            SpokeException.Code.LIMIT_EXCEEDED,
            "a project file is too large, file=" + file + " limitBytes=" + SIZE_LIMIT);
      }
      YAMLMapper mapper =
          YAMLMapper.builder().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();
      Content content = mapper.readValue(Files.readAllBytes(file), Content.class);
      return content == null ? new Content(null, null, null, null, null) : content;
    } catch (UnrecognizedPropertyException e) {
      throw new SpokeException(
          SpokeException.Code.INVALID_REQUEST,
          "no such setting, file="
              + file
              + " key="
              + e.getPropertyName()
              + " known="
              + e.getKnownPropertyIds(),
          e);
    } catch (IOException | JacksonException e) {
      throw new SpokeException(
          SpokeException.Code.INVALID_REQUEST,
          "cannot read the project file, file=" + file + " cause=" + e.getMessage(),
          e);
    }
  }

  Optional<String> registry() {
    return Optional.ofNullable(content.registry());
  }

  Optional<String> module() {
    return Optional.ofNullable(content.module());
  }

  Optional<String> release() {
    return Optional.ofNullable(content.release());
  }

  Optional<Path> dir() {
    return Optional.ofNullable(content.dir()).map(path::resolveSibling);
  }

  /** The ranges of the modules that the project uses. */
  SortedMap<ModuleName, VersionRange> dependencies() {
    SortedMap<ModuleName, VersionRange> ranges = new TreeMap<>();
    if (content.dependencies() != null) {
      content
          .dependencies()
          .forEach((module, range) ->
              ranges.put(new ModuleName(module), new VersionRange(String.valueOf(range))));
    }
    return ranges;
  }

  /** Where the project's lock lies. */
  Path lock() {
    return path.resolveSibling(LockFile.NAME);
  }
}
