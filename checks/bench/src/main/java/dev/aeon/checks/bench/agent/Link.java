package dev.aeon.checks.bench.agent;

/** Two agents, or what does for them. */
interface Link extends AutoCloseable {
  /** Sends a message, has it handled, and waits for the word that it was. */
  void roundTrip() throws Exception;

  @Override
  void close();
}
