package dev.aeon.sp.cli;

import dev.aeon.sp.BusSocket;
import dev.aeon.sp.Message;
import dev.aeon.sp.Pair1Socket;
import dev.aeon.sp.PairSocket;
import dev.aeon.sp.PubSocket;
import dev.aeon.sp.PullSocket;
import dev.aeon.sp.PushSocket;
import dev.aeon.sp.Receiver;
import dev.aeon.sp.RepSocket;
import dev.aeon.sp.ReqSocket;
import dev.aeon.sp.RespondentSocket;
import dev.aeon.sp.Sender;
import dev.aeon.sp.SpProtocol;
import dev.aeon.sp.SpSocket;
import dev.aeon.sp.SubSocket;
import dev.aeon.sp.SurveyorSocket;

/**
 * A socket of a pattern that the command line names.
 *
 * @param socket whose end ends this
 */
record Port(SpSocket socket) implements AutoCloseable {

  static Port open(SpProtocol protocol) {
    return new Port(
        switch (protocol) {
          case PAIR -> PairSocket.open();
          case PAIR1 -> Pair1Socket.open();
          case PUB -> PubSocket.open();
          case SUB -> SubSocket.open();
          case REQ -> ReqSocket.open();
          case REP -> RepSocket.open();
          case PUSH -> PushSocket.open();
          case PULL -> PullSocket.open();
          case SURVEYOR -> SurveyorSocket.open();
          case RESPONDENT -> RespondentSocket.open();
          case BUS -> BusSocket.open();
        });
  }

  void send(byte[] body) {
    sender().send(body);
  }

  void send(Message message) {
    sender().send(message);
  }

  Message receive() {
    return ((Receiver) socket).receive();
  }

  private Sender sender() {
    return (Sender) socket;
  }

  @Override
  public void close() {
    socket.close();
  }
}
