package dev.aeon.apm.channel.ndjson;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;

/** Puts spaces in the place of a line that is no message: its reader skips them, no other moves. */
final class BlankedLine {
  private BlankedLine() {}

  /** Whether a line lies in a plain file: a packed one is not written again. */
  static boolean isPossible(ChannelDirectory directory, long position) throws IOException {
    return Segment.list(directory.path()).stream()
        .noneMatch(segment -> segment.holds(position) && segment.isPacked());
  }

  /** Blanks the bytes from {@code position} on, durably; the channel's writer must be away. */
  static void write(ChannelDirectory directory, long position, int byteCount) throws IOException {
    List<Segment> segments = Segment.list(directory.path());
    Path path = directory.messages();
    long base = Segment.activeBase(segments);
    for (Segment segment : segments) {
      if (segment.holds(position)) {
        path = segment.path();
        base = segment.base();
      }
    }
    byte[] spaces = new byte[byteCount];
    Arrays.fill(spaces, (byte) ' ');
    ByteBuffer blank = ByteBuffer.wrap(spaces);
    try (FileChannel file =
        FileChannel.open(path, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
      while (blank.hasRemaining()) {
        int _ = file.write(blank, position - base + blank.position());
      }
      file.force(false);
    }
  }
}
