package dev.aeon.apm.store;

import dev.aeon.apm.message.AgentId;
import dev.aeon.apm.message.MessageId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A set of keys of handled messages in some sixty bytes each, a fifth of what objects take: an
 * agent remembers a day's. The ids lie one after the other in blocks of bytes, found by a table
 * that is between half and three quarters full. Exact: what looks alike by its hash is compared.
 * Confined to its owner's lock.
 */
final class CompactKeys {
  /** One life of a sender's, of which there are few. */
  private record Life(AgentId sender, long epoch, long hash) {
    Life(DeduplicationKey key) {
      this(
          key.sender(),
          key.epoch(),
          CompactKeys.hash(
              mixed(SEED ^ key.epoch()),
              key.sender().value().getBytes(StandardCharsets.ISO_8859_1)));
    }
  }

  /** A key as it is looked for, in several sets perhaps. */
  static final class Wanted {
    private final Life life;
    private final byte[] id;
    private final long hash;

    Wanted(DeduplicationKey key) {
      this.life = new Life(key);
      this.id =
          key.messageId().value().substring(PREFIX.length()).getBytes(StandardCharsets.ISO_8859_1);
      this.hash = CompactKeys.hash(life.hash(), id);
    }
  }

  private static final int BLOCK_BYTE_SIZE = 4096;
  private static final int HEADER_BYTE_SIZE = Integer.BYTES + Byte.BYTES;

  /** What every id begins with is not stored. */
  private static final String PREFIX = "msg_";

  /** How many bits of a slot say where the entry lies; above them are some of its hash. */
  private static final int PLACE_BIT_COUNT = 40;

  private static final long PLACE_BITS = (1L << PLACE_BIT_COUNT) - 1;

  /** Unknown to senders, who could else choose ids that all want one slot. */
  private static final long SEED = new SecureRandom().nextLong();

  private final Map<Life, Integer> numbers = new HashMap<>();
  private final List<Life> lives = new ArrayList<>();
  private final List<ByteBuffer> blocks = new ArrayList<>();

  /** Zero where free, else bits of a hash and where the entry lies, counted from one. */
  private long[] slots = new long[16];

  private int size;

  boolean contains(Wanted key) {
    Integer life = numbers.get(key.life);
    return life != null && slots[slot(life, key)] != 0;
  }

  /** Adds a key, where it is not there. */
  void add(Wanted key) {
    int life = numbers.computeIfAbsent(key.life, this::number);
    int slot = slot(life, key);
    if (slots[slot] == 0) {
      slots[slot] = (key.hash << PLACE_BIT_COUNT) | (append(life, key.id) + 1);
      size++;
      if (size > slots.length / 4 * 3L) {
        grow();
      }
    }
  }

  private int number(Life life) {
    lives.add(life);
    return lives.size() - 1;
  }

  int size() {
    return size;
  }

  void forEach(Consumer<DeduplicationKey> taker) {
    for (ByteBuffer block : blocks) {
      int end = block.position();
      for (int offset = 0;
          offset < end;
          offset += HEADER_BYTE_SIZE + block.get(offset + Integer.BYTES)) {
        Life life = lives.get(block.getInt(offset));
        String id = PREFIX + new String(idAt(block, offset), StandardCharsets.ISO_8859_1);
        taker.accept(new DeduplicationKey(life.sender(), life.epoch(), new MessageId(id)));
      }
    }
  }

  private static byte[] idAt(ByteBuffer block, int offset) {
    byte[] id = new byte[block.get(offset + Integer.BYTES)];
    block.get(offset + HEADER_BYTE_SIZE, id);
    return id;
  }

  /** Where the entry is, or may be put. */
  private int slot(int life, Wanted key) {
    int slot = firstSlot(key.hash);
    while (slots[slot] != 0 && !isAt(slots[slot], life, key)) {
      slot = after(slot);
    }
    return slot;
  }

  /** By the hash's high bits: the table's length is no power of two. */
  private int firstSlot(long hash) {
    return (int) Math.unsignedMultiplyHigh(hash, slots.length);
  }

  private int after(int slot) {
    return slot + 1 < slots.length ? slot + 1 : 0;
  }

  private boolean isAt(long slot, int life, Wanted key) {
    if (slot >>> PLACE_BIT_COUNT != (key.hash << PLACE_BIT_COUNT) >>> PLACE_BIT_COUNT) {
      return false;
    }
    ByteBuffer block = blockOf(slot);
    int offset = offsetOf(slot);
    return block.getInt(offset) == life
        && block.get(offset + Integer.BYTES) == key.id.length
        && block.slice(offset + HEADER_BYTE_SIZE, key.id.length).equals(ByteBuffer.wrap(key.id));
  }

  private ByteBuffer blockOf(long slot) {
    return blocks.get((int) (((slot & PLACE_BITS) - 1) / BLOCK_BYTE_SIZE));
  }

  private static int offsetOf(long slot) {
    return (int) (((slot & PLACE_BITS) - 1) % BLOCK_BYTE_SIZE);
  }

  /** Where the entry lies then. */
  private long append(int life, byte[] id) {
    if (blocks.isEmpty() || blocks.getLast().remaining() < HEADER_BYTE_SIZE + id.length) {
      blocks.add(ByteBuffer.allocate(BLOCK_BYTE_SIZE));
    }
    ByteBuffer block = blocks.getLast();
    long place = (blocks.size() - 1L) * BLOCK_BYTE_SIZE + block.position();
    block.putInt(life).put((byte) id.length).put(id);
    return place;
  }

  private void grow() {
    long[] before = slots;
    slots = new long[before.length / 2 * 3];
    for (long each : before) {
      if (each != 0) {
        int slot = firstSlot(hashOf(each));
        while (slots[slot] != 0) {
          slot = after(slot);
        }
        slots[slot] = each;
      }
    }
  }

  private long hashOf(long slot) {
    ByteBuffer block = blockOf(slot);
    int offset = offsetOf(slot);
    return hash(lives.get(block.getInt(offset)).hash(), idAt(block, offset));
  }

  private static long hash(long start, byte[] text) {
    ByteBuffer bytes = ByteBuffer.wrap(text);
    long hash = mixed(start ^ text.length);
    while (bytes.remaining() >= Long.BYTES) {
      hash = mixed(hash ^ bytes.getLong());
    }
    while (bytes.hasRemaining()) {
      hash = mixed(hash ^ bytes.get());
    }
    return hash;
  }

  /** Both halves of a product in one, which spreads each bit over all. */
  private static long mixed(long bits) {
    long odd = SEED | 1;
    return bits * odd ^ Math.unsignedMultiplyHigh(bits, odd) ^ Long.rotateLeft(bits, 23);
  }
}
