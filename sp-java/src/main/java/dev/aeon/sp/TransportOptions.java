package dev.aeon.sp;

import dev.aeon.sp.core.CoreSettings;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** Those of the endpoints' options that single transports look at. */
final class TransportOptions {
  private TransportOptions() {}

  static void add(OptionTable table, CoreSettings settings, EndpointOptions.Initial initial) {
    table.add(
        SpOptions.STALL_MIN_BYTES,
        initial.of(SpOptions.STALL_MIN_BYTES),
        value -> settings.stallMinByteCount = value);
    table.add(
        SpOptions.TCP_LOCAL_ADDRESS,
        initial.of(SpOptions.TCP_LOCAL_ADDRESS),
        value -> settings.tcpLocalAddress = nullIfAny(value));
    table.add(
        SpOptions.IPC_PERMISSIONS,
        initial.of(SpOptions.IPC_PERMISSIONS),
        value -> settings.ipcPermissions = value);
    table.add(
        SpOptions.LISTEN_DESCRIPTOR,
        initial.of(SpOptions.LISTEN_DESCRIPTOR),
        value -> settings.listenDescriptor = value);
    table.add(
        SpOptions.SHARED_MEMORY_SIZE,
        initial.of(SpOptions.SHARED_MEMORY_SIZE),
        value -> settings.sharedByteSize = value);
    addDatagram(table, settings, initial);
    table.add(SpOptions.TLS, initial.of(SpOptions.TLS), value -> settings.tls = value.settings());
  }

  private static void addDatagram(
      OptionTable table, CoreSettings settings, EndpointOptions.Initial initial) {
    table.add(
        SpOptions.DATAGRAM_KEEP_ALIVE,
        initial.of(SpOptions.DATAGRAM_KEEP_ALIVE),
        value -> settings.datagramKeepAliveNanos = Durations.toNanos(value));
    table.add(
        SpOptions.DATAGRAM_PEER_TIMEOUT,
        initial.of(SpOptions.DATAGRAM_PEER_TIMEOUT),
        value -> settings.datagramDeathNanos = Durations.toNanos(value));
    table.add(
        SpOptions.DATAGRAM_LINGER,
        initial.of(SpOptions.DATAGRAM_LINGER),
        value -> settings.datagramLingerNanos = Durations.toNanos(value));
    table.add(
        SpOptions.DATAGRAM_UNRELIABLE,
        initial.of(SpOptions.DATAGRAM_UNRELIABLE),
        value -> settings.datagramUnreliable = value);
    table.add(
        SpOptions.DATAGRAM_COMPANION_SIZE,
        initial.of(SpOptions.DATAGRAM_COMPANION_SIZE),
        value -> settings.datagramCompanionByteSize = value);
    table.add(
        SpOptions.DATAGRAM_KEY,
        initial.of(SpOptions.DATAGRAM_KEY),
        value -> settings.datagramKey = value.length == 0 ? null : value.clone());
  }

  private static @Nullable InetSocketAddress nullIfAny(InetSocketAddress local) {
    boolean isAny = local.getAddress().isAnyLocalAddress() && local.getPort() == 0;
    return isAny ? null : local;
  }
}
