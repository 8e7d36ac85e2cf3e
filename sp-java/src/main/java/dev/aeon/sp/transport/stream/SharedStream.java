package dev.aeon.sp.transport.stream;

import dev.aeon.bindings.Errno;
import dev.aeon.bindings.posix.Poller;
import dev.aeon.bindings.posix.Sockets;
import dev.aeon.sp.transport.PipeHost;
import dev.aeon.sp.transport.Reactor;
import dev.aeon.sp.transport.TlsProperties;
import dev.aeon.sp.transport.shm.IncomingRing;
import dev.aeon.sp.transport.shm.OutgoingRing;
import dev.aeon.sp.wire.LentBodies;
import dev.aeon.sp.wire.MalformedException;
import dev.aeon.sp.wire.Packet;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * Bytes through shared memory between two processes that a socket still connects. The socket
 * carries wake-ups, single bytes that mean nothing else, and its end tells of the other process's.
 * A side that is about to sleep says so in the shared memory and looks once more; whoever writes or
 * reads looks for that afterwards. So a wake-up is sent only to who sleeps. Confined to its strand,
 * but for {@link #isReady}.
 */
final class SharedStream implements ByteStream, Reactor.Memory {
  private static final int WAKE_UPS_BYTE_SIZE = 64;
  private static final int RECEIVES_PER_EVENT = 16;

  /**
   * Wake-ups have done their work when they arrive: many are taken out of the socket together, long
   * before it is full of them.
   */
  private static final int WAKE_UPS_PER_RECEIVE = 32;

  private static final long AGAIN = -Errno.EAGAIN;

  private final Connection connection;
  private final PipeHost host;
  private final Runnable resume;
  private final OutgoingRing outgoing;
  private final IncomingRing incoming;
  private final Packet wakeUps = Packet.allocate(WAKE_UPS_BYTE_SIZE);
  private final Reactor.MemoryWatch memoryWatch;
  private volatile boolean wantsToRead = true;
  private volatile boolean wantsToWrite;
  private volatile boolean polled;
  private volatile boolean closed;
  private boolean ended;

  /** How many were sent since they were last taken, or will be. */
  private int wakeUpCount;

  /** The memory itself told, not a wake-up. */
  private boolean becomingReady;

  /** Takes the rings over; the connection is closed with this. */
  SharedStream(
      Connection connection, PipeContext context, OutgoingRing outgoing, IncomingRing incoming) {
    this.connection = connection;
    this.host = context.host();
    this.resume = context.resume();
    this.outgoing = outgoing;
    this.incoming = incoming;
    this.memoryWatch = host.reactor().register(host.strand(), this);
    connection.watch(Poller.WRITABLE, false);
    connection.watch(Poller.READABLE | Poller.EDGE, true);
  }

  @Override
  public void watch(int event, boolean wanted) {
    if (event == Poller.READABLE) {
      wantsToRead = wanted;
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
    boolean ends = wanted && takeManyWakeUps();
    sayIfWriterSleeps();
    if (ends || (wanted && !polled && outgoing.hasRoom())) {
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
    countWakeUp(incoming.setReaderSleeps(sleeps));
  }

  private void setWriterSleeps(boolean sleeps) {
    countWakeUp(outgoing.setWriterSleeps(sleeps));
  }

  private void countWakeUp(boolean onItsWay) {
    if (onItsWay) {
      wakeUpCount++;
    }
  }

  @Override
  public void unwatch() {
    connection.unwatch();
  }

  @Override
  public int ready(int events) {
    if ((events & ~Poller.WRITABLE) != 0 && !becomingReady && wakeUpsAreToBeTaken(events)) {
      takeWakeUps();
    }
    // The other side may have taken the flag for room that is full again.
    sayIfWriterSleeps();
    boolean writable = wantsToWrite && outgoing.hasRoom();
    return writable ? events | Poller.WRITABLE : events;
  }

  /** What seems to mean nothing may be the socket's end. */
  private boolean wakeUpsAreToBeTaken(int events) {
    return wakeUpCount >= WAKE_UPS_PER_RECEIVE || events != Poller.READABLE || incoming.isEmpty();
  }

  /**
   * Who goes on before it is woken leaves wake-ups behind; a socket full of them carries no more.
   *
   * @return whether the socket's end was found
   */
  private boolean takeManyWakeUps() {
    if (wakeUpCount >= WAKE_UPS_PER_RECEIVE && !ended) {
      takeWakeUps();
      return ended;
    }
    return false;
  }

  private void takeWakeUps() {
    wakeUpCount = 0;
    long count = WAKE_UPS_BYTE_SIZE;
    for (int left = RECEIVES_PER_EVENT; left > 0 && count > 0; left--) {
      count = connection.receive(wakeUps.memory(), wakeUps.start(), WAKE_UPS_BYTE_SIZE);
    }
    if (count <= 0 && !Retry.isRetry(count)) {
      ended = true;
      incoming.end();
      connection.watch(Poller.READABLE, false);
    } else if (count > 0) {
      connection.tellAgain();
    }
  }

  @Override
  public long receive(MemorySegment buffer, long byteOffset, long byteCount)
      throws StreamException {
    try {
      long count = incoming.read(buffer, byteOffset, byteCount);
      if (count == 0 && !polled) {
        var _ = takeManyWakeUps();
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
      wakePeer();
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
        wakePeer();
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

  /** A full socket has wake-ups enough, and a broken one tells so itself. */
  private void wakePeer() {
    long _ = Sockets.send(connection.descriptor().fd(), wakeUps.memory(), wakeUps.start(), 1);
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
      connection.close();
      outgoing.close();
      incoming.close();
      wakeUps.release();
    }
  }
}
