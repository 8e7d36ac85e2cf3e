package dev.aeon.spoke.validate.config;

import dev.aeon.spoke.model.SpokeException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Reads what a registry asks of its modules' versions: a section {@code default} and, below {@code
 * modules}, sections by module, each with {@code lint}, {@code breaking}, {@code against}, {@code
 * compatibility} and {@code semver}.
 */
public final class PolicyFile {
  /** The name under which the policy of all other modules is found. */
  public static final String DEFAULT = "default";

  private static final List<String> KEYS =
      List.of("lint", "breaking", "against", "compatibility", "semver");

  private PolicyFile() {}

  /** One section as it is written; rules and categories are known ones. */
  public record Section(
      List<String> lint,
      List<String> breaking,
      boolean isAgainstEvery,
      String compatibility,
      boolean checksNumbers) {}

  /**
   * Reads a file.
   *
   * @throws SpokeException {@code INVALID_REQUEST} where it cannot be read or is wrong
   */
  public static <T> Map<String, T> read(Path file, Function<Section, T> policy) {
    Settings settings = CheckConfigFile.settings(file).only(List.of(DEFAULT, "modules"));
    Map<String, T> policies = new HashMap<>();
    policies.put(DEFAULT, policy.apply(section(settings.section(DEFAULT))));
    Settings modules = settings.section("modules");
    for (String name : modules.keys()) {
      policies.put(name, policy.apply(section(modules.section(name))));
    }
    return policies;
  }

  private static Section section(Settings settings) {
    settings.only(KEYS);
    List<String> lint = settings.texts("lint");
    List<String> breaking = settings.texts("breaking");
    RuleNames.refuseUnknown(lint, breaking);
    return new Section(
        lint,
        breaking,
        isEvery(settings.text("against", "last")),
        settings.text("compatibility", "none"),
        settings.flag("semver"));
  }

  private static boolean isEvery(String against) {
    return switch (against) {
      case "last" -> false;
      case "every" -> true;
      default ->
          throw new SpokeException(
              SpokeException.Code.INVALID_REQUEST,
              "last or every is expected, against='" + against + "'");
    };
  }
}
