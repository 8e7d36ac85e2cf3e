package dev.aeon.sp.transport.datagram;

import dev.aeon.sp.transport.PeerProperties;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** HELLO and WELCOME of one session to be, sent again until answered (raw-ip-mapping 4). */
final class OpeningExchange {
  private static final long FIRST_SPAN_NANOS = 100_000_000;
  private static final long LONGEST_SPAN_NANOS = 1_000_000_000;

  private final EndpointContext context;
  private final PeerAddress peer;
  private final long localSession;
  private byte[] cookie = {};
  private long remoteSession;
  private long spanNanos = FIRST_SPAN_NANOS;
  private long deadlineNanos;

  OpeningExchange(EndpointContext context, PeerAddress peer) {
    this.context = context;
    this.peer = peer;
    this.localSession = context.newSession();
  }

  PeerAddress peer() {
    return peer;
  }

  long localSession() {
    return localSession;
  }

  /** 0 until known. */
  long remoteSession() {
    return remoteSession;
  }

  PeerProperties properties() {
    return PeerProperties.ofAddresses(context.names().local(), context.names().of(peer));
  }

  /** When to send again. */
  long deadlineNanos() {
    return deadlineNanos;
  }

  /** Keeps the cookie that the listener asks to have back. */
  void retry(MemorySegment memory, long byteOffset) {
    cookie = memory.asSlice(byteOffset, Cookies.BYTE_SIZE).toArray(ValueLayout.JAVA_BYTE);
  }

  /** Asks for a session. */
  void hello(ReceiveQueue queue, long nowNanos) {
    long begin = greeting(queue);
    int end = PacketLayout.BYTE_SIZE + Greeting.BYTE_SIZE;
    MemorySegment memory = context.writer().memory();
    MemorySegment.copy(cookie, 0, memory, ValueLayout.JAVA_BYTE, begin + end, cookie.length);
    send(PacketLayout.HELLO, PacketLayout.NO_SESSION, end + cookie.length, nowNanos);
  }

  /** Says that there is a session. */
  void welcome(ReceiveQueue queue, long nowNanos) {
    long _ = greeting(queue);
    send(
        PacketLayout.WELCOME, remoteSession, PacketLayout.BYTE_SIZE + Greeting.BYTE_SIZE, nowNanos);
  }

  /** Where the packet begins. */
  private long greeting(ReceiveQueue queue) {
    long begin = context.writer().begin(DatagramEndpoint.OPENING_BYTE_SIZE);
    Greeting.of(localSession, queue)
        .write(context.writer().memory(), begin + PacketLayout.BYTE_SIZE);
    return begin;
  }

  private void send(int kind, long session, int byteSize, long nowNanos) {
    context.writer().send(peer, context.guards().opening(), kind, session, 0, byteSize);
    deadlineNanos = nowNanos + spanNanos;
    spanNanos = Math.min(2 * spanNanos, LONGEST_SPAN_NANOS);
  }

  /** The session with a peer that has greeted. */
  Session newSession(Greeting remote, ReceiveQueue queue, Session.Owner owner, long nowNanos) {
    remoteSession = remote.session();
    PacketGuard guard = context.guards().session(localSession, remoteSession);
    return new Session(peer, remote, guard, queue, context, owner, nowNanos);
  }
}
