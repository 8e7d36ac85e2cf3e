package dev.aeon.checks.bench.messaging;

/** A blocking socket of some system, with a buffer of its own that bodies go out of and into. */
interface Endpoint extends AutoCloseable {
  int MAX_BODY_BYTE_SIZE = 1 << 20;

  void listen(String url);

  /** May return before the connection is there; what is sent then waits for it. */
  void dial(String url);

  /** Sends the first {@code byteSize} bytes of the buffer. */
  void send(int byteSize);

  /** Waits for a body and returns its size. */
  int receive();

  /** Wakes whoever is blocked here with an exception. */
  @Override
  void close();
}
