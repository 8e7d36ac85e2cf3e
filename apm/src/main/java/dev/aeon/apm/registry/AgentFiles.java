package dev.aeon.apm.registry;

import dev.aeon.apm.internal.files.AtomicFiles;
import dev.aeon.apm.internal.files.Directories;
import dev.aeon.apm.internal.files.Storage;
import dev.aeon.apm.internal.files.WholeFiles;
import dev.aeon.apm.message.AgentId;
import dev.aeon.apm.schema.InvalidMessageException;
import dev.aeon.apm.schema.JsonObject;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records as files {@code agents/{agentId}.json}, each written as a whole; what is no record, or a
 * symbolic link, is left alone. Changes of several processes are made one after the other under a
 * lock file. Thread-safe.
 */
final class AgentFiles {
  private static final Logger LOG = LoggerFactory.getLogger(AgentFiles.class);
  private static final String SUFFIX = ".json";
  private static final int MAX_BYTE_SIZE = 64 * 1024;

  /** A process cannot lock a file twice, so its threads take turns here first. */
  private static final ReentrantLock PROCESS = new ReentrantLock();

  private final Storage storage;
  private final Path directory;

  AgentFiles(Storage storage, Path apmDirectory) {
    this.storage = storage;
    try {
      this.directory = Directories.make(storage, apmDirectory, "agents");
    } catch (IOException e) {
      throw new RegistryException("cannot make: path=" + apmDirectory, e);
    }
  }

  List<AgentRecord> read() {
    List<AgentRecord> records = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*" + SUFFIX)) {
      for (Path file : files) {
        read(file).ifPresent(records::add);
      }
    } catch (IOException e) {
      throw new RegistryException("cannot list: path=" + directory, e);
    }
    return records;
  }

  static Optional<AgentRecord> read(Path file) {
    String name = file.getFileName().toString();
    try {
      if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
        return Optional.empty();
      }
      byte[] text = WholeFiles.read(file, MAX_BYTE_SIZE);
      AgentRecord record = AgentRecord.read(JsonObject.parse(text));
      return Optional.of(record).filter(each -> name.equals(each.identity().agentId() + SUFFIX));
    } catch (IOException
        | InvalidMessageException
        | NoSuchElementException
        | IllegalArgumentException e) {
      LOG.warn("not an agent's record, left alone: path={}", file, e);
      return Optional.empty();
    }
  }

  void write(AgentRecord record) {
    Path file = directory.resolve(record.identity().agentId() + SUFFIX);
    try {
      AtomicFiles.write(storage, file, (record.toJson() + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new RegistryException("cannot write: path=" + file, e);
    }
  }

  void delete(AgentId agentId) {
    Path file = directory.resolve(agentId + SUFFIX);
    try {
      AtomicFiles.delete(storage, file);
    } catch (IOException e) {
      throw new RegistryException("cannot delete: path=" + file, e);
    }
  }

  /** Runs {@code change} while no other process, and no other thread, changes the files. */
  @SuppressWarnings("try") // the lock lives until the channel closes
  <T> T exclusively(Supplier<T> change) {
    PROCESS.lock();
    try (FileChannel channel =
            FileChannel.open(
                directory.resolve("registry.lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                LinkOption.NOFOLLOW_LINKS);
        FileLock _ = channel.lock()) {
      return change.get();
    } catch (IOException e) {
      throw new RegistryException("cannot lock: path=" + directory, e);
    } finally {
      PROCESS.unlock();
    }
  }
}
