package dev.aeon.sp.cli;

import dev.aeon.sp.SpProtocol;
import java.util.Locale;

/** A pattern as a command line names it, with its two ends. */
enum PatternName {
  REQREP(SpProtocol.REQ),
  PIPELINE(SpProtocol.PUSH),
  PUBSUB(SpProtocol.PUB),
  SURVEY(SpProtocol.SURVEYOR),
  PAIR(SpProtocol.PAIR),
  PAIR1(SpProtocol.PAIR1),
  BUS(SpProtocol.BUS);

  /** The end that speaks first. */
  final SpProtocol client;

  final SpProtocol server;

  PatternName(SpProtocol client) {
    this.client = client;
    this.server = client.peer();
  }

  /** Whether nothing comes back from the server. */
  boolean isOneWay() {
    return !Role.of(server).canSend();
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
