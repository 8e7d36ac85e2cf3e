package dev.aeon.sp;

import dev.aeon.sp.core.SocketCore;
import dev.aeon.sp.transport.Transport;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

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
    option(SpOptions.SPIN_TIME, exchange::setSpinTime);
    EndpointOptions.add(options, core.settings(), SocketOption::defaultValue);
  }

  final Exchange exchange() {
    return exchange;
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

  /** Unique in the process, from 1. */
  public int id() {
    return core.id();
  }

  /**
   * Binds to a URL; bound when this returns.
   *
   * @throws SpAddressException if the URL is malformed or cannot be bound
   */
  public Listener listen(String url) {
    Listener listener = listener(url);
    listener.start();
    return listener;
  }

  /**
   * A listener that is not bound yet, so that options can be set on it.
   *
   * @throws SpAddressException if the URL is malformed
   */
  public Listener listener(String url) {
    Urls parsed = Urls.parse(url, Transport.Direction.LISTEN);
    return core.locked(() -> {
      checkOpen();
      return new Listener(
          core,
          core.newListener(parsed.transport(), parsed.address()),
          parsed.transport().scheme(),
          options);
    });
  }

  /**
   * Connects to a URL in the background and returns at once.
   *
   * @throws SpAddressException if the URL is malformed
   */
  public Dialer dial(String url) {
    Dialer dialer = dialer(url);
    dialer.start();
    return dialer;
  }

  /**
   * A dialer that does not connect yet, so that options can be set on it, or the connection waited
   * for.
   *
   * @throws SpAddressException if the URL is malformed
   */
  public Dialer dialer(String url) {
    Urls parsed = Urls.parse(url, Transport.Direction.DIAL);
    return core.locked(() -> {
      checkOpen();
      return new Dialer(core, core.newDialer(parsed.transport(), parsed.address()), url, options);
    });
  }

  /** The open connections. */
  public List<Pipe> pipes() {
    return core.locked(() ->
        core.endpoints().stream()
            .flatMap(each -> each.pipes().stream())
            .map(each -> new Pipe(core, each))
            .toList());
  }

  /** The open connection of that id, such as {@link Message#pipeId} gives, if it is still there. */
  public Optional<Pipe> pipe(int id) {
    return pipes().stream().filter(each -> each.id() == id).findFirst();
  }

  /** Has {@code listener} told of connections from now on, until what is returned is closed. */
  public Registration onPipe(PipeListener listener) {
    PipeWatch watch = new PipeWatch(core, listener);
    core.locked(() -> {
      core.watch(watch);
      return watch;
    });
    return () -> unwatch(watch);
  }

  private void unwatch(PipeWatch watch) {
    core.locked(() -> {
      core.unwatch(watch);
      return watch;
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

  /** All figures of the socket, its dialers and listeners, and their open connections. */
  public StatisticNode statisticTree() {
    return core.locked(() -> StatisticTree.of(core));
  }

  /** Closes; who waits here is told by {@link SpClosedException}. Idempotent. */
  @Override
  public void close() {
    core.close();
  }
}
