package dev.aeon.apm.channel.ndjson;

import dev.aeon.apm.channel.BadInput;
import dev.aeon.apm.channel.ChannelName;
import dev.aeon.apm.channel.Quarantine;
import dev.aeon.apm.channel.Source;
import dev.aeon.apm.codec.JsonCodec;
import dev.aeon.apm.schema.ErrorCode;
import dev.aeon.apm.schema.Violation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * Cuts off what a crash left at the end of a file: the half line of a killed process, and all from
 * the first hole on where power was lost, since sectors of an unforced write reach storage in any
 * order. A hole reads as zeros, which JSON never holds. Only the last batch can be damaged so. The
 * bytes are kept aside.
 */
final class TornTail {
  private static final int BLOCK_BYTE_SIZE = 256 * 1024;
  private static final int LAST_BATCH_BYTE_SIZE = JsonCodec.MAX_BYTE_SIZE + 1;

  private TornTail() {}

  /** Repairs a file that nobody else writes; returns its size then, which ends a line. */
  static long repair(FileChannel file, String channelName, Quarantine quarantine)
      throws IOException {
    long byteSize = file.size();
    long wholeByteSize = endOfLastLine(file, firstHole(file, byteSize));
    if (wholeByteSize < byteSize) {
      keepAside(file, channelName, quarantine, wholeByteSize, byteSize);
      file.truncate(wholeByteSize);
    }
    file.force(true);
    return wholeByteSize;
  }

  /** How many bytes at the end of a file are no whole lines. */
  static long lostByteSize(Path path) throws IOException {
    try (FileChannel file =
        FileChannel.open(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
      long byteSize = file.size();
      return byteSize - endOfLastLine(file, firstHole(file, byteSize));
    }
  }

  /** Repairs a file, by its path. */
  static void repair(Path path, ChannelName channel, Quarantine quarantine) throws IOException {
    try (FileChannel file =
        FileChannel.open(
            path, StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
      long _ = repair(file, channel.toString(), quarantine);
    }
  }

  private static long firstHole(FileChannel file, long byteSize) throws IOException {
    long start = Math.max(0, byteSize - LAST_BATCH_BYTE_SIZE);
    while (start < byteSize) {
      byte[] block = read(file, start, (int) Math.min(BLOCK_BYTE_SIZE, byteSize - start));
      for (int index = 0; index < block.length; index++) {
        if (block[index] == 0) {
          return start + index;
        }
      }
      start += block.length;
    }
    return byteSize;
  }

  private static long endOfLastLine(FileChannel file, long byteSize) throws IOException {
    long end = byteSize;
    while (end > 0) {
      long start = Math.max(0, end - BLOCK_BYTE_SIZE);
      byte[] block = read(file, start, (int) (end - start));
      for (int index = block.length - 1; index >= 0; index--) {
        if (block[index] == '\n') {
          return start + index + 1;
        }
      }
      end = start;
    }
    return 0;
  }

  private static void keepAside(
      FileChannel file, String channelName, Quarantine quarantine, long from, long to)
      throws IOException {
    for (long start = from; start < to; start += BLOCK_BYTE_SIZE) {
      byte[] block = read(file, start, (int) Math.min(BLOCK_BYTE_SIZE, to - start));
      Violation violation =
          new Violation(
              "", ErrorCode.E_PROTOCOL_002, "torn line: from=" + from + " byteSize=" + (to - from));
      quarantine.keep(
          new BadInput(new Source(channelName, start), block, block.length, List.of(violation)));
    }
  }

  private static byte[] read(FileChannel file, long byteOffset, int byteCount) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(byteCount);
    while (buffer.hasRemaining()) {
      if (file.read(buffer, byteOffset + buffer.position()) < 0) {
        throw new IOException("file shrank: byteOffset=" + byteOffset);
      }
    }
    return buffer.array();
  }
}
