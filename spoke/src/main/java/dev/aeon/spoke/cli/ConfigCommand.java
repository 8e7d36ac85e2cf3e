package dev.aeon.spoke.cli;

import dev.aeon.spoke.model.SpokeException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "config",
    description = {
      "Shows the user's settings, or one, or changes one; an empty value removes it.",
      "Settings: registry, the registry to talk to."
    })
final class ConfigCommand implements Callable<Integer> {
  private static final Set<String> NAMES = Set.of(UserConfig.REGISTRY);

  @Mixin private OutputOption output = new OutputOption();

  @Parameters(index = "0", arity = "0..1", paramLabel = "NAME", description = "a setting")
  private @Nullable String name;

  @Parameters(index = "1", arity = "0..1", paramLabel = "VALUE", description = "its new value")
  private @Nullable String value;

  @Override
  public Integer call() {
    UserConfig config = UserConfig.ofThisUser();
    if (name != null && !NAMES.contains(name)) {
      throw new SpokeException(
          SpokeException.Code.INVALID_REQUEST,
          "no such setting, name=" + name + " known=" + String.join(",", NAMES));
    }
    if (name != null && value != null) {
      config.set(name, value.isEmpty() ? null : value);
    }
    Map<String, String> shown = config.settings();
    shown.keySet().removeIf(setting -> name != null && !setting.equals(name));
    output.print(
        shown,
        shown.entrySet().stream()
            .map(setting -> setting.getKey() + "=" + setting.getValue())
            .collect(Collectors.joining("\n")));
    return 0;
  }
}
