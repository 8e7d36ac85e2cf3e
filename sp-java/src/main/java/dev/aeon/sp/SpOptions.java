package dev.aeon.sp;

import dev.aeon.sp.transport.TransportSettings;
import dev.aeon.sp.transport.datagram.DatagramSettings;
import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * The options of sockets, dialers, listeners and contexts. Those of connections count for the
 * connections made later; a socket's are what its next dialers and listeners begin with. Others
 * count from the next operation on.
 */
public final class SpOptions {
  private static final long MAX_SHARED_MEMORY_SIZE = 1L << 30;

  /** A time that never ends. */
  public static final Duration FOREVER = Duration.ofSeconds(Long.MAX_VALUE);

  /** How long a send may wait; zero does not wait. Default {@link #FOREVER}. */
  public static final SocketOption<Duration> SEND_TIMEOUT = duration("send-timeout", FOREVER);

  /** How long a receive may wait; zero does not wait. Default {@link #FOREVER}. */
  public static final SocketOption<Duration> RECEIVE_TIMEOUT = duration("receive-timeout", FOREVER);

  /** REQ: sent again when no reply came within this; zero is never. Default one minute. */
  public static final SocketOption<Duration> RESEND_TIME =
      duration("resend-time", Duration.ofMinutes(1));

  /**
   * REQ: requests that are due to be sent again wait for the next multiple of this, so that many
   * contexts share one timer; zero sends each when it is due. Default zero: timers cost the
   * logarithm of how many there are.
   */
  public static final SocketOption<Duration> RESEND_TICK = duration("resend-tick", Duration.ZERO);

  /** First wait between attempts to connect, at least 1 ms. Default 10 ms. */
  public static final SocketOption<Duration> RECONNECT_MIN =
      positiveDuration("reconnect-min", Duration.ofMillis(10));

  /** Longest wait between attempts to connect, at least 1 ms. Default one second. */
  public static final SocketOption<Duration> RECONNECT_MAX =
      positiveDuration("reconnect-max", Duration.ofSeconds(1));

  /** Largest message to accept, in bytes; 0 for no limit. Default 16 MiB. */
  public static final SocketOption<Long> MAX_RECEIVE_SIZE =
      new SocketOption<>("max-receive-size", Long.class, 16L << 20, size -> size >= 0, "0...");

  /** How long a peer may take to greet. Default 10 s. */
  public static final SocketOption<Duration> HANDSHAKE_TIMEOUT =
      positiveDuration("handshake-timeout", Duration.ofSeconds(10));

  /**
   * How long a message begun may take for each {@link #STALL_MIN_BYTES} bytes of it; time in which
   * the application takes no messages does not count. Default 30 s.
   */
  public static final SocketOption<Duration> STALL_TIMEOUT =
      positiveDuration("stall-timeout", Duration.ofSeconds(30));

  /** SURVEYOR: how long responses are taken, at least 1 ms. Default one second. */
  public static final SocketOption<Duration> SURVEY_TIME =
      positiveDuration("survey-time", Duration.ofSeconds(1));

  /** Least bytes of a message begun within {@link #STALL_TIMEOUT}. Default 4096. */
  public static final SocketOption<Long> STALL_MIN_BYTES =
      new SocketOption<>("stall-min-bytes", Long.class, 4096L, count -> count >= 1, "1...");

  /** REP, RESPONDENT, PAIR1: longest way a message may have come, in hops. Default 8. */
  public static final SocketOption<Integer> MAX_HOPS = count("max-hops", 1, 8, 15);

  /**
   * Messages that wait while peers are busy. PUB: for each subscriber, 16, then the oldest is
   * dropped. BUS and SURVEYOR: for each peer, 16 and 8, then the newest is dropped. PUSH and PAIR:
   * in all, 0, then a send waits.
   */
  public static final SocketOption<Integer> SEND_QUEUE = count("send-queue", 0, 16, 1 << 20);

