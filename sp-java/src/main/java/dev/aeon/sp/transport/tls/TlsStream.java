package dev.aeon.sp.transport.tls;

import dev.aeon.bindings.Errno;
import dev.aeon.bindings.posix.Poller;
import dev.aeon.sp.transport.CloseReason;
import dev.aeon.sp.transport.TlsProperties;
import dev.aeon.sp.transport.stream.ByteStream;
import dev.aeon.sp.transport.stream.PipeContext;
import dev.aeon.sp.transport.stream.StreamException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * TLS over another stream. The handshake happens within the first receives and sends, which say
 * "again" until it is done; its slow parts run on a virtual thread, which then resumes the pipe.
 * Confined to its strand.
 *
 * <p>Above, readiness is asked for in plain bytes; below, what TLS needs is watched: during the
 * handshake to receive, and to send while ciphered bytes wait.
 */
final class TlsStream implements ByteStream {
  private static final int NOTHING = 0;
  private static final ByteBuffer EMPTY = ByteBuffer.allocate(0);
  private static final long AGAIN = -Errno.EAGAIN;
  private static final long END = 0;
  private static final long DONE = 1;

  private final ByteStream below;
  private final SSLEngine engine;
  private final PipeContext context;
  private final TlsBuffer received;
  private final TlsBuffer deciphered;
  private final TlsBuffer ciphered;
  private int wantedAbove = Poller.READABLE;
  private boolean handshaken;
  private boolean tasksUnderWay;
  private boolean starved;
  private boolean closed;

  TlsStream(ByteStream below, SSLEngine engine, PipeContext context) {
    this.below = below;
    this.engine = engine;
    this.context = context;
    int recordByteSize = engine.getSession().getPacketBufferSize();
    this.received = new TlsBuffer(recordByteSize);
    this.ciphered = new TlsBuffer(recordByteSize);
    this.deciphered = new TlsBuffer(engine.getSession().getApplicationBufferSize());
  }

  @Override
  public void watch(int event, boolean wanted) {
    wantedAbove = wanted ? wantedAbove | event : wantedAbove & ~event;
    watchBelow();
  }

  private void watchBelow() {
    boolean isWaiting = !ciphered.isEmpty();
    int needed = handshaken ? wantedAbove : Poller.READABLE;
    needed = isWaiting ? needed | Poller.WRITABLE : needed;
    needed = tasksUnderWay ? NOTHING : needed;
    below.watch(Poller.READABLE, (needed & Poller.READABLE) != 0);
    below.watch(Poller.WRITABLE, (needed & Poller.WRITABLE) != 0);
  }

  @Override
  public void unwatch() {
    below.unwatch();
  }

  @Override
  public boolean isMoreBuffered() {
    return !deciphered.isEmpty() || (!received.isEmpty() && !starved);
  }

  @Override
  public long receive(MemorySegment buffer, long byteOffset, long byteCount)
      throws StreamException {
    long ready = handshake();
    if (ready != DONE) {
      return ready;
    }
    if (deciphered.isEmpty()) {
      long result = decipher();
      if (result != DONE) {
        return result;
      }
    }
    return deciphered.moveTo(buffer, byteOffset, byteCount);
  }

  /** Deciphers until there is something, and answers what TLS asks for on the way. */
  private long decipher() throws StreamException {
    while (deciphered.isEmpty()) {
      long result = unwrap();
      if (result == DONE && engine.getHandshakeStatus() != HandshakeStatus.NOT_HANDSHAKING) {
        handshaken = false;
        result = handshake();
      }
      if (result != DONE) {
        return result;
      }
    }
    return DONE;
  }

  @Override
  public long send(MemorySegment buffer, long byteOffset, long byteCount) throws StreamException {
    long ready = handshake();
    if (ready != DONE) {
      return ready == END ? -Errno.EPIPE : ready;
    }
    long flushed = flush();
    if (flushed < 0) {
      return flushed;
    }
    int taken = (int) Math.min(byteCount, Integer.MAX_VALUE);
    int consumed = wrap(buffer.asSlice(byteOffset, taken).asByteBuffer());
    long sent = flush();
    return sent < 0 && sent != AGAIN ? sent : consumed;
  }

