package dev.aeon.sp.transport.datagram;

import dev.aeon.sp.transport.CloseReason;
import dev.aeon.sp.transport.PipeHost;
import dev.aeon.sp.transport.TransportListener;
import java.lang.foreign.MemorySegment;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One carrier and the sessions that it carries: any number for a listener, one for a dialer. The
 * carrier is the endpoint's, and closes with the last session once nothing is listened for.
 * Confined to its strand.
 */
public final class DatagramEndpoint implements PacketHandler, TransportListener {
  static final int OPENING_BYTE_SIZE =
      PacketLayout.BYTE_SIZE + Greeting.BYTE_SIZE + Cookies.BYTE_SIZE + KeyedGuard.PROOF_BYTE_SIZE;

  private static final int GREETING_END = PacketLayout.BYTE_SIZE + Greeting.BYTE_SIZE;
  private static final int RESETS_PER_BATCH = 16;

  /** Each has proved its address: still, memory has an end. */
  private static final int MAX_SESSIONS = 65_536;

  private final EndpointContext context;
  private final Cookies cookies;
  private final SessionTable sessions = new SessionTable();
  private final List<DatagramPipe> dirty = new ArrayList<>();
  private boolean isListening;
  private boolean isInBatch;
  private boolean isClosed;
  private int resetCount;
  private long batchNanos;

  private DatagramEndpoint(
      PipeHost host,
      Carrier carrier,
      DatagramSettings settings,
      PeerNames names,
      SecureRandom random,
      boolean isListening) {
    this.context =
        new EndpointContext(
            host,
            carrier,
            new PacketWriter(carrier, host.protocol().value()),
            new CompanionAccess(carrier, new CompanionPackets(), host.protocol().value()),
            settings,
            new DatagramCounters(),
            new Guards(settings.preSharedKey()),
            names,
            random);
    this.cookies = new Cookies(random);
    this.isListening = isListening;
    carrier.onPackets(this);
  }

  /** Accepts sessions from whoever greets; owns {@code carrier}. */
  public static DatagramEndpoint listen(
      PipeHost host, Carrier carrier, DatagramSettings settings, PeerNames names) {
    return listen(host, carrier, settings, names, new SecureRandom());
  }

  static DatagramEndpoint listen(
      PipeHost host,
      Carrier carrier,
      DatagramSettings settings,
      PeerNames names,
      SecureRandom random) {
    return new DatagramEndpoint(host, carrier, settings, names, random, true);
  }

  /** Announces the pipe of one attempt to connect. Called with the host's strand held. */
  public static Dialing dial(PipeHost host, DatagramSettings settings) {
    return new Dialing(host, settings, new SecureRandom());
  }

  static Dialing dial(PipeHost host, DatagramSettings settings, SecureRandom random) {
    return new Dialing(host, settings, random);
  }

  /** One attempt to connect. Methods are called with the host's strand held. */
  public static final class Dialing {
    private final PipeHost host;
    private final DatagramSettings settings;
    private final SecureRandom random;
    private final DatagramPipe pipe;

    private Dialing(PipeHost host, DatagramSettings settings, SecureRandom random) {
      this.host = host;
      this.settings = settings;
      this.random = random;
      this.pipe = DatagramPipe.dialing(host, settings);
    }

    /** Greets {@code peer} through {@code carrier}, which passes to the pipe. */
    public void connecting(Carrier carrier, PeerAddress peer, PeerNames names) {
      if (pipe.isClosed()) {
        carrier.close();
        return;
      }
      new DatagramEndpoint(host, carrier, settings, names, random, false).greet(pipe, peer);
    }

    /** There is no carrier, or no such peer. */
    public void connectFailed(String detail) {
      pipe.connectFailed(detail);
    }
  }

  private void greet(DatagramPipe pipe, PeerAddress peer) {
    OpeningExchange exchange = new OpeningExchange(context, peer);
    sessions.add(pipe, exchange);
    pipe.greet(this, exchange);
    context.carrier().flush();
  }

  public DatagramCounters counters() {
    return context.counters();
  }

  @Override
  public String address() {
    return context.names().local();
  }

  // What arrives

  @Override
  public void packet(PeerAddress from, MemorySegment memory, long byteOffset, int byteSize) {
    beginBatch();
    if (!PacketLayout.isWhole(memory, byteOffset, byteSize)) {
      context.counters().malformed++;
      return;
    }
    if (PacketLayout.opensOrResets(memory, byteOffset)) {
      openingPacket(from, memory, byteOffset, byteSize);
    } else {
      sessionPacket(from, memory, byteOffset, byteSize);
    }
  }

