package dev.aeon.apm.cli;

import dev.aeon.apm.channel.ChannelStatus.Reader;
import dev.aeon.apm.channel.ChannelStatus.Shared;

/**
 * How many messages of a channel a reader has not settled. Where the reader has one place in all
 * channels to it, the server tells of those that it was given how many are not settled in all: each
 * channel's share is known where they are all, or none, or of one channel, and else within bounds.
 * Confined to one thread.
 */
final class Backlog {
  private final Reader place;
  private long given;
  private long waiting;

  /** How many of all channels to the reader were given to it and are settled beyond its place. */
  private long settledOfAll;

  Backlog(Reader place) {
    this.place = place;
    this.settledOfAll = place.settledAbove();
  }

  String reader() {
    return place.name();
  }

  boolean isShared() {
    return place.shared().isPresent();
  }

  /** A message of the channel went by. */
  void passes(long position) {
    if (position < place.position()) {
      return;
    }
    if (position < place.shared().map(Shared::deliveredTo).orElse(Long.MAX_VALUE)) {
      given++;
    } else {
      waiting++;
    }
  }

  /** How many messages beyond its place the reader was given. */
  long given() {
    return given;
  }

  /** Says how many messages beyond its place a reader was given, of all channels to it. */
  void givenInAll(long count) {
    place.shared().ifPresent(shared -> settledOfAll = Math.max(0, count - shared.unsettledCount()));
  }

  /** How many are not settled for certain. */
  long least() {
    return waiting + Math.max(0, given - settledOfAll);
  }

  /** How many there may be that are not settled. */
  long most() {
    long unsettled = place.shared().map(Shared::unsettledCount).orElseGet(this::least);
    return waiting + Math.min(given, unsettled);
  }

  boolean isExact() {
    return least() == most();
  }

  @Override
  public String toString() {
    return reader() + ":" + (isExact() ? "" : least() + "-") + most();
  }
}
