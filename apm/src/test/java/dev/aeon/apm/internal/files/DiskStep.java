package dev.aeon.apm.internal.files;

/**
 * One thing done to a disk, or said of it. Paths are relative to some root, with slashes, the root
 * itself being empty; a file keeps its number when it is renamed.
 */
public sealed interface DiskStep {
  record Create(int file, String path) implements DiskStep {}

  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Write(int file, long byteOffset, byte[] bytes) implements DiskStep {}

  record Truncate(int file, long byteSize) implements DiskStep {}

  record Force(int file) implements DiskStep {}

  record Rename(String from, String to) implements DiskStep {}

  record Delete(String path) implements DiskStep {}

  record MakeDirectory(String path) implements DiskStep {}

  record ForceDirectory(String path) implements DiskStep {}

  /** Something is about to become {@code value}. */
  record Intent(String what, Object value) implements DiskStep {}

  /** Somebody was told that it is durable what was intended last. */
  record Promise(String what) implements DiskStep {}

  /** The directory of a path. */
  static String parent(String path) {
    int slash = path.lastIndexOf('/');
    return slash < 0 ? "" : path.substring(0, slash);
  }
}
