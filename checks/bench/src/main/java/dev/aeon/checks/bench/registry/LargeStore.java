package dev.aeon.checks.bench.registry;

import dev.aeon.spoke.model.ModuleContent;
import dev.aeon.spoke.model.ModuleName;
import dev.aeon.spoke.model.ModuleVersion;
import dev.aeon.spoke.model.Version;
import dev.aeon.spoke.protoc.Protoc;
import dev.aeon.spoke.store.FileSystemStore;
import dev.aeon.spoke.validate.SchemaValidator;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** Fills a store with many modules, past the server: what it holds is what pushes would leave. */
final class LargeStore {
  private LargeStore() {}

  static void fill(Path folder, int modules, int versions) {
    try (Protoc protoc = Protoc.open();
        FileSystemStore store = new FileSystemStore(folder)) {
      SchemaValidator validator = new SchemaValidator(protoc);
      for (int i = 0; i < modules; i++) {
        ModuleContent content = Schemas.service(i);
        byte[] descriptors = validator.check(content, List.of()).descriptors().toByteArray();
        for (int version = 0; version < versions; version++) {
          store.publish(
              new ModuleVersion(
                  new ModuleName("bench/service" + i),
                  Version.parse("v1." + version + ".0"),
                  "a service",
                  Instant.EPOCH,
                  content,
                  List.of()),
              descriptors);
        }
      }
    }
  }
}
