package dev.aeon.sp;

import java.util.function.Supplier;

/** Every kind of socket, and what it can be asked to do without a peer. */
@SuppressWarnings("ImmutableEnumChecker") // the suppliers are method references
enum SocketKind {
  PAIR(PairSocket::open, Waits.YES, Waits.YES),
  PAIR1(Pair1Socket::open, Waits.YES, Waits.YES),
  POLY_PAIR(PolyPairSocket::open, Waits.YES, Waits.YES),
  PUB(PubSocket::open, Waits.NO, Waits.CANNOT),
  SUB(SubSocket::open, Waits.CANNOT, Waits.YES),
  REQ(ReqSocket::open, Waits.YES, Waits.WRONG_STATE),
  REP(RepSocket::open, Waits.WRONG_STATE, Waits.YES),
  PUSH(PushSocket::open, Waits.YES, Waits.CANNOT),
  PULL(PullSocket::open, Waits.CANNOT, Waits.YES),
  SURVEYOR(SurveyorSocket::open, Waits.NO, Waits.WRONG_STATE),
  RESPONDENT(RespondentSocket::open, Waits.WRONG_STATE, Waits.YES),
  BUS(BusSocket::open, Waits.NO, Waits.YES),
  RAW_PULL(() -> RawSocket.open(SpProtocol.PULL), Waits.CANNOT, Waits.YES),
  RAW_REP(() -> RawSocket.open(SpProtocol.REP), Waits.WRONG_STATE, Waits.YES);

  /** What an operation does while nobody is connected. */
  enum Waits {
    YES,
    NO,
    WRONG_STATE,
    CANNOT
  }

  private final Supplier<SpSocket> opening;
  final Waits send;
  final Waits receive;

  SocketKind(Supplier<SpSocket> opening, Waits send, Waits receive) {
    this.opening = opening;
    this.send = send;
    this.receive = receive;
  }

  SpSocket open() {
    return opening.get();
  }

  boolean waitsToReceive() {
    return receive == Waits.YES;
  }

  boolean waitsToSend() {
    return send == Waits.YES;
  }
}
