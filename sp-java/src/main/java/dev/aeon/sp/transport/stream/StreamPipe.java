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
import dev.aeon.sp.transport.Transport;
import dev.aeon.sp.transport.TransportPipe;
import dev.aeon.sp.wire.Packet;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One connection over a stream socket: connecting, opening, open, closed. */
public final class StreamPipe implements TransportPipe, Inbound.Owner {
  /** A write of this size costs the kernel little more than its bytes. */
  private static final long FULL_BYTE_SIZE = 32 << 10;

  private static final int RESUMED = Poller.READABLE | Poller.WRITABLE;

  private enum State {
    CONNECTING,
    OPENING,
    OPEN,
    CLOSED
  }

  private final PipeHost host;
  private final StreamFamily family;
  private final PipeContext context;
  private final Consumer<StreamPipe> onOpeningEnded;
  private final PipeEvents events;
  private State state = State.CONNECTING;
  private @Nullable Connection connection;
  private @Nullable MessageStream messages;
  private @Nullable Inbound inbound;
  private Reactor.@Nullable Alarm openingLimit;
  private @Nullable PeerProperties properties;
  private boolean transmitting;
  private boolean holding;
  private long mostHeldByteCount = FULL_BYTE_SIZE;
  private final Runnable flushHeld = this::flushHeld;
  private final Step flush = this::flush;

  private StreamPipe(
      PipeHost host,
      StreamFamily family,
      String address,
      Transport.Direction direction,
      Consumer<StreamPipe> onOpeningEnded) {
    this.host = host;
    this.family = family;
    this.context = new PipeContext(host, address, direction, this::ready, () -> ready(RESUMED));
    this.onOpeningEnded = onOpeningEnded;
    this.events = host.announce(this);
    this.openingLimit =
        host.reactor()
            .schedule(host.strand(), host.settings().handshakeNanos(), this::openingTimedOut);
  }

  /**
   * A pipe without a connection yet; {@link #connecting} or {@link #connectFailed} follows.
   *
   * @param address what is dialed
   */
  public static StreamPipe announce(PipeHost host, StreamFamily family, String address) {
    return new StreamPipe(host, family, address, Transport.Direction.DIAL, pipe -> {});
  }

