package dev.aeon.sp.transport.rawip;

import dev.aeon.sp.transport.datagram.PacketHandler;
import dev.aeon.sp.transport.datagram.PeerAddress;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/** Writes down what a carrier receives. */
final class Received implements PacketHandler {
  final List<byte[]> packets = new ArrayList<>();
  final List<PeerAddress> senders = new ArrayList<>();
  int batchCount;
  int refusedCount;

  @Override
  public void packet(PeerAddress from, MemorySegment memory, long byteOffset, int byteSize) {
    packets.add(memory.asSlice(byteOffset, byteSize).toArray(ValueLayout.JAVA_BYTE));
    senders.add(from);
  }

  @Override
  public void refused() {
    refusedCount++;
  }

  @Override
  public void batchEnded() {
    batchCount++;
  }

  int count() {
    return packets.size();
  }
}
