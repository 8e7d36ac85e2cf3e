package dev.aeon.apm.channel;

import dev.aeon.apm.fsck.Examination;
import java.nio.file.Path;

/** Looks at every line that a server keeps; its files are the server's own to mend. */
public final class ArchiveCheck {
  private final Examination examination;

  private ArchiveCheck(Examination examination) {
    this.examination = examination;
  }

  /**
   * Examines all channels of an archive.
   *
   * @throws ChannelException where it cannot be read
   */
  public static void run(Archive archive, Examination examination) {
    ArchiveCheck check = new ArchiveCheck(examination);
    try (Scan scan = archive.scan(_ -> true, new LineJudge(check::bad, check::gap))) {
      scan.advance();
    }
  }

  private void bad(BadInput input) {
    examination.found(
        Path.of(input.source().channel()),
        "position=" + input.source().position() + " " + input.violations().getFirst());
  }

  private void gap(SequenceGap gap) {
    examination.found(Path.of(gap.source().channel()), gap.describe());
  }
}
