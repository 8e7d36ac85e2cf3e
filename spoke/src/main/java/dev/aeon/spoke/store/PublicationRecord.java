package dev.aeon.spoke.store;

import dev.aeon.spoke.model.SpokeException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/**
 * A whole version as a record of the publication log:
 *
 * <pre>
 *  0        4        8
 *  +--------+--------+------------------------------------------------------+
 *  | size   | CRC32C | folder, file count, (path, size, bytes) for each file |
 *  +--------+--------+------------------------------------------------------+
 * </pre>
 *
 * @param folder of the version, relative to the store's root
 * @param files by path relative to that folder
 */
record PublicationRecord(String folder, SortedMap<String, byte[]> files) {
  private static final int HEADER_BYTES = 8;

  byte[] encode() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeLong(0);
      out.writeUTF(folder);
      out.writeInt(files.size());
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        out.writeUTF(file.getKey());
        out.writeInt(file.getValue().length);
        out.write(file.getValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory does not fail", e);
    }
    byte[] record = bytes.toByteArray();
    int byteSize = record.length - HEADER_BYTES;
    ByteBuffer.wrap(record).putInt(byteSize).putInt(checksum(record, HEADER_BYTES, byteSize));
    return record;
  }

  /** All whole records of a log; what a crash cut off at the end is left out. */
  static List<PublicationRecord> decodeAll(byte[] log) {
    List<PublicationRecord> records = new ArrayList<>();
    ByteBuffer buffer = ByteBuffer.wrap(log);
    while (buffer.remaining() >= HEADER_BYTES) {
      int byteSize = buffer.getInt();
      int expected = buffer.getInt();
      boolean isWhole =
          byteSize > 0
              && byteSize <= buffer.remaining()
              && checksum(log, buffer.position(), byteSize) == expected;
      if (!isWhole) {
        return records;
      }
      records.add(decode(log, buffer.position(), byteSize));
      buffer.position(buffer.position() + byteSize);
    }
    return records;
  }

  private static PublicationRecord decode(byte[] log, int byteOffset, int byteSize) {
    try (DataInputStream in =
        new DataInputStream(new ByteArrayInputStream(log, byteOffset, byteSize))) {
      String folder = in.readUTF();
      int fileCount = in.readInt();
      SortedMap<String, byte[]> files = new TreeMap<>();
      for (int i = 0; i < fileCount; i++) {
        String path = in.readUTF();
        files.put(path, in.readNBytes(in.readInt()));
      }
      return new PublicationRecord(folder, files);
    } catch (IOException e) {
      throw new SpokeException(
          SpokeException.Code.INTERNAL, "a record of the publication log is damaged", e);
    }
  }

  private static int checksum(byte[] bytes, int byteOffset, int byteSize) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, byteOffset, byteSize);
    return (int) crc.getValue();
  }
}
