package dev.aeon.sp.transport.datagram;

import dev.aeon.sp.transport.CloseReason;
import dev.aeon.sp.wire.Packet;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The exchange of packets with one peer, once both have greeted. Says what happened to its owner;
 * confined to its strand and told the time.
 */
final class Session {
  /** How long an acknowledgement may wait for something to go with. */
  static final long ACK_DELAY_NANOS = 4_000_000;

  /** What waits behind the window before the sender is held back. */
  private static final long UNSENT_LIMIT = 64 << 10;

  /** Where the carrier has no runs, system calls of this size cost little more than their bytes. */
  private static final int FULL_BYTE_SIZE = 32 << 10;

  private static final int PART_OVERHEAD_BYTE_SIZE = PacketLayout.BYTE_SIZE + Long.BYTES;
  private static final int PART_OFFSET_BYTE_SIZE = Long.BYTES;
  private static final int CONTROL_BYTE_SIZE = PacketLayout.BYTE_SIZE + AckBlock.MAX_BYTE_SIZE;
  private static final int DISTRUST_AFTER_PROBES = 3;
  private static final long NEVER_GIVEN_UP = -2;

  /** Whose host goes on refusing, and who is not heard of for so long, is gone. */
  private static final long REFUSAL_NANOS = 1_000_000_000;

  /** Told of what the peer did. */
  interface Owner {
    /** A packet came that only the peer can have sent. */
    void heard();

    /** The peer has ended the session. */
    void ended(EndReason reason);

    /** The session cannot go on. */
    void failed(CloseReason reason, String detail);
  }

  private final PeerAddress peer;
  private final long remoteSession;
  private final CompanionAccess companions;
  private final CompanionUse companionUse;
  private final Way main;
  private final PacketGuard guard;
  private final DatagramSettings settings;
  private final DatagramCounters counters;
  private final Owner owner;
  private final SendQueue sendQueue = new SendQueue();
  private final ReceiveQueue receiveQueue;
  private final ReceivedPackets received = new ReceivedPackets();
  private final AckBlock ackBlock = new AckBlock();
  private final Transmission transmission;
  private long lastHeardNanos;
  private long lastSentNanos;
  private long lastLooseNumber = -1;
  private long refusedNanos;
  private boolean isRefused;
  private @Nullable Way probing;
  private Way current;
  private boolean isBulk;
  private boolean owesAccept;
  private long companionSilentSince = NEVER_GIVEN_UP;
  private long mainSilentSince;

  Session(
      PeerAddress peer,
      Greeting remote,
      PacketGuard guard,
      ReceiveQueue receiveQueue,
      EndpointContext context,
      Owner owner,
      long nowNanos) {
    this.peer = peer;
    this.remoteSession = remote.session();
    this.guard = guard;
    this.receiveQueue = receiveQueue;
    this.companions = context.companions();
    this.companionUse = new CompanionUse(context.settings().companionByteSize());
    this.settings = context.settings();
    this.counters = context.counters();
    this.owner = owner;
    this.main = Way.main(context.carrier(), context.writer(), peer, guard.overheadByteSize());
    this.current = main;
    this.transmission =
        new Transmission(
            sendQueue,
            main.packetByteSize() + guard.overheadByteSize(),
            remote.positionLimit(),
            remote.messageLimit(),
            ACK_DELAY_NANOS + SessionTimer.SLACK_NANOS);
    this.lastHeardNanos = nowNanos;
    this.lastSentNanos = nowNanos;
  }

  PeerAddress peer() {
    return peer;
  }

  Transmission transmission() {
    return transmission;
  }

  ReceiveQueue receiveQueue() {
    return receiveQueue;
  }

  private int packetByteSize() {
    return current.packetByteSize();
  }

  // What arrives

  /** One packet with this session's number. */
  void packet(MemorySegment memory, long byteOffset, int byteSize, long nowNanos) {
    int opened = guard.open(memory, byteOffset, byteSize);
    if (opened < 0) {
      counters.malformed++;
      return;
    }
    long number = PacketLayout.number(memory, byteOffset);
    if (number < 0 || received.isKnown(number)) {
      counters.duplicate++;
      received.hurry(nowNanos);
      return;
    }
    lastHeardNanos = nowNanos;
    isRefused = false;
    owner.heard();
    try {
      if (take(memory, byteOffset, opened, number, nowNanos)) {
        boolean wantsAck = PacketLayout.wantsAck(memory, byteOffset);
        received.arrived(number, wantsAck, nowNanos);
      }
    } catch (ProtocolViolation e) {
      disconnect(EndReason.VIOLATION);
      owner.failed(e.reason(), String.valueOf(e.getMessage()));
    }
  }

