package dev.aeon.spoke.validate.image;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import dev.aeon.spoke.model.SpokeException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Where the elements of one file stand in its text: a {@code google.protobuf.SourceCodeInfo} that
 * stays encoded, with a hash table from an element's path to the place of its first entry. The
 * table is made on first use, so a file without findings never costs more than its bytes.
 * Thread-safe.
 */
public final class SourceLocations {
  /** What a file without source information has. */
  public static final SourceLocations NONE = new SourceLocations(new byte[0], 0, 0);

  private static final int LOCATION_TAG = 1 << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;
  private static final int PATH_FIELD = 1;
  private static final int SPAN_FIELD = 2;
  private static final int LEADING_COMMENTS_FIELD = 3;
  private static final int EMPTY = -1;
  private static final int SLOT = 3;

  private final byte[] bytes;
  private final int byteOffset;
  private final int byteSize;
  private final ReentrantLock indexing = new ReentrantLock();

  /** Slots of an entry's byte offset, size and hash of its path, by that hash; a power of two. */
  private volatile int @Nullable [] table;

  private SourceLocations(byte[] bytes, int byteOffset, int byteSize) {
    this.bytes = bytes;
    this.byteOffset = byteOffset;
    this.byteSize = byteSize;
  }

  /** A view of an encoded {@code SourceCodeInfo}; the bytes must not change. */
  static SourceLocations of(byte[] bytes, int byteOffset, int byteSize) {
    return new SourceLocations(bytes, byteOffset, byteSize);
  }

  public boolean isEmpty() {
    return byteSize == 0;
  }

  /** The place of the first entry with this path, or null where there is none. */
  public @Nullable Location find(int... path) {
    Entry entry = entry(path);
    return entry == null ? null : entry.location();
  }

  /** The comment before the element, or the empty text. */
  public String leadingComments(int... path) {
    Entry entry = entry(path);
    return entry == null ? "" : entry.leadingComments(bytes);
  }

  /**
   * The place of an option inside another, as far as the source tells: the exact path, else the
   * first entry inside it, else the deepest one around it that still names the option.
   *
   * @param optionLength how many elements of the path name the option itself
   */
  public @Nullable Location findOption(int[] path, int optionLength) {
    Location exact = find(path);
    return exact == null && !isEmpty() ? nearestOption(path, optionLength) : exact;
  }

  private @Nullable Location nearestOption(int[] path, int optionLength) {
    Entry best = null;
    try {
      CodedInputStream in = stream(byteOffset, byteSize);
      while (nextLocation(in)) {
        Entry entry = readEntry(in);
        if (startsWith(entry.path, path)) {
          return entry.location();
        }
        boolean isAround = entry.path.length >= optionLength && startsWith(path, entry.path);
        if (isAround && (best == null || entry.path.length > best.path.length)) {
          best = entry;
        }
      }
    } catch (IOException e) {
      throw malformed(e);
    }
    return best == null ? null : best.location();
  }

  private static boolean startsWith(int[] path, int[] prefix) {
    return path.length >= prefix.length
        && Arrays.equals(path, 0, prefix.length, prefix, 0, prefix.length);
  }

  private @Nullable Entry entry(int[] path) {
    if (isEmpty()) {
      return null;
    }
    int[] slots = index();
    try {
      int slot = slotOf(slots, path, hash(path));
      return slots[slot] == EMPTY ? null : readEntryAt(slots[slot], slots[slot + 1]);
    } catch (IOException e) {
      throw malformed(e);
    }
  }

  private int[] index() {
    int[] known = table;
    if (known != null) {
      return known;
    }
    indexing.lock();
    try {
      int[] made = table == null ? buildIndex() : table;
      table = made;
      return made;
    } catch (IOException e) {
      throw malformed(e);
    } finally {
      indexing.unlock();
    }
  }

  private int[] buildIndex() throws IOException {
    int count = countLocations();
    int capacity = Integer.highestOneBit(Math.max(4, count) * 2 - 1) << 1;
    int[] slots = new int[SLOT * capacity];
    Arrays.fill(slots, EMPTY);
    CodedInputStream in = stream(byteOffset, byteSize);
    while (nextLocation(in)) {
      int size = in.readRawVarint32();
      int offset = byteOffset + in.getTotalBytesRead();
      in.skipRawBytes(size);
      insert(slots, readEntryAt(offset, size).path, offset, size);
    }
    return slots;
  }

