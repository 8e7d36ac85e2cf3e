package dev.aeon.sp.wire;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/** SP's own frames from any bytes; the first says which framing, the second in what pieces. */
public final class FrameFuzz {
  private static final long LIMIT = 1 << 16;

  private FrameFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) {
    if (input.length < 2) {
      return;
    }
    Framing framing = (input[0] & 1) == 0 ? Framing.TCP : Framing.IPC;
    try (FrameDecoder decoder = new FrameDecoder(framing, LIMIT)) {
      feed(decoder, Arrays.copyOfRange(input, 2, input.length), 1 + (input[1] & 0xff));
    }
  }

  /** Feeds {@code bytes} in pieces until they are malformed; nothing else may happen. */
  static void feed(PacketDecoder decoder, byte[] bytes, int pieceByteSize) {
    try (ReceiveBuffer buffer = new ReceiveBuffer(1 << 12)) {
      for (int from = 0; from < bytes.length; from += pieceByteSize) {
        int count = Math.min(pieceByteSize, bytes.length - from);
        require(buffer.makeRoom() >= count, "decoder leaves bytes behind");
        MemorySegment.copy(
            bytes, from, buffer.memory(), ValueLayout.JAVA_BYTE, buffer.limit(), count);
        buffer.arrived(count);
        takeAll(decoder, buffer);
      }
    } catch (MalformedException e) {
      require(e.getMessage() != null, "malformed without a reason");
    }
  }

  private static void takeAll(PacketDecoder decoder, ReceiveBuffer buffer)
      throws MalformedException {
    for (Packet packet = decoder.decode(buffer); packet != null; packet = decoder.decode(buffer)) {
      require(packet.byteSize() <= LIMIT, "packet exceeds its limit");
      packet.release();
    }
    require(decoder.directRoom() <= LIMIT, "room exceeds the limit");
  }

  private static void require(boolean holds, String violation) {
    if (!holds) {
      throw new AssertionError(violation);
    }
  }
}
