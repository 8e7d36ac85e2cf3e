package dev.aeon.spoke.compile;

import dev.aeon.spoke.protoc.Plugin;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One output of the compiler.
 *
 * @param output the name in {@code --<name>_out}
 * @param plugin what generates it; empty where the compiler itself does
 * @param knowsEditions whether it takes files with editions; others get them in older syntax
 */
record Step(String output, Optional<Plugin> plugin, boolean knowsEditions, List<String> options) {
  static Step builtIn(String output, String... options) {
    return new Step(output, Optional.empty(), true, List.of(options));
  }

  static Step plugin(Plugin plugin, String... options) {
    return new Step(outputOf(plugin), Optional.of(plugin), true, List.of(options));
  }

  static Step oldPlugin(Plugin plugin, List<String> options) {
    return new Step(outputOf(plugin), Optional.of(plugin), false, options);
  }

  /** Whether a file with an edition must keep its whole meaning; stubs depend on names alone. */
  boolean isExact() {
    return plugin.filter(Plugin.GO::equals).isPresent();
  }

  private static String outputOf(Plugin plugin) {
    return plugin.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
