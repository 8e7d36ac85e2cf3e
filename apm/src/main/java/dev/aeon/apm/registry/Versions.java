package dev.aeon.apm.registry;

import dev.aeon.apm.message.ProtocolVersion;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Which version of the protocol agents speak with each other (section 5.3, resolution 38). */
public final class Versions {
  /** What this implementation speaks. */
  public static final List<ProtocolVersion> OURS = List.of(ProtocolVersion.CURRENT);

  private Versions() {}

  /** The highest version that all of the lists have; a list that is empty says {@link #OURS}. */
  public static Optional<ProtocolVersion> highestCommon(Collection<List<ProtocolVersion>> lists) {
    List<ProtocolVersion> common = new ArrayList<>();
    boolean first = true;
    for (List<ProtocolVersion> list : lists) {
      List<ProtocolVersion> spoken = list.isEmpty() ? OURS : list;
      if (first) {
        common.addAll(spoken);
        first = false;
      } else {
        common.retainAll(spoken);
      }
    }
    return common.isEmpty() ? Optional.empty() : Optional.of(Collections.max(common));
  }
}
