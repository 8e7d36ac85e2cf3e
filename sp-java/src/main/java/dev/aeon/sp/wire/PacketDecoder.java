package dev.aeon.sp.wire;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** Cuts a stream of bytes into packets. Confined to its pipe. */
public interface PacketDecoder extends AutoCloseable {
  /**
   * The next packet of {@code in}, owned by the caller, or null when more bytes must arrive first.
   *
   * @throws MalformedException if the bytes break the framing; the stream cannot go on then
   */
  @Nullable Packet decode(ReceiveBuffer in) throws MalformedException;

  /** Whether part of a message has arrived, counting what waits in {@code in}. */
  boolean isMidMessage(ReceiveBuffer in);

  /** How many bytes of a begun body can be written straight to {@link #directTarget()}. */
  long directRoom();

  MemorySegment directTarget();

  long directByteOffset();

  /** Notes bytes written to the direct target; {@link #decode} then gives what is complete. */
  void directArrived(long byteCount);

  /** Gives back the memory of a message begun. */
  @Override
  void close();
}
