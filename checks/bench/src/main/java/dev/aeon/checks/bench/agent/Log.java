package dev.aeon.checks.bench.agent;

import java.util.concurrent.CompletableFuture;

/** Something that takes messages and says when it has stored them. */
interface Log extends AutoCloseable {
  /** Stores one message; completes once it is stored as this log's system promises. */
  CompletableFuture<?> append();

  @Override
  void close();
}
