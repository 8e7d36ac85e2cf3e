package dev.aeon.sp.transport.datagram;

import dev.aeon.sp.transport.CloseReason;
import dev.aeon.sp.transport.PeerProperties;
import dev.aeon.sp.transport.PipeEvents;
import dev.aeon.sp.transport.PipeHost;
import dev.aeon.sp.transport.TransportPipe;
import dev.aeon.sp.wire.Packet;
import java.lang.foreign.MemorySegment;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One session as its socket sees it: greeting, open, draining, closed. */
final class DatagramPipe implements TransportPipe, Session.Owner {
  private enum State {
    /** Dialing: HELLO goes out until WELCOME comes. */
    GREETING,
    /** Listening: WELCOME goes out until the peer is heard of. */
    WELCOMING,
    OPEN,
    /** The peer has ended; whole messages are still delivered. */
    DRAINING,
    CLOSED
  }

  private final PipeHost host;
  private final DatagramSettings settings;
  private final PipeEvents events;
  private final SessionTimer timer;
  private final long announcedNanos;
  private final ReceiveQueue receiveQueue;
  private State state;
  private @Nullable DatagramEndpoint endpoint;
  private @Nullable OpeningExchange opening;
  private @Nullable Session session;
  private EndReason endReason = EndReason.CLOSED;
  private boolean wanted;
  private boolean isDelivering;
  private boolean isTransmitting;
  private boolean isDirty;
  private boolean isHolding;
  private final SendPace pace = new SendPace();
  private final Runnable sendHeld = this::sendHeld;

  private DatagramPipe(PipeHost host, DatagramSettings settings, State state) {
    this.host = host;
    this.settings = settings;
    this.state = state;
    this.timer = new SessionTimer(host, this::timeout);
    this.announcedNanos = host.reactor().nanoTime();
    this.receiveQueue = new ReceiveQueue(settings.maxReceiveByteSize());
    this.events = host.announce(this);
    timer.wakeBy(openingDeadlineNanos(), announcedNanos);
  }

  /** A pipe that {@link #greet} or {@link #connectFailed} follows. */
  static DatagramPipe dialing(PipeHost host, DatagramSettings settings) {
    return new DatagramPipe(host, settings, State.GREETING);
  }

  /** A pipe that {@link #welcome} follows. */
  static DatagramPipe accepted(PipeHost host, DatagramSettings settings) {
    return new DatagramPipe(host, settings, State.WELCOMING);
  }

  boolean isClosed() {
    return state == State.CLOSED;
  }

  private long openingDeadlineNanos() {
    return announcedNanos + settings.handshakeNanos();
  }

  // Opening

  /** Begins to greet a listener. */
  void greet(DatagramEndpoint through, OpeningExchange exchange) {
    endpoint = through;
    opening = exchange;
    exchange.hello(receiveQueue, now());
    settle(now());
  }

  /** Ends an attempt that never had a carrier. */
  void connectFailed(String detail) {
    closeFor(CloseReason.CONNECT_FAILED, detail);
  }

  /** The listener wants its cookie back. */
  void retry(MemorySegment memory, long byteOffset) {
    if (state == State.GREETING && opening != null) {
      opening.retry(memory, byteOffset);
      opening.hello(receiveQueue, now());
    }
  }

  /** The listener has made a session. */
  void welcomed(Greeting remote) {
    if (state == State.GREETING && opening != null) {
      session = opening.newSession(remote, receiveQueue, this, now());
      state = State.OPEN;
      events.opened();
    }
    if (session != null && state == State.OPEN) {
      session.ask(now());
    }
  }

  /** Welcomes a dialer. */
  void welcome(DatagramEndpoint through, OpeningExchange exchange, Greeting remote) {
    endpoint = through;
    opening = exchange;
    session = exchange.newSession(remote, receiveQueue, this, now());
    exchange.welcome(receiveQueue, now());
    settle(now());
  }

  /** The dialer has greeted again: the welcome was lost. */
  void welcomeAgain() {
    if (state == State.WELCOMING && opening != null) {
      opening.welcome(receiveQueue, now());
    }
  }

  // What arrives

  void packet(MemorySegment memory, long byteOffset, int byteSize) {
    if (session != null && (state == State.OPEN || state == State.WELCOMING)) {
      session.packet(memory, byteOffset, byteSize, now());
    }
  }

  /** Whether packets from there are the peer's. */
  boolean isCompanion(PeerAddress from) {
    return session != null && session.isCompanion(from);
  }

  @Override
  public void heard() {
    if (state == State.WELCOMING) {
      state = State.OPEN;
      events.opened();
    }
  }

  @Override
  public void ended(EndReason reason) {
    if (state == State.GREETING) {
      boolean isRefusal = reason == EndReason.WRONG_PROTOCOL;
      closeFor(
          isRefusal ? CloseReason.WRONG_PROTOCOL : CloseReason.CONNECT_FAILED,
          "peer refused: reason=" + reason);
    } else if (state != State.CLOSED) {
      state = State.DRAINING;
      endReason = reason;
      deliver();
    }
  }

  /** The peer's host, or whoever forges its word, says that nobody is there. */
  void refused() {
    if (state == State.GREETING) {
      closeFor(CloseReason.CONNECT_FAILED, "nobody listens there");
    } else if (session != null && state == State.OPEN) {
      session.refused(now());
    }
  }

  @Override
  public void failed(CloseReason reason, String detail) {
    closeFor(reason, detail);
  }

