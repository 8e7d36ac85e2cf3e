package dev.aeon.checks.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

/** A device of another implementation, running in a thread of its own until it is closed. */
final class ForeignDevice implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofMillis(Peer.TIMEOUT_MILLIS);

  private final Peer first;
  private final Peer second;
  private final Thread mover;

  private ForeignDevice(Peer first, Peer second, Runnable forwarding) {
    this.first = first;
    this.second = second;
    this.mover = Thread.ofPlatform().daemon().name("foreign-device").start(forwarding);
  }

  static ForeignDevice ofNng(Pattern pattern) {
    NngPeer first = NngPeer.openRaw(pattern);
    NngPeer second = NngPeer.openRaw(pattern.counterpart());
    return new ForeignDevice(first, second, () -> NngPeer.forward(first, second));
  }

  static ForeignDevice ofNanomsg(Pattern pattern) {
    NanomsgPeer first = NanomsgPeer.openRaw(pattern);
    NanomsgPeer second = NanomsgPeer.openRaw(pattern.counterpart());
    return new ForeignDevice(first, second, () -> NanomsgPeer.forward(first, second));
  }

  /** Whose end is the pattern that the device was opened with. */
  Peer first() {
    return first;
  }

  Peer second() {
    return second;
  }

  @Override
  public void close() {
    first.close();
    second.close();
    try {
      assertThat(mover.join(LIMIT)).as("the device ends with its sockets").isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
