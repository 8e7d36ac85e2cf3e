package dev.aeon.spoke.sprocket;

import dev.aeon.spoke.model.Change;
import dev.aeon.spoke.model.Dependency;
import dev.aeon.spoke.model.Language;
import dev.aeon.spoke.model.SpokeException;
import dev.aeon.spoke.registry.SchemaRegistry;
import dev.aeon.spoke.store.Artifact;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compiles versions as they are published, dependencies first, each once: what is done is passed
 * over, so that a worker goes on where an earlier one ended, and several share the work. The rounds
 * are run by one thread; closing may come from another, and lets the jobs that run end.
 */
public final class Sprocket implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Sprocket.class);
  private static final int BATCH = 1_000;
  private static final Duration LOOK = Duration.ofSeconds(1);

  private final SchemaRegistry registry;
  private final JobBoard board;
  private final SprocketSettings settings;
  private final SprocketObserver observer;
  private final InstantSource clock;
  private final ExecutorService compilers;
  private final PendingVersions pending;
  private final Cascade cascade;
  private final List<Dependency> again = new ArrayList<>();
  private long sequence;
  private volatile boolean isClosed;

  /** A worker; the registry stays the caller's. */
  public Sprocket(
      SchemaRegistry registry,
      JobBoard board,
      SprocketSettings settings,
      SprocketObserver observer,
      InstantSource clock) {
    this.registry = registry;
    this.board = board;
    this.settings = settings;
    this.observer = observer;
    this.clock = clock;
    this.compilers = Executors.newFixedThreadPool(settings.threads());
    this.pending = new PendingVersions(settings.delay());
    board.announce(settings.languages());
    this.cascade = new Cascade(this::dependenciesOf);
  }

  /** Works until it is closed. */
  public void run() {
    while (!isClosed) {
      takeUp(LOOK);
      compileReady();
    }
  }

  /** Works until nothing is left to do, by this worker or by another. */
  public void runUntilIdle() {
    boolean isWaiting = round();
    while (isWaiting && !isClosed) {
      takeUp(LOOK);
      isWaiting = round();
    }
  }

  /**
   * Takes up what was published, and compiles what has been quiet for long enough.
   *
   * @return whether something is left that waits
   */
  public boolean round() {
    takeUp(Duration.ZERO);
    compileReady();
    return !pending.isEmpty() || !again.isEmpty();
  }

  private void takeUp(Duration wait) {
    List<Change> changes = registry.changes().after(sequence, BATCH, wait);
    while (!changes.isEmpty() && !isClosed) {
      for (Change change : changes) {
        Dependency version = new Dependency(change.module(), change.version());
        cascade.learn(version);
        pending.add(version, clock.instant());
        sequence = change.sequence();
      }
      changes = registry.changes().after(sequence, BATCH, Duration.ZERO);
    }
  }

  private void compileReady() {
    List<Dependency> ready = new ArrayList<>(again);
    again.clear();
    ready.addAll(pending.takeReady(clock.instant()));
    for (Dependency version : cascade.order(ready)) {
      if (!isClosed && !compile(version)) {
        again.add(version);
      }
    }
  }

  /** Whether all jobs of the version are over; some may be another worker's. */
  private boolean compile(Dependency version) {
    List<Callable<Boolean>> jobs = new ArrayList<>();
    for (Language language : settings.languages()) {
      Job job = new Job(version, language);
      if (!isDone(job)) {
        jobs.add(() -> attempt(job));
      }
    }
    return runAll(jobs);
  }

  private boolean runAll(List<Callable<Boolean>> jobs) {
    try {
      boolean areOver = true;
      for (Future<Boolean> job : compilers.invokeAll(jobs)) {
        areOver &= job.get();
      }
      return areOver;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      isClosed = true;
      return false;
    } catch (ExecutionException e) {
      LOG.error("a job could not be recorded", e.getCause());
      return true;
    }
  }

  /** False where another worker has the job, or the board is away for now. */
  private boolean attempt(Job job) {
    try {
      return attemptWhileServed(job);
    } catch (SpokeException e) {
      if (e.code() != SpokeException.Code.UNAVAILABLE) {
        throw e;
      }
      LOG.warn("{} will be tried again: {}", job, e.getMessage());
      return false;
    }
  }

  private boolean attemptWhileServed(Job job) {
    Optional<JobBoard.Claim> claimed = board.claim(job, clock.instant());
    if (claimed.isEmpty()) {
      return false;
    }
    try (JobBoard.Claim claim = claimed.get()) {
      LOG.debug("claimed {} by {}", job, claim);
      if (!isDone(job)) {
        compile(job);
      }
      return true;
    }
  }

  private void compile(Job job) {
    String version = job.version().version().toString();
    try (Artifact artifact =
        registry.compile(registry.manifest(job.version().module(), version), job.language())) {
      board.succeed(job);
      observer.compiled(job, artifact.files().size());
    } catch (SpokeException e) {
      String message = String.valueOf(e.getMessage());
      board.fail(job, clock.instant(), message);
      observer.failed(job, message);
    }
  }

  private boolean isDone(Job job) {
    return registry.isCompiled(job.version(), job.language());
  }

  private List<Dependency> dependenciesOf(Dependency version) {
    try {
      return registry.manifest(version.module(), version.version().toString()).dependencies();
    } catch (SpokeException e) {
      LOG.warn("cannot read {}: {}", version, e.getMessage());
      return List.of();
    }
  }

  @Override
  public void close() {
    isClosed = true;
    compilers.close();
  }
}
