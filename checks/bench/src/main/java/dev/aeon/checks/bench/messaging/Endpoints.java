package dev.aeon.checks.bench.messaging;

/** Makes the endpoints of one trial, and ends what they have in common after they were closed. */
@FunctionalInterface
public interface Endpoints extends AutoCloseable {
  Endpoint open(Role role);

  @Override
  default void close() {}
}
