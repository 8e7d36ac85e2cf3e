package dev.aeon.apm;

import dev.aeon.apm.channel.Channels;
import dev.aeon.apm.channel.ndjson.NdjsonChannels;
import dev.aeon.apm.channel.sp.SpChannels;
import dev.aeon.apm.message.AgentIdentity;
import dev.aeon.sp.PushSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Nested;

/** The bus keeps its contract over files and over SP. */
class AgentBusTest {
  @Nested
  class OverFiles extends AgentBusContract {
    @Override
    Channels channels() {
      return new NdjsonChannels(directory, _ -> {});
    }

    @Override
    void inject(AgentIdentity sender, byte[] line) throws Exception {
      channels().open(sender.agentId(), Samples.WORKER.agentId()).close();
      Path messages =
          directory.resolve("channels/" + sender.agentId() + "_to_impl_001/messages.ndjson");
      Files.write(messages, line, StandardOpenOption.APPEND);
      Files.write(messages, new byte[] {'\n'}, StandardOpenOption.APPEND);
    }
  }

  @Nested
  class OverIpc extends AgentBusContract {
    @Override
    Channels channels() {
      return SpChannels.ipc(directory);
    }

    @Override
    void inject(AgentIdentity sender, byte[] line) {
      try (PushSocket peer = PushSocket.open()) {
        peer.dial("ipc://" + directory + "/impl_001.sock");
        peer.send(line);
      }
    }
  }

  @Nested
  class OverInproc extends AgentBusContract {
    @Override
    Channels channels() {
      return SpChannels.inproc("bus");
    }

    @Override
    void inject(AgentIdentity sender, byte[] line) {
      try (PushSocket peer = PushSocket.open()) {
        peer.dial("inproc://bus/impl_001");
        peer.send(line);
      }
    }
  }
}
