package dev.aeon.apm.channel.ndjson;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aeon.apm.ChildProcess;
import dev.aeon.apm.Samples;
import dev.aeon.apm.channel.Channel;
import dev.aeon.apm.route.RoutedMessage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Any number of processes read one channel, each under a name of its own. */
@Timeout(300)
class ReaderProcessesTest {
  private static final int MESSAGE_COUNT = 300;

  @TempDir Path directory;

  @Test
  void append_whileProcessesRead_eachGetsEveryMessageInOrder() throws Exception {
    List<ChildProcess> readers = new ArrayList<>();
    try {
      for (String name : List.of("first", "second", "third")) {
        readers.add(new ChildProcess(NamedReaderProcess.class, directory, name));
      }
      for (ChildProcess reader : readers) {
        assertThat(reader.next(60, TimeUnit.SECONDS)).isEqualTo(NamedReaderProcess.READY);
      }
      List<String> sent = send();
      for (ChildProcess reader : readers) {
        for (String id : sent) {
          assertThat(reader.next(60, TimeUnit.SECONDS)).isEqualTo(id);
        }
      }
    } finally {
      readers.forEach(ChildProcess::close);
    }
  }

  private List<String> send() {
    List<String> sent = new ArrayList<>();
    NdjsonOptions rotating = NdjsonOptions.defaults().withRotation(20_000, Duration.ofDays(1));
    NdjsonChannels channels = new NdjsonChannels(directory, _ -> {}, rotating);
    try (Channel channel = channels.open(Samples.MANAGER.agentId(), Samples.WORKER.agentId())) {
      for (int index = 0; index < MESSAGE_COUNT; index++) {
        RoutedMessage message = Samples.routed(Samples.message("t" + index));
        channel.append(message).join();
        sent.add(message.message().messageId().value());
      }
    }
    return sent;
  }
}
