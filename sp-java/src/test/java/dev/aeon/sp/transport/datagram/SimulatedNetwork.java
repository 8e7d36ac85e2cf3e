package dev.aeon.sp.transport.datagram;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Carriers that reach each other through a network with every fault a network has. */
final class SimulatedNetwork {
  private static final long DELAY_NANOS = 200_000;
  static final int FIRST_COMPANION_PORT = 10_000;
  private static final long ROOM_BYTE_OFFSET = 3;
  private static final long ROOM_BYTE_SIZE = 70_000;

  final VirtualTime time = new VirtualTime();
  final Random random;
  double loss;
  double duplication;
  double reordering;
  double corruption;
  int pathByteSize = 1_472;
  int carrierByteSize = 1_472;
  long delayNanos = DELAY_NANOS;
  boolean isDark;

  /** Whether carriers leave packets where they are until those have arrived. */
  boolean lends;

  /** Of packets from companions. */
  boolean isCompanionDark;

  long companionDelayNanos = DELAY_NANOS;
  int companionPathByteSize = Integer.MAX_VALUE;
  boolean hasCompanions;
  long packetCount;
  int largestByteSize;
  private final Map<PeerAddress, SimulatedCarrier> carriers = new HashMap<>();
  private int lastPort;

  SimulatedNetwork(long seed) {
    random = new Random(seed);
  }

  SimulatedCarrier open() {
    PeerAddress address = new PeerAddress(new byte[] {10, 0, 0, 1}, ++lastPort, 0);
    return open(address);
  }

  private SimulatedCarrier open(PeerAddress address) {
    SimulatedCarrier carrier = new SimulatedCarrier(address);
    carriers.put(address, carrier);
    return carrier;
  }

  private boolean isCompanion(PeerAddress address) {
    return address.port() >= FIRST_COMPANION_PORT;
  }

  private boolean happens(double probability) {
    return random.nextDouble() < probability;
  }

  private void send(PeerAddress from, PeerAddress to, byte[] packet) {
    packetCount++;
    largestByteSize = Math.max(largestByteSize, packet.length);
    boolean isBulk = isCompanion(from);
    if (isBulk && (isCompanionDark || packet.length > companionPathByteSize)) {
      return;
    }
    if (isDark || packet.length > pathByteSize || happens(loss)) {
      return;
    }
    if (happens(duplication)) {
      deliverLater(from, to, packet.clone());
    }
    if (happens(corruption)) {
      packet[random.nextInt(packet.length)] ^= (byte) (1 << random.nextInt(8));
    }
    deliverLater(from, to, packet);
  }

  private void deliverLater(PeerAddress from, PeerAddress to, byte[] packet) {
    long extra = happens(reordering) ? random.nextLong(10 * DELAY_NANOS) : 0;
    long delay = isCompanion(from) ? companionDelayNanos : delayNanos;
    time.after(delay + extra, () -> deliver(from, to, packet));
  }

  /** Hands a packet over that any stranger may have made. */
  void deliver(PeerAddress from, PeerAddress to, byte[] packet) {
    SimulatedCarrier carrier = carriers.get(to);
    if (carrier != null && carrier.handler != null) {
      MemorySegment memory = Arena.ofAuto().allocate(packet.length + 1L);
      MemorySegment.copy(packet, 0, memory, ValueLayout.JAVA_BYTE, 1, packet.length);
      carrier.handler.packet(from, memory, 1, packet.length);
      carrier.handler.batchEnded();
    }
  }

  /** One socket of it. */
  final class SimulatedCarrier implements Carrier {
    final PeerAddress address;
    final List<byte[]> sent = new ArrayList<>();
    private final List<Runnable> queued = new ArrayList<>();
    private final MemorySegment room = Arena.ofAuto().allocate(ROOM_BYTE_SIZE);
    private PacketHandler handler;
    boolean isClosed;
    SimulatedCarrier companion;
    int keptCount;
    int heldCount;
    private byte[] lastQueued = new byte[0];

    private SimulatedCarrier(PeerAddress address) {
      this.address = address;
    }

    @Override
    public int maxPacketByteSize(PeerAddress peer) {
      return carrierByteSize;
    }

    @Override
    public int maxRunByteSize() {
      return 0;
    }

    @Override
    public Companion openCompanion() {
      if (!hasCompanions || isCompanion(address)) {
        return null;
      }
      int port = address.port() + FIRST_COMPANION_PORT;
      companion = SimulatedNetwork.this.open(new PeerAddress(address.address(), port, 0));
      return new Companion(companion, port);
    }

    /** As if the peer's host had said that nobody is there. */
    void refuse() {
      handler.refused();
      handler.batchEnded();
    }

    @Override
    public long reserve(int byteSize) {
      return ROOM_BYTE_OFFSET;
    }

    @Override
    public MemorySegment memory() {
      return room;
    }

    @Override
    public void queue(PeerAddress peer, int byteSize) {
      byte[] packet = room.asSlice(ROOM_BYTE_OFFSET, byteSize).toArray(ValueLayout.JAVA_BYTE);
      sent.add(packet.clone());
      queued.add(() -> send(address, peer, packet));
      lastQueued = packet;
    }

    @Override
    public PacketLoan keep() {
      if (!lends) {
        return null;
      }
      byte[] kept = lastQueued;
      keptCount++;
      heldCount++;
      return () -> {
        heldCount--;
        // As whoever writes the next packet there: what is still under way is spoilt.
        Arrays.fill(kept, (byte) 0);
      };
    }

    @Override
    public void flush() {
      List<Runnable> batch = List.copyOf(queued);
      queued.clear();
      batch.forEach(Runnable::run);
    }

    @Override
    public void onPackets(PacketHandler packetHandler) {
      handler = packetHandler;
    }

    @Override
    public void close() {
      isClosed = true;
      carriers.remove(address);
    }
  }
}
