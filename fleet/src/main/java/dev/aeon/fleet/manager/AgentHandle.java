package dev.aeon.fleet.manager;

import dev.aeon.apm.message.ErrorReport;
import dev.aeon.apm.message.TaskStatus;
import dev.aeon.apm.message.TaskUpdate;
import dev.aeon.apm.schema.JsonObject;
import dev.aeon.fleet.control.ControlBus;
import dev.aeon.fleet.control.Registration;
import dev.aeon.fleet.control.ShardTask;
import dev.aeon.fleet.v1.FleetReply;
import dev.aeon.fleet.v1.FleetRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.DoubleConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One agent process as the manager sees it. One thread drives it; messages and its end may come in
 * on any thread.
 */
final class AgentHandle implements AutoCloseable {
  /** An agent that works says so every second. */
  private static final Duration MAX_SILENCE = Duration.ofSeconds(60);

  private record Pending(CompletableFuture<TaskUpdate> completion, DoubleConsumer progress) {}

  private final String id;
  private final Process process;
  private final ControlBus bus;
  private final DataLink data;
  private final String logPath;
  private final CompletableFuture<Registration> registration = new CompletableFuture<>();
  private final ConcurrentMap<String, Pending> tasks = new ConcurrentHashMap<>();
  private volatile @Nullable String lossReason;
  private volatile long lastHeardNanos = System.nanoTime();
  private boolean hasWeights;
  private int shards;
  private long vectors;
  private long slabByteSize;

  AgentHandle(String id, Process process, ControlBus bus, DataLink data, String logPath) {
    this.id = id;
    this.process = process;
    this.bus = bus;
    this.data = data;
    this.logPath = logPath;
    CompletableFuture<Void> _ = process.onExit().thenRun(() -> lose("its process ended"));
  }

  String id() {
    return id;
  }

  String logPath() {
    return logPath;
  }

  long processId() {
    return process.pid();
  }

  int exitCode() {
    return process.isAlive() ? -1 : process.exitValue();
  }

  boolean isLost() {
    return lossReason != null;
  }

  /** Completed when the agent has joined; fails when it is lost before. */
  CompletableFuture<Registration> registration() {
    return registration;
  }

  void joined(Registration joined) {
    lastHeardNanos = System.nanoTime();
    registration.complete(joined);
  }

  void update(TaskUpdate update) {
    lastHeardNanos = System.nanoTime();
    Pending task = tasks.get(update.taskId());
    if (task == null) {
      return;
    }
    task.progress().accept(update.progress());
    if (update.status() == TaskStatus.COMPLETED) {
      task.completion().complete(update);
    }
  }

  void error(ErrorReport report) {
    FleetException failure = new FleetException(id + ": " + report.errorMessage());
    registration.completeExceptionally(failure);
    tasks.values().forEach(task -> task.completion().completeExceptionally(failure));
  }

  /**
   * Lets the agent do a task and waits for its end.
   *
   * @throws AgentLostException where it dies or falls silent first
   */
  TaskUpdate perform(ShardTask task, DoubleConsumer progress) {
    throwIfLost();
    Pending pending = new Pending(new CompletableFuture<>(), progress);
    tasks.put(task.taskId(), pending);
    try {
      lastHeardNanos = System.nanoTime();
      bus.send(id, task.taskId(), task.assignment(logPath));
      return await(pending.completion());
    } finally {
      tasks.remove(task.taskId());
    }
  }

  private TaskUpdate await(CompletableFuture<TaskUpdate> completion) {
    while (true) {
      try {
        return completion.get(200, TimeUnit.MILLISECONDS);
      } catch (TimeoutException notYet) {
        throwIfLost();
        loseIfSilent();
      } catch (ExecutionException failed) {
        throw failed.getCause() instanceof RuntimeException cause
            ? cause
            : new FleetException(id + " failed.", failed);
      } catch (InterruptedException interrupted) {
        throw new FleetException("interrupted.", interrupted);
      }
    }
  }

  private void loseIfSilent() {
    if (System.nanoTime() - lastHeardNanos > MAX_SILENCE.toNanos()) {
      throw loseAndReport("it fell silent");
    }
  }

  /**
   * Sends a request and waits for the reply.
   *
   * @throws AgentLostException where the agent dies or falls silent first
   */
  FleetReply call(FleetRequest request) {
    throwIfLost();
    try {
      return data.call(request);
    } catch (DataLink.BrokenException broken) {
      throw loseAndReport(String.valueOf(broken.getMessage()));
    }
  }

  /** Whether this is the first call; the weights go to each agent once. */
  boolean needsWeights() {
    boolean first = !hasWeights;
    hasWeights = true;
    return first;
  }

  /** Notes what the agent said of a shard that it has embedded. */
  void embedded(TaskUpdate completion) {
    JsonObject result = completion.fields().findObject("result").orElse(JsonObject.empty());
    synchronized (this) {
      shards++;
      vectors += result.findLong("vectors").orElse(0L);
      slabByteSize += result.findLong("slabByteSize").orElse(0L);
    }
  }

  synchronized FleetReport.AgentReport report() {
    Registration joined =
        registration.isCompletedExceptionally()
            ? new Registration(id, "", "none", "none")
            : registration.getNow(new Registration(id, "", "none", "none"));
    return new FleetReport.AgentReport(
        id,
        process.pid(),
        joined.device(),
        joined.interpreter(),
        isLost(),
        shards,
        vectors,
        slabByteSize);
  }

  void throwIfLost() {
    String reason = lossReason;
    if (reason != null) {
      throw new AgentLostException(id, reason);
    }
  }

  private AgentLostException loseAndReport(String reason) {
    lose(reason);
    return new AgentLostException(id, reason);
  }

  private void lose(String reason) {
    synchronized (this) {
      if (lossReason != null) {
        return;
      }
      lossReason = reason;
    }
    AgentLostException lost = new AgentLostException(id, reason);
    registration.completeExceptionally(lost);
    tasks.values().forEach(task -> task.completion().completeExceptionally(lost));
    data.close();
  }

  /** Ends what is left of a lost agent. */
  void abandon() {
    lose("abandoned");
    process.destroyForcibly();
  }

  /** Ends the agent: it goes when its standard input ends. */
  @Override
  public void close() {
    try {
      process.getOutputStream().close();
      if (!process.waitFor(2, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (IOException gone) {
      process.destroyForcibly();
    } catch (InterruptedException interrupted) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    lose("closed");
  }
}
