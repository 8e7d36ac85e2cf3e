package dev.aeon.spoke.store;

import dev.aeon.spoke.model.ModuleVersion;
import dev.aeon.spoke.store.distributed.DistributedOptions;
import dev.aeon.spoke.store.distributed.DistributedStore;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A process that publishes without end, and says of each version when it was told to be durable.
 */
final class CrashVictim {
  private static final int THREADS = 4;

  private CrashVictim() {}

  public static void main(String[] arguments) {
    String life = arguments[0];
    AtomicInteger next = new AtomicInteger();
    try (SchemaStore store = open(List.of(arguments).subList(1, arguments.length));
        ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      for (int i = 0; i < THREADS; i++) {
        threads.execute(() -> publishForever(store, life, next));
      }
    }
  }

  /** A folder, or a database, a bucket and the address of its server. */
  static SchemaStore open(List<String> location) {
    return location.size() == 1
        ? new FileSystemStore(Path.of(location.getFirst()))
        : new DistributedStore(
            DistributedOptions.of(
                location.get(0), location.get(1), Optional.of(URI.create(location.get(2)))));
  }

  private static void publishForever(SchemaStore store, String life, AtomicInteger next) {
    while (true) {
      int number = next.getAndIncrement();
      ModuleVersion version =
          SchemaStoreContract.version(
              "m" + number % 7, "v" + life + "." + number + ".0", "content " + number);
      store.publish(version, new byte[] {1});
      synchronized (System.out) {
        System.out.println(version + " " + version.digest());
        System.out.flush();
      }
    }
  }
}
