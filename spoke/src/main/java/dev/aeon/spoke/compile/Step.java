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
 * @param folder where in the output it is written
 * @param files for which it runs; empty where for all
 */
record Step(
    String output,
    Optional<Plugin> plugin,
    EditionSupport editions,
    List<String> options,
    String folder,
    List<String> files) {

  static Step builtIn(String output, String... options) {
    return new Step(output, Optional.empty(), EditionSupport.ALL, List.of(options), "", List.of());
  }

  static Step plugin(Plugin plugin, EditionSupport editions, List<String> options) {
    String output = plugin.name().toLowerCase(Locale.ROOT).replace('_', '-');
    return new Step(output, Optional.of(plugin), editions, options, "", List.of());
  }

  /** The same for some files, in a folder of the output. */
  Step of(List<String> some, String target) {
    return new Step(output, plugin, editions, options, target, some);
  }
}