  /** Whether the packet counts as arrived. */
  private boolean take(
      MemorySegment memory, long byteOffset, int byteSize, long number, long nowNanos)
      throws ProtocolViolation {
    long at = byteOffset + PacketLayout.BYTE_SIZE;
    int left = byteSize - PacketLayout.BYTE_SIZE;
    if (PacketLayout.hasAck(memory, byteOffset)) {
      int block = ackBlock.read(memory, at, left);
      transmission.acknowledged(ackBlock, packetByteSize(), nowNanos);
      at += block;
      left -= block;
    }
    return switch (PacketLayout.kind(memory, byteOffset)) {
      case PacketLayout.TRANSFER -> left == 0 || takePart(memory, at, left);
      case PacketLayout.LOOSE -> takeLoose(memory, at, left, number);
      case PacketLayout.COMPANION -> takeCompanion(memory, at, left);
      case PacketLayout.DISCONNECT -> takeEnd(memory, at, left);
      default -> true;
    };
  }

  private boolean takePart(MemorySegment memory, long at, int left) throws ProtocolViolation {
    if (left < PART_OFFSET_BYTE_SIZE) {
      throw ProtocolViolation.malformed("part has no position: byteSize=" + left);
    }
    return receiveQueue.accept(
        memory.get(PacketLayout.LONG, at),
        memory,
        at + PART_OFFSET_BYTE_SIZE,
        left - PART_OFFSET_BYTE_SIZE);
  }

  /** One that was overtaken is dropped: what is loose still keeps its order. */
  private boolean takeLoose(MemorySegment memory, long at, int left, long number)
      throws ProtocolViolation {
    if (left > receiveQueue.maxMessageByteSize()) {
      throw new ProtocolViolation(
          CloseReason.TOO_LARGE, "message exceeds the receive limit: byteSize=" + left);
    }
    Packet packet = Packet.allocate(left);
    MemorySegment.copy(memory, at, packet.memory(), packet.start(), left);
    if (number < lastLooseNumber || !receiveQueue.offerLoose(packet)) {
      counters.looseDropped++;
      packet.release();
    }
    lastLooseNumber = Math.max(lastLooseNumber, number);
    return true;
  }

  private boolean takeCompanion(MemorySegment memory, long at, int left) throws ProtocolViolation {
    if (left < CompanionPacket.BYTE_SIZE) {
      throw ProtocolViolation.malformed("companion is cut off: byteSize=" + left);
    }
    int port = CompanionPacket.port(memory, at);
    int step = CompanionPacket.step(memory, at);
    boolean isWanted = settings.companionByteSize() > 0 && port != CompanionUse.NO_PORT;
    if (isWanted && step == CompanionPacket.OFFER && companions.port() != CompanionUse.NO_PORT) {
      companionUse.setPeerPort(port);
      owesAccept = true;
    } else if (step == CompanionPacket.ACCEPT && companionUse.hasOffered() && isWanted) {
      Way way = companions.wayTo(peer, port, guard.overheadByteSize());
      if (way != null) {
        companionUse.setPeerPort(port);
        companionUse.accepted(way);
      }
    }
    return true;
  }

  /** Whether packets from there are the peer's, by its companion. */
  boolean isCompanion(PeerAddress from) {
    return companionUse.peerPort() != CompanionUse.NO_PORT
        && from.port() == companionUse.peerPort()
        && from.scope() == peer.scope()
        && Arrays.equals(from.address(), peer.address());
  }

  private boolean takeEnd(MemorySegment memory, long at, int left) {
    EndReason reason =
        left < EndReason.BYTE_SIZE
            ? EndReason.CLOSED
            : EndReason.of(memory.get(PacketLayout.BYTE, at));
    owner.ended(reason);
    return true;
  }

  // What is sent

  /** Takes a message, whose ownership passes. */
  void add(Packet packet) {
    sendQueue.add(packet);
  }