  /**
   * Messages that wait to be received. SUB: 128; once as many wait, connections are left unread,
   * and where they were not all received within 20 ms one is dropped for each that comes, as {@link
   * #PREFER_NEW} says; at once where the socket has further contexts. BUS 16 and SURVEYOR 128, then
   * the newest is dropped. PULL and PAIR: 0, beyond which each peer is held back.
   */
  public static final SocketOption<Integer> RECEIVE_QUEUE = count("receive-queue", 0, 128, 1 << 20);

  /** SUB: a full queue loses its oldest message, in place of the one that arrives. Default true. */
  public static final SocketOption<Boolean> PREFER_NEW = flag("prefer-new", true);

  /**
   * SUB: has publishers of ours filter, where the transport lets the two sides know each other as
   * such (inproc, ipc, abstract); they then send only what is subscribed, and a message published
   * while a subscription is on its way to them is missed. For connections made later. Default
   * false.
   */
  public static final SocketOption<Boolean> FILTER_AT_PUBLISHER =
      flag("filter-at-publisher", false);

  /**
   * PUB: a send waits until every subscriber's queue has room, at the longest {@link
   * #SEND_TIMEOUT}, in place of dropping. Default false.
   */
  public static final SocketOption<Boolean> WAIT_FOR_SUBSCRIBERS =
      flag("wait-for-subscribers", false);

  /**
   * How long a blocking call of a platform thread looks again and again, at the longest, before it
   * sleeps; it does not begin to while waits are longer than that. More is for latency, zero for an
   * idle processor. Default 100 µs.
   */
  public static final SocketOption<Duration> SPIN_TIME =
      duration("spin-time", Duration.ofNanos(100_000));

  /**
   * Which connections are served first by patterns that choose one: 1 to 16, the least first; those
   * of equal priority take turns. Default 8.
   */
  public static final SocketOption<Integer> PRIORITY = count("priority", 1, 8, 16);

  /** Messages waiting for one pipe at which {@link PipeListener#highWater} is told. Default 12. */
  public static final SocketOption<Integer> HIGH_WATER = count("high-water", 1, 12, 1 << 20);

  /** Messages waiting for one pipe at which {@link PipeListener#lowWater} is told. Default 4. */
  public static final SocketOption<Integer> LOW_WATER = count("low-water", 0, 4, 1 << 20);

  /** A send fails with {@link SpNoPeerException} while nobody is connected. Default false. */
  public static final SocketOption<Boolean> FAIL_WITHOUT_PEER = flag("fail-without-peer", false);

  /** TCP: send small packets at once. Default true. */
  public static final SocketOption<Boolean> TCP_NO_DELAY = flag("tcp-no-delay", true);

  /** TCP: probe idle connections. Default false. */
  public static final SocketOption<Boolean> TCP_KEEP_ALIVE = flag("tcp-keep-alive", false);

  /**
   * TCP and what runs on it: the address to dial from; port 0 lets the system choose one. Default
   * {@code 0.0.0.0:0}, for any.
   */
  public static final SocketOption<InetSocketAddress> TCP_LOCAL_ADDRESS =
      new SocketOption<>(
          "tcp-local-address",
          InetSocketAddress.class,
          new InetSocketAddress("0.0.0.0", 0),
          address -> !address.isUnresolved(),
          "resolved");

  /**
   * IPC: bytes of memory to share, each way, with a peer that is a socket of this implementation
   * too; messages then pass no kernel. Rounded up to a power of two, at least 4 KiB; 0 shares none,
   * except over {@code shm://}. Beside it lies room for large bodies, 32 times as much and 256 MiB
   * at most, which takes memory as it is used. Default 256 KiB.
   */
  public static final SocketOption<Long> SHARED_MEMORY_SIZE =
      new SocketOption<>(
          "shared-memory-size",
          Long.class,
          TransportSettings.SHARED_BYTE_SIZE,
          value -> value >= 0 && value <= MAX_SHARED_MEMORY_SIZE,
          "0 to 1 GiB");

  /** IPC: permission bits of the socket files that listeners make; -1, the default, for umask's. */
  public static final SocketOption<Integer> IPC_PERMISSIONS =
      new SocketOption<>(
          "ipc-permissions",
          Integer.class,
          TransportSettings.PERMISSIONS_BY_UMASK,
          bits -> bits >= TransportSettings.PERMISSIONS_BY_UMASK && bits <= 0777,
          "-1...0777");

