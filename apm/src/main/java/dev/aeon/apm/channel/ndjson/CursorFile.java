package dev.aeon.apm.channel.ndjson;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * A reader's place in a channel, in a file of two slots: one that was forced, and one that is
 * written over again and again until it is forced in turn. So a torn write, or a loss of power,
 * leaves the place that was forced last. Confined to one thread.
 *
 * <pre>
 *   0        8          16      20     24              24 + 8 n
 *   +--------+----------+-------+------+---------------+
 *   |sequence| position | count | crc  | settled above |   twice, each SLOT bytes
 *   +--------+----------+-------+------+---------------+
 * </pre>
 */
final class CursorFile implements AutoCloseable {
  /** The most single messages noted above the position; of more, the later ones come again. */
  static final int MAX_SETTLED_ABOVE = 2000;

  private static final int HEADER_BYTE_SIZE = 24;
  private static final int CRC_OFFSET = 20;
  private static final int SLOT_BYTE_SIZE = HEADER_BYTE_SIZE + MAX_SETTLED_ABOVE * Long.BYTES;

  /**
   * Where a reader stands.
   *
   * @param position everything before it is settled
   * @param settledAbove where settled messages after it begin, ascending
   */
  record Place(long position, List<Long> settledAbove) {
    static final Place BEGINNING = new Place(0, List.of());
  }

  private record Slot(long sequence, Place place, long byteOffset) {}

  private final FileChannel file;
  private final ByteBuffer buffer = ByteBuffer.allocate(SLOT_BYTE_SIZE);
  private long sequence;
  private Place place;

  /** Where the slot begins that must not be written. */
  private long forcedOffset;

  private long writtenOffset;

  private CursorFile(FileChannel file, Slot slot) {
    this.file = file;
    this.sequence = slot.sequence();
    this.place = slot.place();
    this.forcedOffset = slot.byteOffset();
    this.writtenOffset = forcedOffset;
  }

  static CursorFile open(Path path) throws IOException {
    return open(path, Disk.REAL);
  }

  /** The place that is there is durable then. */
  static CursorFile open(Path path, Disk disk) throws IOException {
    Path directory = path.resolveSibling(".").normalize();
    boolean isNew = Files.notExists(path, LinkOption.NOFOLLOW_LINKS);
    Files.createDirectories(directory);
    FileChannel file =
        disk.open(
            path,
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            LinkOption.NOFOLLOW_LINKS);
    try {
      file.force(false);
      if (isNew) {
        disk.forceDirectory(directory);
        disk.forceDirectory(directory.resolveSibling(".").normalize());
      }
      return new CursorFile(file, newest(file).orElse(new Slot(0, Place.BEGINNING, 0)));
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  /**
   * The place in {@code path} as its reader wrote it last; empty where there is none to be read.
   */
  static Optional<Place> place(Path path) throws IOException {
    try (FileChannel file =
        FileChannel.open(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
      return newest(file).map(Slot::place);
    }
  }

  /** The place in {@code path}, made durable first; empty where there is none to be read. */
  static Optional<Place> durablePlace(Path path) throws IOException {
    try (FileChannel file =
        FileChannel.open(
            path, StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
      file.force(false);
      return newest(file).map(Slot::place);
    }
  }

  /** The place in {@code path} as it stands; empty where there is none to be read. */
  static Optional<Place> look(Path path) throws IOException {
    try (FileChannel file =
        FileChannel.open(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
      return newest(file).map(Slot::place);
    }
  }

  /** The place that was read, or written last. */
  Place place() {
    return place;
  }

  /** Writes a place over the one that is not forced; durable only after {@link #force}. */
  void write(Place next) throws IOException {
    sequence++;
    buffer.clear().putLong(sequence).putLong(next.position());
    int count = Math.min(next.settledAbove().size(), MAX_SETTLED_ABOVE);
    buffer.putInt(count).putInt(0);
    next.settledAbove().subList(0, count).forEach(buffer::putLong);
    buffer.putInt(CRC_OFFSET, crc(buffer.flip()));
    long slotOffset = SLOT_BYTE_SIZE - forcedOffset;
    while (buffer.hasRemaining()) {
      int _ = file.write(buffer, slotOffset + buffer.position());
    }
    place = next;
    writtenOffset = slotOffset;
  }

  /** Makes the place that was written last durable; where this throws the one before still is. */
  void force() throws IOException {
    file.force(false);
    forcedOffset = writtenOffset;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  private static Optional<Slot> newest(FileChannel file) throws IOException {
    Optional<Slot> first = read(file, 0);
    Optional<Slot> second = read(file, SLOT_BYTE_SIZE);
    if (first.isEmpty() || second.isEmpty()) {
      return first.or(() -> second);
    }
    return first.get().sequence() > second.get().sequence() ? first : second;
  }

  private static Optional<Slot> read(FileChannel file, long slotOffset) throws IOException {
    ByteBuffer slot = ByteBuffer.allocate(SLOT_BYTE_SIZE);
    while (slot.hasRemaining() && file.read(slot, slotOffset + slot.position()) > 0) {}
    slot.flip();
    if (slot.limit() < HEADER_BYTE_SIZE) {
      return Optional.empty();
    }
    int count = slot.getInt(16);
    int crc = slot.getInt(CRC_OFFSET);
    if (count < 0 || count > (slot.limit() - HEADER_BYTE_SIZE) / Long.BYTES) {
      return Optional.empty();
    }
    slot.limit(HEADER_BYTE_SIZE + count * Long.BYTES).putInt(CRC_OFFSET, 0);
    return crc == crc(slot) && slot.getLong(8) >= 0
        ? Optional.of(slot(slot, count, slotOffset))
        : Optional.empty();
  }

  private static Slot slot(ByteBuffer slot, int count, long byteOffset) {
    Long[] settled = new Long[count];
    for (int index = 0; index < count; index++) {
      settled[index] = slot.getLong(HEADER_BYTE_SIZE + index * Long.BYTES);
    }
    return new Slot(slot.getLong(0), new Place(slot.getLong(8), List.of(settled)), byteOffset);
  }

  /** Of the bytes from position 0 to the limit, the checksum's own being 0. */
  private static int crc(ByteBuffer slot) {
    CRC32C crc = new CRC32C();
    crc.update(slot.duplicate().position(0));
    return (int) crc.getValue();
  }
}
