package dev.aeon.apm.cli;

import dev.aeon.apm.channel.Archive;
import dev.aeon.apm.channel.Channels;
import dev.aeon.apm.channel.Quarantine;
import dev.aeon.apm.channel.ndjson.NdjsonArchive;
import dev.aeon.apm.channel.ndjson.NdjsonChannels;
import dev.aeon.apm.channel.shared.SharedChannels;
import java.nio.file.Path;

/** The files of an agents' directory; what another process writes is sent through that. */
record FileBackend(Path directory) implements Backend {
  @Override
  public Archive archive() {
    return new NdjsonArchive(directory);
  }

  @Override
  public Channels channels(Quarantine quarantine) {
    return SharedChannels.beside(new NdjsonChannels(directory, quarantine), directory);
  }

  @Override
  public void close() {}
}
