package dev.aeon.checks.interop;

/** A socket of some implementation. Blocking calls give up after {@link #TIMEOUT_MILLIS}. */
interface Peer extends AutoCloseable {
  int TIMEOUT_MILLIS = 10_000;
  int MAX_MESSAGE_BYTES = 4 << 20;

  void listen(String url);

  /** Returns at once; the connection is made in the background. */
  void dial(String url);

  void send(byte[] body);

  /** The next message, or an {@link IllegalStateException} after the time limit. */
  byte[] receive(int timeoutMillis);

  @Override
  void close();
}
