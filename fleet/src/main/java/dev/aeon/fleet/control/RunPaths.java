package dev.aeon.fleet.control;

import java.nio.file.Path;

/** What lies where in the folder of a run. */
public final class RunPaths {
  private RunPaths() {}

  /** Where an agent, or the manager, takes APM messages. */
  public static String controlUrl(Path runFolder, String agentId) {
    return "ipc://" + runFolder.resolve(agentId + ".apm");
  }

  /** Where an agent takes bulk requests. */
  public static String dataUrl(Path runFolder, String agentId) {
    return "ipc://" + runFolder.resolve(agentId + ".data");
  }

  /** What an agent writes to its standard error. */
  public static Path log(Path runFolder, String agentId) {
    return runFolder.resolve(agentId + ".log");
  }
}