  /** Whether there is room for another message. */
  boolean hasRoom() {
    return transmission.unsentByteCount() <= UNSENT_LIMIT;
  }

  /** Whether the peer has acknowledged all that was added. */
  boolean isDelivered() {
    return transmission.isEverythingAcknowledged();
  }

  /** Lets all that was added go. */
  void release() {
    transmission.makeDue();
  }

  /**
   * Lets go what fills whole runs of packets.
   *
   * @return whether there is any
   */
  boolean releaseRuns() {
    long runByteSize = runByteSize();
    boolean isAny = transmission.heldByteCount() >= runByteSize;
    if (isAny) {
      transmission.makeRunsDue(runByteSize);
    }
    return isAny;
  }

  /** How many bytes of the message stream the longest run of packets carries. */
  private long runByteSize() {
    Way proven = companionUse.proven();
    Way way = proven != null ? proven : main;
    int packetByteSize = way.packetByteSize();
    int room = Math.max(way.maxRunByteSize(), FULL_BYTE_SIZE);
    int count = Math.max(1, room / (packetByteSize + guard.overheadByteSize()));
    return (long) count * (packetByteSize - PART_OVERHEAD_BYTE_SIZE);
  }

  /** Sends a message once, in one packet; its ownership passes. */
  void sendLoose(Packet packet, long nowNanos) {
    int byteSize = (int) Math.min(packet.byteSize(), Integer.MAX_VALUE / 2);
    if (PacketLayout.BYTE_SIZE + byteSize > packetByteSize()) {
      counters.looseDropped++;
    } else {
      long at = begin(PacketLayout.BYTE_SIZE + byteSize) + PacketLayout.BYTE_SIZE;
      MemorySegment target = current.writer().memory();
      MemorySegment.copy(packet.memory(), packet.start(), target, at, byteSize);
      send(PacketLayout.LOOSE, PacketLayout.BYTE_SIZE + byteSize, nowNanos);
      transmission.sentWithoutAck();
    }
    packet.release();
  }

  /** Begins a packet; where. */
  private long begin(int byteSize) {
    return current.writer().begin(Math.max(byteSize, CONTROL_BYTE_SIZE) + guard.overheadByteSize());
  }

  private int send(int kindAndFlags, int byteSize, long nowNanos) {
    lastSentNanos = nowNanos;
    return current
        .writer()
        .send(
            current.peer(),
            guard,
            kindAndFlags,
            remoteSession,
            transmission.nextNumber(),
            byteSize);
  }

  /** Sends all that may go now, and an acknowledgement if one is due. */
  void sendDue(long nowNanos) {
    current = wayForParts(nowNanos);
    sendParts(packetByteSize(), nowNanos);
    current = main;
    if (owesAccept) {
      owesAccept = false;
      sendCompanion(CompanionPacket.ACCEPT, nowNanos);
    }
    if (receiveQueue.hasMuchUngranted() && !received.isEmpty()) {
      sendControl(PacketLayout.TRANSFER | PacketLayout.WANTS_ACK, nowNanos);
    }
    if (received.isUrgent() || isAckOverdue(nowNanos)) {
      sendControl(PacketLayout.TRANSFER, nowNanos);
    }
    probeSize(nowNanos);
  }

  /** Looks at the peer's queue once, so that runs of packets stay whole. */
  private void sendParts(int packetByteSize, long nowNanos) {
    boolean mayGoOn = !transmission.isPeerBehind();
    while (mayGoOn && transmission.mayGo(packetByteSize)) {
      mayGoOn = sendPart(packetByteSize, nowNanos);
    }
    if (!mayGoOn) {
      transmission.ranDry();
    }
  }

  /**
   * Who has begun to send by the companion goes on with that until everything has arrived, lest a
   * small rest overtakes what it belongs to.
   */
  private Way wayForParts(long nowNanos) {
    isBulk &= transmission.hasUnderWay();
    isBulk |= companionUse.isWorth(transmission.sendableByteCount());
    if (!isBulk) {
      return main;
    }
    if (companionUse.shouldOffer(nowNanos)) {
      offer(nowNanos);
    }
    Way proven = companionUse.proven();
    return proven != null ? proven : main;
  }

