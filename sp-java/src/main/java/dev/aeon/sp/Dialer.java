package dev.aeon.sp;

import dev.aeon.sp.core.CoreDialer;
import dev.aeon.sp.core.CorePipe;
import dev.aeon.sp.core.FirstAttempt;
import dev.aeon.sp.core.SocketCore;
import dev.aeon.sp.transport.CloseReason;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Keeps a socket connected to a URL: in the background, and again after each loss. Thread-safe. */
public final class Dialer extends Endpoint {
  private final CoreDialer dialer;
  private final String url;

  Dialer(SocketCore core, CoreDialer dialer, String url, OptionTable socketOptions) {
    super(core, dialer, socketOptions);
    this.dialer = dialer;
    this.url = url;
  }

  @Override
  public String url() {
    return url;
  }

  /**
   * Begins to connect, in the background, and returns at once.
   *
   * @throws IllegalStateException if it was started or closed before
   */
  @Override
  public void start() {
    core.locked(() -> {
      core.start(dialer);
      return dialer;
    });
  }

  /**
   * Begins to connect and waits until that has succeeded. If it does not, the dialer is closed.
   *
   * @throws SpConnectException if the attempt failed, saying why
   * @throws SpTimeoutException if it took longer than {@code timeout}
   * @throws SpInterruptedException if the waiting thread was interrupted
   * @throws IllegalStateException if it was started or closed before
   */
  public Pipe connect(Duration timeout) {
    CompletableFuture<CorePipe> connected = new CompletableFuture<>();
    core.locked(() -> {
      core.start(dialer, new Attempt(connected));
      return dialer;
    });
    try {
      long nanos = Durations.toNanos(timeout);
      return new Pipe(core, connected.get(nanos, TimeUnit.NANOSECONDS));
    } catch (ExecutionException | TimeoutException | InterruptedException e) {
      close();
      throw failure(e);
    }
  }

  private SpException failure(Exception cause) {
    if (cause.getCause() instanceof SpConnectException refused) {
      return refused;
    }
    if (cause instanceof TimeoutException) {
      return new SpTimeoutException("no connection in time: url=" + url);
    }
    Thread.currentThread().interrupt();
    return new SpInterruptedException("interrupted while connecting: url=" + url);
  }

  private final class Attempt implements FirstAttempt {
    private final CompletableFuture<CorePipe> result;

    Attempt(CompletableFuture<CorePipe> result) {
      this.result = result;
    }

    @Override
    public void connected(CorePipe pipe) {
      result.complete(pipe);
    }

    @Override
    public void failed(CloseReason reason, String detail) {
      result.completeExceptionally(
          new SpConnectException(
              "cannot connect: reason=%s %s url=%s".formatted(reason, detail, url), reason.name()));
    }
  }
}
