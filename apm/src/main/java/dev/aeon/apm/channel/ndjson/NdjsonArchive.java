package dev.aeon.apm.channel.ndjson;

import dev.aeon.apm.channel.Archive;
import dev.aeon.apm.channel.ChannelName;
import dev.aeon.apm.channel.ChannelStatus;
import dev.aeon.apm.channel.InboxListener;
import dev.aeon.apm.channel.Scan;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;

/** The channels' files of an agents' directory, whatever is written and committed or not. */
public final class NdjsonArchive implements Archive {
  /** Beyond which finding the last lines takes more than reading all. */
  private static final int MAX_LAST_LINES = 1_000_000;

  private final Path apmDirectory;

  public NdjsonArchive(Path apmDirectory) {
    this.apmDirectory = apmDirectory;
  }

  @Override
  public List<ChannelName> channels() {
    return ChannelScan.channels(apmDirectory);
  }

  @Override
  public ChannelStatus status(ChannelName name) {
    return StatusLook.of(apmDirectory, name);
  }

  @Override
  public Scan scan(Predicate<ChannelName> wanted, InboxListener listener) {
    return ChannelScan.open(apmDirectory, wanted, listener);
  }

  @Override
  public Scan scanLast(int lineCount, Predicate<ChannelName> wanted, InboxListener listener) {
    return lineCount > MAX_LAST_LINES
        ? scan(wanted, listener)
        : ChannelScan.openAtLast(lineCount, apmDirectory, wanted, listener);
  }
}
