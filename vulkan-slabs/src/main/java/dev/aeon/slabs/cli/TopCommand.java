package dev.aeon.slabs.cli;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code psyne top}: a broker's shards and clients, drawn again and again. */
@Command(
    name = "top",
    mixinStandardHelpOptions = true,
    description = "Shows what a broker's rings hold and carry, again and again.")
final class TopCommand implements Callable<Integer> {
  private static final String CLEAR = "\033[H\033[2J";
  private static final double NANOS_PER_SECOND = 1e9;

  @Parameters(paramLabel = "URL", description = "the broker's page, as 'psyne broker' tells it")
  private @Nullable String url;

  @Option(
      names = {"-d", "--delay"},
      defaultValue = "1000",
      description = "milliseconds between two looks (${DEFAULT-VALUE})")
  private long delayMillis;

  @Option(
      names = {"-n", "--iterations"},
      defaultValue = "0",
      description = "looks before it ends; 0 for no end. The first has no rates")
  private int lookCount;

  @Spec private @Nullable CommandSpec spec;

  TopCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = requireNonNull(spec).commandLine().getOut();
    try (HttpClient client = HttpClient.newHttpClient()) {
      show(client, out);
      return 0;
    } catch (IOException | MetricsPageException unreadable) {
      spec.commandLine().getErr().println("psyne: cannot read " + url + ": " + reason(unreadable));
      return 1;
    }
  }

  /** The HTTP client says only by its exception's name that nobody listens. */
  private static String reason(Exception unreadable) {
    String message = unreadable.getMessage();
    return message == null ? unreadable.getClass().getSimpleName() : message;
  }

  private void show(HttpClient client, PrintWriter out) throws IOException, InterruptedException {
    MetricsPage before = MetricsPage.EMPTY;
    long beforeNanos = System.nanoTime();
    for (int look = 1; lookCount == 0 || look <= lookCount; look++) {
      MetricsPage now = MetricsPage.parse(fetch(client));
      long nowNanos = System.nanoTime();
      double seconds = (nowNanos - beforeNanos) / NANOS_PER_SECOND;
      out.print(lookCount == 1 ? "" : CLEAR);
      out.print(TopScreen.draw(before, now, look == 1 ? Double.NaN : seconds));
      out.flush();
      before = now;
      beforeNanos = nowNanos;
      if (look != lookCount) {
        TimeUnit.MILLISECONDS.sleep(delayMillis);
      }
    }
  }

  private String fetch(HttpClient client) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(requireNonNull(url)))
            .timeout(Duration.ofSeconds(10))
            .build();
    HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw new IOException("status=" + response.statusCode());
    }
    return response.body();
  }
}