  /**
   * A pipe that {@link #accepted} follows.
   *
   * @param onOpeningEnded told once, when the pipe has opened or closed
   */
  static StreamPipe announceAccepted(
      PipeHost host, StreamFamily family, String address, Consumer<StreamPipe> onOpeningEnded) {
    return new StreamPipe(host, family, address, Transport.Direction.LISTEN, onOpeningEnded);
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
  public void accepted(Descriptor socket) {
    connection = new Connection(host, socket, Poller.READABLE, this::ready);
    state = State.OPENING;
    if (family.accepterSpeaksFirst()) {
      advanceOpening();
    }
  }

  /** Ends an attempt that never had a socket. */
  public void connectFailed(String detail) {
    closeFor(CloseReason.CONNECT_FAILED, detail);
  }

  private void ready(int readyEvents) {
    switch (state) {
      case CONNECTING -> connected();
      case OPENING -> advanceOpening();
      case OPEN -> transfer(readyEvents);
      case CLOSED -> {}
    }
  }

  private void connected() {
    int errno = connection().pendingError();
    if (errno != 0) {
      closeFor(CloseReason.CONNECT_FAILED, "errno=" + Errno.nameOf(errno));
    } else {
      connection().watch(Poller.READABLE, true);
      state = State.OPENING;
      advanceOpening();
    }
  }

  /** Layers are made when there is something to do: a peer that says nothing costs little. */
  private void advanceOpening() {
    if (messages == null) {
      messages = family.messages(connection(), context);
    }
    guarded(() -> {
      switch (messages().open()) {
        case UNDERWAY -> {}
        case BROKEN -> closeFor(CloseReason.PEER_CLOSED, "connection ended before it opened");
        case COMPLETE -> open();
      }
    });
  }

  private void open() throws StreamException {
    Descriptor socket = connection().descriptor();
    try {
      family.configure(socket, host.settings());
      properties = family.properties(socket, context.address()).withTls(messages().bytes().tls());
    } catch (NativeCallException e) {
      throw new StreamException(
          CloseReason.IO_ERROR, "connection broke as it opened: errno=" + e.errnoName());
    }
    endOpening();
    state = State.OPEN;
    inbound = new Inbound(host, messages(), this);
    events.opened();
  }

  private void endOpening() {
    if (openingLimit != null) {
      openingLimit.cancel();
      openingLimit = null;
      onOpeningEnded.accept(this);
    }
  }

  private void openingTimedOut() {
    CloseReason reason =
        state == State.CONNECTING ? CloseReason.CONNECT_FAILED : CloseReason.HANDSHAKE_TIMEOUT;
    closeFor(reason, "connection did not open in time");
  }

  private void transfer(int descriptorEvents) {
    int readyEvents = messages().bytes().ready(descriptorEvents);
    if ((readyEvents & Poller.WRITABLE) != 0 && messages().isBusy()) {
      guarded(flush);
    }
    boolean hangup = (readyEvents & (Poller.HANGUP | Poller.ERROR)) != 0;
    if (isOpen() && (hangup || (readyEvents & Poller.READABLE) != 0)) {
      inbound().readable(hangup);
    }
  }

  @Override
  public boolean transmitAtOnce(Packet packet) {
    boolean isHeld =
        host.burst().isOn()
            && messages().heldByteCount() + packet.byteSize() < mostHeldByteCount
            && messages().hold(packet);
    if (isHeld) {
      flushSoon();
    }
    return isHeld;
  }

  @Override
  public void transmit(Packet packet) {
    if (transmitAtOnce(packet)) {
      events.transmitted();
      return;
    }
    if (host.burst().isOn() && messages().hold(packet)) {
      holding = false;
      askHowMuchToHold();
    } else {
      messages().begin(packet);
    }
    transmitting = true;
    guarded(flush);
  }

  private void flushSoon() {
    if (!holding) {
      holding = true;
      host.reactor().holdBack(host.strand(), flushHeld);
      askHowMuchToHold();
    }
  }

  /** Not for each message: it would be felt. */
  private void askHowMuchToHold() {
    mostHeldByteCount = Math.min(host.reactor().heldByteLimit(), FULL_BYTE_SIZE);
  }

  private void flushHeld() {
    holding = false;
    if (state == State.OPEN) {
      guarded(flush);
    }
  }

  private void flush() throws StreamException {
    long result = messages().flush();
    if (result < 0) {
      connectionBroke(result);
    } else if (transmitting && !messages().isBusy()) {
      transmitting = false;
      events.transmitted();
    }
  }

  @Override
  public void receiveNext() {
    inbound().want();
  }

  @Override
  public @Nullable Packet readAtOnce() {
    return taken(inbound().readAtOnce());
  }

  @Override
  public @Nullable Packet takeAwaited() {
    return taken(inbound().takeAwaited());
  }

  @Override
  public boolean hasMoreArrived() {
    return messages().isMidMessage();
  }

  private @Nullable Packet taken(@Nullable Packet packet) {
    if (packet != null) {
      host.burst().end();
    }
    return packet;
  }

  @Override
  public PeerProperties properties() {
    return Objects.requireNonNull(properties, "pipe has not opened");
  }

  @Override
  public boolean isExtended() {
    return messages().bytes().isPeerExtended();
  }

  // What the receiving half tells

  @Override
  public boolean isOpen() {
    return state == State.OPEN;
  }

  @Override
  public void received(Packet packet) {
    host.burst().end();
    events.received(packet);
  }

  @Override
  public void inputEnded() {
    events.inputEnded();
  }

  @Override
  public void connectionBroke(long negativeErrno) {
    int errno = (int) -negativeErrno;
    boolean gone = errno == Errno.EPIPE || errno == Errno.ECONNRESET || errno == Errno.EAGAIN;
    closeFor(gone ? CloseReason.PEER_CLOSED : CloseReason.IO_ERROR, "errno=" + Errno.nameOf(errno));
  }

  /** Closes and tells why. */
  @Override
  public void closeFor(CloseReason reason, String detail) {
    if (state != State.CLOSED) {
      close();
      events.closed(reason, detail);
    }
  }

  private void guarded(Step step) {
    try {
      step.run();
    } catch (StreamException e) {
      closeFor(e.reason(), String.valueOf(e.getMessage()));
    }
  }

  /** What may find the connection at fault. */
  private interface Step {
    void run() throws StreamException;
  }

  @Override
  public void close() {
    if (state == State.CLOSED) {
      return;
    }
    sendHeld();
    state = State.CLOSED;
    endOpening();
    if (inbound != null) {
      inbound.close();
    }
    if (messages != null) {
      messages.close();
    } else if (connection != null) {
      connection.close();
    }
  }

  /** As much as the connection takes at once: what it was given before a close is not forgotten. */
  private void sendHeld() {
    if (messages != null && messages.heldByteCount() > 0) {
      try {
        var _ = messages.flush();
      } catch (StreamException e) {
        return; // It is given up in any case.
      }
    }
  }

  private Connection connection() {
    return Objects.requireNonNull(connection);
  }

  private MessageStream messages() {
    return Objects.requireNonNull(messages);
  }

  private Inbound inbound() {
    return Objects.requireNonNull(inbound);
  }
}
