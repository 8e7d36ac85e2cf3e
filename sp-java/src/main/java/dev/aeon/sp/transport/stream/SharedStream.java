package dev.aeon.sp.transport.stream;

import dev.aeon.bindings.Errno;
import dev.aeon.bindings.posix.Doorbell;
import dev.aeon.bindings.posix.Poller;
import dev.aeon.sp.transport.PipeHost;
import dev.aeon.sp.transport.Reactor;
import dev.aeon.sp.transport.TlsProperties;
import dev.aeon.sp.transport.shm.IncomingRing;
import dev.aeon.sp.transport.shm.OutgoingRing;
import dev.aeon.sp.wire.LentBodies;
import dev.aeon.sp.wire.MalformedException;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * Bytes through shared memory between two processes. Each has a doorbell that the other rings, and
 * whose end tells that the other is gone; the socket over which they met stays open, and nobody
 * looks at it. A side that is about to sleep says so in the shared memory and looks once more;
 * whoever writes or reads looks for that afterwards. So only who sleeps is rung for. Confined to
 * its strand, but for {@link #isReady}.
 */
final class SharedStream implements ByteStream, Reactor.Memory {
  private static final int RINGING = Poller.READABLE | Poller.EDGE;

  /** Of a peer that rings all the time, others have their turn between. */
  private static final int TAKES_PER_EVENT = 16;

  /** Rings have done their work when they are heard: many are taken together. */
  private static final int RINGS_PER_TAKE = 32;

  private static final long AGAIN = -Errno.EAGAIN;

  private final Connection connection;
  private final PipeHost host;
  private final Runnable resume;
  private final OutgoingRing outgoing;
  private final IncomingRing incoming;
  private final Doorbells doorbells;
  private final Reactor.Registration bellWatch;
  private final Reactor.MemoryWatch memoryWatch;
  private volatile boolean wantsToRead = true;
  private volatile boolean wantsToWrite;
  private volatile boolean polled;
  private volatile boolean closed;
  private boolean ended;

  /** How often the peer has rung since rings were last taken, or will. */
  private int ringCount;

  /** The memory itself told, not a ring. */
  private boolean becomingReady;

  /** Takes all over, to be closed with this. */
  SharedStream(
      Connection connection,
      PipeContext context,
      OutgoingRing outgoing,
      IncomingRing incoming,
      Doorbells doorbells) {
    this.connection = connection;
    this.host = context.host();
    this.resume = context.resume();
    this.outgoing = outgoing;
    this.incoming = incoming;
    this.doorbells = doorbells;
    connection.unwatch();
    this.bellWatch =
        host.reactor().register(host.strand(), doorbells.fd(), RINGING, context.handler());
    this.memoryWatch = host.reactor().register(host.strand(), this);
  }

  @Override
  public void watch(int event, boolean wanted) {
    if (event == Poller.READABLE) {
      if (wantsToRead != wanted) {
        wantsToRead = wanted;
      }
      sayIfReaderSleeps();
    } else {
      watchForRoom(wanted);
    }
  }

  /** The flag is taken by whoever heeds it, so it is set for each wait anew. */
  private void watchForRoom(boolean wanted) {
    if (wantsToWrite != wanted) {
      wantsToWrite = wanted;
      memoryWatch.setDepending(wanted);
    }
    boolean ends = wanted && takeManyRings();
    sayIfWriterSleeps();
    if (ends || (wanted && !polled && outgoing.hasMuchRoom())) {
      host.reactor().schedule(host.strand(), 0, this::resumeWriting);
    }
  }

  private void resumeWriting() {
    if (wantsToWrite && !closed) {
      resume.run();
    }
  }

  private void sayIfReaderSleeps() {
    if (!polled && wantsToRead) {
      setReaderSleeps(true);
    }
  }

  private void sayIfWriterSleeps() {
    if (!polled && wantsToWrite) {
      setWriterSleeps(true);
    }
  }

  private void setReaderSleeps(boolean sleeps) {
    countRing(incoming.setReaderSleeps(sleeps));
  }

  private void setWriterSleeps(boolean sleeps) {
    countRing(outgoing.setWriterSleeps(sleeps));
  }

  private void countRing(boolean onItsWay) {
    if (onItsWay) {
      ringCount++;
    }
  }

  @Override
  public void unwatch() {
    bellWatch.close();
  }

  @Override
  public int ready(int events) {
    if ((events & ~Poller.WRITABLE) != 0 && !becomingReady && ringsAreToBeTaken(events)) {
      takeRings();
    }
    // The other side may have taken the flag for room that is full again.
    sayIfWriterSleeps();
    boolean writable = wantsToWrite && outgoing.hasRoom();
    return writable ? events | Poller.WRITABLE : events;
  }

  /** What seems to mean nothing may be the end. */
  private boolean ringsAreToBeTaken(int events) {
    return ringCount >= RINGS_PER_TAKE || events != Poller.READABLE || incoming.isEmpty();
  }

  /**
   * Who goes on before it is woken leaves rings behind; a doorbell full of them tells no more.
   *
   * @return whether the end was found
   */
  private boolean takeManyRings() {
    if (ringCount >= RINGS_PER_TAKE && !ended) {
      takeRings();
      return ended;
    }
    return false;
  }

  private void takeRings() {
    ringCount = 0;
    int count = 1;
    for (int left = TAKES_PER_EVENT; left > 0 && count > 0; left--) {
      count = doorbells.take();
    }
    if (count == Doorbell.AT_END) {
      ended = true;
      incoming.end();
      bellWatch.setInterest(Poller.EDGE);
    } else if (count > 0) {
      // What is left is told of once more.
      bellWatch.setInterest(RINGING);
    }
  }

  @Override
  public long receive(MemorySegment buffer, long byteOffset, long byteCount)
      throws StreamException {
    try {
      long count = incoming.read(buffer, byteOffset, byteCount);
      if (count == 0 && !polled) {
        var _ = takeManyRings();
        setReaderSleeps(true);
        count = incoming.read(buffer, byteOffset, byteCount);
      }
      if (count > 0) {
        afterRead();
        return count;
      }
      return ended ? 0 : AGAIN;
    } catch (MalformedException e) {
      throw StreamException.of(e);
    }
  }

  private void afterRead() throws MalformedException {
    if (incoming.takeWriterSleeps()) {
      doorbells.ring();
    }
    if (!polled && incoming.isEmpty()) {
      setReaderSleeps(true);
    }
  }

  @Override
  public long send(MemorySegment buffer, long byteOffset, long byteCount) throws StreamException {
    try {
      long count = outgoing.write(buffer, byteOffset, byteCount);
      if (count > 0 && outgoing.takeReaderSleeps()) {
        doorbells.ring();
      }
      return count > 0 ? count : AGAIN;
    } catch (MalformedException e) {
      throw StreamException.of(e);
    }
  }

  @Override
  public long place(MemorySegment buffer, long byteOffset, long byteCount) {
    return outgoing.blocks().place(buffer, byteOffset, byteCount);
  }

  @Override
  public LentBodies lentBodies() {
    return incoming.blocks();
  }

  @Override
  public long flush() {
    return 0;
  }

  @Override
  public boolean isMoreBuffered() {
    return ended || !incoming.isEmpty();
  }

  @Override
  public boolean isPeerExtended() {
    return true;
  }

  @Override
  public @Nullable TlsProperties tls() {
    return null;
  }

  // Memory that is polled

  @Override
  public boolean isReady() {
    try {
      return !closed
          && ((wantsToRead && !incoming.isEmpty()) || (wantsToWrite && outgoing.hasMuchRoom()));
    } catch (IllegalStateException e) {
      return false; // Closed meanwhile, by another thread.
    }
  }

  @Override
  public void becomeReady() {
    becomingReady = true;
    resume.run();
    becomingReady = false;
  }

  @Override
  public void pollingBegins() {
    polled = true;
    setReaderSleeps(false);
    setWriterSleeps(false);
  }

  @Override
  public void pollingEnds() {
    polled = false;
    sayIfReaderSleeps();
    sayIfWriterSleeps();
    if (isReady()) {
      resume.run();
    }
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      memoryWatch.close();
      bellWatch.close();
      doorbells.close();
      connection.close();
      outgoing.close();
      incoming.close();
    }
  }
}
