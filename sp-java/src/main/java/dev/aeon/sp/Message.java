package dev.aeon.sp;

import dev.aeon.sp.wire.Packet;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A message in native memory, with one owner at a time. Sending passes the ownership to the socket:
 * from then on every use throws {@link IllegalStateException}, unless the send fails, which gives
 * the message back. Receiving passes it to the application, which closes it when done so that the
 * memory is used again; one that is forgotten is left to the garbage collector.
 *
 * <p>Segments from {@link #body()} must not be used after the message was sent or closed: their
 * bytes may then be another message's. Ownership changes are atomic; the body is for one thread at
 * a time.
 */
public final class Message implements AutoCloseable {
  private static final VarHandle PACKET;

  static {
    try {
      PACKET = MethodHandles.lookup().findVarHandle(Message.class, "packet", Packet.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private volatile @Nullable Packet packet;

  Message(@Nullable Packet packet) {
    this.packet = packet;
  }

  /** A message with a body of {@code byteSize} zeros, to be written in place. */
  public static Message allocate(long byteSize) {
    checkSize(byteSize);
    Message message = new Message(Packet.allocate(byteSize));
    message.body().fill((byte) 0);
    return message;
  }

  /**
   * As {@link #allocate(long)}, with room in front of the body and behind it, so that {@link
   * #insert} and {@link #append} within that room copy nothing.
   */
  public static Message allocate(long byteSize, long headRoom, long tailRoom) {
    long total = Math.addExact(Math.addExact(byteSize, headRoom), tailRoom);
    if (byteSize < 0 || headRoom < 0 || tailRoom < 0 || total > Packet.MAX_BODY_BYTE_SIZE) {
      throw new IllegalArgumentException(
          "message size is out of range: byteSize=%d headRoom=%d tailRoom=%d"
              .formatted(byteSize, headRoom, tailRoom));
    }
    Message message = new Message(Packet.allocate(byteSize, headRoom, tailRoom));
    message.body().fill((byte) 0);
    return message;
  }

  /**
   * A message that owns nothing yet, as one that was sent: for {@link #refill} and {@link
   * Receiver#receive(Message)}, so that many messages cost one object.
   */
  public static Message empty() {
    return new Message(null);
  }

  /**
   * Gives a message that was sent, closed or is empty a new body of {@code byteSize} bytes, whose
   * content is left from other messages until it is written.
   *
   * @throws IllegalStateException if the message is still owned
   */
  public void refill(long byteSize) {
    checkSize(byteSize);
    requireEmpty();
    fill(Packet.allocate(byteSize));
  }

  private static void checkSize(long byteSize) {
    if (byteSize < 0 || byteSize > Packet.MAX_BODY_BYTE_SIZE) {
      throw new IllegalArgumentException("message size is out of range: byteSize=" + byteSize);
    }
  }

  /** Fails on a message that is owned. */
  void requireEmpty() {
    if (packet != null) {
      throw new IllegalStateException("message was neither sent nor closed");
    }
  }

  /** Gives an empty message its packet. Of two that race, one is left to the collector. */
  void fill(Packet next) {
    if (packet != null) {
      next.release();
      throw new IllegalStateException("message was neither sent nor closed");
    }
    PACKET.setRelease(this, next);
  }

  /** A message with a copy of {@code body}. */
  public static Message copyOf(byte[] body) {
    return copyOf(MemorySegment.ofArray(body));
  }

  /** A message with a copy of {@code body}. */
  public static Message copyOf(MemorySegment body) {
    return new Message(Packet.copyOf(body));
  }

  /** A view of the body, valid while this message is owned. */
  public MemorySegment body() {
    return owned().body();
  }

  /**
   * Takes {@code byteCount} bytes off the front of the body; copies nothing.
   *
   * @throws IndexOutOfBoundsException if the body has fewer
   */
  public void trim(long byteCount) {
    requireBytes(byteCount);
    owned().trimBody(byteCount);
  }

  /**
   * Takes {@code byteCount} bytes off the end of the body; copies nothing.
   *
   * @throws IndexOutOfBoundsException if the body has fewer
   */
  public void chop(long byteCount) {
    requireBytes(byteCount);
    owned().chopBody(byteCount);
  }

  private void requireBytes(long byteCount) {
    Objects.checkFromToIndex(0, byteCount, byteSize());
  }

  /**
   * Grows the body in front. Within the room there is nothing is copied; beyond it the body moves
   * to larger memory, and views taken before are of the old one.
   *
   * @return the new bytes, not yet written
   */
  public MemorySegment insert(long byteCount) {
    Packet packet = withRoom(byteCount, 0);
    packet.growFront(byteCount);
    return packet.body().asSlice(0, byteCount);
  }

  /** Puts {@code bytes} before the body, as {@link #insert(long)}. */
  public void insert(byte[] bytes) {
    MemorySegment.copy(bytes, 0, insert(bytes.length), ValueLayout.JAVA_BYTE, 0, bytes.length);
  }

  /**
   * Grows the body behind. Within the room there is nothing is copied; beyond it the body moves to
   * larger memory, and views taken before are of the old one.
   *
   * @return the new bytes, not yet written
   */
  public MemorySegment append(long byteCount) {
    Packet packet = withRoom(0, byteCount);
    packet.growBack(byteCount);
    return packet.body().asSlice(packet.bodyByteSize() - byteCount, byteCount);
  }

  /** Puts {@code bytes} behind the body, as {@link #append(long)}. */
  public void append(byte[] bytes) {
    MemorySegment.copy(bytes, 0, append(bytes.length), ValueLayout.JAVA_BYTE, 0, bytes.length);
  }

  /** This message's packet if it has the room, else a copy that takes its place. */
  private Packet withRoom(long headRoom, long tailRoom) {
    if (headRoom < 0 || tailRoom < 0) {
      throw new IllegalArgumentException(
          "byte count is negative: byteCount=" + Math.min(headRoom, tailRoom));
    }
    Packet current = owned();
    if (headRoom <= current.headRoom() && tailRoom <= current.tailRoom()) {
      return current;
    }
    long half = current.bodyByteSize() / 2;
    Packet larger =
        current.copy(
            Math.max(headRoom, headRoom > 0 ? half : 0),
            Math.max(tailRoom, tailRoom > 0 ? half : 0));
    packet = larger;
    current.release();
    return larger;
  }

  /** A message of its own with the same header and body. */
  public Message duplicate() {
    return new Message(owned().copy(0, 0));
  }

  /** Number of words in the header, which only raw sockets have. */
  public int headerWordCount() {
    return owned().headerWordCount();
  }

  /**
   * A word of the header, the one of index 0 being the first on the wire.
   *
   * @throws IndexOutOfBoundsException if there is no such word
   */
  public int headerWord(int index) {
    return owned().headerWord(Objects.checkIndex(index, headerWordCount()));
  }

  /**
   * Puts a word in front of the header.
   *
   * @throws IllegalStateException if the header has no room for more
   */
  public void prependHeaderWord(int word) {
    owned().prependWord(word);
  }

  /** Takes all words off the header. */
  public void clearHeader() {
    owned().clearHeader();
  }

  /** The pipe that this message came by, or was told to go by; 0 for none. */
  public int pipeId() {
    return owned().pipeId();
  }

  /** Says which pipe a {@link PolyPairSocket} is to send this message by; 0 for any. */
  public void setPipeId(int pipeId) {
    owned().setPipeId(pipeId);
  }

  /** A copy of the body. */
  public byte[] toByteArray() {
    return body().toArray(ValueLayout.JAVA_BYTE);
  }

  /** Size of the body in bytes. */
  public long byteSize() {
    return owned().bodyByteSize();
  }

  /** Ends the use of this message. Idempotent, and without effect on a message that was sent. */
  @Override
  public void close() {
    Packet last = packet == null ? null : (Packet) PACKET.getAndSet(this, null);
    if (last != null) {
      last.release();
    }
  }

  /** Takes the packet out, ready to be sent. */
  Packet take(boolean withHeader) {
    Packet taken = (Packet) PACKET.getAndSet(this, null);
    if (taken == null) {
      throw notOwned();
    }
    if (!withHeader) {
      taken.clearHeader();
    }
    return taken;
  }

  /** Undoes {@link #take}. */
  void giveBack(Packet returned) {
    returned.clearHeader();
    packet = returned;
  }

  private Packet owned() {
    Packet current = packet;
    if (current == null) {
      throw notOwned();
    }
    return current;
  }

  private static IllegalStateException notOwned() {
    return new IllegalStateException("message was sent or closed");
  }
}
