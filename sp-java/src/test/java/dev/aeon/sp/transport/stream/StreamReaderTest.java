package dev.aeon.sp.transport.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.aeon.bindings.Errno;
import dev.aeon.sp.transport.TlsProperties;
import dev.aeon.sp.wire.FrameDecoder;
import dev.aeon.sp.wire.Framing;
import dev.aeon.sp.wire.Packet;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StreamReaderTest {
  private static final int SMALL = 64;
  private static final int LARGE = 64 << 10;

  private final Bytes bytes = new Bytes();
  private final StreamReader reader =
      new StreamReader(bytes, new FrameDecoder(Framing.IPC, 1 << 20));

  /** What a peer has sent, all of it there to be received. */
  private static final class Bytes implements ByteStream {
    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
    private final List<Long> rooms = new ArrayList<>();
    private int received;

    void send(int bodyByteSize) {
      Packet packet = Packet.allocate(bodyByteSize);
      packet.body().fill((byte) bodyByteSize);
      Framing.IPC.encode(packet.memory(), packet.start(), packet.byteSize());
      int prefix = Framing.IPC.prefixByteSize();
      MemorySegment frame =
          packet.memory().asSlice(packet.start() - prefix, packet.byteSize() + prefix);
      sent.writeBytes(frame.toArray(ValueLayout.JAVA_BYTE));
      packet.release();
    }

    @Override
    public long receive(MemorySegment buffer, long byteOffset, long byteCount) {
      rooms.add(byteCount);
      byte[] all = sent.toByteArray();
      int count = (int) Math.min(byteCount, all.length - received);
      MemorySegment.copy(all, received, buffer, ValueLayout.JAVA_BYTE, byteOffset, count);
      received += count;
      return count == 0 ? -Errno.EAGAIN : count;
    }

    @Override
    public long send(MemorySegment buffer, long byteOffset, long byteCount) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void watch(int event, boolean wanted) {}

    @Override
    public void unwatch() {}

    @Override
    public long flush() {
      return 0;
    }

    @Override
    public boolean isMoreBuffered() {
      return false;
    }

    @Override
    public @Nullable TlsProperties tls() {
      return null;
    }

    @Override
    public void close() {}
  }

  private void receiveOne(int bodyByteSize) throws Exception {
    Packet packet = reader.next();
    while (packet == null) {
      assertTrue(reader.receive() > 0, "nothing is left to be received");
      packet = reader.next();
    }
    assertEquals(bodyByteSize, packet.bodyByteSize());
    byte first = packet.body().get(ValueLayout.JAVA_BYTE, 0);
    byte last = packet.body().get(ValueLayout.JAVA_BYTE, bodyByteSize - 1L);
    assertEquals((byte) bodyByteSize, first);
    assertEquals((byte) bodyByteSize, last);
    packet.release();
  }

  @Test
  void receive_ofALargeBodyAfterOthers_readsLittleBeforeItAndTheRestToItsOwnMemory()
      throws Exception {
    bytes.send(LARGE);
    bytes.send(LARGE);
    bytes.send(LARGE + 1);
    bytes.send(LARGE + 2);
    receiveOne(LARGE);
    receiveOne(LARGE);
    receiveOne(LARGE + 1);
    bytes.rooms.clear();
    receiveOne(LARGE + 2);

    long rest = bytes.rooms.getLast();
    assertTrue(bytes.rooms.size() <= 2, "receives: " + bytes.rooms);
    assertTrue(rest > LARGE - (2 << 10), "most of the body was not read to its place: " + rest);
    reader.close();
  }

  @Test
  void receive_ofSmallBodiesAfterALargeOne_readsManyAtOnceAgain() throws Exception {
    bytes.send(LARGE);
    receiveOne(LARGE);
    for (int count = 0; count < 100; count++) {
      bytes.send(SMALL);
    }
    bytes.rooms.clear();
    for (int count = 0; count < 100; count++) {
      receiveOne(SMALL);
    }

    assertEquals(2, bytes.rooms.size());
    assertTrue(bytes.rooms.getLast() > LARGE / 2);
    reader.close();
  }
}
