package dev.aeon.spoke.http;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A headless Chromium with one page, driven by the DevTools protocol. */
final class Browser implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String LISTENING = "DevTools listening on ";
  private static final int LIMIT_SECONDS = 120;

  private final Process process;
  private final HttpClient http = HttpClient.newHttpClient();
  private final WebSocket socket;
  private final AtomicInteger calls = new AtomicInteger();
  private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
  private final List<String> complaints = new CopyOnWriteArrayList<>();
  private final String session;

  private Browser(Process process, URI uri) {
    this.process = process;
    this.socket = http.newWebSocketBuilder().buildAsync(uri, new Listener()).join();
    String target =
        call("", "Target.createTarget", Map.of("url", "about:blank")).at("/targetId").asString();
    this.session =
        call("", "Target.attachToTarget", Map.of("targetId", target, "flatten", true))
            .at("/sessionId")
            .asString();
    List.of("Page.enable", "Log.enable", "Runtime.enable")
        .forEach(domain -> call(session, domain, Map.of()));
  }

  /** Starts a browser whose settings lie in a folder; the caller closes it. */
  static Browser start(Path folder) throws IOException {
    Process process =
        new ProcessBuilder(
                "chromium-headless-shell",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
                "--remote-debugging-port=0",
                "--user-data-dir=" + folder)
            .redirectErrorStream(true)
            .start();
    return new Browser(process, address(process));
  }

  private static URI address(Process process) throws IOException {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    StringBuilder said = new StringBuilder();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith(LISTENING)) {
        Thread.ofVirtual().start(() -> lines.lines().forEach(_ -> {}));
        return URI.create(line.substring(LISTENING.length()));
      }
      said.append(line).append('\n');
    }
    throw new IOException("the browser ended: " + said);
  }

  /** Opens an address in the page. */
  void open(String url) {
    call(session, "Page.navigate", Map.of("url", url));
  }

  /** The value of a JavaScript expression, which may be a promise. */
  JsonNode evaluate(String expression) {
    JsonNode result =
        call(
            session,
            "Runtime.evaluate",
            Map.of("expression", expression, "awaitPromise", true, "returnByValue", true));
    if (result.has("exceptionDetails")) {
      throw new AssertionError(expression + ": " + result.get("exceptionDetails"));
    }
    return result.at("/result/value");
  }

  /** Waits until an expression is true in the page. */
  void await(String condition) {
    try {
      evaluate(
          "new Promise(done => { const look = () => { let is = false; try { is = "
              + condition
              + " } catch {} is ? done(true) : setTimeout(look, 20) }; look() })");
    } catch (RuntimeException e) {
      String page = evaluate("document.body.innerText").asString();
      throw new AssertionError("never true: " + condition + "\n" + page + complaints, e);
    }
  }

  /** What the page complained of: errors of scripts, and of what it must not load. */
  List<String> complaints() {
    return List.copyOf(complaints);
  }

  private JsonNode call(String inSession, String method, Map<String, Object> parameters) {
    int id = calls.incrementAndGet();
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    answers.put(id, answer);
    Map<String, Object> call =
        inSession.isEmpty()
            ? Map.of("id", id, "method", method, "params", parameters)
            : Map.of("id", id, "method", method, "params", parameters, "sessionId", inSession);
    socket.sendText(JSON.writeValueAsString(call), true).join();
    JsonNode got = answer.orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS).join();
    if (got.has("error")) {
      throw new IllegalStateException(method + ": " + got.get("error"));
    }
    return got.get("result");
  }

  private void take(JsonNode message) {
    if (message.has("id")) {
      answers.remove(message.get("id").asInt()).complete(message);
      return;
    }
    String method = message.get("method").asString();
    boolean isComplaint =
        method.equals("Runtime.exceptionThrown")
            || (method.equals("Log.entryAdded")
                && message.at("/params/entry/level").asString().equals("error")
                && !message.at("/params/entry/source").asString().equals("network"));
    if (isComplaint) {
      complaints.add(message.toString());
    }
  }

  private final class Listener implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean isLast) {
      text.append(data);
      if (isLast) {
        take(JSON.readTree(text.toString()));
        text.setLength(0);
      }
      from.request(1);
      return CompletableFuture.completedStage(null);
    }
  }

  @Override
  public void close() {
    socket.abort();
    http.shutdownNow();
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    try {
      process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
