package dev.aeon.checks.bench.messaging;

/**
 * A blocking socket of some system, with a buffer of its own that bodies go out of and into. For
 * one thread at a time.
 */
public interface Endpoint extends AutoCloseable {
  int MAX_BODY_BYTE_SIZE = 1 << 20;

  void listen(String url);

  /** May return before the connection is there; what is sent then waits for it. */
  void dial(String url);

  /** Sends the first {@code byteSize} bytes of the buffer. */
  void send(int byteSize);

  /** Waits for a body and returns its size. */
  int receive();

  @Override
  void close();
}
