package dev.aeon.sp.transport.datagram;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/** Packets of any content at an open session, each led by its size, with the checksum put right. */
public final class DatagramFuzz {
  private static final int PAIR0 = 0x10;
  private static final int HEAD_BYTE_SIZE = 3;

  private DatagramFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) {
    SessionFixture fixture = new SessionFixture(1).connect(SessionFixture.SETTINGS);
    byte[] sent = fixture.dialerCarrier.sent.getLast();
    long session = PacketLayout.session(MemorySegment.ofArray(sent), 0);
    int at = 0;
    for (int number = 50; at + HEAD_BYTE_SIZE <= input.length; number++) {
      int byteSize = Math.min(input[at] & 0xff, input.length - at - HEAD_BYTE_SIZE);
      byte[] content =
          Arrays.copyOfRange(input, at + HEAD_BYTE_SIZE, at + HEAD_BYTE_SIZE + byteSize);
      byte[] packet = packet(input[at + 1], session, number - input[at + 2], content);
      fixture.network.deliver(
          fixture.dialerCarrier.address, fixture.listenerCarrier.address, packet);
      at += HEAD_BYTE_SIZE + byteSize;
    }
    fixture.run(SessionFixture.SECOND);
    if (fixture.listener.said.size() > 2) {
      throw new AssertionError("session ended more than once: " + fixture.listener.said);
    }
  }

  private static byte[] packet(int kindAndFlags, long session, long number, byte[] content) {
    int byteSize = PacketLayout.BYTE_SIZE + content.length;
    MemorySegment memory = Arena.ofAuto().allocate(byteSize);
    MemorySegment.copy(
        content, 0, memory, ValueLayout.JAVA_BYTE, PacketLayout.BYTE_SIZE, content.length);
    PacketLayout.write(memory, 0, kindAndFlags, PAIR0, session, number);
    var _ = new ChecksumGuard().seal(memory, 0, byteSize);
    return memory.toArray(ValueLayout.JAVA_BYTE);
  }
}
