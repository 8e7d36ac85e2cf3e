package dev.aeon.checks.bench.agent;

import dev.aeon.apm.channel.Durability;
import dev.aeon.apm.channel.nats.NatsChannels;
import dev.aeon.apm.channel.nats.NatsOptions;
import dev.aeon.apm.channel.ndjson.NdjsonChannels;
import dev.aeon.apm.channel.ndjson.NdjsonOptions;
import dev.aeon.apm.channel.sp.SpChannels;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * What is measured, by its system's name: those that one table compares promise the same. Each is
 * opened in a directory of its own, all of which are deleted at the end.
 */
final class Subjects implements AutoCloseable {
  private final Path root;
  private final NatsProcess nats;
  private final Optional<NatsProcess> syncedNats;
  private final AtomicInteger names = new AtomicInteger();

  /** Opens something anew. */
  interface Opening<T> {
    T open() throws Exception;
  }

  /** Starts what is needed beside. */
  Subjects() throws IOException, InterruptedException {
    this.root = Files.createTempDirectory("apm-bench");
    this.nats = NatsProcess.start(directory());
    this.syncedNats = NatsProcess.startSynced(directory());
  }

  /** Whether there is a JetStream that syncs before it confirms. */
  boolean hasSyncedNats() {
    return syncedNats.isPresent();
  }

  @Override
  public void close() throws IOException {
    nats.close();
    syncedNats.ifPresent(NatsProcess::close);
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /** Confirmed by the disk; of many channels, ours beside the disk's own time. */
  Map<String, Opening<Log>> durableLogs(int channels) {
    Map<String, Opening<Log>> logs = new LinkedHashMap<>();
    logs.put("aeon", () -> new ChannelLog(files(Durability.DURABLE), channels));
    if (channels == 1) {
      syncedNats.ifPresent(
          server -> logs.put("nats-jetstream-synced", () -> new NatsLog(server.url(), name())));
      logs.put("chronicle-synced", () -> new ChronicleLog(directory(), true));
    }
    logs.put("floor-force", () -> new ForcedFile(directory()));
    return logs;
  }

  Map<String, Opening<Log>> flushedLogs(int channels) {
    Map<String, Opening<Log>> logs = new LinkedHashMap<>();
    logs.put("aeon", () -> new ChannelLog(files(Durability.FLUSH), channels));
    if (channels == 1) {
      logs.put("aeon-nats", () -> new NatsChannelLog(natsChannels()));
      logs.put("nats-jetstream", () -> new NatsLog(nats.url(), name()));
      logs.put("chronicle", () -> new ChronicleLog(directory(), false));
    }
    return logs;
  }

  Map<String, Opening<Link>> durableLinks() {
    Map<String, Opening<Link>> links = new LinkedHashMap<>();
    links.put("aeon", () -> new BusLink(files(Durability.DURABLE)));
    links.put("aeon-ipc", () -> new BusLink(filesAndIpc(Durability.DURABLE)));
    syncedNats.ifPresent(
        server -> links.put("nats-jetstream-synced", () -> new NatsLink(server.url(), name())));
    links.put("chronicle-synced", () -> new ChronicleLink(directory(), true));
    links.put("floor-force", () -> new ForcedFile(directory()));
    return links;
  }

  Map<String, Opening<Link>> flushedLinks() {
    Map<String, Opening<Link>> links = new LinkedHashMap<>();
    links.put("aeon", () -> new BusLink(files(Durability.FLUSH)));
    links.put("aeon-ipc", () -> new BusLink(filesAndIpc(Durability.FLUSH)));
    links.put("nats-jetstream", () -> new NatsLink(nats.url(), name()));
    links.put("chronicle", () -> new ChronicleLink(directory(), false));
    return links;
  }

  Map<String, Opening<Link>> linksInMemory() {
    Map<String, Opening<Link>> links = new LinkedHashMap<>();
    links.put("aeon", () -> new BusLink(SpChannels.ipc(directory())));
    links.put("aeon-inproc", () -> new BusLink(SpChannels.inproc(name())));
    links.put("aeon-shm", () -> new BusLink(sharedMemory()));
    links.put("aeon-tcp", () -> new BusLink(tcp()));
    return links;
  }

  private SpChannels sharedMemory() throws IOException {
    Path directory = directory();
    return SpChannels.at(agentId -> Optional.of("shm://" + directory.resolve(agentId.value())));
  }

  private static SpChannels tcp() throws IOException {
    return SpChannels.at(
        Map.of(Texts.SENDER.agentId(), freeUrl(), Texts.RECEIVER.agentId(), freeUrl()));
  }

  private static String freeUrl() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return "tcp://127.0.0.1:" + free.getLocalPort();
    }
  }

  private NdjsonChannels files(Durability durability) throws IOException {
    NdjsonOptions options = NdjsonOptions.defaults().withDurability(durability);
    return new NdjsonChannels(directory(), _ -> {}, options);
  }

  private NdjsonChannels filesAndIpc(Durability durability) throws IOException {
    return files(durability).withRelay(SpChannels.ipc(directory()).asRelay());
  }

  private NatsChannels natsChannels() {
    return NatsChannels.connect(nats.url(), NatsOptions.defaults().withStream(name()));
  }

  private Path directory() throws IOException {
    return Files.createDirectory(root.resolve(name()));
  }

  private String name() {
    return "n" + names.incrementAndGet();
  }
}
