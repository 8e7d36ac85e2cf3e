package dev.aeon.sp.core;

import dev.aeon.sp.transport.Burst;
import dev.aeon.sp.transport.CloseReason;
import dev.aeon.sp.transport.PeerProperties;
import dev.aeon.sp.transport.PipeEvents;
import dev.aeon.sp.transport.PipeHost;
import dev.aeon.sp.transport.Reactor;
import dev.aeon.sp.transport.Strand;
import dev.aeon.sp.transport.TransportListener;
import dev.aeon.sp.transport.TransportPipe;
import dev.aeon.sp.transport.TransportSettings;
import dev.aeon.sp.wire.Packet;
import dev.aeon.sp.wire.ProtocolNumber;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A socket that only writes down what its pipe says. */
final class TestHost implements PipeHost, PipeEvents, Strand, AutoCloseable {
  private static final int BURST_COUNT = 32;

  private final ReentrantLock lock = new ReentrantLock();
  private final BlockingQueue<String> said = new LinkedBlockingQueue<>();
  private final List<TransportListener> listeners = new ArrayList<>();
  private final IoWorker worker;
  private final ProtocolNumber protocol;
  private final CoreSettings settings = new CoreSettings();
  private final Burst burst = new Burst(System::nanoTime);
  private TransportPipe pipe;

  TestHost(IoWorker worker, ProtocolNumber protocol) {
    this.worker = worker;
    this.protocol = protocol;
  }

  CoreSettings coreSettings() {
    return settings;
  }

  void closing(TransportListener listener) {
    listeners.add(listener);
  }

  /** What was said next, waiting for it. */
  String next() {
    try {
      return said.take();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  boolean hasNext() {
    return !said.isEmpty();
  }

  <T> T call(Supplier<T> task) {
    lock();
    try {
      return task.get();
    } finally {
      unlock();
    }
  }

  void run(Runnable task) {
    call(() -> {
      task.run();
      return said;
    });
  }

  void receiveNext() {
    run(() -> pipe.receiveNext());
  }

  PeerProperties properties() {
    return call(() -> pipe.properties());
  }

  void closePipe() {
    run(() -> pipe.close());
  }

  void transmit(String body) {
    run(() -> pipe.transmit(packet(body)));
  }

  /** As the last of as many sends in a row as make a burst; whether it was sent at once. */
  boolean transmitAtOnce(String body) {
    return call(() -> {
      for (int count = 0; count <= BURST_COUNT; count++) {
        burst.sendBegins(false);
        burst.sendIsThrough();
      }
      Packet packet = packet(body);
      boolean sent = pipe.transmitAtOnce(packet);
      if (!sent) {
        packet.release();
      }
      return sent;
    });
  }

  /** The body of a message that is read at once; null where there is none. */
  @Nullable String readAtOnce() {
    Packet packet = call(() -> pipe.readAtOnce());
    return packet == null ? null : takeBody(packet);
  }

  /** The body of the message that was asked for; null where it is not taken so. */
  @Nullable String takeAwaited() {
    Packet packet = call(() -> pipe.takeAwaited());
    return packet == null ? null : takeBody(packet);
  }

  boolean hasMoreArrived() {
    return call(() -> pipe.hasMoreArrived());
  }

  void transmitWithHeader(int word, String body) {
    Packet packet = packet(body);
    packet.prependWord(word);
    run(() -> pipe.transmit(packet));
  }

  private static Packet packet(String body) {
    return Packet.copyOf(MemorySegment.ofArray(body.getBytes(StandardCharsets.UTF_8)));
  }

  private static String takeBody(Packet packet) {
    byte[] body = packet.body().toArray(ValueLayout.JAVA_BYTE);
    packet.release();
    return new String(body, StandardCharsets.UTF_8);
  }

  @Override
  public void opened() {
    said.add("opened");
  }

  @Override
  public void received(Packet packet) {
    said.add("received " + takeBody(packet));
  }

  @Override
  public void transmitted() {
    said.add("transmitted");
  }

  @Override
  public void inputEnded() {
    said.add("inputEnded");
  }

  @Override
  public void closed(CloseReason reason, String detail) {
    said.add("closed " + reason);
  }

  @Override
  public Strand strand() {
    return this;
  }

  @Override
  public Reactor reactor() {
    return worker;
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
    return settings.forTransport();
  }

  @Override
  public PipeEvents announce(TransportPipe announced) {
    pipe = announced;
    return this;
  }

  @Override
  public void lock() {
    lock.lock();
    Trampoline.current().strandEntered();
  }

  @Override
  public void unlock() {
    lock.unlock();
    Trampoline.current().strandLeft();
    Trampoline.current().runIfFree();
  }

  @Override
  public void afterUnlock(Runnable task) {
    Trampoline.current().add(task);
  }

  @Override
  public void close() {
    run(() -> {
      listeners.forEach(TransportListener::close);
      if (pipe != null) {
        pipe.close();
      }
    });
  }
}
