package dev.aeon.spoke.store;

import dev.aeon.spoke.model.ModuleVersion;
import java.nio.file.Path;
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
    String life = arguments[1];
    AtomicInteger next = new AtomicInteger();
    try (FileSystemStore store = new FileSystemStore(Path.of(arguments[0]));
        ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      for (int i = 0; i < THREADS; i++) {
        threads.execute(() -> publishForever(store, life, next));
      }
    }
  }

  private static void publishForever(FileSystemStore store, String life, AtomicInteger next) {
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
