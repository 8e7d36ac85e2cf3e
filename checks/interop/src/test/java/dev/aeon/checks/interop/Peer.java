package dev.aeon.checks.interop;

/** A socket of some implementation. Blocking calls give up after {@link #TIMEOUT_MILLIS}. */
interface Peer extends AutoCloseable {
  int TIMEOUT_MILLIS = 60_000;

  /** After which a message that a dying or a coming connection may have lost is sent again. */
  int RETRY_MILLIS = 200;

  /** How often it is sent before the conversation counts as broken. */
  int ATTEMPTS = TIMEOUT_MILLIS / RETRY_MILLIS;

  void listen(String url);

  /** Returns at once; the connection is made in the background. */
  void dial(String url);

  void send(byte[] body);

  /** The next message, or an {@link IllegalStateException} or SP exception after the time limit. */
  byte[] receive(int timeoutMillis);

  @Override
  void close();
}
