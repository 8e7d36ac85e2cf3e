package dev.aeon.sp.cli;

import dev.aeon.sp.Message;
import dev.aeon.sp.SpException;
import dev.aeon.sp.SpOptions;
import dev.aeon.sp.SpStateException;
import dev.aeon.sp.SpTimeoutException;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What nngcat does with a connected socket, by the role of its protocol. */
final class CatLoops {
  private final Port port;
  private final CatOptions options;
  private final OutputStream out;
  private final MessageFormat format;

  CatLoops(Port port, CatOptions options, OutputStream out) {
    this.port = port;
    this.options = options;
    this.out = out;
    this.format = options.format == null ? MessageFormat.NO : options.format;
  }

  void run(Role role) {
    byte[] data = options.data;
    if (data == null) {
      receive();
      return;
    }
    switch (role) {
      case ANSWERS -> answer(data);
      case SENDS -> send(data);
      case ASKS, TALKS, RECEIVES -> ask(data);
    }
  }

  private void receive() {
    for (int received = 0; isUnder(received); received++) {
      if (!printNext()) {
        return;
      }
    }
  }

  private void answer(byte[] data) {
    int answered = 0;
    do {
      try {
        print(port.receive());
      } catch (SpException e) {
        throw new FatalException("Receive error: " + NngTexts.of(e));
      }
      sendOne(data);
      answered++;
    } while (isUnder(answered));
    Pauses.linger();
  }

  private void send(byte[] data) {
    Pauses.pause(options.delay);
    int sent = 0;
    while (true) {
      long start = System.nanoTime();
      sendOne(data);
      sent++;
      if (isDone(sent)) {
        break;
      }
      pauseUntilIntervalAfter(start);
    }
    Pauses.linger();
  }

  private void ask(byte[] data) {
    Pauses.pause(options.delay);
    int asked = 0;
    while (true) {
      long start = System.nanoTime();
      sendOne(data);
      if (options.interval == null && options.count == 0) {
        receive();
        return;
      }
      receiveUntilIntervalAfter(start);
      asked++;
      if (isDone(asked)) {
        return;
      }
      pauseUntilIntervalAfter(start);
    }
  }

  private void receiveUntilIntervalAfter(long startNanos) {
    do {
      port.socket().set(SpOptions.RECEIVE_TIMEOUT, receiveTimeout(startNanos));
    } while (printNext());
  }

  private Duration receiveTimeout(long startNanos) {
    Duration most = options.receiveTimeout == null ? SpOptions.FOREVER : options.receiveTimeout;
    Duration left = untilIntervalAfter(startNanos);
    return left == null || left.compareTo(most) > 0 ? most : left;
  }

  /** Prints a message; false where none comes in time, or none can come any more. */
  private boolean printNext() {
    try {
      print(port.receive());
      return true;
    } catch (SpTimeoutException | SpStateException e) {
      return false;
    } catch (SpException e) {
      throw new FatalException("Receive error: " + NngTexts.of(e));
    }
  }

  private void print(Message message) {
    try (message) {
      format.print(message.body(), out);
    } catch (IOException e) {
      throw new FatalException("Write error: " + e.getMessage());
    }
  }

  private void sendOne(byte[] data) {
    try {
      port.send(data);
    } catch (SpException e) {
      throw new FatalException("Send error: " + NngTexts.of(e));
    }
  }

  private boolean isUnder(int done) {
    return options.count == 0 || done < options.count;
  }

  private boolean isDone(int done) {
    return options.count == 0 ? options.interval == null : done >= options.count;
  }

  private void pauseUntilIntervalAfter(long startNanos) {
    Duration left = untilIntervalAfter(startNanos);
    if (left != null) {
      Pauses.pause(left);
    }
  }

  /** What is left of the interval, or null where none was asked for. */
  private @Nullable Duration untilIntervalAfter(long startNanos) {
    if (options.interval == null) {
      return null;
    }
    Duration left = options.interval.minusNanos(System.nanoTime() - startNanos);
    return left.isNegative() ? Duration.ZERO : left;
  }
}
