package dev.aeon.sp.transport.stream;

import dev.aeon.bindings.Descriptor;
import dev.aeon.bindings.Errno;
import dev.aeon.bindings.NativeCallException;
import dev.aeon.bindings.posix.Poller;
import dev.aeon.sp.transport.CloseReason;
import dev.aeon.sp.transport.PeerProperties;
import dev.aeon.sp.transport.PipeEvents;
import dev.aeon.sp.transport.PipeHost;
import dev.aeon.sp.transport.Reactor;
import dev.aeon.sp.transport.TransportPipe;
import dev.aeon.sp.wire.Malformed;
import dev.aeon.sp.wire.MalformedException;
import dev.aeon.sp.wire.Packet;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One connection over a stream socket: connecting, greeting, open, closed. It reads only while its
 * socket wants a message; bytes beyond that wait in the kernel, which holds the peer back.
 */
public final class StreamPipe implements TransportPipe {
  private static final int RECEIVES_PER_EVENT = 16;

  private enum State {
    CONNECTING,
    GREETING,
    OPEN,
    CLOSED
  }

  private final PipeHost host;
  private final StreamFamily family;
  private final String address;
  private final PipeEvents events;
  private final StallGuard stallGuard;
  private State state = State.CONNECTING;
  private @Nullable Connection connection;
  private @Nullable Handshake handshake;
  private @Nullable StreamReader reader;
  private @Nullable StreamWriter writer;
  private Reactor.@Nullable Alarm handshakeLimit;
  private @Nullable PeerProperties properties;
  private boolean wanted;
  private boolean inputEnded;
  private boolean hungUp;

  private StreamPipe(PipeHost host, StreamFamily family, String address) {
    this.host = host;
    this.family = family;
    this.address = address;
    this.stallGuard = new StallGuard(host, this::closeStalled);
    this.events = host.announce(this);
    this.handshakeLimit =
        host.reactor()
            .schedule(host.strand(), host.settings().handshakeNanos(), this::handshakeTimedOut);
  }

  /**
   * A pipe without a connection yet; {@link #connecting} or {@link #connectFailed} follows.
   *
   * @param address what was listened on or is dialed
   */
  public static StreamPipe announce(PipeHost host, StreamFamily family, String address) {
    return new StreamPipe(host, family, address);
  }

  /** Takes a socket that is being connected. */
  public void connecting(Descriptor socket) {
    if (state == State.CLOSED) {
      socket.close();
      return;
    }
    connection = new Connection(host, socket, Poller.WRITABLE, this::ready);
  }

  /** Takes a connected socket. */
  void accepted(Descriptor socket) {
    connection = new Connection(host, socket, Poller.READABLE, this::ready);
    greet();
  }

  /** Ends an attempt that never had a socket. */
  public void connectFailed(String detail) {
    closeSelf(CloseReason.CONNECT_FAILED, detail);
  }

  private void ready(int readyEvents) {
    switch (state) {
      case CONNECTING -> connected();
      case GREETING -> advanceHandshake();
      case OPEN -> transfer(readyEvents);
      case CLOSED -> {}
    }
  }

  private void connected() {
    int errno = connection().pendingError();
    if (errno != 0) {
      closeSelf(CloseReason.CONNECT_FAILED, "errno=" + Errno.nameOf(errno));
    } else {
      connection().watch(Poller.READABLE, true);
      greet();
    }
  }

  private void greet() {
    state = State.GREETING;
    handshake = new Handshake(connection(), host.protocol().value());
    advanceHandshake();
  }

  private void advanceHandshake() {
    Handshake underway = Objects.requireNonNull(handshake);
    switch (underway.advance()) {
      case UNDERWAY -> {}
      case BROKEN -> closeSelf(CloseReason.PEER_CLOSED, "connection ended before the greeting");
      case COMPLETE -> checkPeer(underway);
    }
  }

  private void checkPeer(Handshake complete) {
    try {
      int peer = complete.peerProtocol();
      if (peer == host.protocol().peer().value()) {
        open();
      } else {
        closeSelf(
            CloseReason.WRONG_PROTOCOL, "peer protocol does not match: peer=0x%x".formatted(peer));
      }
    } catch (MalformedException e) {
      closeSelf(CloseReason.MALFORMED_GREETING, String.valueOf(e.getMessage()));
    }
  }

  private void open() {
    try {
      family.configure(connection().descriptor(), host.settings());
      properties = family.properties(connection().descriptor(), address);
    } catch (NativeCallException e) {
      closeSelf(CloseReason.IO_ERROR, "socket refused its options: errno=" + e.errnoName());
      return;
    }
    endHandshake();
    state = State.OPEN;
    reader = new StreamReader(connection(), family.framing(), host.settings().maxReceiveByteSize());
    writer = new StreamWriter(connection(), family.framing());
    events.opened();
  }