  private void beginBatch() {
    if (!isInBatch) {
      isInBatch = true;
      batchNanos = context.nowNanos();
    }
  }

  /** What comes by the companion: packets of sessions alone, from where their peers said. */
  private final class CompanionPackets implements PacketHandler {
    @Override
    public void packet(PeerAddress from, MemorySegment memory, long byteOffset, int byteSize) {
      beginBatch();
      if (!PacketLayout.isWhole(memory, byteOffset, byteSize)
          || PacketLayout.opensOrResets(memory, byteOffset)) {
        context.counters().malformed++;
        return;
      }
      SessionTable.Entry entry =
          sessions.ofCompanion(PacketLayout.session(memory, byteOffset), from);
      if (entry == null) {
        context.counters().unknownSession++;
      } else {
        markDirty(entry.pipe());
        entry.pipe().packet(memory, byteOffset, byteSize);
      }
    }

    @Override
    public void refused() {}

    @Override
    public void batchEnded() {
      DatagramEndpoint.this.batchEnded();
    }
  }

  private void sessionPacket(
      PeerAddress from, MemorySegment memory, long byteOffset, int byteSize) {
    long session = PacketLayout.session(memory, byteOffset);
    SessionTable.Entry entry = sessions.ofLocal(session, from);
    if (entry == null) {
      context.counters().unknownSession++;
      resetUnknown(from, session, PacketLayout.kind(memory, byteOffset));
    } else {
      markDirty(entry.pipe());
      entry.pipe().packet(memory, byteOffset, byteSize);
    }
  }

  private void resetUnknown(PeerAddress from, long session, int kind) {
    boolean isEnd = kind == PacketLayout.DISCONNECT;
    if (!isEnd && session != PacketLayout.NO_SESSION && resetCount++ < RESETS_PER_BATCH) {
      reset(from, session, EndReason.UNKNOWN_SESSION);
    }
  }

  private void reset(PeerAddress to, long session, EndReason reason) {
    long begin = context.writer().begin(OPENING_BYTE_SIZE);
    MemorySegment memory = context.writer().memory();
    memory.set(PacketLayout.BYTE, begin + PacketLayout.BYTE_SIZE, reason.number());
    int byteSize = PacketLayout.BYTE_SIZE + EndReason.BYTE_SIZE;
    context.writer().send(to, opening(), PacketLayout.RESET, session, 0, byteSize);
  }

  private PacketGuard opening() {
    return context.guards().opening();
  }

  private void openingPacket(
      PeerAddress from, MemorySegment memory, long byteOffset, int byteSize) {
    int opened = opening().open(memory, byteOffset, byteSize);
    boolean isTaken =
        opened >= 0
            && switch (PacketLayout.kind(memory, byteOffset)) {
              case PacketLayout.HELLO -> hello(from, memory, byteOffset, opened);
              case PacketLayout.RETRY -> retry(from, memory, byteOffset, opened);
              case PacketLayout.WELCOME -> welcome(from, memory, byteOffset, opened);
              default -> reset(from, memory, byteOffset, opened);
            };
    if (!isTaken) {
      context.counters().malformed++;
    }
  }

  private boolean hello(PeerAddress from, MemorySegment memory, long byteOffset, int byteSize) {
    if (!isListening || byteSize < GREETING_END) {
      return false;
    }
    Greeting remote = Greeting.read(memory, byteOffset + PacketLayout.BYTE_SIZE);
    if (!remote.isSound()) {
      return false;
    }
    SessionTable.Entry known = sessions.ofRemote(remote.session(), from);
    if (known != null) {
      known.pipe().welcomeAgain();
    } else if (hasGoodCookie(from, remote, memory, byteOffset, byteSize)) {
      accept(from, remote, PacketLayout.protocol(memory, byteOffset));
    } else {
      sendRetry(from, remote.session());
    }
    return true;
  }

  private boolean hasGoodCookie(
      PeerAddress from, Greeting remote, MemorySegment memory, long byteOffset, int byteSize) {
    return byteSize >= GREETING_END + Cookies.BYTE_SIZE
        && cookies.isGood(
            memory, byteOffset + GREETING_END, from, remote.session(), context.nowNanos());
  }

