package dev.aeon.spoke.cli;

import dev.aeon.spoke.api.ApiJson;
import dev.aeon.spoke.model.SpokeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a user keeps for all projects: settings by name, and tokens by registry. It lies in {@code
 * $SPOKE_CONFIG_DIR}, else {@code $XDG_CONFIG_HOME/spoke}, else {@code ~/.config/spoke}, readable
 * by its owner alone.
 */
final class UserConfig {
  static final String REGISTRY = "registry";

  private final Path file;

  /** What the file holds. */
  record Content(@Nullable Map<String, String> settings, @Nullable Map<String, String> tokens) {
    Map<String, String> allSettings() {
      return settings == null ? Map.of() : settings;
    }

    Map<String, String> allTokens() {
      return tokens == null ? Map.of() : tokens;
    }
  }

  UserConfig(Path folder) {
    this.file = folder.resolve("config.json");
  }

  static UserConfig ofThisUser() {
    Map<String, String> environment = System.getenv();
    String own = environment.get("SPOKE_CONFIG_DIR");
    if (own != null && !own.isEmpty()) {
      return new UserConfig(Path.of(own));
    }
    String xdg = environment.get("XDG_CONFIG_HOME");
    Path base =
        xdg == null || xdg.isEmpty()
            ? Path.of(System.getProperty("user.home", "."), ".config")
            : Path.of(xdg);
    return new UserConfig(base.resolve("spoke"));
  }

  Path file() {
    return file;
  }

  Optional<String> setting(String name) {
    return Optional.ofNullable(read().allSettings().get(name));
  }

  Map<String, String> settings() {
    return new TreeMap<>(read().allSettings());
  }

  Optional<String> token(String registry) {
    return Optional.ofNullable(read().allTokens().get(registry));
  }

  /** Changes a setting; null removes it. */
  void set(String name, @Nullable String value) {
    Content content = read();
    write(new Content(changed(content.allSettings(), name, value), content.allTokens()));
  }

  /** Changes the token of a registry; null removes it. */
  void setToken(String registry, @Nullable String token) {
    Content content = read();
    write(new Content(content.allSettings(), changed(content.allTokens(), registry, token)));
  }

  private static Map<String, String> changed(
      Map<String, String> values, String name, @Nullable String value) {
    Map<String, String> changed = new TreeMap<>(values);
    if (value == null) {
      changed.remove(name);
    } else {
      changed.put(name, value);
    }
    return changed;
  }

  private Content read() {
    if (!Files.isRegularFile(file)) {
      return new Content(null, null);
    }
    try {
      return ApiJson.read(
          Files.readAllBytes(file), Content.class, SpokeException.Code.INVALID_REQUEST);
    } catch (IOException e) {
      throw failure("cannot read", e);
    }
  }

  private void write(Content content) {
    try {
      Files.createDirectories(file.getParent());
      Path prepared =
          Files.createTempFile(
              file.getParent(),
              "config",
              ".tmp",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.write(prepared, ApiJson.write(content));
      Files.move(prepared, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw failure("cannot write", e);
    }
  }

  private SpokeException failure(String what, IOException e) {
    return new SpokeException(
        SpokeException.Code.INVALID_REQUEST,
        what + " the user's settings, file=" + file + " cause=" + e.getMessage(),
        e);
  }
}
