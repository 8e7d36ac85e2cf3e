package dev.aeon.checks.bench.registry;

import dev.aeon.spoke.model.ModuleContent;
import dev.aeon.spoke.model.ModuleName;
import dev.aeon.spoke.model.ModuleVersion;
import dev.aeon.spoke.model.Version;
import dev.aeon.spoke.protoc.Protoc;
import dev.aeon.spoke.store.FileSystemStore;
import dev.aeon.spoke.validate.SchemaValidator;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Fills a store with many modules, past the server: what it holds is what pushes would leave. */
final class LargeStore {
  private static final int THREADS = 8;
  private static final int MODULES_PER_LINE = 1_000;

  private final SchemaValidator validator;
  private final FileSystemStore store;
  private final int modules;
  private final int versions;
  private final PrintWriter progress;
  private final AtomicInteger next = new AtomicInteger();

  private LargeStore(
      SchemaValidator validator,
      FileSystemStore store,
      int modules,
      int versions,
      PrintWriter progress) {
    this.validator = validator;
    this.store = store;
    this.modules = modules;
    this.versions = versions;
    this.progress = progress;
  }

  static void fill(Path folder, int modules, int versions, PrintWriter progress)
      throws InterruptedException, ExecutionException {
    try (Protoc protoc = Protoc.open();
        FileSystemStore store = new FileSystemStore(folder);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      LargeStore large =
          new LargeStore(new SchemaValidator(protoc), store, modules, versions, progress);
      List<Callable<Void>> publishers = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        publishers.add(large::publishModules);
      }
      for (Future<Void> publisher : threads.invokeAll(publishers)) {
        publisher.get();
      }
    }
  }

  private Void publishModules() {
    for (int i = next.getAndIncrement(); i < modules; i = next.getAndIncrement()) {
      publishVersions(i);
      if ((i + 1) % MODULES_PER_LINE == 0) {
        progress.println("published " + (i + 1) + " modules");
        progress.flush();
      }
    }
    return null;
  }

  private void publishVersions(int module) {
    ModuleContent content = Schemas.service(module);
    byte[] descriptors = validator.check(content, List.of()).descriptors().toByteArray();
    for (int version = 0; version < versions; version++) {
      store.publish(
          new ModuleVersion(
              new ModuleName("bench/service" + module),
              Version.parse("v1." + version + ".0"),
              "a service",
              Instant.EPOCH,
              content,
              List.of()),
          descriptors);
    }
  }
}