  private void offer(long nowNanos) {
    if (companions.port() == CompanionUse.NO_PORT) {
      companionUse.giveUp();
    } else {
      companionUse.offered(nowNanos);
      sendCompanion(CompanionPacket.OFFER, nowNanos);
    }
  }

  private void sendCompanion(int step, long nowNanos) {
    long at = begin(CONTROL_BYTE_SIZE) + PacketLayout.BYTE_SIZE;
    CompanionPacket.write(current.writer().memory(), at, step, companions.port());
    int kind = PacketLayout.COMPANION | PacketLayout.WANTS_ACK;
    int byteSize = PacketLayout.BYTE_SIZE + CompanionPacket.BYTE_SIZE;
    noteSent(kind, send(kind, byteSize, nowNanos), nowNanos);
  }

  private boolean isAckOverdue(long nowNanos) {
    return received.isUntold() && nowNanos - received.firstUntoldNanos() >= ACK_DELAY_NANOS;
  }

  /** One packet with what is to be sent next; false where there is nothing. */
  private boolean sendPart(int packetByteSize, long nowNanos) {
    if (transmission.partRoom(1) == 0) {
      return false;
    }
    long begin = begin(packetByteSize);
    MemorySegment memory = current.writer().memory();
    int end = writeAck(memory, begin, packetByteSize / 2, nowNanos);
    int kind = PacketLayout.TRANSFER | PacketLayout.WANTS_ACK | ackFlag(end);
    long position = transmission.partPosition();
    memory.set(PacketLayout.LONG, begin + end, position);
    end += PART_OFFSET_BYTE_SIZE;
    int count =
        sendQueue.copy(
            position,
            transmission.partRoom(packetByteSize - end),
            transmission.messageLimit(),
            memory,
            begin + end);
    if (count == 0) {
      return false;
    }
    int sent = send(kind, end + count, nowNanos);
    received.told();
    PacketLoan loan = current.writer().keep();
    transmission.sent(position, count, sent, current.number(), loan, nowNanos);
    return true;
  }

  private static int ackFlag(int end) {
    return end > PacketLayout.BYTE_SIZE ? PacketLayout.HAS_ACK : 0;
  }

  /** Writes an acknowledgement where one is owed; how much of the packet there is then. */
  private int writeAck(MemorySegment memory, long begin, int room, long nowNanos) {
    if (!received.isUntold()) {
      return PacketLayout.BYTE_SIZE;
    }
    long at = begin + PacketLayout.BYTE_SIZE;
    return PacketLayout.BYTE_SIZE
        + AckBlock.write(memory, at, room, received, receiveQueue, nowNanos);
  }

  /** A packet without a part: an acknowledgement, or a question for one, or both. */
  private void sendControl(int kindAndFlags, long nowNanos) {
    long begin = begin(CONTROL_BYTE_SIZE);
    int end = PacketLayout.BYTE_SIZE;
    if (!received.isEmpty()) {
      end +=
          AckBlock.write(
              current.writer().memory(),
              begin + end,
              AckBlock.MAX_BYTE_SIZE,
              received,
              receiveQueue,
              nowNanos);
    }
    int sent = send(kindAndFlags | ackFlag(end), end, nowNanos);
    received.told();
    noteSent(kindAndFlags, sent, nowNanos);
  }

  private void noteSent(int kindAndFlags, int byteSize, long nowNanos) {
    if ((kindAndFlags & PacketLayout.WANTS_ACK) != 0) {
      transmission.sent(
          sendQueue.acknowledgedPosition(), 0, byteSize, current.number(), null, nowNanos);
    } else {
      transmission.sentWithoutAck();
    }
  }

  /**
   * The peer's host says that nobody is there. Forged words end nothing: a peer that lives answers
   * the question before the next one counts.
   */
  void refused(long nowNanos) {
    if (!isRefused) {
      isRefused = true;
      refusedNanos = nowNanos;
      ask(nowNanos);
    } else if (nowNanos - refusedNanos >= REFUSAL_NANOS) {
      owner.failed(CloseReason.IO_ERROR, "peer's host says that nobody is there");
    }
  }

  /** Asks the peer for a sign of life. */
  void ask(long nowNanos) {
    sendControl(PacketLayout.TRANSFER | PacketLayout.WANTS_ACK, nowNanos);
  }

