package dev.aeon.spoke.cli;

import dev.aeon.spoke.api.SprocketInfo;
import dev.aeon.spoke.client.SpokeClient;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "status",
    description = "Asks a registry how far its workers are, and what they could not compile.")
final class SprocketStatusCommand implements Callable<Integer> {
  @Mixin private RegistryOption registry = new RegistryOption();
  @Mixin private OutputOption output = new OutputOption();

  @Override
  public Integer call() {
    try (SpokeClient client = registry.connect()) {
      SprocketInfo info = client.sprocket();
      output.print(info, describe(info));
      return 0;
    }
  }

  private static String describe(SprocketInfo info) {
    StringBuilder lines = new StringBuilder();
    lines
        .append("versions=")
        .append(info.versions())
        .append(" languages=")
        .append(info.languages())
        .append(" compiled=")
        .append(info.compiled())
        .append(" open=")
        .append(info.open());
    info.running().forEach(job -> lines.append("\nrunning ").append(line(job)));
    info.failed()
        .forEach(
            job -> lines.append("\nfailed  ").append(line(job)).append(": ").append(job.message()));
    return lines.toString();
  }

  private static String line(SprocketInfo.Entry job) {
    return job.module() + "@" + job.version() + " " + job.language() + " since " + job.since();
  }
}
