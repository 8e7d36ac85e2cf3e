package dev.aeon.spoke.model;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The files of a module version in path order. The byte arrays are not to be changed. */
public record ModuleContent(SortedMap<ProtoPath, byte[]> files) {
  /** The most files of one version. */
  public static final int MAX_FILES = 5_000;

  /** The most bytes of one file. */
  public static final int MAX_FILE_BYTES = 8 << 20;

  /** The most bytes of one version, all files together. */
  public static final long MAX_BYTES = 16L << 20;

  /**
   * Checks the limits.
   *
   * @throws SpokeException {@code INVALID_REQUEST} where there is no file, {@code LIMIT_EXCEEDED}
   *     where there are too many or too large ones
   */
  public ModuleContent {
    files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
    if (files.isEmpty()) {
      throw new SpokeException(
          SpokeException.Code.INVALID_REQUEST, "a module has at least one .proto file");
    }
    files.forEach(ModuleContent::refuseTooLarge);
    long byteCount = byteSize(files);
    if (files.size() > MAX_FILES || byteCount > MAX_BYTES) {
      throw new SpokeException(
          SpokeException.Code.LIMIT_EXCEEDED,
          "a module is too large, files="
              + files.size()
              + " limit="
              + MAX_FILES
              + " bytes="
              + byteCount
              + " limit="
              + MAX_BYTES);
    }
  }

  private static void refuseTooLarge(ProtoPath path, byte[] bytes) {
    if (bytes.length > MAX_FILE_BYTES) {
      throw new SpokeException(
          SpokeException.Code.LIMIT_EXCEEDED,
          "a file is too large, path="
              + path
              + " bytes="
              + bytes.length
              + " limit="
              + MAX_FILE_BYTES);
    }
  }

  private static long byteSize(Map<ProtoPath, byte[]> files) {
    return files.values().stream().mapToLong(bytes -> bytes.length).sum();
  }

  /** The bytes of all files together. */
  public long byteSize() {
    return byteSize(files);
  }

  public static ModuleContent of(Map<ProtoPath, byte[]> files) {
    return new ModuleContent(new TreeMap<>(files));
  }

  /** The files without their bytes, in path order. */
  public List<FileEntry> entries() {
    return files.entrySet().stream()
        .map(file ->
            new FileEntry(
                file.getKey(), file.getValue().length, SchemaDigest.ofBytes(file.getValue())))
        .toList();
  }

  public SchemaDigest digest() {
    return SchemaDigest.of(this);
  }
}
