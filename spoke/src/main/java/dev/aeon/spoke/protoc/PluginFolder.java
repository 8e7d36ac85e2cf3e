package dev.aeon.spoke.protoc;

import dev.aeon.spoke.model.SpokeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;

/** Makes plugins ready to run, each when it is first asked for. Thread-safe. */
final class PluginFolder {
  private static final String SHARED = "META-INF/protoc/any/";

  /** A plugin needs little: the heap of its runtime is held far below the process limit. */
  private static final String JAVA_OPTIONS =
      "-Xmx512m -Xss4m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:CompressedClassSpaceSize=64m"
          + " -XX:ReservedCodeCacheSize=64m --sun-misc-unsafe-memory-access=allow";

  private static final String NODE_OPTIONS = "--max-old-space-size=512";

  private final Path folder;
  private final Map<Plugin, Path> ready = new EnumMap<>(Plugin.class);

  PluginFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * The program to start for a plugin.
   *
   * @throws SpokeException {@code UNAVAILABLE} where it is neither shipped nor installed
   */
  synchronized Path program(Plugin plugin) {
    return ready.computeIfAbsent(plugin, this::prepare);
  }

  private Path prepare(Plugin plugin) {
    try {
      return switch (plugin.origin()) {
        case PROGRAM -> require(plugin.fileName());
        case BUNDLED_PROGRAM -> program(plugin, Platform.resourceFolder());
        case BUNDLED_JAR -> launcher(plugin, quote(java()) + " " + JAVA_OPTIONS + " -jar ");
        case BUNDLED_SCRIPT -> launcher(plugin, quote(require("node")) + " " + NODE_OPTIONS + " ");
      };
    } catch (IOException e) {
      throw new SpokeException(
          SpokeException.Code.UNAVAILABLE,
          "cannot set up plugin=" + plugin.fileName() + ": " + e.getMessage(),
          e);
    }
  }

  private static Path require(String program) {
    return Platform.find(program)
        .orElseThrow(() ->
            new SpokeException(
                SpokeException.Code.UNAVAILABLE,
                program
                    + " is needed: Spoke's distribution has it in its folder generators;"
                    + " otherwise name a folder that has it in SPOKE_PLUGIN_PATH or PATH"));
  }

  private Path program(Plugin plugin, String resources) throws IOException {
    Path program = folder.resolve(plugin.fileName());
    Platform.extract(resources + plugin.fileName(), program);
    Platform.makeExecutable(program);
    return program;
  }

  private Path launcher(Plugin plugin, String command) throws IOException {
    Path file = folder.resolve(plugin.fileName());
    Platform.extract(SHARED + plugin.fileName(), file);
    Path launcher = folder.resolve(plugin.fileName() + ".sh");
    Files.writeString(launcher, "#!/bin/sh\nexec " + command + quote(file) + "\n");
    Platform.makeExecutable(launcher);
    return launcher;
  }

  private static Path java() {
    return Path.of(System.getProperty("java.home"), "bin", "java");
  }

  private static String quote(Path path) {
    return "'" + path.toString().replace("'", "'\\''") + "'";
  }
}
