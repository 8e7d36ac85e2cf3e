package dev.aeon.fleet;

import dev.aeon.fleet.agent.AgentProcess;
import dev.aeon.fleet.agent.AgentSettings;
import dev.aeon.fleet.index.InterpreterChoice;
import dev.aeon.fleet.manager.FleetException;
import dev.aeon.slabs.memory.DevicePreference;
import java.net.URI;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** One agent of a fleet; started by the manager. */
@Command(name = "agent", hidden = true, description = "Runs one agent of a fleet.")
final class AgentCommand implements Runnable {
  @Option(names = "--id", required = true)
  private String id = "";

  @Option(names = "--run-folder", required = true)
  private Path runFolder = Path.of("");

  @Option(names = "--docs", required = true)
  private Path docs = Path.of("");

  @Option(names = "--registry", required = true)
  private URI registry = URI.create("");

  @Option(names = "--device")
  private DevicePreference device = DevicePreference.AUTO;

  @Option(names = "--interpreter")
  private InterpreterChoice interpreter = InterpreterChoice.AUTO;

  @Option(names = "--memory", description = "bytes of slabs")
  private long slabByteSize;

  @Override
  public void run() {
    try {
      AgentProcess.run(
          new AgentSettings(id, runFolder, docs, registry, device, interpreter, slabByteSize));
    } catch (LinkageError | OutOfMemoryError fatal) {
      throw new FleetException("it cannot run here: " + fatal + ".", fatal);
    }
  }
}