  private void insert(int[] slots, int[] path, int offset, int size) throws IOException {
    int hash = hash(path);
    int slot = slotOf(slots, path, hash);
    if (slots[slot] == EMPTY) {
      slots[slot] = offset;
      slots[slot + 1] = size;
      slots[slot + 2] = hash;
    }
  }

  /** Where an entry with this path is, or would be. */
  private int slotOf(int[] slots, int[] path, int hash) throws IOException {
    int mask = slots.length / SLOT - 1;
    int i = hash & mask;
    while (slots[SLOT * i] != EMPTY && !isAt(slots, SLOT * i, path, hash)) {
      i = (i + 1) & mask;
    }
    return SLOT * i;
  }

  private boolean isAt(int[] slots, int slot, int[] path, int hash) throws IOException {
    return slots[slot + 2] == hash
        && Arrays.equals(readEntryAt(slots[slot], slots[slot + 1]).path, path);
  }

  private int countLocations() throws IOException {
    int count = 0;
    CodedInputStream in = stream(byteOffset, byteSize);
    while (nextLocation(in)) {
      in.skipRawBytes(in.readRawVarint32());
      count++;
    }
    return count;
  }

  private static boolean nextLocation(CodedInputStream in) throws IOException {
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (tag == LOCATION_TAG) {
        return true;
      }
      in.skipField(tag);
    }
    return false;
  }

  private static int hash(int[] path) {
    int hash = Arrays.hashCode(path) * 0x9E3779B9;
    return hash ^ hash >>> 15;
  }

  private CodedInputStream stream(int offset, int size) {
    return CodedInputStream.newInstance(bytes, offset, size);
  }

  private Entry readEntry(CodedInputStream in) throws IOException {
    int size = in.readRawVarint32();
    int limit = in.pushLimit(size);
    Entry entry = new Entry();
    entry.read(in, byteOffset);
    in.popLimit(limit);
    return entry;
  }

  private Entry readEntryAt(int offset, int size) throws IOException {
    Entry entry = new Entry();
    entry.read(stream(offset, size), offset);
    return entry;
  }

  private static SpokeException malformed(IOException cause) {
    return new SpokeException(
        SpokeException.Code.INVALID_REQUEST,
        "the source information of an image is malformed, cause=" + cause.getMessage(),
        cause);
  }

  /** A {@code SourceCodeInfo.Location}; of its comments, only that there are some. */
  private static final class Entry {
    private int[] path = {};
    private int[] span = {};
    private int commentsOffset;
    private int commentsSize;

    /** Reads a stream that starts at an offset of the bytes. */
    void read(CodedInputStream in, int base) throws IOException {
      for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
        switch (WireFormat.getTagFieldNumber(tag)) {
          case PATH_FIELD -> path = readNumbers(in, tag, path);
          case SPAN_FIELD -> span = readNumbers(in, tag, span);
          case LEADING_COMMENTS_FIELD -> passComments(in, base);
          default -> in.skipField(tag);
        }
      }
    }

    private static int[] readNumbers(CodedInputStream in, int tag, int[] before)
        throws IOException {
      if (WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_VARINT) {
        int[] more = Arrays.copyOf(before, before.length + 1);
        more[before.length] = in.readInt32();
        return more;
      }
      int byteSize = in.readRawVarint32();
      int limit = in.pushLimit(byteSize);
      int[] numbers = new int[Math.min(byteSize, 64)];
      int count = 0;
      while (in.getBytesUntilLimit() > 0) {
        numbers = count == numbers.length ? Arrays.copyOf(numbers, 2 * count) : numbers;
        numbers[count++] = in.readInt32();
      }
      in.popLimit(limit);
      return Arrays.copyOf(numbers, count);
    }

    private void passComments(CodedInputStream in, int base) throws IOException {
      commentsSize = in.readRawVarint32();
      commentsOffset = base + in.getTotalBytesRead();
      in.skipRawBytes(commentsSize);
    }

    String leadingComments(byte[] bytes) {
      return new String(bytes, commentsOffset, commentsSize, StandardCharsets.UTF_8);
    }

    Location location() {
      return switch (span.length) {
        case 3 -> new Location(span[0] + 1, span[1] + 1, span[0] + 1, span[2] + 1);
        case 4 -> new Location(span[0] + 1, span[1] + 1, span[2] + 1, span[3] + 1);
        default -> new Location(1, 1, 1, 1);
      };
    }
  }
}
