package dev.aeon.sp.cli;

import dev.aeon.sp.PubSocket;
import dev.aeon.sp.PullSocket;
import dev.aeon.sp.PushSocket;
import dev.aeon.sp.RepSocket;
import dev.aeon.sp.ReqSocket;
import dev.aeon.sp.SubSocket;

/** The protocols that a command may speak, and what each does with its messages. */
enum Protocol {
  REQ0(Role.ASKS),
  REP0(Role.ANSWERS),
  PUB0(Role.SENDS),
  SUB0(Role.RECEIVES),
  PUSH0(Role.SENDS),
  PULL0(Role.RECEIVES);

  /** The course of a conversation, seen from one side. */
  enum Role {
    SENDS,
    RECEIVES,
    /** Sends, then takes what comes back. */
    ASKS,
    /** Receives, then sends. */
    ANSWERS,
    /** Sends and receives as it likes. */
    TALKS
  }

  final Role role;

  Protocol(Role role) {
    this.role = role;
  }

  SocketPort open() {
    return switch (this) {
      case REQ0 -> {
        ReqSocket socket = ReqSocket.open();
        yield new SocketPort(socket, socket::send, socket::receive);
      }
      case REP0 -> {
        RepSocket socket = RepSocket.open();
        yield new SocketPort(socket, socket::send, socket::receive);
      }
      case PUB0 -> {
        PubSocket socket = PubSocket.open();
        yield new SocketPort(socket, socket::send, null);
      }
      case SUB0 -> {
        SubSocket socket = SubSocket.open();
        yield new SocketPort(socket, null, socket::receive);
      }
      case PUSH0 -> {
        PushSocket socket = PushSocket.open();
        yield new SocketPort(socket, socket::send, null);
      }
      case PULL0 -> {
        PullSocket socket = PullSocket.open();
        yield new SocketPort(socket, null, socket::receive);
      }
    };
  }
}
