package dev.aeon.sp.cli;

import dev.aeon.sp.SpProtocol;

/** The course of a conversation, seen from one side. */
enum Role {
  SENDS,
  RECEIVES,
  /** Sends, then takes what comes back. */
  ASKS,
  /** Receives, then sends. */
  ANSWERS,
  /** Sends and receives as it likes. */
  TALKS;

  static Role of(SpProtocol protocol) {
    return switch (protocol) {
      case PUB, PUSH -> SENDS;
      case SUB, PULL -> RECEIVES;
      case REQ, SURVEYOR -> ASKS;
      case REP, RESPONDENT -> ANSWERS;
      case PAIR, PAIR1, BUS -> TALKS;
    };
  }

  boolean canSend() {
    return this != RECEIVES;
  }

  boolean canReceive() {
    return this != SENDS;
  }
}