  /** Marks the pipe for {@link #settle}; false if it was already. */
  boolean becomeDirty() {
    boolean wasDirty = isDirty;
    isDirty = true;
    return !wasDirty;
  }

  /** After a batch of packets, or whatever else may have given something to do. */
  void settle(long nowNanos) {
    isDirty = false;
    if (state == State.CLOSED) {
      return;
    }
    deliver();
    if (session != null && state == State.OPEN) {
      session.sendDue(nowNanos);
      tellRoom();
    }
    armTimer(nowNanos);
  }

  private void deliver() {
    if (isDelivering) {
      return;
    }
    isDelivering = true;
    while (wanted && state != State.CLOSED && receiveQueue.hasReady()) {
      wanted = false;
      host.burst().end();
      pace.end();
      events.received(Objects.requireNonNull(receiveQueue.take()));
    }
    isDelivering = false;
    if (state == State.DRAINING && !receiveQueue.hasReady()) {
      closeFor(endReason.closeReason(), "peer ended the session: reason=" + endReason);
    }
  }

  private void tellRoom() {
    if (isTransmitting && state == State.OPEN && session != null && session.hasRoom()) {
      isTransmitting = false;
      events.transmitted();
    }
  }

  // The socket's side

  @Override
  public void transmit(Packet packet) {
    if (state != State.OPEN || session == null) {
      packet.release();
      return;
    }
    long now = now();
    if (settings.isUnreliable()) {
      session.sendLoose(packet, now);
    } else {
      session.add(packet);
    }
    if (!host.burst().isOn() && !pace.isStream(now)) {
      session.release();
    } else {
      boolean isRun = session.releaseRuns();
      hold(isRun);
      if (!isRun && session.hasRoom()) {
        events.transmitted();
        return;
      }
    }
    isTransmitting = true;
    settleSoon(now);
  }

  /**
   * Messages of a burst share packets, and these system calls.
   *
   * @param anew whether what was held before is on its way
   */
  private void hold(boolean anew) {
    if (!isHolding || anew) {
      isHolding = true;
      host.reactor().holdBack(host.strand(), sendHeld);
    }
  }

  private void sendHeld() {
    isHolding = false;
    if (session != null) {
      session.release();
    }
    settleSoon();
  }

  private void settleSoon() {
    settleSoon(now());
  }

  private void settleSoon(long nowNanos) {
    if (endpoint != null) {
      endpoint.settle(this, nowNanos);
    }
  }

  @Override
  public void receiveNext() {
    wanted = true;
    if (!isDelivering && receiveQueue.hasReady()) {
      settleSoon();
    }
  }

  @Override
  public boolean isDelivered() {
    return state != State.OPEN || session == null || session.isDelivered();
  }

  @Override
  public PeerProperties properties() {
    return Objects.requireNonNull(opening, "pipe has not opened").properties();
  }

  // Time

  private long now() {
    return endpoint != null ? endpoint.nowNanos() : host.reactor().nanoTime();
  }

  private void armTimer(long nowNanos) {
    if (state == State.CLOSED || state == State.DRAINING) {
      return;
    }
    boolean isOpening = state == State.GREETING || state == State.WELCOMING;
    long deadline = isOpening ? openingDeadline() : openDeadline();
    timer.wakeBy(deadline, nowNanos);
  }

  private long openingDeadline() {
    return opening == null
        ? openingDeadlineNanos()
        : Math.min(opening.deadlineNanos(), openingDeadlineNanos());
  }

  private long openDeadline() {
    return Objects.requireNonNull(session).deadlineNanos();
  }

  private void timeout() {
    long now = now();
    switch (state) {
      case GREETING, WELCOMING -> openingTimeout(now);
      case OPEN -> {
        if (session != null && session.deadlineNanos() - now <= 0) {
          session.timeout(now);
        }
      }
      case DRAINING, CLOSED -> {}
    }
    settleSoon();
    if (endpoint == null) {
      armTimer(now);
    }
  }

  private void openingTimeout(long now) {
    if (openingDeadlineNanos() - now <= 0) {
      closeFor(
          state == State.GREETING ? CloseReason.CONNECT_FAILED : CloseReason.HANDSHAKE_TIMEOUT,
          "session did not open in time");
    } else if (opening != null && opening.deadlineNanos() - now <= 0) {
      if (state == State.GREETING) {
        opening.hello(receiveQueue, now);
      } else {
        opening.welcome(receiveQueue, now);
      }
    }
  }

  // The end

  /** Closes and tells why. */
  void closeFor(CloseReason reason, String detail) {
    if (state != State.CLOSED) {
      boolean peerKnows =
          state == State.DRAINING || reason == CloseReason.IO_ERROR || reason.isPeerFault();
      shut(!peerKnows);
      events.closed(reason, detail);
    }
  }

  @Override
  public void close() {
    if (state != State.CLOSED) {
      shut(state != State.DRAINING);
    }
  }

  private void shut(boolean tellsPeer) {
    boolean wasOpen = state == State.OPEN;
    state = State.CLOSED;
    timer.close();
    if (session != null && tellsPeer) {
      sendLast(session, wasOpen);
    }
    if (session != null) {
      session.close();
    } else {
      receiveQueue.close();
    }
    if (endpoint != null) {
      endpoint.remove(this);
    }
  }

  /** What was held back goes before the end, as far as the window lets it. */
  private void sendLast(Session ending, boolean wasOpen) {
    if (wasOpen) {
      ending.release();
      ending.sendDue(now());
    }
    ending.disconnect(EndReason.CLOSED);
  }
}
