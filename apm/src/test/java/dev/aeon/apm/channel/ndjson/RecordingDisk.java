package dev.aeon.apm.channel.ndjson;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Notes everything that a writer does to the disk, in order, beside doing it. */
final class RecordingDisk implements Disk {
  /** One thing done; a file keeps its number when it is renamed. */
  sealed interface Step {
    record Create(int file, String name) implements Step {}

    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Write(int file, long byteOffset, byte[] bytes) implements Step {}

    record Truncate(int file, long byteSize) implements Step {}

    record Force(int file) implements Step {}

    record Rename(String from, String to) implements Step {}

    record ForceDirectory() implements Step {}

    /** The writer said that the line is durable. */
    record Promise(String line) implements Step {}
  }

  private final List<Step> steps = new ArrayList<>();
  private final Map<String, Integer> files = new HashMap<>();

  synchronized List<Step> steps() {
    return List.copyOf(steps);
  }

  synchronized void promised(String line) {
    steps.add(new Step.Promise(line));
  }

  @Override
  public synchronized FileChannel open(Path path, OpenOption... options) throws IOException {
    String name = name(path);
    boolean isNew = !Files.exists(path);
    FileChannel file = FileChannel.open(path, options);
    if (isNew || !files.containsKey(name)) {
      files.put(name, steps.size());
      steps.add(new Step.Create(steps.size(), name));
    }
    return new Recorded(file, files.get(name));
  }

  @Override
  public synchronized void rename(Path from, Path to) throws IOException {
    Disk.super.rename(from, to);
    files.put(name(to), files.remove(name(from)));
    steps.add(new Step.Rename(name(from), name(to)));
  }

  @Override
  public synchronized void forceDirectory(Path directory) {
    steps.add(new Step.ForceDirectory());
  }

  private static String name(Path path) {
    return path.getFileName().toString();
  }

  private final class Recorded extends ForwardingFileChannel {
    private final int number;

    Recorded(FileChannel file, int number) {
      super(file);
      this.number = number;
    }

    @Override
    public int write(ByteBuffer source, long position) throws IOException {
      byte[] bytes = new byte[source.remaining()];
      source.duplicate().get(bytes);
      note(new Step.Write(number, position, bytes));
      return super.write(source, position);
    }

    @Override
    public FileChannel truncate(long size) throws IOException {
      note(new Step.Truncate(number, size));
      return super.truncate(size);
    }

    /** Noted alone: what is replayed is the record. */
    @Override
    public void force(boolean metaData) {
      note(new Step.Force(number));
    }

    private void note(Step step) {
      synchronized (RecordingDisk.this) {
        steps.add(step);
      }
    }
  }
}
