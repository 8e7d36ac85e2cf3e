package dev.aeon.sp;

import dev.aeon.sp.core.CoreSettings;

/**
 * Options of connections, which sockets, dialers and listeners have: a socket's are those that its
 * next dialers and listeners begin with.
 */
final class EndpointOptions {
  private EndpointOptions() {}

  /** Where a value comes from until another is set. */
  @FunctionalInterface
  interface Initial {
    <T> T of(SocketOption<T> option);
  }

  /** Puts all into {@code table}; values that are set go to {@code settings}. */
  static void add(OptionTable table, CoreSettings settings, Initial initial) {
    addTimes(table, settings, initial);
    addLimits(table, settings, initial);
    TransportOptions.add(table, settings, initial);
    table.add(
        SpOptions.TCP_NO_DELAY,
        initial.of(SpOptions.TCP_NO_DELAY),
        value -> settings.tcpNoDelay = value);
    table.add(
        SpOptions.TCP_KEEP_ALIVE,
        initial.of(SpOptions.TCP_KEEP_ALIVE),
        value -> settings.tcpKeepAlive = value);
  }

  private static void addTimes(OptionTable table, CoreSettings settings, Initial initial) {
    table.add(
        SpOptions.RECONNECT_MIN,
        initial.of(SpOptions.RECONNECT_MIN),
        value -> settings.reconnectMinNanos = Durations.toNanos(value));
    table.add(
        SpOptions.RECONNECT_MAX,
        initial.of(SpOptions.RECONNECT_MAX),
        value -> settings.reconnectMaxNanos = Durations.toNanos(value));
    table.add(
        SpOptions.HANDSHAKE_TIMEOUT,
        initial.of(SpOptions.HANDSHAKE_TIMEOUT),
        value -> settings.handshakeNanos = Durations.toNanos(value));
    table.add(
        SpOptions.STALL_TIMEOUT,
        initial.of(SpOptions.STALL_TIMEOUT),
        value -> settings.stallNanos = Durations.toNanos(value));
  }

  private static void addLimits(OptionTable table, CoreSettings settings, Initial initial) {
    table.add(
        SpOptions.MAX_RECEIVE_SIZE,
        initial.of(SpOptions.MAX_RECEIVE_SIZE),
        value -> settings.maxReceiveByteSize = value);
    table.add(
        SpOptions.PRIORITY, initial.of(SpOptions.PRIORITY), value -> settings.priority = value);
    table.add(
        SpOptions.HIGH_WATER,
        initial.of(SpOptions.HIGH_WATER),
        value -> settings.highWaterCount = value);
    table.add(
        SpOptions.LOW_WATER,
        initial.of(SpOptions.LOW_WATER),
        value -> settings.lowWaterCount = value);
  }
}
