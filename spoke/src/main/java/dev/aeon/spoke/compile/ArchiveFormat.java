package dev.aeon.spoke.compile;

import dev.aeon.spoke.model.Blob;
import dev.aeon.spoke.model.SpokeException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;

/** How generated code is packed for a download. */
public enum ArchiveFormat {
  TAR_GZ("tar.gz", "application/gzip"),
  ZIP("zip", "application/zip");

  private final String extension;
  private final String mediaType;

  ArchiveFormat(String extension, String mediaType) {
    this.extension = extension;
    this.mediaType = mediaType;
  }

  /**
   * Finds a format by its extension.
   *
   * @throws SpokeException {@code INVALID_REQUEST} where there is none
   */
  public static ArchiveFormat parse(String extension) {
    return Arrays.stream(values())
        .filter(format -> format.extension.equals(extension))
        .findFirst()
        .orElseThrow(() ->
            new SpokeException(
                SpokeException.Code.INVALID_REQUEST,
                "an archive is tar.gz or zip, format=" + extension));
  }

  public String extension() {
    return extension;
  }

  public String mediaType() {
    return mediaType;
  }

  /** The files in this format; the same files give the same bytes. */
  public byte[] pack(SortedMap<String, byte[]> files) {
    SortedMap<String, Blob> blobs = new TreeMap<>();
    files.forEach((path, content) -> blobs.put(path, Blob.of(content)));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      pack(blobs, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory does not fail", e);
    }
    return bytes.toByteArray();
  }

  /** Writes the same, file after file; closes {@code out}. */
  public void pack(SortedMap<String, Blob> files, OutputStream out) throws IOException {
    switch (this) {
      case TAR_GZ -> Archive.tarGz(files, out);
      case ZIP -> Archive.zip(files, out);
    }
  }
}
