package dev.aeon.sp.transport.datagram;

import dev.aeon.sp.transport.Burst;
import dev.aeon.sp.transport.CloseReason;
import dev.aeon.sp.transport.PipeEvents;
import dev.aeon.sp.transport.PipeHost;
import dev.aeon.sp.transport.Reactor;
import dev.aeon.sp.transport.Strand;
import dev.aeon.sp.transport.TransportPipe;
import dev.aeon.sp.transport.TransportSettings;
import dev.aeon.sp.wire.Packet;
import dev.aeon.sp.wire.ProtocolNumber;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** A socket that sends what it is given and takes what comes while it is willing to. */
final class SimulatedHost implements PipeHost, PipeEvents {
  final List<byte[]> received = new ArrayList<>();
  final List<String> said = new ArrayList<>();
  TransportPipe pipe;
  boolean isTaking = true;
  int acceptedCount;
  private final Deque<byte[]> outgoing = new ArrayDeque<>();
  private final VirtualTime time;
  private final Burst burst;
  private final ProtocolNumber protocol;
  private boolean isOpen;
  private boolean isBusy;
  private int announcedCount;

  SimulatedHost(VirtualTime time, ProtocolNumber protocol) {
    this.time = time;
    this.burst = new Burst(time::nanoTime);
    this.protocol = protocol;
  }

  void send(byte[] body) {
    outgoing.add(body);
    sendNext();
  }

  private void sendNext() {
    if (isOpen && !isBusy && !outgoing.isEmpty()) {
      isBusy = true;
      byte[] body = outgoing.poll();
      burst.sendBegins(false);
      pipe.transmit(Packet.copyOf(MemorySegment.ofArray(body)));
      burst.sendIsThrough();
    }
  }

  void take() {
    isTaking = true;
    pipe.receiveNext();
  }

  int announcedCount() {
    return announcedCount;
  }

  @Override
  public void opened() {
    said.add("opened");
    isOpen = true;
    if (isTaking) {
      time.after(0, () -> pipe.receiveNext());
    }
    time.after(0, this::sendNext);
  }

  @Override
  public void received(Packet packet) {
    received.add(packet.body().toArray(ValueLayout.JAVA_BYTE));
    packet.release();
    if (isTaking) {
      pipe.receiveNext();
    }
  }

  @Override
  public void transmitted() {
    isBusy = false;
    acceptedCount++;
    time.after(0, this::sendNext);
  }

  @Override
  public void inputEnded() {
    said.add("inputEnded");
  }

  @Override
  public void closed(CloseReason reason, String detail) {
    isOpen = false;
    said.add("closed " + reason);
  }

  @Override
  public Strand strand() {
    return Strand.NONE;
  }

  @Override
  public Reactor reactor() {
    return time;
  }

  @Override
  public Burst burst() {
    return burst;
  }

  @Override
  public ProtocolNumber protocol() {
    return protocol;
  }

  @Override
  public TransportSettings settings() {
    throw new UnsupportedOperationException("sessions have settings of their own");
  }

  @Override
  public PipeEvents announce(TransportPipe announced) {
    announcedCount++;
    pipe = announced;
    return this;
  }
}