  private void endHandshake() {
    if (handshakeLimit != null) {
      handshakeLimit.cancel();
      handshakeLimit = null;
    }
    if (handshake != null) {
      handshake.close();
      handshake = null;
    }
  }

  private void transfer(int readyEvents) {
    if ((readyEvents & Poller.WRITABLE) != 0 && writer().isBusy()) {
      flush();
    }
    boolean ended = (readyEvents & (Poller.HANGUP | Poller.ERROR)) != 0;
    if (state == State.OPEN && (ended || (readyEvents & Poller.READABLE) != 0)) {
      readable(ended);
    }
  }

  private void readable(boolean ended) {
    if (inputEnded) {
      closeSelf(CloseReason.PEER_CLOSED, "peer closed");
    } else if (wanted) {
      receiveSome();
    } else if (ended) {
      hungUp = true;
      connection().unwatch();
    } else {
      connection().watch(Poller.READABLE, false);
    }
  }

  @Override
  public void transmit(Packet packet) {
    writer().begin(packet);
    flush();
  }

  private void flush() {
    long result = writer().flush();
    if (result < 0) {
      closeForErrno(result);
    } else if (!writer().isBusy()) {
      events.transmitted();
    }
  }

  @Override
  public void receiveNext() {
    wanted = true;
    if (deliver() || inputEnded || state != State.OPEN) {
      return;
    }
    if (hungUp) {
      receiveToEnd();
    } else {
      connection().watch(Poller.READABLE, true);
    }
  }

  /** What a peer sent before it hung up is still there to be read, and then the end. */
  private void receiveToEnd() {
    while (wanted && state == State.OPEN && !inputEnded) {
      receiveOnce();
    }
  }

  private void receiveSome() {
    int left = RECEIVES_PER_EVENT;
    do {
      receiveOnce();
      left--;
    } while (left > 0 && wanted && state == State.OPEN && reader().isMoreLikely());
  }

  private void receiveOnce() {
    long count = reader().receive();
    if (count > 0) {
      deliver();
    } else if (count == 0) {
      endInput();
    } else if (!Retry.isRetry(count) || hungUp) {
      closeForErrno(count);
    }
  }

  /** Delivers a packet if one is complete. */
  private boolean deliver() {
    try {
      Packet packet = reader().next();
      if (packet == null) {
        stallGuard.watch(reader());
        return false;
      }
      wanted = false;
      events.received(packet);
      return true;
    } catch (MalformedException e) {
      closeSelf(reasonOf(e.kind()), String.valueOf(e.getMessage()));
      return true;
    }
  }

  private static CloseReason reasonOf(Malformed kind) {
    return switch (kind) {
      case GREETING -> CloseReason.MALFORMED_GREETING;
      case FRAME_TYPE -> CloseReason.MALFORMED_FRAME;
      case TOO_LARGE -> CloseReason.TOO_LARGE;
      case HEADER -> CloseReason.MALFORMED_HEADER;
    };
  }

  private void endInput() {
    if (reader().isMidMessage()) {
      closeSelf(CloseReason.PEER_CLOSED, "peer closed within a message");
      return;
    }
    inputEnded = true;
    connection().watch(Poller.READABLE, false);
    events.inputEnded();
  }

  private void handshakeTimedOut() {
    handshakeLimit = null;
    CloseReason reason =
        state == State.CONNECTING ? CloseReason.CONNECT_FAILED : CloseReason.HANDSHAKE_TIMEOUT;
    closeSelf(reason, "no greeting in time");
  }

  private void closeStalled() {
    if (wanted) {
      closeSelf(CloseReason.STALLED, "message made no progress");
    }
  }

  private void closeForErrno(long result) {
    int errno = (int) -result;
    boolean gone = errno == Errno.EPIPE || errno == Errno.ECONNRESET || errno == Errno.EAGAIN;
    closeSelf(
        gone ? CloseReason.PEER_CLOSED : CloseReason.IO_ERROR, "errno=" + Errno.nameOf(errno));
  }

  private void closeSelf(CloseReason reason, String detail) {
    if (state != State.CLOSED) {
      close();
      events.closed(reason, detail);
    }
  }

  @Override
  public PeerProperties properties() {
    return Objects.requireNonNull(properties, "pipe has not opened");
  }

  @Override
  public void close() {
    if (state == State.CLOSED) {
      return;
    }
    state = State.CLOSED;
    endHandshake();
    stallGuard.close();
    if (reader != null) {
      reader.close();
    }
    if (writer != null) {
      writer.close();
    }
    if (connection != null) {
      connection.close();
    }
  }

  private Connection connection() {
    return Objects.requireNonNull(connection);
  }

  private StreamReader reader() {
    return Objects.requireNonNull(reader);
  }

  private StreamWriter writer() {
    return Objects.requireNonNull(writer);
  }
}
