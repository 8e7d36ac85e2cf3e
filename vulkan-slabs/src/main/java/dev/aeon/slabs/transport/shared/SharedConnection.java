package dev.aeon.slabs.transport.shared;

import dev.aeon.bindings.Descriptor;
import dev.aeon.bindings.NativeCallException;
import dev.aeon.bindings.posix.PeerCredentials;
import dev.aeon.bindings.posix.UnixSocket;
import dev.aeon.slabs.memory.DevicePreference;
import dev.aeon.slabs.memory.Slab;
import dev.aeon.slabs.memory.SlabAllocationException;
import dev.aeon.slabs.memory.SlabDevice;
import dev.aeon.slabs.ring.RingCorruptedException;
import dev.aeon.slabs.ring.SpscRing;
import dev.aeon.slabs.transport.ConnectionEnd;
import dev.aeon.slabs.transport.ConnectionOptions;
import dev.aeon.slabs.transport.Inbox;
import dev.aeon.slabs.transport.Outbox;
import dev.aeon.slabs.transport.RingInbox;
import dev.aeon.slabs.transport.RingOutbox;
import dev.aeon.slabs.transport.Sleepers;
import dev.aeon.slabs.transport.TransportException;
import dev.aeon.slabs.transport.WaitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One end of two shared slabs, and of the socket that both processes hold while they live. */
final class SharedConnection extends ConnectionEnd {
  private final SocketLife life;
  private final Slab requestSlab;
  private final Slab responseSlab;
  private final @Nullable SlabDevice ownDevice;

  private SharedConnection(
      Descriptor socket,
      Slab requestSlab,
      Slab responseSlab,
      @Nullable SlabDevice ownDevice,
      boolean connector,
      String address,
      Sleepers sleepers,
      SocketLife life) {
    super(
        outbox(connector ? requestSlab : responseSlab, life),
        inbox(connector ? responseSlab : requestSlab, life),
        connector,
        describe(socket, address),
        sleepers);
    this.requestSlab = requestSlab;
    this.responseSlab = responseSlab;
    this.ownDevice = ownDevice;
    this.life = life;
  }

  private static SharedConnection of(
      Descriptor socket,
      Slab requests,
      Slab responses,
      @Nullable SlabDevice own,
      boolean connector,
      String address) {
    Sleepers sleepers = new Sleepers();
    SocketLife life = new SocketLife(socket, sleepers);
    return new SharedConnection(
        socket, requests, responses, own, connector, address, sleepers, life);
  }

  private static Outbox outbox(Slab slab, SocketLife life) {
    return new RingOutbox(slab, SpscRing.attach(slab), life);
  }

  private static Inbox inbox(Slab slab, SocketLife life) {
    return new RingInbox(slab, SpscRing.attach(slab), life);
  }

  /** Allocates both slabs and hands them to the other end; takes over the socket. */
  static SharedConnection offer(Descriptor socket, ConnectionOptions options, String address) {
    SlabDevice given = options.device();
    SlabDevice device = given == null ? SlabDevice.open(DevicePreference.HOST) : given;
    SlabDevice own = given == null ? device : null;
    try {
      Slab requests = ring(device, "psyne-requests", options.requestByteSize());
      Slab responses = ring(device, "psyne-responses", options.responseByteSize());
      SharedHello.send(socket, requests.descriptor(), responses.descriptor());
      return of(socket, requests, responses, own, true, address);
    } catch (RuntimeException refused) {
      socket.close();
      closeIfOwn(own);
      throw refused;
    }
  }

  /** Maps the two slabs that a connector offered; on failure the socket stays the caller's. */
  static SharedConnection accept(Descriptor socket, List<Descriptor> slabs, String address) {
    SlabDevice own = SlabDevice.open(DevicePreference.HOST);
    try {
      Slab requests = own.mapShared(slabs.get(0));
      Slab responses = own.mapShared(slabs.get(1));
      return of(socket, requests, responses, own, false, address);
    } catch (SlabAllocationException | RingCorruptedException | NativeCallException hostile) {
      own.close();
      slabs.forEach(Descriptor::close);
      throw new TransportException("connector offers no two rings", hostile);
    }
  }

  private static Slab ring(SlabDevice device, String name, long capacity) {
    Slab slab = device.allocateShared(name, SpscRing.slabByteSize(capacity));
    SpscRing.create(slab);
    return slab;
  }

  private static void closeIfOwn(@Nullable SlabDevice own) {
    if (own != null) {
      own.close();
    }
  }

  private static String describe(Descriptor socket, String address) {
    PeerCredentials credentials = UnixSocket.peerCredentials(socket);
    return "process %d at %s".formatted(credentials.processId(), address);
  }

  @Override
  public boolean isOpen() {
    return life.isAlive();
  }

  @Override
  public void wakes(WaitSet waits) {
    super.wakes(waits);
    life.wakes(waits);
  }

  @Override
  public void close() {
    wakesNobody();
    if (life.end()) {
      requestSlab.close();
      responseSlab.close();
      closeIfOwn(ownDevice);
    }
  }
}
