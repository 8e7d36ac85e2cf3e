package dev.aeon.apm.fsck;

import dev.aeon.apm.fsck.Damage.Remedy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Collects what is found, and mends it where that is asked for. Confined to one thread. */
public final class Examination {
  private final boolean isMending;
  private final List<Damage> damages = new ArrayList<>();

  /** Mends a damage, without loss. */
  @FunctionalInterface
  public interface Mending {
    void run() throws IOException;
  }

  /**
   * Begins with nothing found.
   *
   * @param isMending whether what can be mended is
   */
  public Examination(boolean isMending) {
    this.isMending = isMending;
  }

  /** Notes a damage that only people can do something about. */
  public void found(Path path, String detail) {
    damages.add(new Damage(path, detail, Remedy.NONE));
  }

  /** Notes a damage, and mends it where that is asked for. */
  public void found(Path path, String detail, Mending mending) throws IOException {
    if (isMending) {
      mending.run();
    }
    damages.add(new Damage(path, detail, isMending ? Remedy.MENDED : Remedy.MENDABLE));
  }

  /** What was found, in the order of finding. */
  public List<Damage> damages() {
    return List.copyOf(damages);
  }
}
