package dev.aeon.apm.channel;

import dev.aeon.apm.channel.ndjson.NdjsonArchive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;

/** {@link KeptChannelContract} for those who keep messages in the files of {@link #apm()}. */
public abstract class FileChannelContract extends KeptChannelContract {
  private String name = ".apm";

  /** The agents' directory; another one after a death. */
  protected final Path apm() {
    return directory.resolve(name);
  }

  protected final Path channelDirectory() {
    return apm().resolve("channels/" + SENDER + "_to_" + RECEIVER);
  }

  protected final Path messages() {
    return channelDirectory().resolve("messages.ndjson");
  }

  @Override
  protected Archive archive() {
    return new NdjsonArchive(apm());
  }

  @Override
  protected int maxUnsettled() {
    return 8192;
  }

  /** What it would have left is what is there now: that is copied, and it goes on elsewhere. */
  @Override
  protected void die(Inbox inbox) throws IOException {
    copy(apm(), directory.resolve("left"));
    inbox.close();
    name = "left";
    channels = channels();
  }

  /** As somebody does who writes no commits: then a file is read to its end. */
  @Override
  protected void inject(byte[] line) throws Exception {
    channels.open(SENDER, RECEIVER).close();
    Files.deleteIfExists(messages().resolveSibling("commit.idx"));
    Files.write(messages(), line, StandardOpenOption.APPEND);
    Files.write(messages(), new byte[] {'\n'}, StandardOpenOption.APPEND);
  }

  protected static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file)));
      }
    }
  }

  @Override
  protected abstract Channels channels();
}
