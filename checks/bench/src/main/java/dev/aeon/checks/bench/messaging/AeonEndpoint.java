package dev.aeon.checks.bench.messaging;

import dev.aeon.sp.Message;
import dev.aeon.sp.PairSocket;
import dev.aeon.sp.PubSocket;
import dev.aeon.sp.PullSocket;
import dev.aeon.sp.PushSocket;
import dev.aeon.sp.Receiver;
import dev.aeon.sp.RepSocket;
import dev.aeon.sp.ReqSocket;
import dev.aeon.sp.Sender;
import dev.aeon.sp.SpOptions;
import dev.aeon.sp.SpSocket;
import dev.aeon.sp.SubSocket;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;

/** A socket of sp-java; bodies are copied in and out, as the peers' interfaces do it. */
final class AeonEndpoint implements Endpoint {
  private final SpSocket socket;
  private final MemorySegment buffer = Arena.ofAuto().allocate(MAX_BODY_BYTE_SIZE);
  private final Message message = Message.empty();

  private AeonEndpoint(SpSocket socket) {
    this.socket = socket;
  }

  static AeonEndpoint open(Role role, TransportKind transport, boolean spins) {
    SpSocket socket = socket(role);
    if (transport == TransportKind.ipc) {
      socket.set(SpOptions.SHARED_MEMORY_SIZE, 0L);
    }
    if (!spins) {
      socket.set(SpOptions.SPIN_TIME, Duration.ZERO);
    }
    return new AeonEndpoint(socket);
  }

  private static SpSocket socket(Role role) {
    return switch (role) {
      case REQ -> ReqSocket.open();
      case REP -> RepSocket.open();
      case PUSH -> PushSocket.open();
      case PULL -> PullSocket.open();
      case PAIR -> PairSocket.open();
      case PUB -> PubSocket.open();
      case SUB -> subscribed();
    };
  }

  private static SubSocket subscribed() {
    SubSocket socket = SubSocket.open();
    socket.subscribe(new byte[0]);
    return socket;
  }

  @Override
  public void listen(String url) {
    var _ = socket.listen(url);
  }

  @Override
  public void dial(String url) {
    var _ = socket.dial(url);
  }

  @Override
  public void send(int byteSize) {
    message.refill(byteSize);
    MemorySegment.copy(buffer, 0, message.body(), 0, byteSize);
    ((Sender) socket).send(message);
  }

  @Override
  public int receive() {
    ((Receiver) socket).receive(message);
    int byteSize = (int) message.byteSize();
    MemorySegment.copy(message.body(), 0, buffer, 0, byteSize);
    message.close();
    return byteSize;
  }

  @Override
  public void close() {
    socket.close();
  }
}
