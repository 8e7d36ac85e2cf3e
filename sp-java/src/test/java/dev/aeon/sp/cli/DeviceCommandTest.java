package dev.aeon.sp.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aeon.sp.Await;
import dev.aeon.sp.BusSocket;
import dev.aeon.sp.Message;
import dev.aeon.sp.Receiver;
import dev.aeon.sp.RepSocket;
import dev.aeon.sp.ReqSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(120)
class DeviceCommandTest {
  private static final Duration SOON = Duration.ofSeconds(60);
  @TempDir Path folder;

  @Test
  void request_overTheDevice_isAnswered() throws InterruptedException {
    Thread device = start("reqrep", "--front-listen", url("front"), "--back-listen", url("back"));
    try (ReqSocket asker = ReqSocket.open();
        RepSocket answerer = RepSocket.open()) {
      asker.dial(url("front"));
      answerer.dial(url("back"));
      asker.send("question".getBytes(UTF_8));
      assertThat(text(answerer)).isEqualTo("question");
      answerer.send("answer".getBytes(UTF_8));
      assertThat(text(asker)).isEqualTo("answer");
    }
    end(device);
  }

  @Test
  void message_toAReflectedBus_reachesTheOthers() throws InterruptedException {
    Thread device = start("bus", "--front-listen", url("front"), "--reflect");
    try (BusSocket speaker = BusSocket.open();
        BusSocket listener = BusSocket.open()) {
      speaker.dial(url("front"));
      listener.dial(url("front"));
      Await.until(() -> !speaker.pipes().isEmpty() && !listener.pipes().isEmpty());
      assertThat(heard(speaker, listener)).isEqualTo("all");
    }
    end(device);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          reqrep                                                    | 1 | front has no address
          reqrep --front-listen inproc://a                          | 1 | back has no address
          bus --front-listen inproc://a --back-dial inproc://b --reflect | 1 | a reflector has no back
          reqrep --front-listen inproc://a --reflect                | 1 | pattern cannot be reflected: pattern=reqrep
          reqrep --front-listen a --back-listen inproc://b          | 1 | url=a
          reqrep --front-listen inproc://a --back-dial inproc://b --max-hops 99 | 1 | max-hops
          pipeline --front-listen inproc://a --back-dial inproc://b --max-hops 9 | 1 | max-hops
          nonsense --front-listen inproc://a                        | 2 | nonsense
          """)
  void commandLine_thatIsWrong_isRefused(String arguments, int exitCode, String error) {
    Sp sp = Sp.run(("device " + arguments).split(" "));
    assertThat(sp.errors()).contains(error);
    assertThat(sp.exitCode()).isEqualTo(exitCode);
  }

  /** Starts a device in a thread; connecting to it waits until it listens. */
  private static Thread start(String... arguments) {
    String[] all = new String[arguments.length + 1];
    all[0] = "device";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return Thread.ofPlatform().daemon().start(() -> Sp.run(all));
  }

  private static void end(Thread device) throws InterruptedException {
    device.interrupt();
    assertThat(device.join(SOON)).as("ends when interrupted").isTrue();
  }

  /** The device may not have taken the listener's connection yet, though the listener has. */
  private static String heard(BusSocket speaker, BusSocket listener) {
    CompletableFuture<Message> heard = listener.receiveAsync();
    Await.until(() -> {
      speaker.send("all".getBytes(UTF_8));
      return heard.isDone();
    });
    try (Message message = heard.join()) {
      return new String(message.toByteArray(), UTF_8);
    }
  }

  private static String text(Receiver receiver) {
    try (Message message = receiver.receive(SOON)) {
      return new String(message.toByteArray(), UTF_8);
    }
  }

  private String url(String name) {
    return "ipc://" + folder.resolve(name);
  }
}
