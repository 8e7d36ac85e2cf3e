package dev.aeon.apm.channel.ndjson;

import dev.aeon.apm.internal.files.DiskStep;
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
  private final List<DiskStep> steps = new ArrayList<>();
  private final Map<String, Integer> files = new HashMap<>();

  synchronized List<DiskStep> steps() {
    return List.copyOf(steps);
  }

  synchronized void promised(String line) {
    steps.add(new DiskStep.Promise(line));
  }

  synchronized void note(DiskStep step) {
    steps.add(step);
  }

  @Override
  public synchronized FileChannel open(Path path, OpenOption... options) throws IOException {
    String name = name(path);
    boolean isNew = !Files.exists(path);
    FileChannel file = FileChannel.open(path, options);
    if (isNew || !files.containsKey(name)) {
      files.put(name, steps.size());
      steps.add(new DiskStep.Create(steps.size(), name));
    }
    return new Recorded(file, files.get(name));
  }

  @Override
  public synchronized void rename(Path from, Path to) throws IOException {
    Disk.super.rename(from, to);
    files.put(name(to), files.remove(name(from)));
    steps.add(new DiskStep.Rename(name(from), name(to)));
  }

  @Override
  public synchronized void forceDirectory(Path directory) {
    steps.add(new DiskStep.ForceDirectory(""));
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
      note(new DiskStep.Write(number, position, bytes));
      return super.write(source, position);
    }

    @Override
    public FileChannel truncate(long size) throws IOException {
      note(new DiskStep.Truncate(number, size));
      return super.truncate(size);
    }

    /** Noted alone: what is replayed is the record. */
    @Override
    public void force(boolean metaData) {
      note(new DiskStep.Force(number));
    }

    private void note(DiskStep step) {
      synchronized (RecordingDisk.this) {
        steps.add(step);
      }
    }
  }
}