  private void sendRetry(PeerAddress to, long session) {
    long begin = context.writer().begin(OPENING_BYTE_SIZE);
    MemorySegment memory = context.writer().memory();
    cookies.write(memory, begin + PacketLayout.BYTE_SIZE, to, session, context.nowNanos());
    int byteSize = PacketLayout.BYTE_SIZE + Cookies.BYTE_SIZE;
    context.writer().send(to, opening(), PacketLayout.RETRY, session, 0, byteSize);
  }

  private void accept(PeerAddress from, Greeting remote, int protocol) {
    if (sessions.count() >= MAX_SESSIONS) {
      return;
    }
    DatagramPipe pipe = DatagramPipe.accepted(context.host(), context.settings());
    if (protocol != context.host().protocol().peer().value()) {
      reset(from, remote.session(), EndReason.WRONG_PROTOCOL);
      pipe.closeFor(
          CloseReason.WRONG_PROTOCOL,
          "peer protocol does not match: peer=0x%x".formatted(protocol));
      return;
    }
    OpeningExchange exchange = new OpeningExchange(context, from);
    sessions.add(pipe, exchange);
    pipe.welcome(this, exchange, remote);
    sessions.bindRemote(exchange);
  }

  private boolean retry(PeerAddress from, MemorySegment memory, long byteOffset, int byteSize) {
    SessionTable.Entry entry = local(from, memory, byteOffset);
    if (entry == null || byteSize < PacketLayout.BYTE_SIZE + Cookies.BYTE_SIZE) {
      return false;
    }
    entry.pipe().retry(memory, byteOffset + PacketLayout.BYTE_SIZE);
    return true;
  }

  private boolean welcome(PeerAddress from, MemorySegment memory, long byteOffset, int byteSize) {
    SessionTable.Entry entry = local(from, memory, byteOffset);
    if (entry == null || byteSize < GREETING_END) {
      return false;
    }
    Greeting remote = Greeting.read(memory, byteOffset + PacketLayout.BYTE_SIZE);
    if (!remote.isSound()) {
      return false;
    }
    markDirty(entry.pipe());
    entry.pipe().welcomed(remote);
    sessions.bindRemote(entry.exchange());
    return true;
  }

  /** The session named is either side's: whoever has none cannot know the other's. */
  private boolean reset(PeerAddress from, MemorySegment memory, long byteOffset, int byteSize) {
    SessionTable.Entry entry = local(from, memory, byteOffset);
    if (entry == null) {
      entry = sessions.ofRemote(PacketLayout.session(memory, byteOffset), from);
    }
    if (entry == null || byteSize < PacketLayout.BYTE_SIZE + EndReason.BYTE_SIZE) {
      return false;
    }
    int reason = memory.get(PacketLayout.BYTE, byteOffset + PacketLayout.BYTE_SIZE);
    entry.pipe().ended(EndReason.of(reason));
    return true;
  }

  private SessionTable.@Nullable Entry local(
      PeerAddress from, MemorySegment memory, long byteOffset) {
    return sessions.ofLocal(PacketLayout.session(memory, byteOffset), from);
  }

  private void markDirty(DatagramPipe pipe) {
    if (pipe.becomeDirty()) {
      dirty.add(pipe);
    }
  }

  @Override
  public void refused() {
    if (!isListening) {
      for (DatagramPipe pipe : sessions.pipes()) {
        pipe.refused();
      }
    }
  }

  @Override
  public void batchEnded() {
    for (int index = 0; index < dirty.size(); index++) {
      dirty.get(index).settle(batchNanos);
    }
    dirty.clear();
    resetCount = 0;
    isInBatch = false;
    flush();
  }

  // What the pipes ask for

  /** The packets of a batch came together, as far as the session can tell. */
  long nowNanos() {
    return isInBatch ? batchNanos : context.nowNanos();
  }

  /** Settles now, or with the rest of the batch that is being taken in. */
  void settle(DatagramPipe pipe, long nowNanos) {
    if (isInBatch) {
      markDirty(pipe);
    } else {
      pipe.settle(nowNanos);
      flush();
    }
  }

  private void flush() {
    if (!isClosed) {
      context.carrier().flush();
      context.companions().flush();
    }
  }

  void remove(DatagramPipe pipe) {
    sessions.remove(pipe);
    flush();
    closeIfUnused();
  }

  private void closeIfUnused() {
    if (!isListening && sessions.isEmpty() && !isClosed) {
      isClosed = true;
      context.companions().close();
      context.carrier().close();
    }
  }

  /** Accepts no more; sessions that there are stay. */
  @Override
  public void close() {
    isListening = false;
    closeIfUnused();
  }
}