  /**
   * A listening socket that another program made and the next listener takes over rather than bind
   * one of its own, as {@link SocketActivation} finds them; -1, the default, for none.
   */
  public static final SocketOption<Integer> LISTEN_DESCRIPTOR =
      new SocketOption<>(
          "listen-descriptor",
          Integer.class,
          TransportSettings.NO_DESCRIPTOR,
          descriptor -> descriptor >= TransportSettings.NO_DESCRIPTOR,
          "-1...");

  /**
   * Datagrams: after how long without a packet sent the peer is asked for a sign of life; at least
   * 1 ms. Default 1 s.
   */
  public static final SocketOption<Duration> DATAGRAM_KEEP_ALIVE =
      positiveDuration("datagram-keep-alive", Duration.ofSeconds(1));

  /**
   * Datagrams: a peer that was not heard of for so long is taken for dead, and what a shorter
   * black-out swallowed is sent again; more than the peer's {@link #DATAGRAM_KEEP_ALIVE}. Default
   * 30 s.
   */
  public static final SocketOption<Duration> DATAGRAM_PEER_TIMEOUT =
      positiveDuration("datagram-peer-timeout", Duration.ofSeconds(30));

  /**
   * Datagrams: how long a close may wait for the peers to have what was sent to them; zero does not
   * wait. Default one second.
   */
  public static final SocketOption<Duration> DATAGRAM_LINGER =
      duration("datagram-linger", Duration.ofSeconds(1));

  /**
   * Datagrams: each message is sent once, in one packet, and may be lost, as may one that no packet
   * takes. Both ends choose alike. Default false: reliable and in order.
   */
  public static final SocketOption<Boolean> DATAGRAM_UNRELIABLE =
      flag("datagram-unreliable", false);

  /**
   * Raw IP: how many bytes have to wait before they go by UDP, whose packets the kernel cuts and
   * joins in runs, where the peer takes them and they come through; 0 never uses UDP, nor takes it
   * from the peer. Default 4 KiB.
   */
  public static final SocketOption<Long> DATAGRAM_COMPANION_SIZE =
      new SocketOption<>(
          "datagram-companion-size",
          Long.class,
          TransportSettings.DATAGRAM_COMPANION_BYTE_SIZE,
          byteSize -> byteSize >= 0,
          "0...");

  /**
   * Datagrams: a key that both ends have and that ciphers every packet, of at least 16 octets;
   * whoever has another is not talked with. Default empty, for a checksum only.
   */
  public static final SocketOption<byte[]> DATAGRAM_KEY =
      new SocketOption<>(
          "datagram-key",
          byte[].class,
          new byte[0],
          key -> key.length == 0 || key.length >= DatagramSettings.MIN_KEY_BYTE_SIZE,
          "0 or 16... octets");

  /** Keys, trust and rules of TLS. Default {@link TlsConfig#platform()}. */
  public static final SocketOption<TlsConfig> TLS =
      new SocketOption<>("tls", TlsConfig.class, TlsConfig.platform(), config -> true, "");

  private SpOptions() {}

  private static SocketOption<Duration> duration(String name, Duration defaultValue) {
    return new SocketOption<>(
        name, Duration.class, defaultValue, value -> !value.isNegative(), "0...");
  }

  private static SocketOption<Duration> positiveDuration(String name, Duration defaultValue) {
    Duration least = Duration.ofMillis(1);
    return new SocketOption<>(
        name, Duration.class, defaultValue, value -> value.compareTo(least) >= 0, "1 ms...");
  }

  private static SocketOption<Integer> count(String name, int least, int defaultValue, int most) {
    return new SocketOption<>(
        name,
        Integer.class,
        defaultValue,
        value -> value >= least && value <= most,
        least + "..." + most);
  }

  private static SocketOption<Boolean> flag(String name, boolean defaultValue) {
    return new SocketOption<>(name, Boolean.class, defaultValue, value -> true, "");
  }
}
