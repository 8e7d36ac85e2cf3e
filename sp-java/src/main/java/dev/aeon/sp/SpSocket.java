package dev.aeon.sp;

import dev.aeon.sp.core.CoreSettings;
import dev.aeon.sp.core.SocketCore;
import dev.aeon.sp.transport.Transport;
import dev.aeon.sp.transport.TransportException;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What all sockets have: addresses, options, statistics, an end. Thread-safe.
 *
 * <p>Operations wait as {@link SpOptions#SEND_TIMEOUT} and {@link SpOptions#RECEIVE_TIMEOUT} say
 * and throw {@link SpTimeoutException} after that, {@link SpClosedException} as soon as the socket
 * is closed, and {@link SpInterruptedException} when the waiting thread is interrupted. A send that
 * fails gives its message back. Futures may be cancelled, which withdraws the operation: unless it
 * has already happened, it then never does.
 */
public abstract sealed class SpSocket implements AutoCloseable
    permits BusSocket,
        Pair1Socket,
        PairSocket,
        PolyPairSocket,
        PubSocket,
        PullSocket,
        PushSocket,
        RawSocket,
        RepSocket,
        ReqSocket,
        RespondentSocket,
        SubSocket,
        SurveyorSocket {
  final SocketCore core;
  private final OptionTable options = new OptionTable();
  private final Exchange exchange;

  SpSocket(SocketCore core) {
    this(core, false);
  }

  /**
   * @param keepsHeaders whether messages go out with the header that they carry
   */
  SpSocket(SocketCore core, boolean keepsHeaders) {
    this.core = core;
    this.exchange = new Exchange(core, null, keepsHeaders);
    addCommonOptions(core.settings());
  }

  final Exchange exchange() {
    return exchange;
  }

  private void addCommonOptions(CoreSettings settings) {
    option(SpOptions.RECONNECT_MIN, value -> settings.reconnectMinNanos = nanos(value));
    option(SpOptions.RECONNECT_MAX, value -> settings.reconnectMaxNanos = nanos(value));
    option(SpOptions.MAX_RECEIVE_SIZE, value -> settings.maxReceiveByteSize = value);
    option(SpOptions.HANDSHAKE_TIMEOUT, value -> settings.handshakeNanos = nanos(value));
    option(SpOptions.STALL_TIMEOUT, value -> settings.stallNanos = nanos(value));
    option(SpOptions.TCP_NO_DELAY, value -> settings.tcpNoDelay = value);
    option(SpOptions.TCP_KEEP_ALIVE, value -> settings.tcpKeepAlive = value);
  }

  final <T> void option(SocketOption<T> option, Consumer<T> effect) {
    options.add(option, option.defaultValue(), effect);
  }

  final <T> void option(SocketOption<T> option, T initial, Consumer<T> effect) {
    options.add(option, initial, effect);
  }

  final void addSendOptions() {
    option(SpOptions.SEND_TIMEOUT, exchange::setSendTimeout);
  }

  final void addReceiveOptions() {
    option(SpOptions.RECEIVE_TIMEOUT, exchange::setReceiveTimeout);
  }

  static long nanos(Duration duration) {
    return Durations.toNanos(duration);
  }

  /**
   * Binds to a URL; bound when this returns.
   *
   * @throws SpAddressException if the URL is malformed or cannot be bound
   */
  public Listener listen(String url) {
    Urls parsed = Urls.parse(url, Transport.Direction.LISTEN);
    return open(
        url,
        () ->
            new Listener(
                core.listen(parsed.transport(), parsed.address()), parsed.transport().scheme()));
  }

  /**
   * Connects to a URL in the background and returns at once.
   *
   * @throws SpAddressException if the URL is malformed
   */
  public Dialer dial(String url) {
    Urls parsed = Urls.parse(url, Transport.Direction.DIAL);
    return open(url, () -> new Dialer(core.dial(parsed.transport(), parsed.address()), url));
  }

  private <T> T open(String url, Supplier<T> opening) {
    return core.locked(() -> {
      checkOpen();
      try {
        return opening.get();
      } catch (TransportException e) {
        throw Urls.failure(url, e);
      }
    });
  }

  private void checkOpen() {
    if (core.isClosed()) {
      throw new SpClosedException("socket is closed");
    }
  }

  /**
   * Changes an option.
   *
   * @throws IllegalArgumentException if this kind of socket does not have it, or the value is out
   *     of range
   */
  public <T> void set(SocketOption<T> option, T value) {
    core.locked(() -> {
      options.set(option, value);
      return option;
    });
  }

  /**
   * An option's value.
   *
   * @throws IllegalArgumentException if this kind of socket does not have it
   */
  public <T> T get(SocketOption<T> option) {
    return core.locked(() -> options.get(option));
  }

  public SpStatistics statistics() {
    return SpStatistics.of(core.statistics());
  }

  /** Closes; who waits here is told by {@link SpClosedException}. Idempotent. */
  @Override
  public void close() {
    core.close();
  }
}
