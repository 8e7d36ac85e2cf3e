package dev.aeon.apm.cli;

import dev.aeon.apm.channel.Archive;
import dev.aeon.apm.channel.Channels;
import dev.aeon.apm.channel.Quarantine;

/** Where a command finds messages, and sends them. */
interface Backend extends AutoCloseable {
  /** What is kept, to be looked at; closed with this. */
  Archive archive();

  /** The way to send and receive; closed with this. */
  Channels channels(Quarantine quarantine);

  @Override
  void close();
}
