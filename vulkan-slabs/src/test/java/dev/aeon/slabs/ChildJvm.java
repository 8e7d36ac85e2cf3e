package dev.aeon.slabs;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Processes of these tests' own, with the tests' classes; they start soon and take little. */
public final class ChildJvm {
  private ChildJvm() {}

  /** One that runs a class; whoever starts it kills it. */
  public static ProcessBuilder of(Class<?> main, List<String> options, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:+UseSerialGC");
    command.add("-XX:TieredStopAtLevel=1");
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("--sun-misc-unsafe-memory-access=deny");
    command.addAll(options);
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(main.getName());
    command.addAll(arguments);
    return new ProcessBuilder(command);
  }

  /** SIGKILL, and the wait for its effect. */
  public static void kill(Process process) {
    process.destroyForcibly();
    process.onExit().join();
  }
}
