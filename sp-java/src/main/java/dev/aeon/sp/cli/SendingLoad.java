package dev.aeon.sp.cli;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.aeon.sp.Message;
import dev.aeon.sp.SpClosedException;
import dev.aeon.sp.SpOptions;
import dev.aeon.sp.SpTimeoutException;
import java.time.Duration;
import java.util.Arrays;

/** One end sends as fast as it may, the other receives and measures. */
final class SendingLoad {
  /** After so long without a message the rest is taken for lost. */
  private static final Duration SILENCE = Duration.ofSeconds(1);

  /** What the first byte of a measured body is; those before it have 0. */
  private static final byte MEASURED = 1;

  private final BenchEnds ends;
  private final BenchOptions options;

  SendingLoad(BenchEnds ends, BenchOptions options) {
    this.ends = ends;
    this.options = options;
  }

  Throughput run() throws InterruptedException {
    if (!options.hasServer()) {
      long start = System.nanoTime();
      send();
      long end = System.nanoTime();
      Pauses.linger();
      return new Throughput(options.count, options.count, end - start);
    }
    if (!options.hasClient()) {
      return receive();
    }
    Thread sender = Thread.ofPlatform().daemon().name("sp-bench-client").start(this::send);
    Throughput result = receive();
    ends.client().close();
    sender.join();
    return result;
  }

  private void send() {
    try {
      sendMany(warmup(), new byte[options.byteSize]);
      byte[] body = new byte[options.byteSize];
      Arrays.fill(body, MEASURED);
      sendMany(options.count, body);
    } catch (SpClosedException ended) {
      // The receiver has all it waits for.
    }
  }

  /** Empty messages cannot be told apart. */
  private int warmup() {
    return options.byteSize == 0 ? 0 : options.warmup;
  }

  private void sendMany(int count, byte[] body) {
    for (int i = 0; i < count; i++) {
      ends.client().send(body);
    }
  }

  private Throughput receive() {
    Port server = ends.server();
    long received = 0;
    long start = 0;
    long last = 0;
    try {
      while (received < options.count) {
        boolean measured = takesMeasured(server);
        last = System.nanoTime();
        if (start == 0) {
          server.socket().set(SpOptions.RECEIVE_TIMEOUT, SILENCE);
        }
        if (received == 0) {
          start = last;
        }
        received += measured ? 1 : 0;
      }
    } catch (SpTimeoutException silence) {
      // Lost on the way, as the pattern allows.
    }
    return new Throughput(options.count, received, last - start);
  }

  private boolean takesMeasured(Port server) {
    try (Message message = server.receive()) {
      return message.byteSize() == 0 || message.body().get(JAVA_BYTE, 0) == MEASURED;
    }
  }
}