  /** Finds out whether the paths take larger packets, and whether the companion's takes any. */
  private void probeSize(long nowNanos) {
    if (probing != null && !transmission.hasSizeProbe()) {
      probeEnded(probing, nowNanos);
    }
    if (probing != null || transmission.probeCount() > 0 || received.isEmpty()) {
      return;
    }
    Way companion = companionUse.toProbe(nowNanos);
    if (companion != null && !companion.isProven()) {
      beginProbe(companion, nowNanos);
    }
    if (probing == null) {
      beginProbe(main, nowNanos);
    }
    if (probing == null && companion != null) {
      beginProbe(companion, nowNanos);
    }
  }

  private void probeEnded(Way way, long nowNanos) {
    probing = null;
    if (!transmission.isSizeProbeLost()) {
      way.pathSize().probeArrived();
      return;
    }
    way.pathSize().probeLost();
    if (way.pathSize().isHopeless()) {
      companionUse.distrust(nowNanos);
    }
  }

  private void beginProbe(Way way, long nowNanos) {
    int byteSize = way.pathSize().nextProbe(way.carrierByteSize());
    if (byteSize == 0) {
      return;
    }
    current = way;
    int content = byteSize - guard.overheadByteSize();
    long begin = begin(content);
    current
        .writer()
        .memory()
        .asSlice(begin + PacketLayout.BYTE_SIZE, content - PacketLayout.BYTE_SIZE)
        .fill((byte) 0);
    send(PacketLayout.PROBE | PacketLayout.WANTS_ACK, content, nowNanos);
    transmission.sizeProbe(PacketLayout.BYTE_SIZE, way.number(), nowNanos);
    probing = way;
    current = main;
  }

  /** Tells the peer that this is the end; nothing is sent afterwards. */
  void disconnect(EndReason reason) {
    long begin = begin(CONTROL_BYTE_SIZE);
    MemorySegment memory = current.writer().memory();
    memory.set(PacketLayout.BYTE, begin + PacketLayout.BYTE_SIZE, reason.number());
    send(PacketLayout.DISCONNECT, PacketLayout.BYTE_SIZE + EndReason.BYTE_SIZE, lastSentNanos);
    transmission.sentWithoutAck();
  }

  // Time

  /** When {@link #timeout} wants to be called. */
  long deadlineNanos() {
    long idle =
        Math.min(lastSentNanos + settings.keepAliveNanos(), lastHeardNanos + settings.deathNanos());
    long ack =
        received.isUntold() ? received.firstUntoldNanos() + ACK_DELAY_NANOS : Transmission.NEVER;
    return Math.min(Math.min(idle, ack), transmission.deadlineNanos());
  }

  /** Does what is due. */
  void timeout(long nowNanos) {
    if (nowNanos - lastHeardNanos >= settings.deathNanos()) {
      owner.failed(
          CloseReason.IO_ERROR,
          "peer was not heard of: seconds=" + settings.deathNanos() / 1_000_000_000);
      return;
    }
    int packetByteSize = packetByteSize();
    if (transmission.timeout(packetByteSize, nowNanos)) {
      if (transmission.probeCount() == DISTRUST_AFTER_PROBES) {
        main.pathSize().distrust();
      }
      if (transmission.lastGivenUpWay() == Way.COMPANION) {
        companionGivenUp(nowNanos);
      }
      probe(packetByteSize(), nowNanos);
    } else if (nowNanos - lastSentNanos >= settings.keepAliveNanos()) {
      ask(nowNanos);
    }
    sendDue(nowNanos);
  }

  /** Twice in vain, while the main way's packets came through and none of it: it is blocked. */
  private void companionGivenUp(long nowNanos) {
    long largest = transmission.largestAcknowledged(Way.COMPANION);
    long largestOfMain = transmission.largestAcknowledged(Way.MAIN);
    if (largest != companionSilentSince) {
      companionSilentSince = largest;
      mainSilentSince = largestOfMain;
    } else if (largestOfMain > mainSilentSince) {
      companionUse.distrust(nowNanos);
      companionSilentSince = NEVER_GIVEN_UP;
      isBulk = false;
    }
  }

  private void probe(int packetByteSize, long nowNanos) {
    if (!sendPart(packetByteSize, nowNanos)) {
      ask(nowNanos);
    }
  }

  void close() {
    transmission.close();
    sendQueue.close();
    receiveQueue.close();
  }
}
