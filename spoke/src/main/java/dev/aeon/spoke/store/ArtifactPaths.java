package dev.aeon.spoke.store;

import dev.aeon.spoke.model.SpokeException;
import java.nio.file.Path;
import java.util.Collection;

/** The paths of compiled files. */
public final class ArtifactPaths {
  private static final Path FOLDER = Path.of("artifact");

  private ArtifactPaths() {}

  /**
   * Refuses paths that would lie outside of the folder of an artifact.
   *
   * @throws SpokeException {@code INVALID_REQUEST} where there is one
   */
  public static void refuseLeadingOut(Collection<String> paths) {
    for (String path : paths) {
      Path target = FOLDER.resolve(path).normalize();
      if (!target.startsWith(FOLDER) || target.equals(FOLDER)) {
        throw new SpokeException(
            SpokeException.Code.INVALID_REQUEST,
            "a compiled file leads out of its folder, path=" + path);
      }
    }
  }
}
