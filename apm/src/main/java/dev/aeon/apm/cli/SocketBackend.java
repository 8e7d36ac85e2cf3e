package dev.aeon.apm.cli;

import dev.aeon.apm.channel.Archive;
import dev.aeon.apm.channel.Channels;
import dev.aeon.apm.channel.Quarantine;
import dev.aeon.apm.channel.sp.SpChannels;
import dev.aeon.apm.schema.ErrorCode;
import java.nio.file.Files;
import java.nio.file.Path;

/** Unix sockets in a directory, which keep nothing. */
record SocketBackend(Path directory) implements Backend {
  @Override
  public Archive archive() {
    throw CliException.refused(
        ErrorCode.E_ROUTING_003,
        "messages over sockets alone are kept nowhere, so that there is nothing to look at; with"
            + " files beside they lie in the agents' directory: sockets="
            + directory);
  }

  @Override
  public Channels channels(Quarantine quarantine) {
    if (!Files.isDirectory(directory)) {
      throw CliException.refused(
          ErrorCode.E_ROUTING_003, "no directory of sockets: sockets=" + directory);
    }
    return SpChannels.ipc(directory);
  }

  @Override
  public void close() {}
}
