package dev.aeon.apm.internal.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Notes everything that stores do to the disk, in order, beside doing it; forces alone are not. */
public final class RecordingStorage implements Storage {
  private final Path root;
  private final List<DiskStep> steps = new ArrayList<>();
  private final Map<String, Integer> files = new HashMap<>();

  /** Notes what is done below {@code root}, which is there. */
  public RecordingStorage(Path root) {
    this.root = root.toAbsolutePath();
  }

  public synchronized List<DiskStep> steps() {
    return List.copyOf(steps);
  }

  public synchronized void note(DiskStep step) {
    steps.add(step);
  }

  @Override
  public synchronized AppendedFile append(Path file) throws IOException {
    String path = relative(file);
    boolean isNew = !Files.exists(file);
    AppendedFile opened = Storage.super.append(file);
    if (isNew || !files.containsKey(path)) {
      files.put(path, steps.size());
      steps.add(new DiskStep.Create(steps.size(), path));
    }
    return new Recorded(opened, files.get(path), Files.size(file));
  }

  @Override
  public synchronized void cut(Path file, long byteSize) throws IOException {
    Storage.super.cut(file, byteSize);
    int number = files.get(relative(file));
    steps.add(new DiskStep.Truncate(number, byteSize));
    steps.add(new DiskStep.Force(number));
  }

  @Override
  public synchronized void replace(Path from, Path to) throws IOException {
    Storage.super.replace(from, to);
    files.put(relative(to), files.remove(relative(from)));
    steps.add(new DiskStep.Rename(relative(from), relative(to)));
  }

  @Override
  public synchronized void delete(Path file) throws IOException {
    Storage.super.delete(file);
    files.remove(relative(file));
    steps.add(new DiskStep.Delete(relative(file)));
  }

  @Override
  public synchronized void makeDirectory(Path directory) throws IOException {
    Storage.super.makeDirectory(directory);
    steps.add(new DiskStep.MakeDirectory(relative(directory)));
  }

  @Override
  public synchronized void forceDirectory(Path directory) {
    steps.add(new DiskStep.ForceDirectory(relative(directory)));
  }

  private String relative(Path path) {
    return root.relativize(path.toAbsolutePath().normalize()).toString();
  }

  private final class Recorded implements AppendedFile {
    private final AppendedFile file;
    private final int number;
    private long byteSize;

    Recorded(AppendedFile file, int number, long byteSize) {
      this.file = file;
      this.number = number;
      this.byteSize = byteSize;
    }

    @Override
    public void write(byte[] bytes) throws IOException {
      note(new DiskStep.Write(number, byteSize, bytes.clone()));
      byteSize += bytes.length;
      file.write(bytes);
    }

    @Override
    public void force() {
      note(new DiskStep.Force(number));
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
