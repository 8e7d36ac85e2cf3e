package dev.aeon.fleet.manager;

import dev.aeon.fleet.control.ControlBus;
import dev.aeon.fleet.control.RunPaths;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Starts agent processes: the same Java, the same class path, an end of this process's life. */
final class AgentLauncher {
  /** What an agent writes before it goes of its own accord. */
  static final String REFUSAL_PREFIX = "aeon: ";

  private final FleetSettings settings;
  private final RunFolder runFolder;
  private final URI registry;

  AgentLauncher(FleetSettings settings, RunFolder runFolder, URI registry) {
    this.settings = settings;
    this.runFolder = runFolder;
    this.registry = registry;
  }

  RunFolder runFolder() {
    return runFolder;
  }

  AgentHandle launch(String id, ControlBus bus, AtomicLong dataMessages) {
    Path log = RunPaths.log(runFolder.path(), id);
    try {
      Process process =
          new ProcessBuilder(command(id))
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(log.toFile())
              .start();
      DataLink data = new DataLink(RunPaths.dataUrl(runFolder.path(), id), dataMessages);
      return new AgentHandle(id, process, bus, data, log.toString());
    } catch (IOException failure) {
      throw new FleetException(
          "cannot start an agent process: " + failure.getMessage() + ".", failure);
    }
  }

  /** Why an agent went of its own accord, where it did: a killed one has an exit code over 128. */
  Optional<String> refusal(AgentHandle agent) {
    int exitCode = agent.exitCode();
    if (exitCode <= 0 || exitCode > 128) {
      return Optional.empty();
    }
    return Optional.of(agent.id() + " could not join: " + sentence(agent, exitCode));
  }

  private static String sentence(AgentHandle agent, int exitCode) {
    String unsaid = "it ended with exit code " + exitCode + ".";
    try {
      return Files.readAllLines(Path.of(agent.logPath()), StandardCharsets.UTF_8).stream()
          .filter(line -> line.startsWith(REFUSAL_PREFIX))
          .map(line -> line.substring(REFUSAL_PREFIX.length()))
          .findFirst()
          .orElse(unsaid);
    } catch (IOException unreadable) {
      return unsaid;
    }
  }

  private List<String> command(String id) {
    List<String> command = new ArrayList<>();
    command.add(javaBinary());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("--sun-misc-unsafe-memory-access=deny");
    command.add("-XX:+UseSerialGC");
    command.add("-Xmx256m");
    command.add("-Dsun.jnu.encoding=" + System.getProperty("sun.jnu.encoding"));
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add("dev.aeon.fleet.Fleet");
    command.add("agent");
    command.addAll(List.of("--id", id));
    command.addAll(List.of("--run-folder", runFolder.path().toString()));
    command.addAll(List.of("--docs", settings.folder().toString()));
    command.addAll(List.of("--registry", registry.toString()));
    command.addAll(List.of("--device", settings.device()));
    command.addAll(List.of("--interpreter", settings.interpreter()));
    command.addAll(List.of("--memory", Long.toString(settings.slabByteSize())));
    return command;
  }

  private static String javaBinary() {
    return ProcessHandle.current()
        .info()
        .command()
        .orElseGet(() -> Path.of(System.getProperty("java.home"), "bin", "java").toString());
  }
}
