package dev.aeon.apm.schema;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON text in one pass into a {@link JsonIndex}, which says where each value lies; nothing
 * is copied and no tree is built. Strict: one object, no duplicate names, no byte order mark, not
 * too many levels. Confined to one thread.
 */
final class JsonScanner {
  private static final int BYTES_PER_ENTRY_GUESS = 12;
  private static final int FEW_NAMES = 16;

  private final JsonText text;
  private final byte[] bytes;
  private final int maxDepth;
  private int[] entries;
  private JsonIndex soFar;
  private int size;

  private JsonScanner(byte[] bytes, int maxDepth) {
    this.bytes = bytes;
    this.maxDepth = maxDepth;
    this.text = new JsonText(bytes);
    this.entries = new int[(bytes.length / BYTES_PER_ENTRY_GUESS + 8) * JsonIndex.STRIDE];
    this.soFar = new JsonIndex(bytes, entries);
  }

  /**
   * Indexes a whole document.
   *
   * @throws InvalidMessageException E_PROTOCOL_002, saying what is wrong and at which byte
   */
  static JsonIndex scan(byte[] bytes, int maxDepth) {
    JsonScanner scanner = new JsonScanner(bytes, maxDepth);
    int start = scanner.text.skipSpace(0);
    if (start == bytes.length || bytes[start] != '{') {
      throw scanner.text.malformed("not a JSON object", start);
    }
    int end = scanner.text.skipSpace(scanner.object(start, 1));
    if (end != bytes.length) {
      throw scanner.text.malformed("more than one JSON object", end);
    }
    return scanner.soFar;
  }

  private int value(int at, int depth) {
    return switch (at < bytes.length ? bytes[at] : 0) {
      case '{' -> object(at, depth + 1);
      case '[' -> array(at, depth + 1);
      case '"' -> string(at);
      case 't' -> literal(at, "true", JsonIndex.BOOLEAN);
      case 'f' -> literal(at, "false", JsonIndex.BOOLEAN);
      case 'n' -> literal(at, "null", JsonIndex.NULL);
      case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number(at);
      default -> throw text.malformed("value expected", at);
    };
  }

  private int object(int start, int depth) {
    int entry = open(JsonIndex.OBJECT, start, depth);
    Names names = new Names(entry + 1);
    int at = text.skipSpace(start + 1);
    if (at < bytes.length && bytes[at] == '}') {
      return close(entry, at);
    }
    while (true) {
      at = field(at, depth, names);
      byte next = separator(at);
      if (next == '}') {
        return close(entry, at);
      }
      if (next != ',') {
        throw text.malformed("comma or brace expected", at);
      }
      at = text.skipSpace(at + 1);
    }
  }

  private int field(int at, int depth, Names names) {
    if (at >= bytes.length || bytes[at] != '"') {
      throw text.malformed("field name expected", at);
    }
    int name = size;
    int colon = text.skipSpace(string(at));
    names.add(name, at);
    if (colon >= bytes.length || bytes[colon] != ':') {
      throw text.malformed("colon expected", colon);
    }
    return text.skipSpace(value(text.skipSpace(colon + 1), depth));
  }

  private int array(int start, int depth) {
    int entry = open(JsonIndex.ARRAY, start, depth);
    int at = text.skipSpace(start + 1);
    if (at < bytes.length && bytes[at] == ']') {
      return close(entry, at);
    }
    while (true) {
      at = text.skipSpace(value(at, depth));
      byte next = separator(at);
      if (next == ']') {
        return close(entry, at);
      }
      if (next != ',') {
        throw text.malformed("comma or bracket expected", at);
      }
      at = text.skipSpace(at + 1);
    }
  }

  private byte separator(int at) {
    return at < bytes.length ? bytes[at] : 0;
  }

  private int string(int at) {
    int end = text.endOfString(at + 1);
    add(text.wasEscaped() ? JsonIndex.ESCAPED_STRING : JsonIndex.STRING, at + 1, end);
    return end + 1;
  }

  private int number(int at) {
    int end = text.endOfNumber(at);
    add(JsonIndex.NUMBER, at, end);
    return end;
  }

  private int literal(int at, String word, int kind) {
    int end = at + word.length();
    boolean same =
        end <= bytes.length
            && Arrays.equals(
                bytes, at, end, word.getBytes(StandardCharsets.ISO_8859_1), 0, word.length());
    if (!same) {
      throw text.malformed("value expected", at);
    }
    add(kind, at, end);
    return end;
  }

  private int open(int kind, int start, int depth) {
    if (depth > maxDepth) {
      throw text.malformed("too deep: limit=" + maxDepth, start);
    }
    int entry = size;
    add(kind, start, start);
    return entry;
  }

  private int close(int entry, int at) {
    entries[entry * JsonIndex.STRIDE + JsonIndex.END] = at + 1;
    entries[entry * JsonIndex.STRIDE + JsonIndex.NEXT] = size;
    return at + 1;
  }

  private void add(int kind, int start, int end) {
    int slot = size * JsonIndex.STRIDE;
    if (slot == entries.length) {
      entries = Arrays.copyOf(entries, 2 * entries.length);
      soFar = new JsonIndex(bytes, entries);
    }
    entries[slot + JsonIndex.KIND] = kind;
    entries[slot + JsonIndex.START] = start;
    entries[slot + JsonIndex.END] = end;
    size++;
    entries[slot + JsonIndex.NEXT] = size;
  }

  /** The names of one object, to find the one that comes twice. */
  private final class Names {
    private final int first;
    private int count;

    /** A bit for each hash that came, so that most names need not be compared. */
    private long seen;

    private @Nullable Set<String> many;

    Names(int first) {
      this.first = first;
    }

    void add(int name, int at) {
      entries[name * JsonIndex.STRIDE + JsonIndex.HASH] =
          text.wasPlain() ? soFar.computePlainHash(name) : JsonIndex.hash(soFar.string(name));
      if (count < FEW_NAMES ? isAmongFew(name) : isAmongMany(name)) {
        throw text.malformed("duplicate field: name=" + shortened(soFar.string(name)), at);
      }
      count++;
    }

    private boolean isAmongFew(int name) {
      int hash = soFar.hash(name);
      boolean isNew = (seen & (1L << hash)) == 0;
      seen |= 1L << hash;
      if (isNew) {
        return false;
      }
      for (int other = first; other < name; other = soFar.next(other + 1)) {
        if (soFar.hash(other) == hash && soFar.string(other).equals(soFar.string(name))) {
          return true;
        }
      }
      return false;
    }

    private boolean isAmongMany(int name) {
      if (many == null) {
        many = new HashSet<>();
        for (int other = first; other < name; other = soFar.next(other + 1)) {
          many.add(soFar.string(other));
        }
      }
      return !many.add(soFar.string(name));
    }

    private static String shortened(String name) {
      return name.length() <= 64 ? name : name.substring(0, 64) + "…";
    }
  }
}
