package dev.aeon.apm.channel.ndjson;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A reader that keeps its places under a name, of which there is one at a time among all processes:
 * two would deliver everything twice.
 */
final class NamedReader implements NdjsonInbox.Reader {
  private final String name;
  private final boolean readCommitted;
  private final WriterLock lock;

  private NamedReader(String name, boolean readCommitted, WriterLock lock) {
    this.name = name;
    this.readCommitted = readCommitted;
    this.lock = lock;
  }

  /**
   * Takes the name, which {@link #close} gives back.
   *
   * @param receiver whose channels are read
   * @throws dev.aeon.apm.channel.ChannelException E_SYSTEM_004 where another has it
   */
  static NamedReader open(Path root, String receiver, String name, boolean readCommitted) {
    Path readers = root.resolveSibling("readers");
    try {
      Files.createDirectories(readers);
    } catch (IOException e) {
      throw ChannelDirectory.io("cannot make the readers' directory: path=" + readers, e);
    }
    WriterLock lock = WriterLock.take(readers.resolve(receiver + "." + name + ".lock"));
    return new NamedReader(name, readCommitted, lock);
  }

  @Override
  public Cursor cursor(ChannelDirectory directory) throws IOException {
    return Cursor.in(CursorFile.open(directory.cursor(name)));
  }

  @Override
  public Commits commits(ChannelDirectory directory) {
    return readCommitted ? Commits.in(directory) : Commits.ignored();
  }

  @Override
  public void close() {
    lock.close();
  }
}