  @Override
  public long flush() throws StreamException {
    long result = ciphered.drainTo(below);
    watchBelow();
    return result == -Errno.EINTR ? AGAIN : result;
  }

  /** Goes on with a handshake under way: done, the end, or {@code -errno}. */
  private long handshake() throws StreamException {
    long result = handshaken ? DONE : step();
    while (result == DONE && !handshaken) {
      result = step();
    }
    watchBelow();
    return result;
  }

  private long step() throws StreamException {
    return switch (engine.getHandshakeStatus()) {
      case NEED_TASK -> startTasks();
      case NEED_WRAP -> wrapAndFlush();
      case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> unwrapAfterFlush();
      case FINISHED, NOT_HANDSHAKING -> beginOrFinish();
    };
  }

  private long beginOrFinish() throws StreamException {
    if (engine.getSession().getProtocol().equals("NONE")) {
      begin();
    } else {
      handshaken = true;
    }
    return DONE;
  }

  private void begin() throws StreamException {
    try {
      engine.beginHandshake();
    } catch (SSLException e) {
      throw failed(e);
    }
  }

  private long wrapAndFlush() throws StreamException {
    long flushed = flush();
    if (flushed < 0) {
      return flushed;
    }
    wrap(EMPTY);
    flushed = flush();
    return flushed < 0 ? flushed : DONE;
  }

  private long unwrapAfterFlush() throws StreamException {
    long flushed = flush();
    return flushed < 0 ? flushed : unwrap();
  }

  /** Signatures and certificates take long; others go on meanwhile. */
  private long startTasks() {
    if (!tasksUnderWay) {
      tasksUnderWay = true;
      Thread.startVirtualThread(this::runTasks);
    }
    return AGAIN;
  }

  private void runTasks() {
    for (Runnable task = engine.getDelegatedTask();
        task != null;
        task = engine.getDelegatedTask()) {
      task.run();
    }
    context.host().strand().lock();
    try {
      tasksUnderWay = false;
      if (!closed) {
        watchBelow();
        context.resume().run();
      }
    } finally {
      context.host().strand().unlock();
    }
  }

  /** Deciphers one record: done, the end, or {@code -errno}. */
  private long unwrap() throws StreamException {
    try {
      ByteBuffer room = deciphered.room();
      SSLEngineResult result;
      try {
        result = engine.unwrap(received.content(), room);
      } finally {
        deciphered.written();
      }
      return switch (result.getStatus()) {
        case OK -> DONE;
        case BUFFER_UNDERFLOW -> fill();
        case CLOSED -> END;
        case BUFFER_OVERFLOW ->
            throw new IllegalStateException("deciphered record exceeds the session's size");
      };
    } catch (SSLException e) {
      throw failed(e);
    }
  }

  private long fill() throws StreamException {
    long count = received.fillFrom(below);
    starved = count <= 0;
    return count > 0 ? DONE : count == -Errno.EINTR ? AGAIN : count;
  }

  private int wrap(ByteBuffer plain) throws StreamException {
    try {
      ByteBuffer room = ciphered.room();
      try {
        return engine.wrap(plain, room).bytesConsumed();
      } finally {
        ciphered.written();
      }
    } catch (SSLException e) {
      throw failed(e);
    }
  }

  /** Lets the peer know why, if the engine has something to say. */
  private StreamException failed(SSLException cause) {
    farewell();
    return new StreamException(CloseReason.TLS_FAILED, "TLS failed: " + cause.getMessage());
  }

  private void farewell() {
    try {
      engine.closeOutbound();
      engine.wrap(EMPTY, ciphered.room());
      ciphered.written();
      var _ = ciphered.drainTo(below);
    } catch (SSLException | StreamException e) {
      return; // The connection is given up in any case.
    }
  }

  @Override
  public @Nullable TlsProperties tls() {
    return PeerCertificates.properties(engine.getSession());
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    if (!tasksUnderWay) {
      farewell();
    }
    received.close();
    deciphered.close();
    ciphered.close();
    below.close();
  }
}
