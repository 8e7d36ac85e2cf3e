package dev.aeon.checks.bench.messaging;

import org.zeromq.ZMQ;

/** A socket of JeroMQ; what it sends is not copied, as its interface lets one. */
final class JeroMqEndpoint implements Endpoint {
  private final ZMQ.Socket socket;
  private final byte[] received = new byte[MAX_BODY_BYTE_SIZE];
  private byte[] body = new byte[0];

  JeroMqEndpoint(ZMQ.Socket socket, Role role) {
    this.socket = socket;
    socket.setLinger(0);
    if (role == Role.SUB) {
      socket.subscribe(new byte[0]);
    }
  }

  @Override
  public void listen(String url) {
    check("bind", socket.bind(url));
  }

  @Override
  public void dial(String url) {
    check("connect", socket.connect(url));
  }

  @Override
  public void send(int byteSize) {
    if (body.length != byteSize) {
      body = new byte[byteSize];
    }
    check("send", socket.send(body, 0));
  }

  @Override
  public int receive() {
    int byteSize = socket.recv(received, 0, received.length, 0);
    check("recv", byteSize >= 0);
    return byteSize;
  }

  private void check(String call, boolean succeeded) {
    if (!succeeded) {
      throw new IllegalStateException("JeroMQ refused: call=" + call + " errno=" + socket.errno());
    }
  }

  @Override
  public void close() {
    socket.close();
  }
}
