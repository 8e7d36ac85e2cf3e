package dev.aeon.fleet.control;

import dev.aeon.spoke.model.ModuleContent;
import dev.aeon.spoke.model.ModuleName;
import dev.aeon.spoke.model.ProtoPath;
import dev.aeon.spoke.model.Version;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;

/** The fleet's schema as this program was built with it, and its name in the registry. */
public final class FleetSchema {
  /** The module's name in the registry. */
  public static final ModuleName MODULE = new ModuleName("aeon-fleet");

  /** The version that this program speaks. */
  public static final Version VERSION = Version.parse("v1.0.0");

  private static final String PATH = "aeon/fleet/v1/fleet.proto";

  private FleetSchema() {}

  /** The schema's files, from this program's own jar. */
  public static ModuleContent bundled() {
    try (InputStream file = FleetSchema.class.getResourceAsStream("/META-INF/proto/" + PATH)) {
      if (file == null) {
        throw new IllegalStateException("this program was built without its schema: path=" + PATH);
      }
      return ModuleContent.of(Map.of(new ProtoPath(PATH), file.readAllBytes()));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
