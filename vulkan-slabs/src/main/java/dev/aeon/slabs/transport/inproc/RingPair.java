package dev.aeon.slabs.transport.inproc;

import dev.aeon.slabs.memory.DevicePreference;
import dev.aeon.slabs.memory.Slab;
import dev.aeon.slabs.memory.SlabDevice;
import dev.aeon.slabs.ring.SpscRing;
import dev.aeon.slabs.transport.Connection;
import dev.aeon.slabs.transport.ConnectionOptions;
import dev.aeon.slabs.transport.RingInbox;
import dev.aeon.slabs.transport.RingOutbox;
import dev.aeon.slabs.transport.Sleepers;
import org.jspecify.annotations.Nullable;

/** The two rings of a connection, freed when both of its ends have closed. */
final class RingPair {
  private final Slab requestSlab;
  private final Slab responseSlab;
  private final SpscRing requests;
  private final SpscRing responses;
  private final @Nullable SlabDevice ownDevice;
  private final Sleepers connectorSleepers = new Sleepers();
  private final Sleepers boundSleepers = new Sleepers();
  private volatile int openEndCount = 2;

  private RingPair(SlabDevice device, @Nullable SlabDevice ownDevice, ConnectionOptions options) {
    this.ownDevice = ownDevice;
    this.requestSlab = device.allocate(SpscRing.slabByteSize(options.requestByteSize()));
    this.responseSlab = device.allocate(SpscRing.slabByteSize(options.responseByteSize()));
    this.requests = SpscRing.create(requestSlab);
    this.responses = SpscRing.create(responseSlab);
  }

  static RingPair allocate(ConnectionOptions options) {
    SlabDevice given = options.device();
    if (given != null) {
      return new RingPair(given, null, options);
    }
    SlabDevice host = SlabDevice.open(DevicePreference.HOST);
    try {
      return new RingPair(host, host, options);
    } catch (RuntimeException refused) {
      host.close();
      throw refused;
    }
  }

  Connection connectorEnd(String peer) {
    return new InprocConnection(
        this,
        new RingOutbox(requestSlab, requests, boundSleepers),
        new RingInbox(responseSlab, responses, boundSleepers),
        true,
        peer,
        connectorSleepers);
  }

  Connection boundEnd(String peer) {
    return new InprocConnection(
        this,
        new RingOutbox(responseSlab, responses, connectorSleepers),
        new RingInbox(requestSlab, requests, connectorSleepers),
        false,
        peer,
        boundSleepers);
  }

  boolean isWhole() {
    return openEndCount == 2;
  }

  synchronized void closeEnd() {
    openEndCount--;
    connectorSleepers.signal();
    boundSleepers.signal();
    if (openEndCount == 0) {
      requestSlab.close();
      responseSlab.close();
      if (ownDevice != null) {
        ownDevice.close();
      }
    }
  }
}
