package dev.aeon.apm.fsck;

import java.nio.file.Path;

/**
 * One thing that is not as it should be.
 *
 * @param path the file or directory
 * @param detail what is wrong, then {@code name=value} pairs
 */
public record Damage(Path path, String detail, Remedy remedy) {
  /** What can be done about it. */
  public enum Remedy {
    /** It was mended. */
    MENDED,
    /** It could be mended, which was not asked for. */
    MENDABLE,
    /** People have to look: something is lost, or not what it seems. */
    NONE
  }

  @Override
  public String toString() {
    return path + ": " + detail;
  }
}
