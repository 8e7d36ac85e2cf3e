package dev.aeon.checks.bench.messaging;

import org.zeromq.SocketType;
import org.zeromq.ZContext;

/** Sockets of JeroMQ in one context, with its one I/O thread. */
final class JeroMqEndpoints implements Endpoints {
  private final ZContext context = new ZContext();

  @Override
  public Endpoint open(Role role) {
    return new JeroMqEndpoint(context.createSocket(SocketType.type(role.zmqType)), role);
  }

  @Override
  public void close() {
    context.close();
  }
}
