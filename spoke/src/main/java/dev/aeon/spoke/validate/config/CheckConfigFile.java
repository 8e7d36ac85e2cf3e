package dev.aeon.spoke.validate.config;

import dev.aeon.spoke.model.SpokeException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * Reads how a folder's files are judged from its {@code spoke.yaml} or, where that says nothing of
 * it, from its {@code buf.yaml} of version v1beta1, v1 or v2.
 */
public final class CheckConfigFile {
  private static final String SPOKE_YAML = "spoke.yaml";
  private static final String BUF_YAML = "buf.yaml";

  /** What a {@code spoke.yaml} says of its project, which its commands read. */
  private static final List<String> PROJECT_KEYS =
      List.of("registry", "module", "release", "dir", "dependencies");

  private static final List<String> CHECK_KEYS = List.of("version", "modules", "lint", "breaking");
  private static final int SIZE_LIMIT = 1 << 20;
  private static final ObjectMapper YAML = new YAMLMapper();

  private CheckConfigFile() {}

  /**
   * The modules of a folder; one with the default rules where nothing is configured.
   *
   * @throws SpokeException {@code INVALID_REQUEST} where a file cannot be read or is wrong
   */
  public static List<ModuleConfig> load(Path folder) {
    Path spoke = folder.resolve(SPOKE_YAML);
    if (Files.isRegularFile(spoke)) {
      Settings settings = parse(SPOKE_YAML, read(spoke)).only(spokeKeys());
      if (!settings.section("lint").isEmpty() || !settings.section("breaking").isEmpty()) {
        return modules(settings, ConfigVersion.V2);
      }
    }
    Path buf = folder.resolve(BUF_YAML);
    return Files.isRegularFile(buf) ? parseBuf(read(buf)) : List.of(ModuleConfig.standard());
  }

  private static List<String> spokeKeys() {
    return Stream.concat(PROJECT_KEYS.stream(), CHECK_KEYS.stream()).toList();
  }

  /** Whether a folder says how its files are judged. */
  public static boolean isPresent(Path folder) {
    return Files.isRegularFile(folder.resolve(SPOKE_YAML))
        || Files.isRegularFile(folder.resolve(BUF_YAML));
  }

  /** Reads one file, a {@code buf.yaml} where it says its version, else a {@code spoke.yaml}. */
  public static List<ModuleConfig> loadFile(Path file) {
    Settings settings = settings(file);
    return modules(settings, ConfigVersion.parse(settings.text("version", "v2")));
  }

  static Settings settings(Path file) {
    return parse(file.toString(), read(file));
  }

  /** The modules that the text of a {@code buf.yaml} describes. */
  static List<ModuleConfig> parseBuf(String text) {
    Settings settings = parse(BUF_YAML, text);
    return modules(settings, ConfigVersion.parse(settings.text("version", "v1beta1")));
  }

  private static String read(Path file) {
    try {
      if (Files.size(file) > SIZE_LIMIT) {
        throw new SpokeException(
            SpokeException.Code.LIMIT_EXCEEDED,
            "a configuration file is too large, file=" + file + " limit=" + SIZE_LIMIT);
      }
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new SpokeException(
          SpokeException.Code.INVALID_REQUEST, "cannot read the configuration, file=" + file, e);
    }
  }

  private static Settings parse(String name, String text) {
    try {
      JsonNode node = YAML.readTree(text);
      return new Settings(name, node);
    } catch (JacksonException e) {
      throw new SpokeException(
          SpokeException.Code.INVALID_REQUEST,
          "the configuration is no YAML, file=" + name + " cause=" + e.getOriginalMessage(),
          e);
    }
  }

  private static List<ModuleConfig> modules(Settings settings, ConfigVersion version) {
    return switch (version) {
      case V1BETA1 -> List.of(module(settings, version, roots(settings)));
      case V1 -> List.of(module(settings, version, List.of(".")));
      case V2 -> workspaceModules(settings);
    };
  }

  private static List<String> roots(Settings settings) {
    List<String> roots = settings.section("build").texts("roots");
    return roots.isEmpty() ? List.of(".") : roots;
  }

  private static ModuleConfig module(Settings settings, ConfigVersion version, List<String> roots) {
    return new ModuleConfig(
        roots,
        List.of(),
        settings.section("build").texts("excludes"),
        LintConfig.read(version, settings.section("lint"), "."),
        BreakingConfig.read(version, settings.section("breaking"), "."));
  }

  private static List<ModuleConfig> workspaceModules(Settings settings) {
    List<ModuleConfig> modules = new ArrayList<>();
    for (Settings module : settings.sections("modules")) {
      modules.add(workspaceModule(settings, module));
    }
    return modules.isEmpty()
        ? List.of(workspaceModule(settings, Settings.empty("module")))
        : modules;
  }

  private static ModuleConfig workspaceModule(Settings settings, Settings module) {
    String root = module.text("path", ".");
    return new ModuleConfig(
        List.of(root),
        module.texts("includes"),
        module.texts("excludes"),
        LintConfig.read(ConfigVersion.V2, own(module, settings, "lint"), root),
        BreakingConfig.read(ConfigVersion.V2, own(module, settings, "breaking"), root));
  }

  /** A module's own section where it has one; the workspace's does not add to it. */
  private static Settings own(Settings module, Settings settings, String section) {
    return module.section(section).isEmpty() ? settings.section(section) : module.section(section);
  }
}
