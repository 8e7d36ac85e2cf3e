package dev.aeon.spoke.compile;

import dev.aeon.spoke.model.Blob;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import java.util.zip.ZipEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipParameters;

/** Archives that are the same bytes for the same files: no times, no owners, path order. */
final class Archive {
  /** The first moment that a zip can name. */
  private static final long ZIP_EPOCH_MILLIS = Instant.parse("1980-01-02T00:00:00Z").toEpochMilli();

  private Archive() {}

  /** Writes a gzipped tar of the files, and closes {@code out}. */
  static void tarGz(SortedMap<String, Blob> files, OutputStream out) throws IOException {
    GzipParameters gzip = new GzipParameters();
    gzip.setModificationInstant(Instant.EPOCH);
    try (TarArchiveOutputStream tar =
        new TarArchiveOutputStream(new GzipCompressorOutputStream(out, gzip))) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      for (Map.Entry<String, Blob> file : files.entrySet()) {
        add(tar, file.getKey(), file.getValue());
      }
    }
  }

  private static void add(TarArchiveOutputStream tar, String path, Blob bytes) throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(path);
    entry.setSize(bytes.byteSize());
    entry.setModTime(0L);
    entry.setIds(0, 0);
    entry.setMode(TarArchiveEntry.DEFAULT_FILE_MODE);
    tar.putArchiveEntry(entry);
    copy(bytes, tar);
    tar.closeArchiveEntry();
  }

  /** Writes a zip of the files, and closes {@code out}. */
  static void zip(SortedMap<String, Blob> files, OutputStream out) throws IOException {
    try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(out)) {
      for (Map.Entry<String, Blob> file : files.entrySet()) {
        add(zip, file.getKey(), file.getValue());
      }
    }
  }

  private static void add(ZipArchiveOutputStream zip, String path, Blob bytes) throws IOException {
    ZipArchiveEntry entry = new ZipArchiveEntry(path);
    entry.setMethod(ZipEntry.DEFLATED);
    entry.setTime(ZIP_EPOCH_MILLIS);
    entry.setUnixMode(0100644);
    zip.putArchiveEntry(entry);
    copy(bytes, zip);
    zip.closeArchiveEntry();
  }

  private static void copy(Blob blob, OutputStream out) throws IOException {
    try (InputStream in = blob.open(0)) {
      in.transferTo(out);
    }
  }
}
